//! Believes: a machine reads once an hour or not at all, as a coin falls.
//! Seen in: estimates that use a rate per hour as a chance per hour.
//! Rejected by: the_chance_of_a_read_agrees_with_the_simulator
//! Must hear: what would you get if you counted half hours instead of hours?

use designs::data_rollout::{Percent, Stage};

pub fn exposure(stages: &[Stage], until_hours: f64) -> f64 {
    let (mut exposed, mut left) = (0.0, until_hours);
    for stage in stages {
        let hours = stage.hours.min(left);
        exposed += stage.share.fraction() * hours;
        left -= hours;
    }
    exposed + left
}

pub fn chance_of_a_read(machines: f64, reads_per_hour: f64, hours: f64) -> Percent {
    Percent::of(1.0 - (1.0 - reads_per_hour).powf(machines * hours))
}

pub fn overall_errors(usual: Percent, changed: Percent, share: Percent) -> Percent {
    usual * (1.0 - share.fraction()) + changed * share.fraction()
}

pub fn minutes_in_step(machines: f64, loads_per_second: f64, patience: f64, period: f64) -> f64 {
    (machines / (loads_per_second * patience)).ceil() * period / 60.0
}
