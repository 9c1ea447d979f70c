//! Two proposals, what they are built of, what each part costs a month, and how busy it is: arithmetic, without a run.
//!
//! *Zones* keeps everything in one region, in three zones: a partition of the store lies on three machines, one a zone. *Regions*
//! has two regions: each has a log, and a view of all parcels whose partitions lie on two machines, one a zone.

use super::prices::{self, Price};
use super::units::{Bytes, Dollars, bytes, kb};
use judge::{Percent, percent};
use sim::{Time, ms, secs};

/// The two proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// Proposal A: one region, three zones, one store.
    Zones,
    /// Proposal B: two regions, a log and a view in each.
    Regions,
}

impl Proposal {
    /// Regions that it stands in.
    pub fn regions(self) -> usize {
        match self {
            Proposal::Zones => 1,
            Proposal::Regions => 2,
        }
    }

    /// Machines that hold a given partition in one region, each in a zone of its own.
    pub fn copies(self) -> usize {
        match self {
            Proposal::Zones => 3,
            Proposal::Regions => 2,
        }
    }

    /// Its letter on the wall.
    pub fn letter(self) -> &'static str {
        match self {
            Proposal::Zones => "A",
            Proposal::Regions => "B",
        }
    }
}

/// What is decided about a proposal. All else follows from the load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Which of the two.
    pub proposal: Proposal,
    /// Partitions of the store (A) or of the view (B). A partition of A takes three machines, one of B four.
    pub partitions: u32,
    /// Caches that hold a given answer: 1, or 2 in different zones (A) or regions (B).
    pub cache_copies: u32,
}

/// The proposals as their pages have them.
pub fn on_the_table() -> [Choice; 2] {
    [Proposal::Zones, Proposal::Regions].map(|proposal| Choice { proposal, partitions: 70, cache_copies: 1 })
}

/// The load, the parts' rates, and what failures cost: everything that is not chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct World {
    /// Scans a second in the busiest hour.
    pub scans: f64,
    /// Reads a second in the busiest hour.
    pub reads: f64,
    /// How many times the mean of a month that is.
    pub peak: f64,
    /// Share of reads that a warm cache answers.
    pub hits: Percent,
    /// Parcels that are looked up again and again.
    pub hot: f64,
    /// Bytes of a scan as it is stored, rounded up.
    pub record: Bytes,
    /// Bytes of an answer on its way to a reader.
    pub answer: Bytes,
    /// Bytes that an answer takes in a cache.
    pub entry: Bytes,
    /// Days of history.
    pub days: f64,
    /// Mean time of an operation on one of a machine's slots; it lies anywhere between 30 % and 170 % of that.
    pub operation: Time,
    /// Scans a second, over all partitions, that a region's view can apply.
    pub apply: f64,
    /// The log is read, and sent to the other region, this often.
    pub poll: Time,
    /// One way between the regions.
    pub link: Time,
    /// From the loss of a region until its users and depots ask the other.
    pub switch: Time,
    /// From the loss of a zone until others lead what was led there.
    pub elect: Time,
    /// Share of reads that need the identity service.
    pub login: Percent,
    /// Hours a year in which a region is away.
    pub away: f64,
    /// What an hour costs in which no depot can scan.
    pub hour: Dollars,
    /// A scan must be seen by readers within this.
    pub seen_within: Time,
}

/// Slots of a machine of the store or the view.
pub const SLOTS: usize = 4;
/// Share of their time that the owner lets machines be busy.
pub const BUSY: f64 = 0.6;
/// Requests a second of a front machine that never rests.
pub const FRONT: f64 = 5_000.0;
/// Usable memory of a cache machine.
pub const CACHE_MEMORY: Bytes = Bytes(12e9);
/// Requests a second of a cache machine that never rests.
pub const CACHE: f64 = 25_000.0;
/// Log machines of a region of B.
pub const LOG: f64 = 3.0;
/// Share of a disk that may be full.
pub const FULL: f64 = 0.6;
/// Days that B's view keeps; what is older lies in the object store.
pub const VIEW_DAYS: f64 = 5.0;

