//! Step 2 · calculate: four rules of composition against cases that you can count by hand, a published number, and the simulator.

use capstone::step2_calculate::{all_of, either_region, percentile_of_misses, traffic};
use designs::capstone::calculate;

/// One case is published: thirty dependencies at 99.99 % make 99.7 %. Netflix, with Hystrix, 2012.
#[test]
fn a_whole_needs_all_of_its_parts() {
    calculate::all_of(all_of).or_explain();
}

#[test]
fn either_region_is_enough() {
    calculate::either_region(either_region).or_explain();
}

/// The last case is proposal A in the simulator: all of its reads in one histogram.
#[test]
fn a_percentile_of_all_is_one_of_the_misses() {
    calculate::of_misses(percentile_of_misses).or_explain();
}

#[test]
fn what_moves_is_paid_for() {
    calculate::traffic(traffic).or_explain();
}
