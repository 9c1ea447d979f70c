//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::system::{Slice, System, Totals, ratio};
use judge::Percent;
use judge::replay::Lab;
use judge::trial::Objective;
use judge::worksheet::Axis;
use sim::Time;

/// A situation in which an answer is tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "while errors persisted".
    pub words: &'static str,
    /// The lab's knobs that show this situation, as typed: `failing=20`.
    pub knobs: String,
    /// The system and its trouble.
    pub system: System,
    /// The requests that are judged: from this second (included) to that (excluded).
    pub judged: (Time, Time),
}

/// What a policy says to questions that no run may happen to ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct Probes {
    /// A busy process, one failure in a hundred, a first try that timed out: does it retry?
    pub retries_time_outs: bool,
    /// The same, and the first try failed at once: does it retry?
    pub retries_errors: bool,
    /// 40 failures and 1,960 successes: does it hold back?
    pub stops_at_few: bool,
    /// 60 failures and 340 successes, none of the failures at this shard: does it hold back?
    pub stops_at_a_part: bool,
    /// A quiet process, two first tries, of which one was served and one timed out: does it retry?
    pub retries_when_quiet: bool,
    /// A busy process in which nothing succeeds, with a retry for each first try already: does it retry?
    pub retries_when_all_fails: bool,
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// What was measured.
    pub totals: Totals,
    /// What the policy answered when it was asked apart from the runs.
    pub probes: Probes,
    /// Are these settings of the step `choose` the same as the checkout's?
    pub as_checkout: bool,
    /// Is this a learner's own policy, which the lab cannot run? If not, the situation's knobs show it as it is.
    pub own_policy: bool,
}

impl Evidence {
    /// Counts of the judged span.
    pub fn counts(&self) -> Slice {
        let (from, to) = self.situation.judged;
        self.totals.span(from, to)
    }

    /// Share of the users of the judged span who were served.
    pub fn served(&self) -> Percent {
        let (from, to) = self.situation.judged;
        Percent::of(self.totals.success(from, to))
    }

    /// Retries as a share of requests.
    pub fn extra(&self) -> Percent {
        let c = self.counts();
        Percent::of(ratio(c.retries, c.requests))
    }

    /// The most tries a request in any five seconds.
    pub fn peak(&self) -> f64 {
        let (from, to) = self.situation.judged;
        self.totals.peak_tries(from, to)
    }

    /// Share of the tries finished by the dependency that came too late for their callers.
    pub fn late(&self) -> Percent {
        let c = self.counts();
        Percent::of(1.0 - ratio(c.useful, c.served.max(1)))
    }

    /// Did most retries leave without a pause?
    pub fn mostly_at_once(&self) -> bool {
        let asked: u64 = self.totals.slices.iter().map(|s| s.retries).sum();
        2 * self.totals.at_once >= asked
    }

    /// The built-in rule that is most like a policy of the step `operate`, as knobs of the lab.
    fn nearest_rule(&self) -> String {
        let tries = self.totals.most_tries.clamp(1, 10);
        let refuses = self.counts().held_back > 0;
        match (self.totals.most_tries > 1, refuses) {
            (_, true) if self.probes.stops_at_few => format!("policy=breaker-count tries={tries}"),
            (_, true) => format!("policy=breaker-share tries={tries}"),
            (false, false) => "policy=never".into(),
            (true, false) if !self.probes.retries_when_all_fails => format!("policy=limit tries={tries}"),
            (true, false) if self.mostly_at_once() => format!("policy=at-once tries={tries}"),
            (true, false) => format!("policy=pauses tries={tries}"),
        }
    }

    /// From the trouble's end until every later window is well; [`Time::MAX`] when the last one is not.
    pub fn well_again(&self) -> Time {
        let over = self
            .situation
            .system
            .trouble
            .map_or(self.situation.judged.0, |t| t.end());
        self.totals
            .well_after(over, self.situation.judged.1)
            .unwrap_or(Time::MAX)
    }

    /// Share of the requests for shards that are not dead which policies held back.
    pub fn held_back(&self) -> Percent {
        let c = self.counts();
        Percent::of(ratio(c.good_held_back, c.good))
    }

    /// Tries a second over the last ten seconds of the judged span, in one run.
    pub fn last_tries(&self) -> f64 {
        let last = self
            .totals
            .span(self.situation.judged.1 - LAST, self.situation.judged.1);
        last.tries() as f64 / LAST.as_secs() / self.totals.runs.max(1) as f64
    }
}

