//! Step 2 · calculate: each formula against cases that you can count by hand, and the simulator.

use designs::front_door::calculate;
use front_door::step2_calculate::{equally_open, first_in_list, some_drawn, ties_by_lot};

#[test]
fn the_share_of_the_first_in_the_list_agrees_with_the_simulator() {
    calculate::first_in_list(first_in_list).or_explain();
}

#[test]
fn the_share_with_ties_by_lot_agrees_with_the_simulator() {
    calculate::ties_by_lot(ties_by_lot).or_explain();
}

#[test]
fn the_share_of_one_of_some_drawn_agrees_with_the_simulator() {
    calculate::some_drawn(some_drawn).or_explain();
}

#[test]
fn the_share_with_equally_many_open_agrees_with_the_simulator() {
    calculate::equally_open(equally_open).or_explain();
}
