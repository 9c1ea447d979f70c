//! Believes: what shows late is what a repaired plan would have found.
//! Seen in: reviews after an incident that add a check which would not have seen it.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it
//! Must hear: what does the other plan see at that time that the first one does not?

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(20),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
