//! Step 3 · operate: weights for twenty servers, on good days and bad.

use designs::front_door::{at_least, at_most, ms, operate, percent};
use front_door::step3_operate::{answer, claim};

#[test]
fn keeps_an_ordinary_day_ordinary() {
    operate::an_ordinary_day() // requests, servers, faults: documented there, drawn in the lab
        .run(answer) // your weights, asked for once a second
        .users_failing(at_most(percent(1.5))) // an objective on one axis …
        .users_p99(at_most(ms(600))) // … and another
        .or_explain(); // the verdict
}

#[test]
fn starves_a_server_that_fails_fast() {
    operate::one_fails_fast()
        .run(answer)
        .users_failing(at_most(percent(1)))
        .users_p99(at_most(ms(600)))
        .or_explain();
}

#[test]
fn starves_a_silent_server() {
    operate::one_is_silent()
        .run(answer)
        .users_failing(at_most(percent(1)))
        .users_p99(at_most(ms(600)))
        .or_explain();
}

#[test]
fn uses_slow_servers_for_what_they_can_do() {
    operate::eight_are_slow()
        .run(answer)
        .users_failing(at_most(percent(3)))
        .or_explain();
}

#[test]
fn serves_whom_it_can_when_half_of_them_fail() {
    operate::half_of_them_fail()
        .run(answer)
        .users_served(at_least(percent(39)))
        .users_p99(at_most(ms(780)))
        .or_explain();
}

#[test]
fn makes_a_shared_fault_no_worse() {
    operate::all_share_a_fault()
        .run(answer)
        .users_failing(at_most(percent(40)))
        .users_p99(at_most(ms(700)))
        .or_explain();
}

#[test]
fn takes_servers_back_after_their_restarts() {
    operate::one_after_the_other()
        .run(answer)
        .users_failing(at_most(percent(2)))
        .users_p99(at_most(ms(700)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
