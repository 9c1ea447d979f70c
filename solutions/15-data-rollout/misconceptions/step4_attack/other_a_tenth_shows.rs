//! Outside the catalogue: shows in the second stage, where the first machines are still a tenth of those looked at.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(6),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
