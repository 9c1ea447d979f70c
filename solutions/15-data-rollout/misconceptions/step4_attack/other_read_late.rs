//! Outside the catalogue: is read late, fails all and at once: both plans wait for the reads.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(11),
        shows_after: hours(0),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
