//! Outside the catalogue: no capacity is lost at all.
//! Rejected by: the_policy_without_a_limit_stays_down_and_the_other_comes_back

use designs::retry_storm::{Attack, percent, secs};

pub fn answer() -> Attack {
    Attack { requests_per_second: 340.0, capacity_left: percent(100), lasting: secs(5) }
}
