//! Step 2 · calculate: independent things that must all happen multiply; work in progress is rate × time.

use designs::fan_out_search::{Percent, Time};

/// A query is well only if every leaf is: (1 − p)^n.
pub fn share_of_queries(slow: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - slow.fraction()).powf(f64::from(leaves)))
}

/// The same, solved for p.
pub fn leaf_share(queries: Percent, leaves: u32) -> Percent {
    Percent::of(1.0 - (1.0 - queries.fraction()).powf(1.0 / f64::from(leaves)))
}

/// Late only if both copies are, and the second began later.
pub fn still_late(late_at_x: Percent, late_at_x_minus_d: Percent) -> Percent {
    Percent::of(late_at_x.fraction() * late_at_x_minus_d.fraction())
}

/// Little's law for one machine: requests per second × seconds in a slot. Each query brings one first request to one of the
/// replicas, and `extra` more.
pub fn busy_slots(queries_per_second: f64, mean: Time, replicas: u32, extra: Percent) -> f64 {
    queries_per_second * (1.0 + extra.fraction()) / f64::from(replicas) * mean.as_secs()
}
