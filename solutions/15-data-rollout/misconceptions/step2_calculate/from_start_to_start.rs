//! Believes: the time is over when the last machines start.
//! Seen in: schedules that count gaps between events and not the events.
//! Rejected by: a_fleet_in_step_is_back_as_in_the_simulator
//! Must hear: from which instant to which does the function count?

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
    Percent::of(1.0 - (-machines * reads_per_hour * hours).exp())
}

pub fn overall_errors(usual: Percent, changed: Percent, share: Percent) -> Percent {
    usual * (1.0 - share.fraction()) + changed * share.fraction()
}

pub fn minutes_in_step(machines: f64, loads_per_second: f64, patience: f64, period: f64) -> f64 {
    ((machines / (loads_per_second * patience)).ceil() - 1.0) * period / 60.0
}
