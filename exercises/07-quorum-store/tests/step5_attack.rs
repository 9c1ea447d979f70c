//! Step 5 · attack: delays and losses that put two reads into an order that nobody can explain.

use designs::quorum_store::attack;
use quorum_store::step5_attack::answer;

#[test]
fn only_the_store_that_mends_afterwards_shows_new_and_then_old() {
    attack::strike(answer).only_the_store_that_mends_afterwards_goes_back();
}
