//! Step 4 · attack: a fault that one of two plans lets through to the whole fleet.

use data_rollout::step4_attack::answer;
use designs::data_rollout::attack;

#[test]
fn equal_stages_let_it_through_and_a_long_first_stage_stops_it() {
    attack::strike(answer).only_the_plan_with_equal_stages_lets_it_through();
}
