//! Step 2 · calculate: each formula against published numbers, cases you can count by hand, and the simulator.

use designs::fan_out_search::calculate;
use fan_out_search::step2_calculate::{busy_slots, leaf_share, share_of_queries, still_late};

/// With 1 % slow and 100 leaves, and with 1 in 10,000 and 2,000 leaves, the result is published: Dean and Barroso,
/// *The Tail at Scale*, Communications of the ACM 56(2), 2013, "Component-level variability amplified by scale".
#[test]
fn the_share_of_queries_agrees_with_what_was_published() {
    calculate::share_of_queries(share_of_queries).or_explain();
}

#[test]
fn the_leafs_share_is_its_inverse() {
    calculate::leaf_share(leaf_share).or_explain();
}

#[test]
fn a_second_request_leaves_what_both_copies_miss() {
    calculate::still_late(still_late, share_of_queries).or_explain();
}

#[test]
fn the_busy_slots_agree_with_the_simulator() {
    calculate::busy_slots(busy_slots).or_explain();
}
