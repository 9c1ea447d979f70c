//! Outside the catalogue: nothing fails.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(20),
        shows_after: hours(0),
        fails: percent(0),
        machines: Where::Everywhere,
    }
}
