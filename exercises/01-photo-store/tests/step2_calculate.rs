//! Step 2 · calculate: each formula against cases you can count by hand, and the simulator.

use designs::photo_store::calculate;
use photo_store::step2_calculate::{busy_slots, room};

#[test]
fn the_busy_slots_agree_with_the_simulator() {
    calculate::busy_slots(busy_slots).or_explain();
}

#[test]
fn the_last_who_waits_begins_in_time() {
    calculate::room(room).or_explain();
}
