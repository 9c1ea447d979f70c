//! The plans that are built in: those of the lab, and those that answers are held against.

use super::policy::{Next, Policy, Seen};
use judge::Percent;
use sim::Time;

/// Goes on whatever it sees.
#[derive(Clone, Copy, Debug, Default)]
pub struct AlwaysOn;

impl Policy for AlwaysOn {
    fn next(&mut self, _: &Seen) -> Next {
        Next::Advance
    }
}

/// Bakes each stage for a time, looks at errors and at machines that are down, and may ask for more.
#[derive(Clone, Copy, Debug)]
pub struct Staged {
    /// How long each stage lasts.
    pub bake: Time,
    /// Errors above those of the unchanged machines at which the change is taken back.
    pub margin: Percent,
    /// Is each region looked at by itself, or all changed machines together?
    pub by_region: bool,
    /// Reads of the changed rows before the first advance.
    pub reads: u32,
}

/// Share of the changed machines that may be down for another reason.
const DOWN: Percent = Percent(10.0);

impl Policy for Staged {
    fn next(&mut self, seen: &Seen) -> Next {
        if f64::from(seen.changed.down) > f64::from(seen.changed.machines) * DOWN.fraction() {
            return Next::UseLastGood;
        }
        let limit = seen.unchanged.errors + self.margin;
        let bad = if self.by_region {
            seen.regions.iter().any(|region| region.errors > limit)
        } else {
            seen.changed.errors > limit
        };
        if bad {
            Next::Rollback
        } else if seen.in_stage >= self.bake && seen.reads >= self.reads {
            Next::Advance
        } else {
            Next::Hold
        }
    }
}

/// A first stage of its own length, and the others as in [`Staged`].
#[derive(Clone, Copy, Debug)]
pub struct LongFirst {
    /// How long the first stage lasts.
    pub first: Time,
    /// The rule, and how long each later stage lasts.
    pub then: Staged,
}

impl Policy for LongFirst {
    fn next(&mut self, seen: &Seen) -> Next {
        let bake = if seen.stage == 1 { self.first } else { self.then.bake };
        Staged { bake, ..self.then }.next(seen)
    }
}
