//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::rules::NoWeight;
use super::system::{System, Totals, ratio};
use judge::Percent;
use judge::replay::Lab;
use judge::trial::{Objective, Unfit};
use judge::worksheet::Axis;
use sim::Time;

/// A situation in which weights are tried.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "on an ordinary day".
    pub words: &'static str,
    /// The lab's knobs that show this situation, as typed.
    pub knobs: &'static str,
    /// The system and what is wrong in it.
    pub system: System,
}

/// The weight that the answer gives to one server beside that of a well one, when it is asked apart from the runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Probes {
    /// One that failed all of its requests, each in 2 ms.
    pub failing: f64,
    /// One that is well and whose health check is red.
    pub red: f64,
    /// One with a single error among 480 answers.
    pub one_error: f64,
    /// One that fails all, while 10 of 20 do.
    pub half_fail: f64,
    /// One that fails all, while 14 of 20 do.
    pub most_fail: f64,
    /// One whose replies take twice as long, without an error.
    pub slow: f64,
    /// One without any reply, while the others have replied.
    pub unheard: f64,
    /// One without open requests, while the others have five.
    pub idle: f64,
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// What was measured.
    pub totals: Totals,
    /// What the weights are when they are asked for apart from the runs.
    pub probes: Probes,
    /// The first weight that was none, if there was any.
    pub no_weight: Option<NoWeight>,
}

impl Evidence {
    /// Share of the users who got an error or no answer in time.
    pub fn failed(&self) -> Percent {
        Percent::of(self.totals.failed())
    }

    /// Share of the users who were answered in time.
    pub fn served(&self) -> Percent {
        Percent::of(self.totals.served())
    }

    /// Share of the requests that the first server was sent: the one that a fault strikes first.
    pub fn first(&self) -> Percent {
        Percent::of(self.totals.share(0))
    }

    /// The largest share that a single server was sent.
    pub fn largest(&self) -> Percent {
        let most = self.totals.sent.iter().copied().max().unwrap_or(0);
        Percent::of(ratio(most, self.totals.sent.iter().sum()))
    }

    /// Share of the users who failed since they waited for too long.
    pub fn too_late(&self) -> Percent {
        Percent::of(ratio(self.totals.timed_out, self.totals.requests))
    }

    /// Share of the requests that no server was sent.
    pub fn turned_away(&self) -> Percent {
        Percent::of(ratio(self.totals.turned_away, self.totals.requests))
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
        Lab {
            knobs: Some(self.situation.knobs.into()),
            otherwise: "It runs two built-in rules, not your weights.".into(),
        }
    }

    fn did(&self) -> String {
        let mut did = format!(
            "{} of the users were served; the largest share of one server was {}",
            share(self.served()),
            share(self.largest()),
        );
        if self.too_late().0 >= 0.1 {
            did += &format!("; {} waited for too long", share(self.too_late()));
        }
        if self.turned_away().0 >= 0.1 {
            did += &format!("; for {} every weight was zero", share(self.turned_away()));
        }
        did
    }

    /// A weight that is none: what came of it proves no belief about servers.
    fn unfit(&self) -> Option<Unfit> {
        let NoWeight { server, at, given } = self.no_weight.as_ref()?;
        Some(Unfit {
            observed: format!(
                "your weight for server {server} was {given}, asked at second {:.0} {}",
                at.as_secs(),
                self.situation.words
            ),
            wanted: "a weight is a number from 0 upwards, and not an infinite one",
            ask: if *given < 0.0 {
                "what do you subtract, and when is it the larger of the two?"
            } else {
                "what do you divide by, and what is it when there have been no replies?"
            },
        })
    }
}

/// A share as a verdict prints it.
pub fn share(p: Percent) -> String {
    if p.0 < 10.0 {
        format!("{:.2} %", p.0)
    } else {
        format!("{:.1} %", p.0)
    }
}

/// A time as a verdict prints it.
pub fn time(t: Time) -> String {
    format!("{:.0} ms", t.as_ms())
}

/// Users who got an error, or no answer in time.
pub static FAILED: Objective = Objective {
    key: "failed",
    axis: Axis::Failure,
    name: "users failing",
    success_share: false,
    ask: "at which servers did these users end, and what did you know of them by then?",
};

/// Users who were answered in time, while many servers fail.
pub static SERVED: Objective = Objective {
    key: "served",
    axis: Axis::Failure,
    name: "users served",
    success_share: false,
    ask: "how much traffic did each server get that could still answer, and how much can it bear?",
};

/// Time within which 99 of 100 of the served users have their answer.
pub static USERS_P99: Objective = Objective {
    key: "users_p99",
    axis: Axis::Performance,
    name: "users' p99",
    success_share: false,
    ask: "which servers had more to do than they can, and who sent it there?",
};
