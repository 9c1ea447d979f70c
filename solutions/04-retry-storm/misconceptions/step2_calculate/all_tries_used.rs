//! Believes: a request that fails once uses all of its tries.
//! Seen in: capacity plans that multiply the error rate by the number of retries.
//! Rejected by: the_mean_tries_agree_with_the_simulator
//! Must hear: of the requests that are tried twice, how many are tried a third time?

use designs::retry_storm::{NEVER, Percent};

pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    f64::from(tries).powf(f64::from(layers))
}

pub fn mean_tries(failing: Percent, most_tries: u32) -> f64 {
    1.0 + failing.fraction() * f64::from(most_tries - 1)
}

pub fn drain_seconds(backlog: f64, capacity: f64, arriving: f64) -> f64 {
    if backlog == 0.0 {
        0.0
    } else if arriving < capacity {
        backlog / (capacity - arriving)
    } else {
        NEVER
    }
}

pub fn stable_load(capacity: f64, tries: u32) -> f64 {
    capacity / f64::from(tries)
}
