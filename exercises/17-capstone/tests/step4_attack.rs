//! Step 4 · attack: each card breaks one proposal's promise and not the other's, and names the load at which B's promise turns.
//!
//! A card is played on both proposals at 0.8 × and at 1.25 × of its load.

use capstone::step4_attack::answer;
use designs::capstone::attack;

/// At 0.8 × A breaks its promise and B keeps its own; at 1.25 × B breaks it too.
#[test]
fn a_card_breaks_a_up_to_the_highest_load_that_b_bears() {
    attack::against_a(answer).breaks_a_up_to_what_b_bears();
}

/// At 0.8 × B keeps its promise; at 1.25 × B breaks it, and A keeps its own.
#[test]
fn a_card_breaks_b_from_the_lowest_load_that_it_does_not_bear() {
    attack::against_b(answer).breaks_b_from_what_it_cannot_bear_and_spares_a();
}
