//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::habits::Habits;
use super::policy::Policy;
use super::system::{FailoverRun, Outcome, Setup, flapping};
use super::words::{hours_of, page_time, seconds, writes};
use judge::pool;
use judge::trial::Objective;
use sim::secs;

/// A situation in which an answer is tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "in a cut of 43 s".
    pub words: &'static str,
    /// The lab's knobs that show this situation, as typed: `cut=43`.
    pub knobs: String,
    /// The set-up with its troubles.
    pub setup: Setup,
    /// A link that comes and goes this many times, at moments drawn for each seed, instead of the set-up's troubles.
    pub flaps: u32,
    /// In step `choose`: have both services the same settings?
    pub same: bool,
}

impl Situation {
    /// The set-up of one run.
    pub fn of(&self, seed: u64) -> Setup {
        if self.flaps == 0 {
            return self.setup.clone();
        }
        let troubles = flapping(seed, self.flaps);
        let end = troubles.last().map_or(self.setup.end, |t| t.end() + secs(30));
        Setup { troubles, end, ..self.setup.clone() }
    }
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// What was measured, over the runs of the pool.
    pub outcome: Outcome,
    /// What the policy does when it is asked about plain cases.
    pub habits: Habits,
    /// The fewest and mildest faults that still show what the first failing run of a generated situation shows, in words.
    pub smallest: Option<String>,
}

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 5;

/// Runs a situation once a seed and pools what was measured.
pub fn pooled(setup_of: impl Fn(u64) -> Setup, policy: &dyn Fn() -> Box<dyn Policy>) -> Outcome {
    let mut pooled = Outcome::default();
    for seed in pool::seeds(POOL) {
        pooled.merge(&FailoverRun::new(&setup_of(seed), policy, seed).finish().outcome());
    }
    pooled
}

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn knobs(&self) -> String {
        let mut knobs = self.situation.knobs.clone();
        if !knobs.contains("promote_after") {
            knobs += &self.habits.knobs();
        }
        match &self.smallest {
            Some(faults) => format!("{knobs}   (enough to show it: {faults})"),
            None => knobs,
        }
    }

    fn did(&self) -> String {
        let o = &self.outcome;
        let mut did = format!(
            "a run had {:.1} promotions; {} without writes; {} stranded; both coasts took writes for {} at most; {} of repair; afterwards a page took {}",
            o.promotions_each(),
            seconds(o.down()),
            writes(o.stranded_each()),
            seconds(o.both),
            hours_of(o.repair()),
            page_time(o.page(true)),
        );
        if self.habits.freezes_when_well {
            did += "; your policy freezes the primary while all is well";
        }
        if o.hopeless > 0 {
            did += "; your policy asked for promotions without a majority, which do nothing";
        }
        if o.nowhere > 0 {
            did += "; it asked for the promotion of a site that has no database, which does nothing";
        }
        did
    }
}

/// Seconds without writes, weighted.
pub static DOWN: Objective = Objective {
    key: "down",
    words: "behaviour under failure (seconds without writes)",
    success_share: false,
    ask: "which coast was without writes, from when to when, and what were you waiting for?",
};

/// Acknowledged writes that are missing in the history that goes on.
pub static STRANDED: Objective = Objective {
    key: "stranded",
    words: "behaviour under failure (stranded writes)",
    success_share: false,
    ask: "until when did the old primary acknowledge writes that nobody else had?",
};

/// Time for which both coasts took writes.
pub static BOTH: Objective = Objective {
    key: "both",
    words: "behaviour under failure (one history)",
    success_share: false,
    ask: "at which moment did one side begin, and at which did the other stop?",
};

/// Changes of the primary.
pub static PROMOTIONS: Objective = Objective {
    key: "promotions",
    words: "cost (promotions, each of which is repaired by people)",
    success_share: false,
    ask: "what had changed for the better between one promotion and the next?",
};

/// Hours of repair.
pub static REPAIR: Objective = Objective {
    key: "repair",
    words: "cost (hours of repair)",
    success_share: false,
    ask: "what has to be put right after your promotion, and by whom?",
};

/// The mean page at the end of the run.
pub static PAGE: Objective = Objective {
    key: "page",
    words: "performance (a page afterwards)",
    success_share: false,
    ask: "where is the primary now, seen from most of the users?",
};
