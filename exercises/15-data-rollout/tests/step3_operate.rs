//! Step 3 · operate: a policy that lets good changes through and keeps the others small.

use data_rollout::step3_operate::{answer, claim};
use designs::data_rollout::{at_most, hours, operate, percent};

#[test]
fn lets_a_good_change_through() {
    operate::good_change() // fleet, stages, change: documented there, drawn in the lab
        .run(answer) // your policy, made afresh for every run
        .everywhere_within(at_most(hours(24))) // an objective on one axis …
        .good_changes_stopped(at_most(percent(10))) // … and always a second one
        .or_explain(); // the verdict
}

#[test]
fn lets_a_good_change_through_on_a_restless_day() {
    operate::good_change_on_a_restless_day()
        .run(answer)
        .everywhere_within(at_most(hours(24)))
        .good_changes_stopped(at_most(percent(10)))
        .or_explain();
}

#[test]
fn limits_rows_that_crash_machines() {
    operate::machines_go_down()
        .run(answer)
        .harm(at_most(0.25))
        .machines_by_hand(at_most(4.0))
        .or_explain();
}

#[test]
fn limits_rows_that_wear_machines_out() {
    operate::machines_wear_out()
        .run(answer)
        .harm(at_most(0.5))
        .without_new_data(at_most(hours(1)))
        .or_explain();
}

#[test]
fn limits_rows_that_are_read_late() {
    operate::rows_are_read_late()
        .run(answer)
        .harm(at_most(0.5))
        .machines_by_hand(at_most(4.0))
        .or_explain();
}

#[test]
fn limits_rows_that_do_not_suit_one_region() {
    operate::one_region_differs()
        .run(answer)
        .harm(at_most(0.5))
        .without_new_data(at_most(hours(1)))
        .or_explain();
}

#[test]
fn the_claim_holds() {
    operate::claim_of(answer, claim).or_explain();
}
