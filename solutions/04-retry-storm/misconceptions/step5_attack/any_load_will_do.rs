//! Believes: a blow brings a system down at any load.
//! Seen in: chaos experiments in the quiet hours, taken as proof for the peak.
//! Rejected by: the_policy_without_a_limit_stays_down_and_the_other_comes_back
//! Must hear: how much must arrive, retries included, to keep the queue from shrinking?

use designs::retry_storm::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { requests_per_second: 200.0, capacity_left: percent(0), lasting: ms(1_500) }
}
