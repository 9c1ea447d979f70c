//! Believes: every replica works on every query.
//! Seen in: sizing that multiplies by the replication factor where only copies of data, not of work, are meant.
//! Rejected by: the_busy_slots_agree_with_the_simulator
//! Must hear: of a query's hundred requests, how many reach this machine on average?

use designs::fan_out_search::{Percent, Time};

pub fn share_of_queries(slow: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - slow.fraction()).powf(f64::from(leaves)))
}

pub fn leaf_share(queries: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - queries.fraction()).powf(1.0 / f64::from(leaves)))
}

pub fn still_late(late_at_x: Percent, late_at_x_minus_d: Percent) -> Percent {
    Percent::of(late_at_x.fraction() * late_at_x_minus_d.fraction())
}

pub fn busy_slots(queries_per_second: f64, mean: Time, replicas: u32, extra: Percent) -> f64 {
    queries_per_second * (1.0 + extra.fraction()) * mean.as_secs()
}
