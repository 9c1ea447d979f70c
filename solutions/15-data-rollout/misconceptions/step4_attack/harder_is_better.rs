//! Believes: the worse a fault is, the further it comes.
//! Seen in: drills that only ever try the total failure.
//! Rejected by: equal_stages_let_it_through_and_a_long_first_stage_stops_it
//! Must hear: what did both plans look at when it showed, and is there a time at which they look at different machines?

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(0),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
