//! What is measured about a run.

use sim::{Latencies, Time, ms};

/// While the median of the reads that arrive in a slice takes longer than this, reads are slow.
pub const SLOW: Time = ms(100);
/// Length of a [`Slice`].
pub const SLICE: Time = ms(500);

/// What was measured about the reads that arrived in one phase.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Time from a read's arrival at the store until its bytes are there.
    pub times: Latencies,
    /// Reads that arrived.
    pub reads: u64,
    /// Disk operations that they asked for.
    pub operations: u64,
    /// Reads whose photo has no copy on a machine that is there.
    pub unreadable: u64,
    /// Reads given up before a queue that is full.
    pub given_up: u64,
    /// Disk time in use in this phase.
    pub work: Time,
    /// Disk time that there was in this phase.
    pub room: Time,
}

impl Totals {
    /// Adds another run's counts.
    pub fn merge(&mut self, other: &Totals) {
        self.times.merge(&other.times);
        self.reads += other.reads;
        self.operations += other.operations;
        self.unreadable += other.unreadable;
        self.given_up += other.given_up;
        self.work += other.work;
        self.room += other.room;
    }

    /// Disk operations of a read, on average.
    pub fn per_read(&self) -> f64 {
        ratio(self.operations, self.reads - self.unreadable)
    }

    /// Share of the disks' time in use, 0 to 1.
    pub fn busy(&self) -> f64 {
        ratio(self.work.as_ns(), self.room.as_ns())
    }

    /// Share of reads that were answered or still will be, 0 to 1.
    pub fn readable(&self) -> f64 {
        1.0 - ratio(self.unreadable + self.given_up, self.reads)
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The reads that arrived within one slice of time, for pictures over time.
#[derive(Clone, Debug, Default)]
pub struct Slice {
    /// Their times in microseconds, in order of completion.
    pub times_us: Vec<u32>,
}

impl Slice {
    /// The time within which a share of them was answered, in milliseconds; none without reads.
    pub fn quantile_ms(&self, q: f64) -> Option<f64> {
        let mut times = self.times_us.clone();
        let rank = libm::ceil(times.len() as f64 * q).max(1.0) as usize - 1;
        if rank >= times.len() {
            return None;
        }
        let (_, at, _) = times.select_nth_unstable(rank);
        Some(f64::from(*at) / 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_has_its_quantiles() {
        let slice = Slice { times_us: vec![4_000, 1_000, 3_000, 2_000] };
        assert_eq!(
            (slice.quantile_ms(0.5), slice.quantile_ms(0.99)),
            (Some(2.0), Some(4.0))
        );
        assert_eq!(Slice::default().quantile_ms(0.5), None);
    }
}
