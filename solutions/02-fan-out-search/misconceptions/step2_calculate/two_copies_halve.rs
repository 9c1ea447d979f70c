//! Believes: a second copy halves the share that is late.
//! Seen in: capacity thinking: two machines, half the load each.
//! Rejected by: a_second_request_leaves_what_both_copies_miss
//! Must hear: how often does something rare happen twice in a row?

use designs::fan_out_search::{Percent, Time};

pub fn share_of_queries(slow: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - slow.fraction()).powf(f64::from(leaves)))
}

pub fn leaf_share(queries: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - queries.fraction()).powf(1.0 / f64::from(leaves)))
}

pub fn still_late(late_at_x: Percent, late_at_x_minus_d: Percent) -> Percent {
    late_at_x * 0.5
}

pub fn busy_slots(queries_per_second: f64, mean: Time, replicas: u32, extra: Percent) -> f64 {
    queries_per_second * (1.0 + extra.fraction()) / f64::from(replicas) * mean.as_secs()
}
