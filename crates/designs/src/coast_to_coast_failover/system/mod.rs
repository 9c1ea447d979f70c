//! The simulated design: two databases, three orchestrators, and the applications on both coasts.
//!
//! | node | stands in | is |
//! |---|---|---|
//! | 0, 1 | East, West | a database: the primary, or the replica of it |
//! | 2, 3, 4 | East, Cloud, West | an orchestrator: probes the databases, votes, asks its policy once a second |
//! | 5, 6 | East, West | the applications of a coast, which write to whom they know as the primary |
//!
//! Applications draw their writes from their own streams, so two policies run on the same arrivals, and what differs between
//! them is what they did.

mod apps;
mod measure;
mod orchestrator;
mod run;
mod store;
mod troubles;

pub use apps::{Apps, Trips};
pub use measure::{ONE_AT_A_TIME, Outcome, PAGE_CALLS, PAGE_WORK, PROMOTED, Span, TAKEN_AGAIN, overlap, page};
pub use orchestrator::{Did, Orchestrator};
pub use run::FailoverRun;
pub use store::Store;
pub use troubles::{Trouble, Way, flapping};

use super::policy::Site;
use super::repair::Givens;
use sim::{Cx, Id, Node, Time, ms, secs};

/// The database in the East: the primary at first.
pub const EAST_STORE: Id = 0;
/// The database in the West: the replica at first.
pub const WEST_STORE: Id = 1;
/// The orchestrator in the East.
pub const EAST_ORCHESTRATOR: Id = 2;
/// The orchestrator in the cloud.
pub const CLOUD_ORCHESTRATOR: Id = 3;
/// The orchestrator in the West.
pub const WEST_ORCHESTRATOR: Id = 4;
/// The applications in the East.
pub const EAST_APPS: Id = 5;
/// The applications in the West.
pub const WEST_APPS: Id = 6;

/// What stands in the East's data centre.
pub const EAST_SITE: [Id; 3] = [EAST_STORE, EAST_ORCHESTRATOR, EAST_APPS];
/// What stands elsewhere: the cloud, and the West's data centre.
pub const ELSEWHERE: [Id; 4] = [WEST_STORE, CLOUD_ORCHESTRATOR, WEST_ORCHESTRATOR, WEST_APPS];

/// The orchestrators.
pub(super) const ORCHESTRATORS: [Id; 3] = [EAST_ORCHESTRATOR, CLOUD_ORCHESTRATOR, WEST_ORCHESTRATOR];

/// The node number of a site's database; the cloud has none.
pub(super) fn store_of(site: Site) -> Option<Id> {
    match site {
        Site::East => Some(EAST_STORE),
        Site::Cloud => None,
        Site::West => Some(WEST_STORE),
    }
}

/// Everything that defines a run, but the policy and the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Writes a second, arriving at random (Poisson).
    pub writes_per_s: f64,
    /// Share of the writes that come from the East, 0 to 1.
    pub east_share: f64,
    /// Time from a write at the primary to its arrival at the replica.
    pub lag: Time,
    /// One-way delay between the coasts; each message takes up to 10 % longer or shorter.
    pub across: Time,
    /// One-way delay within a coast.
    pub near: Time,
    /// The primary brings its writes to disk this often. It acknowledges a write before that.
    pub group_commit: Time,
    /// How often an orchestrator asks its policy.
    pub tick: Time,
    /// How much faster than true time the East's orchestrator's clock runs, in millionths; negative: slower.
    pub drift_ppm: f64,
    /// The policy sees its waits this many times as long as they are: 1, but for a claim's "a tenth less".
    pub hurry: Hurry,
    /// What goes wrong.
    pub troubles: Vec<Trouble>,
    /// Writes are counted until then.
    pub end: Time,
    /// What a repair takes.
    pub repair: Givens,
}

/// By how much a policy's own waits are shortened, to see what a tenth less of each is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hurry {
    /// Factor on the time without a majority.
    pub freeze: f64,
    /// Factor on the primary's and the stream's silence.
    pub promote: f64,
}

/// When trouble begins in the situations of the brief: long enough for everything to run.
pub const BEGIN: Time = secs(10);

