//! What was tried and what it showed: the ground on which objectives and beliefs are judged.

use super::FOLDER;
use super::beliefs::{share, time};
use super::lab::typed;
use super::sizing::{Layout, World};
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

    /// Did a read take one operation, as it does when its machine's memory holds all that it looks for? Where it took more, the
    /// memory is at fault, and whatever else is believed is not proven.
    pub fn one_operation(&self) -> bool {
        self.judged().per_read() < 1.02
    }

    /// Is the layout itself what makes the service too dear: does the other one cost less, when each has the machines and the
    /// memory that suit it?
    fn other_layout_is_cheaper(&self) -> bool {
        let (world, chosen) = (self.world(), &self.situation.pod.choice);
        let least = |layout| {
            let offers = world.offers(layout, chosen.copies, self.situation.pod.lost);
            offers.first().map_or(f64::INFINITY, |(price, _)| price.0)
        };
        match chosen.layout {
            Layout::Files => least(Layout::Needles) < least(Layout::Files),
            Layout::Needles => least(Layout::Files) < least(Layout::Needles),
        }
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

    fn ask(&self, unmet: &Objective) -> &'static str {
        let needles = self.situation.pod.choice.layout == Layout::Needles;
        let slow = *unmet == READS_P99 || *unmet == BAD_P99;
        if slow && needles && !self.one_operation() {
            return "what makes a read more than one operation here, and how much would one machine need so that none is?";
        }
        if *unmet == PRICE && self.other_layout_is_cheaper() {
            return "what does each of the two layouts cost for this service, with the machines and the memory that suit it?";
        }
        unmet.ask
    }
}

/// How the lab shows a situation: both layouts with the machines, the copies and the memory of the choice.
pub fn lab(situation: &Situation) -> Lab {
    let Pod { world, choice, lost, .. } = &situation.pod;
    let typed = typed(choice)
        .and("machines_lost", f64::from(*lost))
        .and("images", world.images / 1e6)
        .and("requests", world.requests)
        .and("hit_rate", world.hits.0)
        .and("pods", world.pods);
    let mut otherwise =
        "It shows both layouts with your machines and your memory, and the hit rate falls in it for 20 s.".to_owned();
    for sentence in typed.beyond {
        otherwise += " ";
        otherwise += &sentence;
    }
    Lab { knobs: Some(typed.knobs), otherwise }
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
