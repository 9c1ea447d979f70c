//! Believes: lost capacity does the same harm however it is spread.
//! Seen in: error budgets that add up minutes of lost capacity.
//! Rejected by: the_policy_without_a_limit_stays_down_and_the_other_comes_back
//! Must hear: which part of the capacity did nobody need at that time?

use designs::retry_storm::{Attack, percent, secs};

pub fn answer() -> Attack {
    Attack { requests_per_second: 340.0, capacity_left: percent(75), lasting: secs(6) }
}