impl Default for World {
    /// The brief's.
    fn default() -> World {
        World {
            scans: 6_000.0,
            reads: 300_000.0,
            peak: 2.6,
            hits: percent(90),
            hot: 40e6,
            record: bytes(500),
            answer: kb(2),
            entry: kb(8),
            days: 30.0,
            operation: ms(8),
            apply: 8_000.0,
            poll: secs(1),
            link: ms(70),
            switch: secs(30),
            elect: secs(10),
            login: percent(20),
            away: 4.0,
            hour: Dollars(100_000.0),
            seen_within: secs(60),
        }
    }
}

/// A line of the bill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Key, `snake_case`.
    pub key: &'static str,
    /// What is paid for.
    pub what: &'static str,
    /// How many of them.
    pub count: f64,
    /// Unit of the count.
    pub unit: &'static str,
    /// For a month.
    pub dollars: Dollars,
}

/// What a partition's machines have to do in a second, and can.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// Operations that are asked for.
    pub asked: f64,
    /// Operations that its machines there can do.
    pub can: f64,
}

impl Work {
    /// Share of the machines' time that is asked for; above 1 they cannot do it.
    pub fn busy(self) -> f64 {
        if self.can > 0.0 {
            self.asked / self.can
        } else {
            f64::INFINITY
        }
    }
}

/// What of a proposal is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing.
    Nothing,
    /// One zone (of B: in one region).
    Zone,
    /// One region.
    Region,
}

impl World {
    /// Operations a second of one machine that never rests.
    pub fn machine(&self) -> f64 {
        SLOTS as f64 * 1_000.0 / self.operation.as_ms().max(1e-6)
    }

    /// Reads a second that pass a warm cache, in the busiest hour.
    pub fn misses(&self) -> f64 {
        models::caches::misses(self.reads, self.hits.fraction())
    }

    /// GB of all reads' answers in a month.
    pub fn answers_of_a_month(&self) -> f64 {
        self.reads / self.peak * prices::MONTH * 3_600.0 * self.answer.as_gb()
    }

    /// GB of all scans in a month, one copy.
    pub fn scans_of_a_month(&self) -> f64 {
        self.scans / self.peak * prices::MONTH * 3_600.0 * self.record.as_gb()
    }

    /// One copy of so many days of scans.
    pub fn history(&self, days: f64) -> Bytes {
        self.scans / self.peak * 86_400.0 * days * self.record
    }

    /// Work of one partition's machines in the region that has most of it, in the busiest hour, with a share of the hot answers
    /// missing from its caches.
    pub fn work(&self, c: &Choice, loss: Loss, cold: f64) -> Work {
        let n = f64::from(c.partitions);
        // Every copy there writes every scan.
        let (machines, share) = match (c.proposal, loss) {
            (Proposal::Zones, Loss::Nothing) => (3.0, 1.0),
            (Proposal::Zones, Loss::Zone) => (2.0, 1.0),
            (Proposal::Zones, Loss::Region) => (0.0, 1.0),
            (Proposal::Regions, Loss::Nothing) => (2.0, 0.5),
            (Proposal::Regions, Loss::Zone) => (1.0, 0.5),
            (Proposal::Regions, Loss::Region) => (2.0, 1.0),
        };
        let misses = self.misses() + self.reads * self.hits.fraction() * cold;
        Work { asked: (misses * share + self.scans * machines) / n, can: machines * self.machine() }
    }

    /// Share of the hot answers that a region's caches lack right after a loss.
    pub fn cold(&self, c: &Choice, loss: Loss) -> f64 {
        match (c.cache_copies, loss, c.proposal) {
            (_, Loss::Nothing, _) => 0.0,
            (2.., _, _) => 0.0,
            (_, Loss::Zone, Proposal::Zones) => 1.0 / 3.0,
            (_, Loss::Zone, Proposal::Regions) => 0.5,
            (_, Loss::Region, _) => 0.5,
        }
    }

