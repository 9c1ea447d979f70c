//! Step 5 · attack: a cut that only one of two rules survives.

use coast_to_coast_failover::step5_attack::answer;
use designs::coast_to_coast_failover::attack;

#[test]
fn breaks_the_rule_with_the_short_margin_and_spares_the_other() {
    attack::strike(answer).breaks_only_the_rule_with_the_short_margin();
}