/// The end of the judged span, on which it shows whether trouble lives on.
pub const LAST: Time = sim::secs(10);

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 3;

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn lab(&self) -> Lab {
        let knobs = &self.situation.knobs;
        if self.own_policy {
            Lab {
                knobs: Some(format!("{knobs} {}", self.nearest_rule())),
                otherwise: "It runs the built-in rule that comes nearest to your policy.".into(),
            }
        } else {
            Lab { knobs: Some(knobs.clone()), otherwise: String::new() }
        }
    }

    fn ask(&self, unmet: &Objective) -> &'static str {
        let c = self.counts();
        if *unmet != SERVED {
            unmet.ask
        } else if c.held_back > 0 {
            "which requests did you not send?"
        } else if 4 * c.queue_full > c.tries() {
            "which of the tries that were refused would somebody have waited for?"
        } else {
            unmet.ask
        }
    }

    fn did(&self) -> String {
        let c = self.counts();
        let mut did = format!(
            "{} of the users were served; {:.2} tries sent per arriving request, {:.2} at the peak",
            share(self.served()),
            ratio(c.tries(), c.requests),
            self.peak(),
        );
        if c.held_back > 0 {
            did += &format!(
                "; {} of the requests were held back",
                share(Percent::of(ratio(c.held_back, c.requests)))
            );
        }
        if 1_000 * c.queue_full > c.tries() {
            did += &format!(
                "; a full queue refused {} of the tries",
                share(Percent::of(ratio(c.queue_full, c.tries())))
            );
        }
        did
    }
}

/// A share as a verdict prints it: one digit after the point.
pub fn share(p: Percent) -> String {
    format!("{:.1} %", p.0)
}

/// What stands for the time until users are well again where that time has no end.
pub const NOT_WELL: &str = "not by the end of the run";

/// A time as a verdict prints it: in seconds, or in milliseconds.
pub fn time(t: Time) -> String {
    match t {
        Time::MAX => NOT_WELL.into(),
        t if t >= sim::secs(10) => format!("{:.0} s", t.as_secs()),
        t if t >= sim::secs(1) => format!("{:.2} s", t.as_secs()),
        t => format!("{:.0} ms", t.as_ms()),
    }
}

/// Users who were served while they still waited.
pub static SERVED: Objective = Objective {
    key: "served",
    axis: Axis::Failure,
    name: "users served",
    success_share: true,
    ask: "which requests failed that one more try, or one try less elsewhere, would have saved?",
};

/// The same while nothing but chance is wrong: then it says how well an ordinary day goes.
pub static SERVED_ORDINARY: Objective = Objective {
    key: SERVED.key,
    axis: Axis::Performance,
    name: "users served",
    success_share: SERVED.success_share,
    ask: SERVED.ask,
};

/// Time within which 99 of 100 of the served users have their answer.
pub static USERS_P99: Objective = Objective {
    key: "users_p99",
    axis: Axis::Performance,
    name: "users' p99",
    success_share: false,
    ask: "what is the slowest user in a hundred waiting for, and who decides how long?",
};

/// Retries as a share of requests.
pub static EXTRA_TRIES: Objective = Objective {
    key: "extra_tries",
    axis: Axis::Cost,
    name: "extra tries",
    success_share: false,
    ask: "which of these retries could still be of use to somebody?",
};

/// Tries sent per arriving request in the worst five seconds; retries of earlier requests count.
pub static PEAK_TRIES: Objective = Objective {
    key: "peak_tries",
    axis: Axis::Cost,
    name: "tries sent per arriving request at the peak",
    success_share: false,
    ask: "what does your answer send for each request at the moment when nothing comes back?",
};

/// Time from the trouble's end until users are well again.
pub static WELL_AGAIN: Objective = Objective {
    key: "well_again",
    axis: Axis::Failure,
    name: "time until users are well again",
    success_share: false,
    ask: "the trigger is gone: what is in the queue, and what keeps it that long?",
};

/// Requests for healthy shards that policies held back.
pub static HELD_BACK: Objective = Objective {
    key: "held_back",
    axis: Axis::Failure,
    name: "good requests held back",
    success_share: false,
    ask: "which callers did you refuse that would have been served?",
};
