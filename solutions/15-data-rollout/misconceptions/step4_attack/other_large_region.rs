//! Outside the catalogue: a region, which both plans look at.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack { read_from: hours(0), shows_after: hours(0), fails: percent(30), machines: Where::Region(1) }
}
