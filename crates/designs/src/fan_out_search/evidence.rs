//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::system::{Cell, Totals};

/// A situation in which an answer is tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "on an ordinary day".
    pub words: &'static str,
    /// The lab's knobs that show this situation, as typed: `storm_factor=5`.
    pub knobs: String,
    /// The cell and its faults.
    pub cell: Cell,
    /// The phase whose queries are judged.
    pub judged: usize,
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// What was measured, one entry a phase.
    pub phases: Vec<Totals>,
    /// Asked for the first time about a request that is half a second late, does the policy send a second one?
    pub hedges_when_late: bool,
}

impl Evidence {
    /// What was measured in the judged phase.
    pub fn judged(&self) -> &Totals {
        &self.phases[self.situation.judged]
    }

    /// What was measured before the judged phase, without the first half-second in which the cell fills.
    pub fn before(&self) -> Totals {
        Totals::of(&self.phases[1..self.situation.judged.max(1)])
    }
}

/// The objectives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// Second requests as a share of first requests.
    ExtraRequests,
    /// Time within which 99 of 100 users have their answer.
    UsersP99,
    /// Share of answers from all leaves.
    CompleteAnswers,
}

impl Objective {
    /// Axis and quantity, in words.
    pub fn words(self) -> &'static str {
        match self {
            Objective::ExtraRequests => "cost (extra requests)",
            Objective::UsersP99 => "performance (users' p99)",
            Objective::CompleteAnswers => "behaviour under failure (complete answers)",
        }
    }
}