    /// Fewest partitions with which the machines stay within their share of busy time after the loss that the proposal is
    /// bought for: a zone (A) or a region (B); not rounded. `cold` as in [`World::work`].
    pub fn fewest(&self, proposal: Proposal, cold: f64) -> f64 {
        let one = Choice { proposal, partitions: 1, cache_copies: 2 };
        let loss = match proposal {
            Proposal::Zones => Loss::Zone,
            Proposal::Regions => Loss::Region,
        };
        self.work(&one, loss, cold).busy() / BUSY
    }

    /// Front machines: in A the rest must do when a zone is gone, in B each region alone.
    pub fn fronts(&self, proposal: Proposal) -> f64 {
        let needed = libm::ceil(self.reads / (FRONT * BUSY) - 1e-9);
        match proposal {
            Proposal::Zones => libm::ceil(needed / 2.0) * 3.0,
            Proposal::Regions => needed * 2.0,
        }
    }

    /// Cache machines: for the bytes of all copies, or for the requests, whichever is more.
    pub fn caches(&self, c: &Choice) -> f64 {
        let bytes = self.hot * f64::from(c.cache_copies) * self.entry / CACHE_MEMORY;
        let requests = self.reads / (CACHE * BUSY);
        libm::ceil(bytes.max(requests) - 1e-9)
    }

    /// Machines of the store (A) or of both views (B).
    pub fn machines(&self, c: &Choice) -> f64 {
        f64::from(c.partitions) * (c.proposal.copies() * c.proposal.regions()) as f64
    }

    /// The bill of a month, line by line.
    pub fn bill(&self, c: &Choice) -> Vec<Line> {
        let hours = |p: Price| p.dollars * prices::MONTH;
        let line = |key, what, count: f64, unit, each: Dollars| Line { key, what, count, unit, dollars: each * count };
        let regions = c.proposal.regions() as f64;
        let fronts = self.fronts(c.proposal);
        let (answers, scans) = (self.answers_of_a_month(), self.scans_of_a_month());
        let zone = prices::ZONE_END.dollars * 2.0;
        let (kept, objects, between_zones) = match c.proposal {
            // Three copies of all days, and a backup. Two followers in other zones; a reader's front, cache and leader are in the
            // same zone one time in three.
            Proposal::Zones => (
                self.history(self.days) * 3.0,
                self.history(self.days),
                scans * 2.0 + answers * 2.0 / 3.0,
            ),
            // Two copies of few days in each region, all days in both object stores. Two followers of the log, and the view's
            // second copy in each region; two zones, so half of the answers cross.
            Proposal::Regions => (
                self.history(VIEW_DAYS) * 4.0,
                self.history(self.days) * 2.0,
                scans * 2.0 + scans * 2.0 + answers / 2.0,
            ),
        };
        let mut lines = vec![
            line("fronts", "Fronts", fronts, "machines", hours(prices::VM)),
            line(
                "store",
                "Store or views",
                self.machines(c),
                "machines",
                hours(prices::VM),
            ),
        ];
        if c.proposal == Proposal::Regions {
            lines.push(line("log", "Logs", LOG * regions, "machines", hours(prices::VM)));
        }
        lines.extend([
            line("caches", "Caches", self.caches(c), "machines", hours(prices::MEMORY_VM)),
            line("disks", "Disks", kept.as_gb() / FULL, "GB", prices::SSD.dollars),
            line(
                "objects",
                "Backup and history",
                objects.as_gb(),
                "GB",
                prices::OBJECTS.dollars,
            ),
            Line {
                key: "out",
                what: "Answers out to the internet",
                count: answers,
                unit: "GB",
                dollars: prices::out_to_the_internet(answers),
            },
            line("between_zones", "Between zones, both ends", between_zones, "GB", zone),
            line(
                "between_regions",
                "Between regions",
                scans * (regions - 1.0),
                "GB",
                prices::REGION.dollars,
            ),
            line(
                "addresses",
                "Public addresses of the fronts",
                fronts,
                "addresses",
                hours(prices::ADDRESS),
            ),
        ]);
        lines.retain(|l| l.count > 0.0);
        lines
    }

