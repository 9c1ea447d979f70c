//! Step 4 · operate: versions that differ, on good days and bad.

use designs::quorum_store::{at_most, operate, percent};
use quorum_store::step4_operate::{answer, claim};

#[test]
fn does_no_needless_work_on_an_ordinary_day() {
    operate::an_ordinary_day() // visits, fronts, copies: documented there
        .run(answer) // your rule, one at each front
        .items_lost(at_most(percent(2))) // an objective on one axis …
        .repairs_a_read(at_most(percent(1))) // … and another
        .or_explain(); // the verdict
}

#[test]
fn loses_hardly_anything_in_a_cut() {
    operate::a_cut()
        .run(answer)
        .items_lost(at_most(percent(2)))
        .copies_behind(at_most(percent(4)))
        .or_explain();
}

#[test]
fn brings_copies_up_to_date_after_a_zone_was_away() {
    operate::a_zone_away()
        .run(answer)
        .items_lost(at_most(percent(2)))
        .items_back(at_most(percent(5)))
        .copies_behind(at_most(percent(2)))
        .or_explain();
}

#[test]
fn bears_a_clock_that_is_behind() {
    operate::a_clock_behind()
        .run(answer)
        .items_lost(at_most(percent(2)))
        .repairs_a_read(at_most(percent(1)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
