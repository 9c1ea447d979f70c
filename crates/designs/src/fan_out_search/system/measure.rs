//! What is measured about a run.

use sim::{Latencies, Time, ms};

/// What was measured about the queries that arrived in one phase.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Time from a query's arrival to its answer, complete or partial.
    pub users: Latencies,
    /// Answered queries.
    pub queries: u64,
    /// Queries answered by all leaves.
    pub complete: u64,
    /// First requests to leaves.
    pub requests: u64,
    /// Second requests to leaves.
    pub hedges: u64,
    /// Second requests sent before even the fastest leaf could have answered.
    pub hedges_at_once: u64,
    /// Second requests sent while at least half of the query's leaves were still out.
    pub hedges_in_crowd: u64,
    /// How long a request had waited when its second was sent.
    pub hedge_waits: Latencies,
    /// Requests that a leaf refused because its queue was full.
    pub refused: u64,
    /// Slot time in use in this phase.
    pub work: Time,
    /// Slot time that there was in this phase.
    pub room: Time,
}

impl Totals {
    /// The counts of several phases together.
    pub fn of(phases: &[Totals]) -> Totals {
        let mut sum = Totals::default();
        for phase in phases {
            sum.merge(phase);
        }
        sum
    }

    /// Adds another run's counts.
    pub fn merge(&mut self, other: &Totals) {
        self.users.merge(&other.users);
        self.hedge_waits.merge(&other.hedge_waits);
        self.queries += other.queries;
        self.complete += other.complete;
        self.requests += other.requests;
        self.hedges += other.hedges;
        self.hedges_at_once += other.hedges_at_once;
        self.hedges_in_crowd += other.hedges_in_crowd;
        self.refused += other.refused;
        self.work += other.work;
        self.room += other.room;
    }

    /// Second requests as a share of first requests, 0 to 1 (0 when nothing was sent).
    pub fn extra(&self) -> f64 {
        ratio(self.hedges, self.requests)
    }

    /// Share of queries that every leaf answered, 0 to 1.
    pub fn complete_share(&self) -> f64 {
        ratio(self.complete, self.queries)
    }

    /// Share of the leaves' slot time in use, 0 to 1.
    pub fn busy(&self) -> f64 {
        ratio(self.work.as_ns(), self.room.as_ns())
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The queries that arrived within one slice of time, for pictures over time.
#[derive(Clone, Debug, Default)]
pub struct Slice {
    /// Users' times in microseconds, in order of completion.
    pub users_us: Vec<u32>,
    /// Queries answered by all leaves.
    pub complete: u32,
    /// First requests.
    pub requests: u32,
    /// Second requests.
    pub hedges: u32,
}

/// Length of a [`Slice`].
pub const SLICE: Time = ms(500);
