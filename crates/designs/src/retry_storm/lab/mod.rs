//! The lab: two retry policies through the same trouble, on the same requests.

mod knobs;

use super::pair::{Pair, Reported};
use super::system::SystemRun;
use crate::lab::{Knob, Lab, MapOf, Run, run_of, snapped};
use knobs::{KNOBS, TROUBLE_FROM, at, name, policy};
use sim::secs;

pub(super) use knobs::system;

/// The lab of design 04.
pub struct RetryLab;

impl Lab for RetryLab {
    fn title(&self) -> &'static str {
        "Try again, or not"
    }

    fn setup(&self) -> &'static str {
        "Ten processes call a dependency that can finish 500 tries a second. From second 10 on it has trouble for a while. Two retry policies meet the same requests, and every try would take the same work under both."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "requests_per_second", down: "stall_lasts", result: "served_chosen" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let system = system(&value);
        let reported = Reported {
            from: if system.trouble.is_some() {
                TROUBLE_FROM
            } else {
                secs(5)
            },
            to: system.end,
            always: true,
            caption: "From the trouble's begin to the end".into(),
            served: "Users served from the trouble's begin to the end",
        };
        let side = |which: f64| {
            (
                name(which),
                SystemRun::new(&system, &mut || policy(which, &value), seed),
            )
        };
        let sides = [side(value[at::POLICY]), side(value[at::AGAINST])];
        run_of(
            Pair::new(sides, &system, reported),
            Pair::advance,
            Pair::share_done,
            Pair::view,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&RetryLab, &[("run_lasts", "40"), ("stall_lasts", "2.5")], 20_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&RetryLab, &[("requests_per_second", "20")]);
    }
}
