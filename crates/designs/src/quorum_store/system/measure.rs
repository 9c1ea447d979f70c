//! What was measured in a run, and in several together.

use sim::{Latencies, Time};

/// A part of a whole, as a share; 0 of nothing.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What pairs of a write and a read showed.
#[derive(Clone, Debug, Default)]
pub struct Paired {
    /// Writes that began.
    pub writes: u64,
    /// Of these, answered.
    pub written: u64,
    /// Times from the call of a write to its answer.
    pub write_times: Latencies,
    /// Reads that began.
    pub asked: u64,
    /// Reads that were answered, after a write that was.
    pub read: u64,
    /// Of these, reads that did not see that write.
    pub stale: u64,
    /// Reads that were answered, after a write that failed.
    pub read_failed: u64,
    /// Of these, reads that saw that write.
    pub found_failed: u64,
    /// Times from the call of a read to its answer.
    pub read_times: Latencies,
    /// Messages to copies, in the whole run.
    pub sent: u64,
    /// Of these, repairs and hints.
    pub mended: u64,
}

impl Paired {
    /// Adds what another run showed.
    pub fn merge(&mut self, other: &Paired) {
        self.writes += other.writes;
        self.written += other.written;
        self.write_times.merge(&other.write_times);
        self.asked += other.asked;
        self.read += other.read;
        self.stale += other.stale;
        self.read_failed += other.read_failed;
        self.found_failed += other.found_failed;
        self.read_times.merge(&other.read_times);
        self.sent += other.sent;
        self.mended += other.mended;
    }

    /// Share of the answered reads that did not see the write before them.
    pub fn stale(&self) -> f64 {
        share(self.stale, self.read)
    }

    /// Share of the writes that were answered.
    pub fn written(&self) -> f64 {
        share(self.written, self.writes)
    }

    /// Share of the reads that were answered.
    pub fn served(&self) -> f64 {
        share(self.read + self.read_failed, self.asked)
    }

    /// Share of the reads after failed writes that saw them.
    pub fn found_failed(&self) -> f64 {
        share(self.found_failed, self.read_failed)
    }

    /// Messages for each operation, answers included where all copies answer.
    pub fn messages(&self) -> f64 {
        let operations = self.writes + self.asked;
        if operations == 0 {
            0.0
        } else {
            2.0 * self.sent as f64 / operations as f64
        }
    }

    /// Time within which a share of the writes is answered.
    pub fn write_time(&self, share: f64) -> Time {
        self.write_times.quantile(share)
    }

    /// Time within which a share of the reads is answered.
    pub fn read_time(&self, share: f64) -> Time {
        self.read_times.quantile(share)
    }
}

/// What became of baskets that several clients changed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Merged {
    /// Changes that clients tried.
    pub changes: u64,
    /// Of these, answered.
    pub answered: u64,
    /// Items put in, answered, and by nobody taken out.
    pub adds: u64,
    /// Of these, missing in the end.
    pub lost: u64,
    /// The same, of those that were put in while the trouble lasted.
    pub adds_in_trouble: u64,
    /// Of these, missing in the end.
    pub lost_in_trouble: u64,
    /// Items taken out, answered.
    pub removes: u64,
    /// Of these, in the basket again in the end.
    pub came_back: u64,
    /// Copies of baskets.
    pub copies: u64,
    /// Of these, unlike the most complete copy in the end.
    pub behind: u64,
    /// Reads.
    pub reads: u64,
    /// Reads after which something was mended.
    pub mends: u64,
    /// Versions sent to copies to mend them.
    pub mended: u64,
}

impl Merged {
    /// Adds what another run showed.
    pub fn merge(&mut self, o: &Merged) {
        self.changes += o.changes;
        self.answered += o.answered;
        self.adds += o.adds;
        self.lost += o.lost;
        self.adds_in_trouble += o.adds_in_trouble;
        self.lost_in_trouble += o.lost_in_trouble;
        self.removes += o.removes;
        self.came_back += o.came_back;
        self.copies += o.copies;
        self.behind += o.behind;
        self.reads += o.reads;
        self.mends += o.mends;
        self.mended += o.mended;
    }

    /// Share of the items put in that are missing.
    pub fn lost(&self) -> f64 {
        share(self.lost, self.adds)
    }

    /// The same, of those that were put in while the trouble lasted.
    pub fn lost_in_trouble(&self) -> f64 {
        share(self.lost_in_trouble, self.adds_in_trouble)
    }

    /// Share of the items taken out that are back.
    pub fn came_back(&self) -> f64 {
        share(self.came_back, self.removes)
    }

    /// Share of the copies that differ from the most complete one.
    pub fn behind(&self) -> f64 {
        share(self.behind, self.copies)
    }

    /// Versions sent to mend copies, for each read.
    pub fn repairs(&self) -> f64 {
        share(self.mended, self.reads)
    }
}
