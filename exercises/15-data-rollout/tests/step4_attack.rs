//! Step 4 · attack: a fault that one of two plans lets through to the whole fleet.

use data_rollout::step4_attack::answer;
use designs::data_rollout::attack;

#[test]
fn the_plan_by_the_clock_lets_it_through_and_the_other_stops_it() {
    attack::strike(answer).only_the_plan_by_the_clock_lets_it_through();
}
