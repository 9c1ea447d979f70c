//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::beliefs::{share, time};
use super::sizing::{Loss, World};
use super::system::{DURING, Fault, Scenario, Totals};
use judge::Percent;
use judge::replay::Lab;
use judge::trial::Objective;
use judge::worksheet::Axis;

/// A situation in which a choice is tried; the scenario's own choice stands for nothing until a learner's takes its place.
#[derive(Clone, Copy, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "on an ordinary evening".
    pub words: &'static str,
    /// Load, fault, and when.
    pub scenario: Scenario,
}

/// What the pooled runs showed, for objectives and for the signatures of beliefs.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Where.
    pub situation: Situation,
    /// What was measured, one entry a phase.
    pub phases: Vec<Totals>,
}

impl Evidence {
    /// What was measured while the fault lasted; in an ordinary situation, in the same time.
    pub fn judged(&self) -> &Totals {
        &self.phases[DURING]
    }

    /// The world of the situation.
    pub fn world(&self) -> &World {
        &self.situation.scenario.world
    }

    /// What the situation's fault takes away.
    pub fn loss(&self) -> Loss {
        match self.situation.scenario.fault {
            Fault::Zone => Loss::Zone,
            Fault::Region => Loss::Region,
            _ => Loss::Nothing,
        }
    }

    /// Share of the machines' time that this choice's load asks for after a loss, with the caches as they then are or warm.
    pub fn busy(&self, loss: Loss, warm: bool) -> f64 {
        let c = &self.situation.scenario.choice;
        let cold = if warm { 0.0 } else { self.world().cold(c, loss) };
        self.world().work(c, loss, cold).busy()
    }
}

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 2;

impl judge::trial::Evidence for Evidence {
    const FOLDER: &'static str = FOLDER;
    const POOL: u64 = POOL;

    fn words(&self) -> &str {
        self.situation.words
    }

    fn lab(&self) -> Lab {
        lab(&self.situation.scenario)
    }

    fn did(&self) -> String {
        let (s, t) = (&self.situation.scenario, self.judged());
        format!(
            "proposal {} with {} partitions at {} a month: {} of reads answered, 99 % of those within {}; {} of scans acknowledged; machines {} busy",
            s.choice.proposal.letter(),
            s.choice.partitions,
            s.world.month(&s.choice),
            share(Percent::of(t.answered())),
            time(t.reads_within(0.99)),
            share(Percent::of(t.acknowledged())),
            share(Percent::of(t.busy())),
        )
    }
}

/// Where a fault stands among the lab's.
pub fn number(fault: Fault) -> u32 {
    match fault {
        Fault::Nothing => 0,
        Fault::Zone => 1,
        Fault::Region => 2,
        Fault::Cut => 3,
        Fault::ColdCaches => 4,
        Fault::Login => 5,
    }
}

/// How the lab shows a situation: both proposals with the partitions and the caches of the choice.
pub fn lab(s: &Scenario) -> Lab {
    let knobs = format!(
        "fault={} seconds={} load={} partitions={} cache_copies={}",
        number(s.fault),
        (s.until - s.from).as_secs().clamp(30.0, 400.0).round(),
        (s.load * 20.0).round().clamp(1.0, 30.0) * 5.0,
        s.choice.partitions.clamp(20, 400),
        s.choice.cache_copies.clamp(1, 2),
    );
    let otherwise = "It shows both proposals with your partitions and your caches.";
    Lab { knobs: Some(knobs), otherwise: otherwise.into() }
}

/// What is paid a month, beside proposal B as its page has it.
pub static BILL: Objective = Objective {
    key: "bill",
    axis: Axis::Cost,
    name: "bill of a month, as a share of B's",
    success_share: false,
    ask: "which line of the bill is the largest of those that you decide, and what is it sized by?",
};

/// Time within which 99 of 100 readers have their answer, while all is as usual.
pub static READS_P99: Objective = Objective {
    key: "reads_p99",
    axis: Axis::Performance,
    name: "reads' p99",
    success_share: false,
    ask: "which reads are the slowest in a hundred, and what do they wait for?",
};

/// The same while something is lost.
pub static BAD_P99: Objective = Objective {
    key: "bad_p99",
    axis: Axis::Failure,
    name: "reads' p99 during the loss",
    success_share: false,
    ask: "which machines are left, and what share of their time do reads and scans then ask for?",
};

/// Time from a scan's acknowledgement until readers see it.
pub static AGE: Objective = Objective {
    key: "age",
    axis: Axis::Performance,
    name: "scan to seen, p99",
    success_share: false,
    ask: "through which steps does a scan go between the depot's receipt and an officer's screen?",
};

/// Share of reads that are answered during a loss.
pub static ANSWERED: Objective = Objective {
    key: "answered",
    axis: Axis::Failure,
    name: "reads answered",
    success_share: true,
    ask: "who answers the readers of what is lost, after how long, and with what in its caches?",
};

/// Share of scans that are acknowledged during a loss.
pub static ACCEPTED: Objective = Objective {
    key: "accepted",
    axis: Axis::Failure,
    name: "scans acknowledged",
    success_share: true,
    ask: "whom does a depot reach when the place that it belongs to is gone?",
};
