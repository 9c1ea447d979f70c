//! Step 5 · attack: a slow-down that only one of two designs survives.

use designs::fan_out_search::attack;
use fan_out_search::step5_attack::answer;

#[test]
fn breaks_the_design_without_a_limit_and_spares_the_other() {
    attack::strike(answer).breaks_only_the_design_without_a_limit();
}
