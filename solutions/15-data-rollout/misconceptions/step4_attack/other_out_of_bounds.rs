//! Outside the catalogue: later than the bounds allow.
//! Rejected by: the_plan_by_the_clock_lets_it_through_and_the_other_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(60),
        shows_after: hours(0),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
