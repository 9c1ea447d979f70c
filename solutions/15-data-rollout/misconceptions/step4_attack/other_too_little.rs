//! Outside the catalogue: too small a share for any plan to see, or anybody to mind.
//! Rejected by: the_plan_by_the_clock_lets_it_through_and_the_other_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack { read_from: hours(0), shows_after: hours(0), fails: percent(1), machines: Where::Region(5) }
}
