//! Outside the catalogue: a region large enough for the average to show it.
//! Rejected by: the_plan_by_the_clock_lets_it_through_and_the_other_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack { read_from: hours(0), shows_after: hours(0), fails: percent(30), machines: Where::Region(1) }
}
