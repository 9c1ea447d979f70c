//! Step 2 · calculate: four formulas behind the system.
//!
//! A try is one call of a process to the dependency; a retry is a try after the first. So four tries are one first try and three
//! retries. A share is a `Percent`: `percent(8)` is 8 %, and `p.fraction()` is 0.08. A count as a number: `f64::from(tries)`.
//! Powers: `x.powf(y)`. `NEVER` is what a time is that does not come.

use designs::retry_storm::{NEVER, Percent};

/// Tries that reach the lowest layer for one request at the top, when every try fails and each of the layers makes this many
/// tries for each one that it receives.
pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    todo!("step 2: the tries at the bottom of several layers")
}

/// Tries of a request on average, when this share of all tries fails, each independently, and a request is tried until it
/// succeeds or `most_tries` are made.
pub fn mean_tries(failing: Percent, most_tries: u32) -> f64 {
    todo!("step 2: the mean tries of a request")
}

/// Seconds until a backlog is gone: this many tries wait, `capacity` a second can be finished, and `arriving` a second still come.
/// `NEVER` where it does not go away.
pub fn drain_seconds(backlog: f64, capacity: f64, arriving: f64) -> f64 {
    todo!("step 2: the time that a backlog lasts")
}

/// The load, in requests a second, at which the tries just fit into the capacity when every try fails and each request brings all
/// of its tries. `capacity` is in tries a second.
pub fn stable_load(capacity: f64, tries: u32) -> f64 {
    todo!("step 2: the load whose tries just fit into the capacity")
}
