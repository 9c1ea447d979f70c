//! Step 2 · calculate: layers multiply, retries are conditional, and a backlog shrinks by what is to spare.

use designs::retry_storm::Percent;

/// Each try of a layer makes the layer below start all over.
pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    f64::from(tries).powf(f64::from(layers))
}

/// The first try always, the second if the first failed, and so on: 1 + p + p² + …
pub fn mean_tries(failing: Percent, most_tries: u32) -> f64 {
    let (mut mean, mut reached) = (0.0, 1.0);
    for _ in 0..most_tries {
        mean += reached;
        reached *= failing.fraction();
    }
    mean
}

/// What arrives takes its part of the capacity; only the rest works on the backlog.
pub fn drain_seconds(backlog: f64, capacity: f64, arriving: f64) -> f64 {
    if backlog == 0.0 {
        return 0.0;
    }
    // Nothing to spare: a division by zero, which is NEVER.
    backlog / (capacity - arriving).max(0.0)
}

/// When every try fails a request brings all of them: load × tries is what arrives.
pub fn stable_load(capacity: f64, tries: u32) -> f64 {
    capacity / f64::from(tries)
}
