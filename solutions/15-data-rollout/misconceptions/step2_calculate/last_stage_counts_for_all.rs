//! Believes: the share at the end was there from the begin.
//! Seen in: incident reports that multiply the final share by the whole time.
//! Rejected by: the_exposure_agrees_with_the_simulator
//! Must hear: how much of the fleet had the change in the first stage, and for how long?

use designs::data_rollout::{Percent, Stage};

pub fn exposure(stages: &[Stage], until_hours: f64) -> f64 {
    let mut gone = 0.0;
    for stage in stages {
        gone += stage.hours;
        if until_hours <= gone {
            return stage.share.fraction() * until_hours;
        }
    }
    until_hours
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
