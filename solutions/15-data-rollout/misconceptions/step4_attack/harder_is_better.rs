//! Believes: the worse a fault is, the further it comes.
//! Seen in: drills that only ever try the total failure.
//! Rejected by: the_plan_by_the_clock_lets_it_through_and_the_other_stops_it
//! Must hear: what does the plan by the clock not look at?

use designs::data_rollout::{Attack, Where, hours, percent};

pub fn answer() -> Attack {
    Attack {
        read_from: hours(0),
        shows_after: hours(0),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
