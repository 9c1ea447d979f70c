//! Step 4 · attack: each card breaks one proposal's promise, and the other keeps its own.

use capstone::step4_attack::answer;
use designs::capstone::attack;

#[test]
fn a_card_breaks_proposal_a_and_spares_b() {
    attack::against_a(answer).breaks_one_and_spares_the_other();
}

#[test]
fn a_card_breaks_proposal_b_and_spares_a() {
    attack::against_b(answer).breaks_one_and_spares_the_other();
}
