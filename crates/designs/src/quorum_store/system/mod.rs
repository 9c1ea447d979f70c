//! The simulated store: copies in three zones, fronts that read and write them, and what goes wrong.
//!
//! A front has two ports, one for writes and one for reads, because a message with data takes another time than one without:
//! each of the four kinds of message (write, acknowledgement, request, reply) has a distribution of its own on its links, as in
//! Bailis et al., *Probabilistically Bounded Staleness*, 2012. Every operation goes to all copies; settings say how many answers
//! are awaited.

mod baskets;
mod measure;
mod reader;
mod replica;
mod run;
mod troubles;
mod version;
mod writer;

pub use baskets::Baskets;
pub use measure::{Merged, Paired, share};
pub use run::StoreRun;
pub use troubles::Trouble;
pub use version::Version;

use super::policy::Policy;
use reader::Reader;
use replica::Replica;
use sim::{Cx, Dist, Id, Node, Time, ms, ns, secs};
use writer::Writer;

/// Zones that the copies are spread over, evenly; each has a front, too.
pub const ZONES: u32 = 3;

/// How long a front waits for the answers that an operation needs: after that, its client is told that it failed.
pub const TIME_OUT: Time = ms(500);
/// How often hints are sent again.
pub const HINTS_EVERY: Time = secs(5);

/// What is done about copies that lack a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Nothing.
    Never,
    /// A read that has been answered waits for the other answers, compares, and sends on what some of them lack.
    AfterReads,
    /// Whoever took the write keeps it for the copies that did not acknowledge it, and sends it again every 5 s.
    Hints,
}

/// How many copies there are, how many answers are awaited, and what is done about copies that lack a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Copies of each value, spread over three zones: N.
    pub copies: u32,
    /// Answers that a read awaits: R.
    pub read: u32,
    /// Answers that a write awaits: W.
    pub write: u32,
    /// What is done about copies that lack a write.
    pub repair: Repair,
}

impl Settings {
    /// Within what the simulator can do.
    pub fn possible(self) -> Settings {
        let copies = self.copies.clamp(1, 16);
        Settings { copies, read: self.read.clamp(1, copies), write: self.write.clamp(1, copies), ..self }
    }
}

/// How long the four kinds of message take, one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Delays {
    /// A write on its way to a copy, until it is stored.
    pub write: Dist,
    /// A copy's acknowledgement.
    pub ack: Dist,
    /// A read on its way to a copy.
    pub read: Dist,
    /// A copy's reply with the value.
    pub reply: Dist,
    /// How much longer each takes between two zones.
    pub far: Time,
}

/// A Pareto distribution with a share, from `least` ms, and otherwise an exponential one of `rate` per ms: the form of the fits.
fn fit(share: f64, least: f64, alpha: f64, rate: f64) -> Dist {
    let first = Box::new(Dist::Pareto { least: Time::from_ms_f64(least), alpha });
    Dist::Mixture { share, first, second: Box::new(Dist::Exponential { mean: Time::from_ms_f64(1.0 / rate) }) }
}

impl Delays {
    /// LinkedIn's store with solid-state disks: every message alike (Bailis et al. 2012, table 3, LNKD-SSD).
    pub fn solid_state() -> Delays {
        let all = fit(0.9122, 0.235, 10.0, 1.66);
        Delays { write: all.clone(), ack: all.clone(), read: all.clone(), reply: all, far: Time::ZERO }
    }

    /// LinkedIn's store with spinning disks: a write takes longer than the rest (table 3, LNKD-DISK).
    pub fn disk() -> Delays {
        Delays { write: fit(0.38, 1.05, 1.51, 0.183), ..Delays::solid_state() }
    }

    /// Yammer's store (table 3, YMMR, with the paper's α of 3.35 for writes; the authors' simulator has 3.5).
    pub fn yammer() -> Delays {
        let rest = fit(0.982, 1.5, 3.8, 0.0217);
        Delays {
            write: fit(0.939, 3.0, 3.35, 0.0028),
            ack: rest.clone(),
            read: rest.clone(),
            reply: rest,
            far: Time::ZERO,
        }
    }

    /// The disks, and 75 ms more for each message to another zone (section 5.5, WAN).
    pub fn wide_area() -> Delays {
        Delays { far: ms(75), ..Delays::disk() }
    }
}

