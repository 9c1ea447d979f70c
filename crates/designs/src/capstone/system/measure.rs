//! What is measured about a run.

use sim::{Latencies, Time, ms, secs};

/// A reader whose answer was in a cache has it after this: front, cache, and the way between them.
pub const HIT: Time = ms(5);
/// Length of a [`Slice`].
pub const SLICE: Time = secs(1);
/// In a slice all is well for readers when this share of the reads is answered.
pub const WELL: f64 = 0.99;
/// A view is current while no scan is older than this when readers first see it.
const CURRENT: Time = secs(5);

/// What was measured about reads and scans that arrived in one phase.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Reads that a cache answered.
    pub hits: f64,
    /// Time of the reads that the store or a view answered.
    pub misses: Latencies,
    /// Reads without an answer.
    pub failed: f64,
    /// Scans that depots sent.
    pub scans: u64,
    /// Scans that were acknowledged.
    pub accepted: u64,
    /// Time from a scan to its acknowledgement.
    pub scan_times: Latencies,
    /// Time from a scan's acknowledgement until readers of a region see it, once for each region.
    pub ages: Latencies,
    /// Slot time in use in this phase.
    pub work: Time,
    /// Slot time that there was in this phase.
    pub room: Time,
}

impl Totals {
    /// Adds another run's counts.
    pub fn merge(&mut self, other: &Totals) {
        self.hits += other.hits;
        self.misses.merge(&other.misses);
        self.failed += other.failed;
        self.scans += other.scans;
        self.accepted += other.accepted;
        self.scan_times.merge(&other.scan_times);
        self.ages.merge(&other.ages);
        self.work += other.work;
        self.room += other.room;
    }

    /// Reads, answered or not.
    pub fn reads(&self) -> f64 {
        self.hits + self.misses.len() as f64 + self.failed
    }

    /// Share of the reads that were answered, 0 to 1.
    pub fn answered(&self) -> f64 {
        if self.reads() > 0.0 {
            1.0 - self.failed / self.reads()
        } else {
            1.0
        }
    }

    /// Share of the scans that were acknowledged, 0 to 1.
    pub fn acknowledged(&self) -> f64 {
        if self.scans > 0 {
            self.accepted as f64 / self.scans as f64
        } else {
            1.0
        }
    }

    /// Share of the answered reads that a cache answered, 0 to 1.
    pub fn hit_share(&self) -> f64 {
        let answered = self.hits + self.misses.len() as f64;
        if answered > 0.0 { self.hits / answered } else { 0.0 }
    }

    /// The time within which a share `q` of all answered reads is done: no miss is as fast as a hit.
    pub fn reads_within(&self, q: f64) -> Time {
        match models::composition::quantile_of_misses(q, self.hit_share()) {
            Some(of_misses) if !self.misses.is_empty() => self.misses.quantile(of_misses),
            _ => HIT,
        }
    }

    /// Share of slot time in use, 0 to 1.
    pub fn busy(&self) -> f64 {
        if self.room > Time::ZERO {
            self.work.as_secs() / self.room.as_secs()
        } else {
            0.0
        }
    }
}

/// One second, for pictures over time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Slice {
    /// Reads that arrived in it.
    pub reads: f64,
    /// Those of them without an answer.
    pub failed: f64,
    /// Scans that arrived in it.
    pub scans: u64,
    /// Those of them that were acknowledged.
    pub accepted: u64,
    /// The oldest scan that readers of a region first saw in it: its age.
    pub age: Time,
}

impl Slice {
    /// Share of the reads that were answered, 0 to 1; none without reads.
    pub fn answered(&self) -> Option<f64> {
        (self.reads > 0.0).then(|| 1.0 - self.failed / self.reads)
    }

    /// Share of the scans that were acknowledged, 0 to 1; none without scans.
    pub fn acknowledged(&self) -> Option<f64> {
        (self.scans > 0).then(|| self.accepted as f64 / self.scans as f64)
    }

    /// Adds another run's second.
    pub fn merge(&mut self, other: &Slice) {
        self.reads += other.reads;
        self.failed += other.failed;
        self.scans += other.scans;
        self.accepted += other.accepted;
        self.age = self.age.max(other.age);
    }
}

/// Did readers first see a scan in this second that was old already?
pub fn not_current(slice: &Slice) -> bool {
    slice.age > CURRENT
}

/// Seconds from one moment until the end of the last second that is `ill`; 0 when there is none.
pub fn until_well(slices: &[Slice], since: f64, ill: impl Fn(&Slice) -> bool) -> f64 {
    let last = slices.iter().rposition(ill);
    last.map_or(0.0, |i| ((i + 1) as f64 - since).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_p99_of_all_reads_is_the_p90_of_the_misses_when_nine_of_ten_hit() {
        let mut t = Totals { hits: 900.0, ..Totals::default() };
        for i in 1..=100 {
            t.misses.record(ms(10 + i));
        }
        assert!((t.reads_within(0.99).as_ms() - 100.0).abs() < 0.2);
        assert_eq!(t.reads_within(0.5), HIT);
        assert_eq!(t.hit_share(), 0.9);
    }

    #[test]
    fn all_is_well_after_the_last_ill_second() {
        let old = Slice { age: secs(6), ..Slice::default() };
        let slices = [
            Slice::default(),
            old,
            Slice::default(),
            old,
            Slice { age: CURRENT, ..old },
        ];
        assert_eq!(until_well(&slices, 1.0, not_current), 3.0);
        assert_eq!(until_well(&slices, 9.0, not_current), 0.0);
        assert_eq!(until_well(&slices[..1], 0.0, not_current), 0.0);
    }

    #[test]
    fn nothing_measured_is_nothing_missed() {
        let t = Totals::default();
        assert_eq!((t.answered(), t.acknowledged(), t.busy()), (1.0, 1.0, 0.0));
        assert_eq!(
            (Slice::default().answered(), Slice::default().acknowledged()),
            (None, None)
        );
    }
}
