//! Believes: the errors of the changed part come on top of the usual errors of all.
//! Seen in: error budgets that add a canary's errors to those of the service.
//! Rejected by: the_overall_errors_agree_with_what_was_published
//! Must hear: if all machines were changed, what would your formula give?

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
    usual + changed * share.fraction()
}

pub fn minutes_in_step(machines: f64, loads_per_second: f64, patience: f64, period: f64) -> f64 {
    (machines / (loads_per_second * patience)).ceil() * period / 60.0
}
