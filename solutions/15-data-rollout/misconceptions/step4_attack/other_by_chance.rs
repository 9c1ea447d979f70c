//! Outside the catalogue: fails less than the margin, so that only the chance of a small sample could stop it.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack { read_from: hours(0), shows_after: hours(7), fails: percent(2), machines: Where::Everywhere }
}
