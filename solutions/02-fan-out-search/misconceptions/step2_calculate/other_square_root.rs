//! Outside the catalogue: a formula from elsewhere.
//! Rejected by: the_share_of_queries_agrees_with_what_was_published

use designs::fan_out_search::{Percent, Time};

pub fn share_of_queries(slow: Percent, leaves: u32) -> Percent {
    Percent::of(slow.fraction().sqrt())
}

pub fn leaf_share(queries: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - queries.fraction()).powf(1.0 / f64::from(leaves)))
}

pub fn still_late(late_at_x: Percent, late_at_x_minus_d: Percent) -> Percent {
    Percent::of(late_at_x.fraction() * late_at_x_minus_d.fraction())
}

pub fn busy_slots(queries_per_second: f64, mean: Time, replicas: u32, extra: Percent) -> f64 {
    queries_per_second * (1.0 + extra.fraction()) / f64::from(replicas) * mean.as_secs()
}
