//! Outside the catalogue: rows that are read while the first stage still lasts.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(2),
        shows_after: hours(0),
        fails: percent(40),
        machines: Where::Everywhere,
    }
}