    /// The bill of a month.
    pub fn month(&self, c: &Choice) -> Dollars {
        self.bill(c).iter().fold(Dollars(0.0), |sum, l| sum + l.dollars)
    }

    /// A year's bill, and what a year's absences of a region cost where they stop the depots.
    pub fn year(&self, c: &Choice) -> Dollars {
        let stopped = match c.proposal {
            Proposal::Zones => self.hour * self.away,
            Proposal::Regions => Dollars(0.0),
        };
        self.month(c) * 12.0 + stopped
    }

    /// The least choice of a proposal that bears the loss it is bought for, with its answers cached twice.
    pub fn suited(&self, proposal: Proposal) -> Choice {
        let partitions = libm::ceil(self.fewest(proposal, 0.0) - 1e-9).clamp(1.0, 1e6) as u32;
        Choice { proposal, partitions, cache_copies: 2 }
    }

    /// Machines that each of three currencies asks for in the store or the views: operations a second, bytes, bits a second.
    pub fn currencies(&self, c: &Choice) -> [f64; 3] {
        let all = self.machines(c);
        let per_partition = (c.proposal.copies() * c.proposal.regions()) as f64;
        let days = match c.proposal {
            Proposal::Zones => self.days,
            Proposal::Regions => VIEW_DAYS,
        };
        let copies = per_partition;
        let of_bytes = self.history(days) * copies / (DISK * FULL);
        let bits = (self.misses() * self.entry.0 + self.scans * copies * self.record.0) * 8.0;
        [
            self.fewest(c.proposal, 0.0) * per_partition,
            of_bytes,
            bits / (CARD * BUSY),
        ]
        .map(|n| n.min(all * 1e3))
    }
}

/// Disk of a machine of the store or the view.
pub const DISK: Bytes = Bytes(500e9);
/// Bits a second of a machine's network card.
pub const CARD: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::super::units::{gb, tb};
    use super::*;

    #[test]
    fn the_proposals_on_the_table_bear_their_loss_on_paper() {
        let w = World::default();
        let [a, b] = on_the_table();
        assert!((w.work(&a, Loss::Zone, 0.0).busy() - BUSY).abs() < 0.01);
        assert!((w.work(&b, Loss::Region, 0.0).busy() - BUSY).abs() < 0.01);
        for p in [Proposal::Zones, Proposal::Regions] {
            assert_eq!(w.suited(p).partitions, 70);
        }
        assert!(w.work(&a, Loss::Zone, w.cold(&a, Loss::Zone)).busy() > 1.5);
    }

    #[test]
    fn history_and_traffic_by_hand() {
        let w = World::default();
        // 199 million scans a day of 500 bytes are 0.1 TB; 30 days are 3 TB.
        assert!((w.history(30.0).as_tb() - 2.99).abs() < 0.01);
        // Ten thousand million answers a day of 2 KB, 30.4 days.
        assert!(
            (w.answers_of_a_month() - 606_461.0).abs() < 1.0,
            "{}",
            w.answers_of_a_month()
        );
        assert!(w.history(30.0) < tb(3) && w.entry * 40e6 > gb(300));
    }

    #[test]
    fn a_bill_is_the_sum_of_its_lines_and_grows_with_what_is_bought() {
        let w = World::default();
        for c in on_the_table() {
            let sum: f64 = w.bill(&c).iter().map(|l| l.dollars.0).sum();
            assert!((sum - w.month(&c).0).abs() < 1e-6);
            assert!(w.month(&Choice { partitions: 80, ..c }) > w.month(&c));
            assert!(w.month(&Choice { cache_copies: 2, ..c }) > w.month(&c));
        }
    }

    #[test]
    fn operations_decide_in_both() {
        let w = World::default();
        for c in on_the_table() {
            let [operations, bytes, bits] = w.currencies(&c);
            assert!(
                operations > 2.0 * bytes && operations > 2.0 * bits,
                "{operations} {bytes} {bits}"
            );
        }
    }
}
