//! Outside the catalogue: too small a share for any plan to see, or anybody to mind.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(0),
        fails: percent(0.5),
        machines: Where::Region(5),
    }
}
