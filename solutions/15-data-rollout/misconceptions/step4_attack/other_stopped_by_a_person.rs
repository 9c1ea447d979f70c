//! Outside the catalogue: fails enough for a person to be called while only a tenth of the fleet fails.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(9),
        fails: percent(30),
        machines: Where::Everywhere,
    }
}
