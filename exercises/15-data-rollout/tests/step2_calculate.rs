//! Step 2 · calculate: each formula against cases you can count by hand, a published number, and the simulator.

use data_rollout::step2_calculate::{chance_of_a_read, exposure, minutes_in_step, overall_errors};
use designs::data_rollout::calculate;

#[test]
fn the_exposure_agrees_with_the_simulator() {
    calculate::exposure(exposure).or_explain();
}

#[test]
fn the_chance_of_a_read_agrees_with_the_simulator() {
    calculate::chance_of_a_read(chance_of_a_read).or_explain();
}

/// The case of 20 % in 5 % of the requests is published: *The Site Reliability Workbook* (Beyer and others, 2018), chapter 16.
#[test]
fn the_overall_errors_agree_with_what_was_published() {
    calculate::overall_errors(overall_errors).or_explain();
}

#[test]
fn a_fleet_in_step_is_back_as_in_the_simulator() {
    calculate::minutes_in_step(minutes_in_step).or_explain();
}
