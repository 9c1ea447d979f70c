//! Step 5 · attack: delays and losses with which what two clients saw has no order.

use designs::quorum_store::attack;
use quorum_store::step5_attack::answer;

#[test]
fn only_the_store_that_mends_afterwards_loses_its_order() {
    attack::strike(answer).only_the_store_that_mends_afterwards_loses_its_order();
}
