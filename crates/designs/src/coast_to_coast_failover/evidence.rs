//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::habits::Habits;
use super::policy::Policy;
use super::rules::Timed;
use super::system::{FailoverRun, Outcome, Setup, flapping};
use super::words::{hours_of, page_afterwards, seconds, writes};
use judge::pool;
use judge::replay::Lab;
use judge::trial::Objective;
use judge::worksheet::Axis;
use sim::{Time, secs};

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
    /// In step `choose`: the settings that are tried.
    pub settings: Option<Timed>,
    /// What stranded writes are judged as: here they can have their own question.
    pub stranded: &'static Objective,
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
    /// Does the lab's rule, with the knobs that a replay names, do about what the answer did?
    pub reproduced: bool,
}

impl Evidence {
    /// The lab's rule that comes nearest to the answer.
    pub fn rule(&self) -> Timed {
        nearest(&self.situation, &self.habits)
    }
}

/// The lab's rule that comes nearest to an answer: by the settings where there are some, otherwise by what the policy does when
/// it is asked.
pub fn nearest(situation: &Situation, habits: &Habits) -> Timed {
    let snapped = |t: Time| match t.as_secs().round() {
        // Longer than anybody watches: the lab's "never".
        s if s > 210.0 => Time::MAX,
        s => secs(s.clamp(1.0, 180.0) as u64),
    };
    let told = situation.settings.unwrap_or_else(|| habits.rule());
    Timed {
        promote_after: snapped(told.promote_after),
        freeze_after: snapped(told.freeze_after),
        max_lag: told.max_lag.max(secs(1)).min(secs(60)),
    }
}

/// The lab's knobs for a rule, as typed; there, 0 stands for never.
fn waits(rule: &Timed) -> String {
    let wait = |t: Time| if t == Time::MAX { 0.0 } else { t.as_secs() };
    format!(
        " promote_after={} freeze_after={} max_lag={}",
        wait(rule.promote_after),
        wait(rule.freeze_after),
        rule.max_lag.as_secs().round()
    )
}

/// Did two policies do about the same in one run?
pub fn alike(a: &Outcome, b: &Outcome) -> bool {
    let near = |a: f64, b: f64, least: f64| (a - b).abs() <= (0.1 * a.max(b)).max(least);
    a.promotions == b.promotions
        && near(a.down_s, b.down_s, 2.0)
        // 500 writes/s and a tick of 1 s: what is stranded differs by that much with the moment of a tick.
        && near(a.stranded as f64, b.stranded as f64, 500.0)
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

    fn lab(&self) -> Lab {
        let otherwise = match (self.situation.settings.is_some(), self.reproduced) {
            (true, true) => "",
            (true, false) => "Its knobs come no nearer to your settings.",
            (false, true) => "It runs a built-in rule with your policy's waits.",
            (false, false) => {
                "It runs a built-in rule with your policy's waits, and that rule does otherwise than your policy."
            }
        };
        let knobs = format!("{}{}", self.situation.knobs, waits(&self.rule()));
        Lab { knobs: Some(knobs), otherwise: otherwise.into() }
    }

    fn remark(&self) -> Option<String> {
        self.smallest
            .as_ref()
            .map(|faults| format!("enough to show it: {faults}"))
    }

    fn did(&self) -> String {
        let o = &self.outcome;
        let mut did = format!(
            "a run had {:.1} promotions; {} without writes; {} stranded; both coasts took writes for {} at most; {} of repair; {}",
            o.promotions_each(),
            seconds(o.down()),
            writes(o.stranded_each()),
            seconds(o.both),
            hours_of(o.repair()),
            page_afterwards(o.page(true)),
        );
        if self.habits.freezes_when_well {
            did += "; your policy freezes the primary while all is well";
        } else if o.freezes > 0 && o.promotions == 0 && o.page(true).is_none() {
            did += "; the primary was still frozen at the end";
        }
        if self.habits.refuses_any_lag {
            did += "; your policy refuses a replica that is 0.3 s behind, and one that follows always is";
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
    axis: Axis::Failure,
    name: "seconds without writes",
    success_share: false,
    ask: "which coast was without writes, from when to when, and what were you waiting for?",
};

/// Acknowledged writes that are missing in the history that goes on.
pub static STRANDED: Objective = STRANDED_AS_SUCH;

const STRANDED_AS_SUCH: Objective = Objective {
    key: "stranded",
    axis: Axis::Failure,
    name: "stranded writes",
    success_share: false,
    ask: "until when did the old primary acknowledge writes that nobody else had?",
};

/// The same, in a situation in which nobody may be promoted.
pub static STRANDED_BY_PROMOTION: Objective =
    Objective { ask: "which event turned those writes into stranded ones?", ..STRANDED_AS_SUCH };

/// Time for which both coasts took writes.
pub static BOTH: Objective = Objective {
    key: "both",
    axis: Axis::Failure,
    name: "one history",
    success_share: false,
    ask: "at which moment did one side begin, and at which did the other stop?",
};

/// Changes of the primary.
pub static PROMOTIONS: Objective = Objective {
    key: "promotions",
    axis: Axis::Cost,
    name: "promotions, each of which is repaired by people",
    success_share: false,
    ask: "what had changed for the better between one promotion and the next?",
};

/// Hours of repair.
pub static REPAIR: Objective = Objective {
    key: "repair",
    axis: Axis::Cost,
    name: "hours of repair",
    success_share: false,
    ask: "what has to be put right after your promotion, and by whom?",
};

/// The mean page at the end of the run.
pub static PAGE: Objective = Objective {
    key: "page",
    axis: Axis::Performance,
    name: "a page afterwards",
    success_share: false,
    ask: "where is the primary now, seen from most of the users?",
};