/// When the read of a pair begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// So long after its write was answered.
    After(Time),
    /// At a random moment from one time to another.
    Between(Time, Time),
}

/// Writes, each of a value of its own, and one read for each of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pairs {
    /// How many; writes end with them.
    pub pairs: u32,
    /// When the first write may begin.
    pub from: Time,
    /// Mean time between two writes, at all fronts together; they come at random.
    pub every: Time,
    /// When the read begins.
    pub read: When,
    /// Does the read begin, too, when its write failed?
    pub read_failed: bool,
}

/// What is done with the store.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// Pairs of a write and a read.
    Pairs(Pairs),
    /// Robots and people who change the same baskets.
    Baskets(Baskets),
}

/// One run's givens.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// N, R, W and repair.
    pub settings: Settings,
    /// How long messages take.
    pub delays: Delays,
    /// What is done with it.
    pub work: Work,
    /// What goes wrong.
    pub troubles: Vec<Trouble>,
    /// How long a write waits for its answers before its client is told that it failed.
    pub time_out: Time,
    /// By how much the clocks of the second and the third front are ahead of the first one's.
    pub clock_ahead: Time,
}

impl Default for Setup {
    fn default() -> Self {
        Setup {
            settings: Settings { copies: 3, read: 2, write: 2, repair: Repair::Never },
            delays: Delays::disk(),
            work: Work::Pairs(Pairs {
                pairs: 20_000,
                from: Time::ZERO,
                every: ms(1),
                read: When::After(Time::ZERO),
                read_failed: false,
            }),
            troubles: Vec::new(),
            time_out: TIME_OUT,
            clock_ahead: Time::ZERO,
        }
    }
}

impl Setup {
    /// When everything that is asked for has begun, and what is under way has had time to end.
    fn end(&self) -> Time {
        let work = match &self.work {
            Work::Pairs(p) => {
                let written = p.from + p.every * u64::from(p.pairs) * 11 / 10;
                match p.read {
                    When::After(gap) => written + gap,
                    When::Between(_, to) => written.max(to),
                }
            }
            Work::Baskets(b) => b.until,
        };
        work + secs(10)
    }

    /// The node of a front's port for writes.
    fn writer(&self, front: u32) -> Id {
        self.settings.copies + 2 * front
    }

    /// The node of a front's port for reads.
    fn reader(&self, front: u32) -> Id {
        self.settings.copies + 2 * front + 1
    }
}

/// The zone of a copy.
pub fn zone(copy: u32) -> u32 {
    copy % ZONES
}

/// A number of nanoseconds as milliseconds.
pub(super) fn in_ms(nanoseconds: f64) -> f64 {
    nanoseconds / ns(1_000_000).as_ns() as f64
}

/// What is sent.
#[derive(Clone, Debug)]
enum Msg {
    /// Store this version; with an operation to acknowledge, unless it is a repair.
    Put {
        op: Option<u32>,
        key: u32,
        version: Version,
    },
    /// Stored.
    Stored { op: u32 },
    /// Which versions do you have?
    Get { op: u32, key: u32 },
    /// These.
    Have { op: u32, versions: Vec<Version> },
    /// Between the ports of fronts, at once: read this value at that time; its write was answered or not.
    Look { key: u32, at: Time, written: bool },
    /// Write this version to the copies in the mask, which lack it.
    Mend { key: u32, version: Version, lacking: u32 },
    /// What a read of a basket came to: change it, and write it back.
    Change { key: u32, version: Version },
    /// The change is over, answered or not.
    Changed { key: u32 },
}

/// A part of the store.
enum Part {
    Replica(Replica),
    Writer(Box<Writer>),
    Reader(Box<Reader>),
}

impl Node for Part {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        match self {
            Part::Replica(_) => {}
            Part::Writer(w) => w.start(cx),
            Part::Reader(r) => r.start(cx),
        }
    }

    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match self {
            Part::Replica(r) => r.message(from, msg, cx),
            Part::Writer(w) => w.message(from, msg, cx),
            Part::Reader(r) => r.message(from, msg, cx),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        match self {
            Part::Replica(_) => {}
            Part::Writer(w) => w.timer(tag, cx),
            Part::Reader(r) => r.timer(tag, cx),
        }
    }
}

/// Makes the policy of each front.
pub type PolicyOf<'a> = &'a dyn Fn() -> Box<dyn Policy>;
