//! Step 2 · calculate: each formula against cases that you can count by hand, and the simulator.

use designs::quorum_store::calculate;
use quorum_store::step2_calculate::{answered, mean_of_kth, older_than, zones_to_lose};

#[test]
fn reads_older_than_the_last_versions_agree_with_drawn_quorums() {
    calculate::older_than(older_than).or_explain();
}

#[test]
fn operations_answered_in_time_agree_with_the_simulator() {
    calculate::answered(answered).or_explain();
}

#[test]
fn the_mean_of_the_awaited_answer_agrees_with_the_simulator() {
    calculate::mean_of_kth(mean_of_kth).or_explain();
}

#[test]
fn the_zones_that_may_be_lost_can_be_counted() {
    calculate::zones_to_lose(zones_to_lose).or_explain();
}
