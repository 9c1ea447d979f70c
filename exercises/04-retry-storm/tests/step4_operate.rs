//! Step 4 · operate: a retry policy that helps on good days and lets the dependency come back on bad ones.

use designs::retry_storm::{at_least, at_most, operate, percent, secs};
use retry_storm::step4_operate::{answer, claim};

#[test]
fn hides_lost_tries_from_users() {
    operate::some_tries_lost() // requests, dependency, trouble: documented there, drawn in the lab
        .run(answer) // your policy, made afresh for every process
        .users_served(at_least(percent(99.5))) // an objective on one axis …
        .users_p99(at_most(secs(2))) // … and always others
        .extra_tries(at_most(percent(5)))
        .or_explain(); // the verdict
}

#[test]
fn comes_back_after_a_stall() {
    operate::dependency_stalls()
        .run(answer)
        .well_again(at_most(secs(140)))
        .tries_at_the_peak(at_most(2.5))
        .or_explain();
}

#[test]
fn comes_back_after_a_slow_down() {
    operate::dependency_slows_down()
        .run(answer)
        .users_served(at_least(percent(25)))
        .tries_at_the_peak(at_most(2.5))
        .or_explain();
}

#[test]
fn retries_in_a_quiet_process() {
    operate::quiet_processes()
        .run(answer)
        .users_served(at_least(percent(98)))
        .extra_tries(at_most(percent(15)))
        .or_explain();
}

#[test]
fn does_no_harm_when_one_shard_is_dead() {
    operate::one_shard_dead()
        .run(answer)
        .good_requests_held_back(at_most(percent(5)))
        .users_served(at_least(percent(85)))
        .extra_tries(at_most(percent(50)))
        .or_explain();
}

#[test]
fn helps_while_errors_persist() {
    operate::errors_persist()
        .run(answer)
        .users_served(at_least(percent(92.5)))
        .extra_tries(at_most(percent(80)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
