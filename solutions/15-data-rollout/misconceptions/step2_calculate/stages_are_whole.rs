//! Believes: every stage of the plan takes place.
//! Seen in: plans that are costed from their schedule and not from the instant of the stop.
//! Rejected by: the_exposure_agrees_with_the_simulator
//! Must hear: at the instant that you are given, which stage is it, and how long has it lasted?

use designs::data_rollout::{Percent, Stage};

pub fn exposure(stages: &[Stage], until_hours: f64) -> f64 {
    let mut exposed = 0.0;
    for stage in stages {
        exposed += stage.share.fraction() * stage.hours;
    }
    exposed
}

pub fn chance_of_a_read(machines: f64, reads_per_hour: f64, hours: f64) -> Percent {
    Percent::of(1.0 - (-machines * reads_per_hour * hours).exp())
}

pub fn overall_errors(usual: Percent, changed: Percent, share: Percent) -> Percent {
    usual * (1.0 - share.fraction()) + changed * share.fraction()
}

pub fn minutes_in_step(machines: f64, loads_per_second: f64, patience: f64, period: f64) -> f64 {
    (machines / (loads_per_second * patience)).ceil() * period / 60.0
}
