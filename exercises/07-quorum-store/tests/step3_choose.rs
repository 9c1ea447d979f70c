//! Step 3 · choose: settings for three services, on ordinary days and with zones lost.

use designs::quorum_store::{at_least, at_most, choose, ms, percent, us};
use quorum_store::step3_choose::answer;

#[test]
fn baskets_are_quick_and_fresh_enough() {
    choose::basket() // pairs of a write and a read: documented there, drawn in the lab
        .run(answer) // your settings for this service
        .writes_p999(at_most(ms(14))) // objectives on one axis …
        .reads_p999(at_most(us(5_500)))
        .stale_reads(at_most(percent(1.5)))
        .stored_gb(at_most(190.0)) // … and another
        .or_explain(); // the verdict
}

#[test]
fn baskets_go_on_without_a_zone() {
    choose::basket_without_a_zone()
        .run(answer)
        .writes_answered(at_least(percent(99)))
        .reads_answered(at_least(percent(99)))
        .stored_gb(at_most(190.0))
        .or_explain();
}

#[test]
fn prices_are_read_quickly_and_fresh() {
    choose::prices()
        .run(answer)
        .reads_p999(at_most(ms(1)))
        .writes_p999(at_most(ms(200)))
        .stale_reads(at_most(percent(0.5)))
        .stored_gb(at_most(80.0))
        .or_explain();
}

#[test]
fn prices_can_be_read_without_two_zones() {
    choose::prices_without_two_zones()
        .run(answer)
        .reads_answered(at_least(percent(99)))
        .stored_gb(at_most(80.0))
        .or_explain();
}

#[test]
fn the_history_is_cheap_and_quick() {
    choose::history()
        .run(answer)
        .stored_gb(at_most(1_250.0))
        .writes_p999(at_most(ms(28)))
        .reads_p999(at_most(us(2_500)))
        .stale_reads(at_most(percent(0.5)))
        .or_explain();
}

#[test]
fn the_history_goes_on_without_a_zone() {
    choose::history_without_a_zone()
        .run(answer)
        .writes_answered(at_least(percent(99)))
        .reads_answered(at_least(percent(99)))
        .stored_gb(at_most(1_250.0))
        .or_explain();
}

#[test]
fn the_history_is_right_again_when_the_zone_is_back() {
    choose::history_when_the_zone_is_back()
        .run(answer)
        .stale_reads(at_most(percent(10)))
        .stored_gb(at_most(1_250.0))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    choose::claim_of(answer).or_explain();
}
