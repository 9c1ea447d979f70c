//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::system::{System, Totals};
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
    /// In a verdict: "with a change that crashes every machine at once".
    pub words: &'static str,
    /// The lab's knobs that show this situation, as typed: `fault=leak`.
    pub knobs: &'static str,
    /// The system and what is wrong with the change.
    pub system: System,
}

/// What a policy does when it is asked what no run may happen to ask; each question is repeated for an hour.
#[derive(Clone, Copy, Debug, Default)]
pub struct Probes {
    /// Half of the requests to changed machines fail: does it go on?
    pub goes_on_with_errors: bool,
    /// The same: does it stop?
    pub stops_at_errors: bool,
    /// Every changed machine is down, so none reports errors: does it stop?
    pub stops_at_silence: bool,
    /// One more request in twenty fails in the smallest region: does it stop?
    pub stops_at_one_region: bool,
    /// The same in every region: does it stop?
    pub stops_at_all_regions: bool,
    /// Changed and unchanged machines have the same few errors: does it stop?
    pub stops_at_spike: bool,
    /// One changed machine of twenty is down: does it stop?
    pub stops_at_one_down: bool,
    /// As large a share of the changed machines is down as of the others: does it stop?
    pub stops_at_as_many_down: bool,
    /// All is well, after nine days and ten thousand reads: does it hold?
    pub holds_for_ever: bool,
    /// All is well after twenty hours, and nobody has read the changed rows: does it go on?
    pub goes_on_unread: bool,
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
}

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 6;

impl Evidence {
    /// Fleet-minutes of harm.
    pub fn harm(&self) -> f64 {
        self.totals.harm()
    }

    /// Time until the change was everywhere; a run in which it never was counts with its whole length.
    pub fn done(&self) -> Time {
        self.totals.done(self.situation.system.end)
    }

    /// Was the change everywhere in every run, and by when at the latest?
    pub fn all_done(&self) -> Option<Time> {
        self.totals
            .runs
            .iter()
            .map(|run| run.done)
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max()
    }

    /// Share of the runs in which the policy stopped the change.
    pub fn stopped(&self) -> Percent {
        Percent::of(self.totals.share(|run| run.stopped.is_some() && run.by_policy))
    }

    /// Machines that people had to bring back, a run.
    pub fn by_hand(&self) -> f64 {
        self.totals.mean(|run| f64::from(run.by_hand))
    }

    /// Time in which the fleet took no new data, a run.
    pub fn frozen(&self) -> Time {
        Time::from_ms_f64(self.totals.mean(|run| run.frozen_for().as_ms()))
    }

    /// Share of the fleet that had the change at most, a run.
    pub fn reach(&self) -> Percent {
        Percent::of(self.totals.mean(|run| run.reach))
    }
}

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn lab(&self) -> Lab {
        Lab { knobs: Some(self.situation.knobs.into()), otherwise: "It runs built-in plans.".into() }
    }

    fn did(&self) -> String {
        let mut did = format!(
            "{} of the fleet had the change at most; it was stopped in {} of the runs; {} of harm",
            share(self.reach()),
            share(Percent::of(self.totals.share(|run| run.stopped.is_some()))),
            harm(self.harm()),
        );
        if self.by_hand() > 0.0 {
            did += &format!("; {:.0} machines were brought back by hand", self.by_hand());
        }
        if self.frozen() > Time::ZERO {
            did += &format!("; no new data for {}", time(self.frozen()));
        }
        did
    }
}

/// A share as a verdict prints it.
pub fn share(p: Percent) -> String {
    format!("{:.0} %", p.0)
}

/// Harm as a verdict prints it.
pub fn harm(fleet_minutes: f64) -> String {
    format!("{fleet_minutes:.2} fleet-minutes")
}

/// A time as a verdict prints it.
pub fn time(t: Time) -> String {
    format!("{:.1} h", t.as_secs() / 3_600.0)
}

/// Failed requests because of the change.
pub static HARM: Objective = Objective {
    key: "harm",
    axis: Axis::Failure,
    name: "harm",
    success_share: false,
    ask: "how much of the fleet had the change when it first showed, and for how long did it keep it after that?",
};

/// Machines that people had to bring back.
pub static BY_HAND: Objective = Objective {
    key: "by_hand",
    axis: Axis::Cost,
    name: "machines brought back by hand",
    success_share: false,
    ask: "how does a machine that does not run learn of your decision?",
};

/// Time in which the fleet took no new data.
pub static FROZEN: Objective = Objective {
    key: "frozen",
    axis: Axis::Performance,
    name: "time without new data",
    success_share: false,
    ask: "what else was on its way to the fleet?",
};

/// Time until the change was everywhere.
pub static DONE: Objective = Objective {
    key: "done",
    axis: Axis::Performance,
    name: "time until the change is everywhere",
    success_share: false,
    ask: "what does your policy wait for, and when does that come?",
};

/// Good changes that were stopped.
pub static STOPPED: Objective = Objective {
    key: "stopped",
    axis: Axis::Cost,
    name: "good changes stopped",
    success_share: false,
    ask: "what did your policy see when it stopped, and would it have seen the same without the change?",
};
