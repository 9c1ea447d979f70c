//! Step 2 · calculate: each formula against cases you can count by hand, its limits, and the simulator.

use coast_to_coast_failover::step2_calculate::{longest_freeze, repair_hours, seconds_down, stranded};
use designs::coast_to_coast_failover::calculate;

#[test]
fn what_is_stranded_agrees_with_the_simulator() {
    calculate::stranded(stranded).or_explain();
}

#[test]
fn the_seconds_without_writes_agree_with_the_simulator() {
    calculate::seconds_down(seconds_down).or_explain();
}

#[test]
fn the_repair_takes_as_long_as_its_parts() {
    calculate::repair_hours(repair_hours).or_explain();
}

#[test]
fn the_freeze_is_in_time_by_any_clock_within_bounds() {
    calculate::longest_freeze(longest_freeze).or_explain();
}
