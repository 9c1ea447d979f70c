//! The lab: a policy of your waits against waiting for a person, on the same arrivals and the same troubles.

mod knobs;

use super::pair::{Names, Pair, Side, WAIT};
use super::rules::{NeverPromote, Timed};
use crate::lab::{Knob, Lab, MapOf, Run, run_of, snapped};
use knobs::KNOBS;
pub(super) use knobs::{at, setup};
use sim::Time;

/// The lab of design 08.
pub struct FailoverLab;

impl Lab for FailoverLab {
    fn title(&self) -> &'static str {
        "Wait, or promote"
    }

    fn setup(&self) -> &'static str {
        "Two coasts run for ten seconds, then something goes wrong, and half a minute after its end the run is over. One policy promotes the West and freezes the East after waits that you choose; the other waits for a person and does nothing. Both get the same writes and the same troubles."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "promote_after", down: "freeze_after", result: "stranded_chosen" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let setup = setup(&value, seed);
        let timed = policy(&value);
        let sides: [Side<'_>; 2] = [(YOUR_WAITS, &|| Box::new(timed)), (WAIT, &|| Box::new(NeverPromote))];
        run_of(Pair::new(setup, sides, seed), Pair::advance, Pair::so_far, Pair::view)
    }
}

/// The lab's first policy.
const YOUR_WAITS: Names = Names {
    key: "chosen",
    column: "your waits",
    label: "your waits",
    opening: "With your waits",
    within: "with your waits",
    captioned: "with your waits",
};

/// The policy that knob values stand for.
pub(super) fn policy(value: &[f64]) -> Timed {
    let wait = |s: f64| {
        if s > 0.0 {
            Time::from_ms_f64(s * 1_000.0)
        } else {
            Time::MAX
        }
    };
    Timed {
        promote_after: wait(value[at::PROMOTE_AFTER]),
        freeze_after: wait(value[at::FREEZE_AFTER]),
        max_lag: Time::from_ms_f64(value[at::MAX_LAG] * 1_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&FailoverLab, &[("freeze_after", "8")], 10_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&FailoverLab, &[]);
    }
}
