//! Believes: a load below the capacity is safe.
//! Seen in: load tests without failures; Bronson and others 2021, section 2.1.
//! Rejected by: the_stable_load_agrees_with_what_was_published
//! Must hear: what arrives at the dependency, in tries a second, while nothing is answered in time?

use designs::retry_storm::{NEVER, Percent};

pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    f64::from(tries).powf(f64::from(layers))
}

pub fn mean_tries(failing: Percent, most_tries: u32) -> f64 {
    (0..most_tries).map(|i| failing.fraction().powf(f64::from(i))).sum()
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
    if tries > 0 { capacity } else { 0.0 }
}
