//! Believes: the number of tries is the number of retries.
//! Seen in: five layers with three retries each called 243 tries, and three layers with three retries each 64: the two count differently.
//! Rejected by: the_tries_at_the_bottom_agree_with_what_was_published
//! Must hear: a layer that tries once and retries never: what does your formula give for it?

use designs::retry_storm::{NEVER, Percent};

pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    f64::from(tries + 1).powf(f64::from(layers))
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
    capacity / f64::from(tries + 1)
}
