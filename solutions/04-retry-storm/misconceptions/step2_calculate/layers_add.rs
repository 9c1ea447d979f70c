//! Believes: the tries of several layers add up.
//! Seen in: reviews that look at the retries of one layer at a time.
//! Rejected by: the_tries_at_the_bottom_agree_with_what_was_published
//! Must hear: with two layers of two tries each, which tries does the lower one see? draw them

use designs::retry_storm::{NEVER, Percent};

pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    f64::from(layers * tries)
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
    capacity / f64::from(tries)
}
