//! Step 5 · attack: a short trouble after which only one of two policies comes back.

use designs::retry_storm::attack;
use retry_storm::step5_attack::answer;

#[test]
fn the_policy_without_a_limit_stays_down_and_the_other_comes_back() {
    attack::strike(answer).only_the_policy_without_a_limit_stays_down();
}
