//! Outside the catalogue: a standstill shorter than the time-out.
//! Rejected by: the_policy_without_a_limit_stays_down_and_the_other_comes_back

use designs::retry_storm::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { requests_per_second: 340.0, capacity_left: percent(0), lasting: ms(600) }
}