impl Default for Setup {
    fn default() -> Self {
        Setup {
            writes_per_s: 500.0,
            east_share: 0.8,
            lag: ms(300),
            across: ms(30),
            near: ms(1),
            group_commit: ms(50),
            tick: secs(1),
            drift_ppm: 0.0,
            hurry: Hurry { freeze: 1.0, promote: 1.0 },
            troubles: Vec::new(),
            end: secs(40),
            repair: Givens::default(),
        }
    }
}

impl Setup {
    /// The set-up with a trouble in it, running on for 30 s after its end.
    pub fn with(trouble: Trouble) -> Setup {
        Setup { end: trouble.end() + secs(30), troubles: vec![trouble], ..Setup::default() }
    }
}

/// One bundle of writes in a database's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The term of leadership in which it was written.
    pub epoch: u32,
    /// Writes in it.
    pub writes: u32,
    /// When the primary took it.
    pub at: Time,
}

/// What a database answers to a probe.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    /// The highest epoch that it knows of.
    pub epoch: u32,
    /// Does it lead?
    pub leads: bool,
    /// How far it was behind the primary when it last heard from it.
    pub behind: Time,
    /// The same in writes.
    pub writes_behind: u64,
    /// Since data of the primary last reached it.
    pub stream_silent: Time,
}

/// What is said between the parts. Whoever leads and hears of a higher epoch than its own steps down.
#[derive(Clone, Debug)]
pub enum Msg {
    /// An application asks for a bundle of writes.
    Write {
        /// The epoch of the primary that it means.
        epoch: u32,
        /// Writes in it.
        writes: u32,
        /// When it was sent.
        sent: Time,
    },
    /// Writes were taken.
    Took {
        /// How many.
        writes: u32,
        /// When they were asked for.
        sent: Time,
    },
    /// The primary's log, from a position on.
    Stream {
        /// The primary's epoch.
        epoch: u32,
        /// Position of the first entry.
        from: u64,
        /// The entries.
        entries: Vec<Entry>,
        /// When the primary took its newest write.
        newest: Time,
        /// Writes in the primary's whole log.
        writes: u64,
    },
    /// What the replica has, and the epoch of its last entry.
    Got {
        /// The highest epoch that the replica knows of.
        epoch: u32,
        /// Entries that it has.
        position: u64,
        /// The epoch of the last of them.
        last: u32,
    },
    /// An orchestrator asks a database how it is.
    Probe {
        /// The highest epoch that it knows of.
        epoch: u32,
    },
    /// The answer.
    Status(Status),
    /// An orchestrator is alive, and knows this primary; also tells applications.
    News {
        /// The epoch of that primary.
        epoch: u32,
        /// Where it stands.
        primary: Site,
    },
    /// An orchestrator asks for a vote.
    Ask {
        /// The epoch that it would begin.
        epoch: u32,
    },
    /// The vote.
    Grant {
        /// For this epoch.
        epoch: u32,
    },
    /// A database is to lead.
    Lead {
        /// From this epoch on.
        epoch: u32,
    },
    /// A database is to take no writes, or to take them again.
    Hold {
        /// The highest epoch that the sender knows of.
        epoch: u32,
        /// Take none?
        on: bool,
    },
}

/// A part of the system.
pub enum Part {
    /// A database.
    Store(Box<Store>),
    /// An orchestrator with its policy.
    Orchestrator(Box<Orchestrator>),
    /// The applications of a coast.
    Apps(Box<Apps>),
}

impl Node for Part {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        match self {
            Part::Store(s) => s.start(cx),
            Part::Orchestrator(o) => o.start(cx),
            Part::Apps(a) => a.start(cx),
        }
    }

    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match self {
            Part::Store(s) => s.message(from, msg, cx),
            Part::Orchestrator(o) => o.message(from, msg, cx),
            Part::Apps(a) => a.message(msg, cx),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        match self {
            Part::Store(s) => s.timer(tag, cx),
            Part::Orchestrator(o) => o.timer(tag, cx),
            Part::Apps(a) => a.timer(tag, cx),
        }
    }

    fn crash(&mut self) {
        if let Part::Store(s) = self {
            s.crash();
        }
    }
}
