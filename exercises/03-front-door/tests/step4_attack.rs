//! Step 4 · attack: a fault of one server's worth that only one of two policies bears.

use designs::front_door::attack;
use front_door::step4_attack::answer;

#[test]
fn only_one_of_the_two_policies_breaks_its_promise() {
    attack::strike(answer).only_the_policy_that_counts_errors_breaks();
}
