//! What is measured about a run, and about several runs together.

use super::apps::Trips;
use super::{Entry, Setup};
use crate::coast_to_coast_failover::repair;
use sim::Time;
use sim::properties::Properties;

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub from: Time,
    /// Its end.
    pub until: Time,
}

/// Time that lies in a stretch of both lists, and when that first was so. Each list is in order of time.
pub fn overlap(a: &[Span], b: &[Span]) -> (Time, Option<Time>) {
    let (mut sum, mut first) = (Time::ZERO, None);
    for x in a {
        for y in b {
            let (from, until) = (x.from.max(y.from), x.until.min(y.until));
            if from < until {
                sum += until - from;
                first = Some(first.map_or(from, |f: Time| f.min(from)));
            }
        }
    }
    (sum, first)
}

/// Writes of one log that are not in the other: what lies beyond the part that both begin with.
pub(super) fn beyond(log: &[Entry], winner: &[Entry]) -> u64 {
    let same = log.iter().zip(winner).take_while(|(a, b)| a == b).count();
    log[same..].iter().map(|e| u64::from(e.writes)).sum()
}

/// Calls to the primary that a page makes, one after the other.
pub const PAGE_CALLS: u64 = 20;
/// Time that a page takes besides.
pub const PAGE_WORK: Time = sim::ms(50);

/// The time of a page whose calls take so long each.
pub fn page(trip: Time) -> Time {
    PAGE_WORK + trip * PAGE_CALLS
}

/// What was measured, over one run or over several.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Runs counted here.
    pub runs: u64,
    /// Writes asked for.
    pub offered: u64,
    /// Writes that were taken in time.
    pub taken: u64,
    /// Seconds without writes, each weighted by the share of writes that could not be taken, over all runs.
    pub down_s: f64,
    /// Writes acknowledged, and not in the history that goes on.
    pub stranded: u64,
    /// Writes acknowledged and lost in a crash.
    pub lost: u64,
    /// Changes of the primary.
    pub promotions: u64,
    /// Freezes of a database that led.
    pub freezes: u64,
    /// Promotions asked for without a majority.
    pub hopeless: u64,
    /// Promotions asked for of a site without a database.
    pub nowhere: u64,
    /// The longest time in any run for which both sites took writes.
    pub both: Time,
    /// What must, must in the end, and must sometimes be so.
    pub properties: Properties,
    /// Hours of repair, over all runs.
    pub repair_h: f64,
    /// Round trips to the primary of the East's and of the West's applications: before, and in the last seconds.
    pub trips: [[Trips; 2]; 2],
    /// Share of the writes that come from the East.
    pub east_share: f64,
}

impl Outcome {
    /// Adds other runs.
    pub fn merge(&mut self, other: &Outcome) {
        self.runs += other.runs;
        self.offered += other.offered;
        self.taken += other.taken;
        self.down_s += other.down_s;
        self.stranded += other.stranded;
        self.lost += other.lost;
        self.promotions += other.promotions;
        self.freezes += other.freezes;
        self.hopeless += other.hopeless;
        self.nowhere += other.nowhere;
        self.both = self.both.max(other.both);
        self.properties.merge(&other.properties);
        self.repair_h += other.repair_h;
        for (mine, theirs) in self.trips.iter_mut().flatten().zip(other.trips.iter().flatten()) {
            mine.merge(theirs);
        }
        self.east_share = other.east_share;
    }

    fn each(&self, sum: f64) -> f64 {
        if self.runs == 0 { 0.0 } else { sum / self.runs as f64 }
    }

    /// Seconds without writes, a run.
    pub fn down(&self) -> Time {
        Time::from_ms_f64(self.each(self.down_s) * 1_000.0)
    }

    /// Stranded writes, a run.
    pub fn stranded_each(&self) -> f64 {
        self.each(self.stranded as f64)
    }

    /// Changes of the primary, a run.
    pub fn promotions_each(&self) -> f64 {
        self.each(self.promotions as f64)
    }

    /// Hours of repair, a run.
    pub fn repair(&self) -> f64 {
        self.each(self.repair_h)
    }

    /// The time of a page of the East's users, before anything goes wrong (`false`) or in the last seconds (`true`); none where
    /// no primary answered them.
    pub fn page_east(&self, afterwards: bool) -> Option<Time> {
        self.trips[usize::from(afterwards)][0].mean().map(page)
    }

    /// The same for the West's users.
    pub fn page_west(&self, afterwards: bool) -> Option<Time> {
        self.trips[usize::from(afterwards)][1].mean().map(page)
    }

    /// The mean over all users, who are shared between the coasts as writes are; none where a coast with users has none.
    pub fn page(&self, afterwards: bool) -> Option<Time> {
        let of = |share: f64, page: Option<Time>| {
            if share > 0.0 {
                page.map(|p| p.scale(share))
            } else {
                Some(Time::ZERO)
            }
        };
        let east = of(self.east_share, self.page_east(afterwards))?;
        Some(east + of(1.0 - self.east_share, self.page_west(afterwards))?)
    }
}

/// The hours of repair of one run.
pub(super) fn repair_hours(setup: &Setup, promotions: u64, stranded: u64) -> f64 {
    if promotions == 0 {
        return 0.0;
    }
    repair::hours(&setup.repair, setup.writes_per_s, stranded as f64)
}

/// `always`: no two coasts take writes at once.
pub const ONE_AT_A_TIME: &str = "one coast at a time takes writes";
/// `eventually`: writes are taken.
pub const TAKEN_AGAIN: &str = "writes are taken again";
/// `sometimes`: there is a promotion.
pub const PROMOTED: &str = "a coast is promoted";
