//! Step 2 · calculate: share times time, the chance of none, a weighted mean, and rounds.

use designs::data_rollout::{Percent, Stage};

/// Each stage counts for as long as it lasts, and no longer than until the end; what is left is spent everywhere.
pub fn exposure(stages: &[Stage], until_hours: f64) -> f64 {
    let (mut exposed, mut left) = (0.0, until_hours);
    for stage in stages {
        let hours = stage.hours.min(left);
        exposed += stage.share.fraction() * hours;
        left -= hours;
    }
    exposed + left
}

/// None of many independent reads: e to the power of minus what is expected.
pub fn chance_of_a_read(machines: f64, reads_per_hour: f64, hours: f64) -> Percent {
    Percent::of(1.0 - (-machines * reads_per_hour * hours).exp())
}

/// Each part of the requests with its own errors.
pub fn overall_errors(usual: Percent, changed: Percent, share: Percent) -> Percent {
    usual * (1.0 - share.fraction()) + changed * share.fraction()
}

/// In each round come back as many as the store can load while machines wait; what it loads after that is for nobody.
pub fn minutes_in_step(machines: f64, loads_per_second: f64, patience: f64, period: f64) -> f64 {
    (machines / (loads_per_second * patience)).ceil() * period / 60.0
}
