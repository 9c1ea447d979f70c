//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::beliefs::{share, time};
use super::sizing::World;
use super::system::{Pod, Totals};
use judge::Percent;
use judge::replay::Lab;
use judge::trial::Objective;
use judge::worksheet::Axis;

/// A situation in which a choice is tried; the pod's own choice stands for nothing until a learner's takes its place.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Key, used by the beliefs.
    pub name: &'static str,
    /// In a verdict: "on an ordinary day".
    pub words: &'static str,
    /// What the pod of the situation holds and serves, and what befalls it.
    pub pod: Pod,
    /// Machines that are gone for good, for the photos that are left.
    pub dead: u32,
    /// The phase whose reads are judged.
    pub judged: usize,
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
    /// What was measured in the judged phase.
    pub fn judged(&self) -> &Totals {
        &self.phases[self.situation.judged]
    }

    /// The world of the situation.
    pub fn world(&self) -> &World {
        &self.situation.pod.world
    }

    /// Share of the disks' time that the reads of this run would ask for at another hit rate and with other machines gone.
    pub fn asked(&self, hits: Percent, lost: u32) -> f64 {
        let (pod, t) = (&self.situation.pod, self.judged());
        let one = pod.world.asked(&pod.choice, hits, lost);
        // The operations of a read as they were measured.
        one * t.per_read() / pod.world.per_read(&pod.choice)
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
        lab(&self.situation)
    }

    fn did(&self) -> String {
        let (pod, t) = (&self.situation.pod, self.judged());
        format!(
            "{} machines at {} in all; {:.2} disk operations a read; disks {} busy; half of the reads within {}, 99 % within {}",
            pod.choice.machines,
            pod.world.price(&pod.choice),
            t.per_read(),
            share(Percent::of(t.busy())),
            time(t.times.quantile(0.5)),
            time(t.times.quantile(0.99)),
        )
    }
}

/// How the lab shows a situation: both layouts with the machines, the copies and the memory of the choice.
pub fn lab(situation: &Situation) -> Lab {
    let Pod { world, choice, lost, .. } = &situation.pod;
    let (machines, memory) = (
        choice.machines.clamp(1, 60),
        choice.memory.as_gb().round().clamp(1.0, 256.0),
    );
    let knobs = format!(
        "machines={machines} memory={memory} copies={} machines_lost={} images={} requests={} hit_rate={} pods={}",
        choice.copies.clamp(1, 6),
        (*lost).min(3),
        (world.images / 10e6).round().clamp(1.0, 500.0) * 10.0,
        (world.requests / 500.0).round().clamp(1.0, 200.0) * 500.0,
        world.hits.0.round().clamp(0.0, 99.0),
        world.pods.round().clamp(1.0, 100.0),
    );
    let otherwise = "It shows both layouts with your machines and your memory, and the hit rate falls in it for 20 s.";
    Lab { knobs: Some(knobs), otherwise: otherwise.into() }
}

/// What is paid for a pod.
pub static PRICE: Objective = Objective {
    key: "price",
    axis: Axis::Cost,
    name: "price",
    success_share: false,
    ask: "which of the three needs do your machines meet more than once over?",
};

/// Time within which 99 of 100 reads have their bytes, while all is as usual.
pub static READS_P99: Objective = Objective {
    key: "reads_p99",
    axis: Axis::Performance,
    name: "reads' p99",
    success_share: false,
    ask: "how many operations does a read wait for, and how busy is the disk that does them?",
};

/// The same in a bad hour.
pub static BAD_P99: Objective = Objective {
    key: "bad_p99",
    axis: Axis::Failure,
    name: "reads' p99 in the bad hour",
    success_share: false,
    ask: "how many reads reach how many disks in that hour, and what share of the disks' time is that?",
};

/// Share of reads whose photo can be read.
pub static READABLE: Objective = Objective {
    key: "readable",
    axis: Axis::Failure,
    name: "readable photos",
    success_share: true,
    ask: "where does a read go when the machine that it wants is gone?",
};

/// Share of photos of which a copy is left.
pub static LEFT: Objective = Objective {
    key: "left",
    axis: Axis::Failure,
    name: "photos left",
    success_share: true,
    ask: "how many machines hold a given photo, and do all copies have room?",
};
