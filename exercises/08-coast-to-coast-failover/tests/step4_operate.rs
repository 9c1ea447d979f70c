//! Step 4 · operate: a policy that knows on which side of a cut it is.

use coast_to_coast_failover::step4_operate::{answer, claim};
use designs::coast_to_coast_failover::{at_most, hours, ms, operate, secs};

#[test]
fn sleeps_through_a_short_cut() {
    operate::short_cut() // writes, links, clocks, faults: documented there, drawn in the lab
        .run(answer) // your policy, made afresh for every orchestrator of every run
        .page_afterwards(at_most(ms(500))) // an objective on one axis …
        .down(at_most(ms(1_600))) // … and always a second one
        .or_explain(); // the verdict
}

#[test]
fn bounds_what_a_cut_strands() {
    operate::cut()
        .run(answer)
        .stranded(at_most(8_000))
        .down(at_most(secs(40)))
        .repair(at_most(hours(36)))
        .or_explain();
}

#[test]
fn keeps_one_history_in_a_long_cut() {
    operate::long_cut()
        .run(answer)
        .both_coasts(at_most(secs(1)))
        .down(at_most(secs(90)))
        .repair(at_most(hours(100)))
        .or_explain();
}

#[test]
fn is_back_when_the_databases_are_lost() {
    operate::databases_lost()
        .run(answer)
        .down(at_most(secs(65)))
        .repair(at_most(hours(6)))
        .or_explain();
}

#[test]
fn refuses_a_stale_replica() {
    operate::stale_replica()
        .run(answer)
        .stranded(at_most(8_000))
        .down(at_most(secs(50)))
        .repair(at_most(hours(36)))
        .or_explain();
}

#[test]
fn does_not_dance_with_a_flapping_link() {
    operate::flapping()
        .run(answer)
        .promotions(at_most(1.5))
        .down(at_most(secs(100)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
