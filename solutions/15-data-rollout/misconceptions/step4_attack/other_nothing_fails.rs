//! Outside the catalogue: nothing fails.
//! Rejected by: the_plan_by_the_clock_lets_it_through_and_the_other_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(20),
        shows_after: hours(0),
        fails: percent(0),
        machines: Where::Everywhere,
    }
}
