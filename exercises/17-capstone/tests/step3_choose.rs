//! Step 3 · choose: two sentences, the same load.

use capstone::step3_choose::answer;
use designs::capstone::{at_least, at_most, choose, ms, percent, rule};

#[test]
fn the_depots_busiest_hour_is_paid_for() {
    choose::depots_in_the_busiest_hour() // load, fault, length: documented there, drawn in the lab
        .run(answer)
        .bill_beside_b(at_most(percent(130))) // at most 1.3 times what B costs as its page has it: an objective on one axis …
        .reads_p99(at_most(ms(100))) // … and always a second one
        .or_explain(); // the verdict
}

#[test]
fn depots_scan_while_a_region_is_away() {
    choose::depots_without_a_region()
        .run(answer)
        .acknowledged(at_least(percent(80)))
        .answered(at_least(percent(80)))
        .reads_p99(at_most(ms(100)))
        .bill_beside_b(at_most(percent(130)))
        .or_explain();
}

#[test]
fn depots_and_readers_do_without_a_zone() {
    choose::depots_without_a_zone()
        .run(answer)
        .answered(at_least(percent(99)))
        .acknowledged(at_least(percent(94)))
        .bill_beside_b(at_most(percent(130)))
        .or_explain();
}

#[test]
fn customs_see_the_last_scan() {
    choose::customs_in_the_busiest_hour()
        .run(answer)
        .seen_within(at_most(ms(500)))
        .reads_p99(at_most(ms(100)))
        .bill_beside_b(at_most(percent(130)))
        .or_explain();
}

#[test]
fn customs_and_readers_do_without_a_zone() {
    choose::customs_without_a_zone()
        .run(answer)
        .answered(at_least(percent(99)))
        .acknowledged(at_least(percent(94)))
        .reads_p99(at_most(ms(100)))
        .bill_beside_b(at_most(percent(130)))
        .or_explain();
}

/// Arithmetic, without a run: as busy as the owner lets a machine be, with warm caches, after a zone (A) or a region (B) is lost.
#[test]
fn machines_keep_the_owners_rule_after_a_loss() {
    rule::busy_after_the_loss(answer).or_explain();
}

#[test]
fn the_claim_about_the_depots_holds() {
    choose::claim_of(answer).or_explain();
}
