//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::beliefs::{share, time};
use super::system::{Cell, Totals};
use judge::Percent;
use judge::replay::Lab;
use judge::trial::Objective;
use judge::worksheet::Axis;

/// A situation in which an answer is tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "on an ordinary day".
    pub words: &'static str,
    /// How the lab shows this situation.
    pub lab: Lab,
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

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 3;

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn lab(&self) -> Lab {
        self.situation.lab.clone()
    }

    fn did(&self) -> String {
        let t = self.judged();
        let did = format!(
            "{:.1} second requests per 100 first ones; users' p50 {}, p99 {}; {} of answers complete",
            t.extra() * 100.0,
            time(t.users.quantile(0.5)),
            time(t.users.quantile(0.99)),
            share(Percent::of(t.complete_share())),
        );
        if t.hedges == 0 && self.hedges_when_late {
            format!(
                "{did}. Your policy would hedge a late request and never got to: Wait is final, and a request is asked about at most 50 times"
            )
        } else {
            did
        }
    }
}

/// Second requests as a share of first requests.
pub static EXTRA_REQUESTS: Objective = Objective {
    key: "extra_requests",
    axis: Axis::Cost,
    name: "extra requests",
    success_share: false,
    ask: "which of these second requests bought something, and which did not?",
};

/// Time within which 99 of 100 users have their answer.
pub static USERS_P99: Objective = Objective {
    key: "users_p99",
    axis: Axis::Performance,
    name: "users' p99",
    success_share: false,
    ask: "which answers is the slowest user in a hundred waiting for, and what do you do about them?",
};

/// Share of answers from all leaves.
pub static COMPLETE_ANSWERS: Objective = Objective {
    key: "complete_answers",
    axis: Axis::Failure,
    name: "complete answers",
    success_share: true,
    ask: "what was missing when the root had to answer, and what was it waiting behind?",
};
