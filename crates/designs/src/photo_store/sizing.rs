//! What is built, what it costs, and the disks that each resource asks for: arithmetic, without a run.
//!
//! A read of a file needs its directory, its inode and its bytes; each of the first two comes from memory when the metadata of that
//! file is there. A read of a needle looks its place up in an index and reads its bytes: one operation when the index is in memory,
//! two when that part of it is not.

use super::units::{Bytes, Dollars, bytes, dollars, gb, kb, tb};
use judge::{Percent, percent};
use models::storage;
use sim::{Time, ms};

/// How a photo lies on its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One file a photo, on appliances that are bought with their software.
    Files,
    /// One needle a photo in volumes of 100 GB, on plain machines with software of one's own.
    Needles,
}

impl Layout {
    /// Memory that one photo's metadata takes: the inode of a file, or a needle's entry in the index, on average; both as published
    /// (Beaver and others 2010, section 3.6.2).
    pub fn index_of_a_photo(self) -> Bytes {
        match self {
            Layout::Files => bytes(536),
            Layout::Needles => bytes(10),
        }
    }

    /// Disk operations before the photo's bytes can be read, when nothing of its metadata is in memory.
    pub fn lookups(self) -> u32 {
        match self {
            Layout::Files => 2,
            Layout::Needles => 1,
        }
    }

    /// Price of a machine without its memory. The needles' is 28 % less for the same usable space, as was published; the
    /// dollars themselves are the brief's.
    pub fn machine(self) -> Dollars {
        match self {
            Layout::Files => dollars(10_000),
            Layout::Needles => dollars(7_200),
        }
    }
}

/// Price of a gigabyte of memory (the brief's).
pub const MEMORY_OF_A_GB: Dollars = Dollars(40.0);
/// Price of writing and keeping software of one's own, for a whole site (the brief's).
pub const SOFTWARE: Dollars = Dollars(300_000.0);
/// Disks of a machine.
pub const DISKS: u32 = 12;
/// Share of a disk's time that the owner plans with.
pub const PLANNED_BUSY: f64 = 0.7;

/// What is bought for one pod.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// How a photo lies on its machine.
    pub layout: Layout,
    /// Machines of the pod.
    pub machines: u32,
    /// Machines that hold a copy of each photo.
    pub copies: u32,
    /// Memory of one machine for metadata.
    pub memory: Bytes,
}

/// What a pod has to hold and to serve, and what its disks are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct World {
    /// Images; each copy is counted once more.
    pub images: f64,
    /// Bytes of one image.
    pub image: Bytes,
    /// Requests a second at the edge, at the daily peak.
    pub requests: f64,
    /// Share of them that the edge answers.
    pub hits: Percent,
    /// Points that the hit rate falls in the bad hour.
    pub fall: Percent,
    /// Pods that share the cost of software of one's own.
    pub pods: f64,
    /// Price of a gigabyte of memory.
    pub memory_price: Dollars,
    /// Usable space of a machine.
    pub space: Bytes,
    /// A disk operation takes between these two, any value alike.
    pub operation: (Time, Time),
    /// How unevenly the store's reads fall on its photos: 0 for evenly. The best-liked share `f` of photos gets `f^(1 − skew)` of reads.
    pub skew: f64,
    /// Operations before a file's bytes, when nothing is in memory.
    pub file_lookups: u32,
}

impl Default for World {
    /// The pod of the brief.
    fn default() -> World {
        World {
            images: 450e6,
            image: kb(80),
            requests: 21_000.0,
            hits: percent(90),
            fall: percent(10),
            pods: 50.0,
            memory_price: MEMORY_OF_A_GB,
            space: tb(36),
            operation: (ms(3), ms(17)),
            skew: 0.0,
            file_lookups: Layout::Files.lookups(),
        }
    }
}

/// Disks that a pod needs for each resource.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disks {
    /// For the bytes.
    pub space: f64,
    /// For the operations of the bad hour, within the share of time that is planned with.
    pub operations: f64,
    /// For the whole of the metadata in memory.
    pub memory: f64,
}

impl World {
    /// Reads a second that reach the store at a hit rate.
    pub fn reads(&self, hits: Percent) -> f64 {
        models::caches::misses(self.requests, hits.fraction())
    }

    /// Hit rate in the bad hour.
    pub fn bad_hits(&self) -> Percent {
        Percent((self.hits - self.fall).0.max(0.0))
    }

    /// Operations a second of a disk that never rests.
    pub fn disk_operations(&self) -> f64 {
        2_000.0 / (self.operation.0 + self.operation.1).as_ms()
    }

    /// Metadata of one machine of a choice.
    pub fn index(&self, c: &Choice) -> Bytes {
        let copies = f64::from(c.copies.min(c.machines));
        self.images * copies / f64::from(c.machines) * c.layout.index_of_a_photo()
    }

    /// Share of reads whose metadata is in memory, 0 to 1.
    pub fn in_memory(&self, c: &Choice) -> f64 {
        let held = (c.memory / self.index(c)).clamp(0.0, 1.0);
        libm::pow(held, 1.0 - self.skew)
    }

    /// Lookups before a photo's bytes, when nothing is in memory.
    pub fn lookups(&self, layout: Layout) -> u32 {
        match layout {
            Layout::Files => self.file_lookups,
            Layout::Needles => layout.lookups(),
        }
    }

    /// Disk operations of a read, on average.
    pub fn per_read(&self, c: &Choice) -> f64 {
        1.0 + f64::from(self.lookups(c.layout)) * (1.0 - self.in_memory(c))
    }

    /// Share of the disks' time that reads ask for while `lost` machines are gone; above 1 they cannot do it.
    pub fn asked(&self, c: &Choice, hits: Percent, lost: u32) -> f64 {
        let disks = c.machines.saturating_sub(lost) * DISKS;
        if disks == 0 {
            return f64::INFINITY;
        }
        self.reads(hits) * self.per_read(c) / (f64::from(disks) * self.disk_operations())
    }

    /// What a choice costs, with its share of the software.
    pub fn price(&self, c: &Choice) -> Dollars {
        let machine = c.layout.machine() + self.memory_price * c.memory.as_gb();
        let software = match c.layout {
            Layout::Files => dollars(0),
            Layout::Needles => SOFTWARE / self.pods,
        };
        machine * f64::from(c.machines) + software
    }

    /// Share of the copies for which there is room, 0 to 1.
    pub fn room(&self, c: &Choice) -> f64 {
        if c.copies == 0 || c.copies > c.machines {
            return f64::from(c.machines.min(c.copies)) / f64::from(c.copies.max(1));
        }
        let wanted = self.images * f64::from(c.copies) * self.image;
        (f64::from(c.machines) * self.space / wanted).min(1.0)
    }

    /// Share of the photos of which a copy is left when `dead` machines are gone for good, 0 to 1. Copies lie on any machines alike.
    pub fn left(&self, c: &Choice, dead: u32) -> f64 {
        let copies = c.copies.min(c.machines);
        let all_dead = (0..copies).fold(1.0, |p, i| {
            p * f64::from(dead.saturating_sub(i)) / f64::from(c.machines.saturating_sub(i).max(1))
        });
        self.room(c) * (1.0 - all_dead)
    }

    /// The disks that each resource asks for.
    pub fn disks(&self, c: &Choice) -> Disks {
        let (copies, of_one) = (f64::from(c.copies), f64::from(DISKS));
        let disk = |need: Result<f64, String>| need.unwrap_or(f64::INFINITY);
        Disks {
            space: disk(storage::disks_for_space(
                self.images,
                self.image.0,
                copies,
                self.space.0 / of_one,
            )),
            operations: disk(storage::disks_for_operations(
                self.reads(self.bad_hits()),
                self.per_read(c),
                self.disk_operations(),
                PLANNED_BUSY,
            )),
            memory: disk(storage::disks_for_memory(
                self.images,
                copies,
                c.layout.index_of_a_photo().0,
                c.memory.0 / of_one,
            )),
        }
    }

    /// What each memory of a machine would cost with a layout and so many copies, on the fewest machines for it: the cheapest first.
    pub fn offers(&self, layout: Layout, copies: u32, lost: u32) -> Vec<(Dollars, Choice)> {
        const MEMORIES: [f64; 14] = [
            1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 160.0, 192.0, 256.0,
        ];
        let mut offers: Vec<(Dollars, Choice)> = MEMORIES
            .into_iter()
            .filter_map(|memory| {
                let choice = Choice { layout, machines: 0, copies, memory: gb(memory) };
                let choice = Choice { machines: self.fewest(&choice, lost)?, ..choice };
                Some((self.price(&choice), choice))
            })
            .collect();
        offers.sort_by(|a, b| a.0.0.total_cmp(&b.0.0));
        offers
    }

    /// The fewest machines with which a layout keeps the planned share of disk time in the bad hour while `lost` machines are gone,
    /// and with which all copies have room.
    pub fn fewest(&self, c: &Choice, lost: u32) -> Option<u32> {
        (c.copies.max(1)..=2_000).find(|machines| {
            let c = Choice { machines: *machines, ..*c };
            self.room(&c) >= 1.0 && self.asked(&c, self.bad_hits(), lost) <= PLANNED_BUSY + 1e-9
        })
    }
}

/// The two designs on the brief's table: on the same machines, with the same memory.
pub fn on_the_table() -> [Choice; 2] {
    [Layout::Files, Layout::Needles].map(|layout| Choice { layout, machines: 6, copies: 3, memory: gb(48) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn the_briefs_pod_is_what_its_numbers_say() {
        let w = World::default();
        let [files, needles] = on_the_table();
        near(w.reads(w.hits), 2_100.0);
        near(w.reads(w.bad_hits()), 4_200.0);
        near(w.disk_operations(), 100.0);
        near(w.index(&files).as_gb(), 120.6);
        near(w.index(&needles).as_gb(), 2.25);
        near(w.per_read(&needles), 1.0);
        near(w.per_read(&files), 1.0 + 2.0 * (1.0 - 48.0 / 120.6));
        near(w.asked(&needles, w.bad_hits(), 1), 0.7);
        assert_eq!((w.fewest(&files, 1), w.fewest(&needles, 1)), (Some(10), Some(6)));
        // The published difference in price: 28 % less for the same usable space.
        near(Layout::Needles.machine().0 / Layout::Files.machine().0, 0.72);
    }

    #[test]
    fn disks_are_asked_for_by_three_resources() {
        let w = World::default();
        let disks = w.disks(&on_the_table()[1]);
        near(disks.space, 36.0);
        near(disks.operations, 60.0);
        near(disks.memory, 450e6 * 3.0 * 10.0 / 4e9);
    }

    /// The primers are read before the sheet is committed: as they open, their calculators are about some other store.
    #[test]
    fn the_primers_calculators_open_with_other_numbers_than_the_briefs() {
        let opens = |m: &models::Model| {
            let defaults: Vec<f64> = m.inputs.iter().map(|i| i.default).collect();
            m.call(&defaults).unwrap()
        };
        let w = World::default();
        let growth = w.reads(w.bad_hits()) / w.reads(w.hits);
        assert!(opens(&models::caches::MISSES)[2] < 0.8 * growth);
        let disks = w.disks(&on_the_table()[1]);
        for (opens, brief) in opens(&storage::NEEDS)
            .into_iter()
            .zip([disks.space, disks.operations, disks.memory])
        {
            assert!((opens / brief - 1.0).abs() > 0.2, "{opens} and {brief}");
        }
    }

    /// The promise is about one dead machine: two copies on two machines keep it, and one of them alone bears the reads.
    #[test]
    fn the_album_needs_two_copies() {
        let w = super::super::choose::album_world();
        let two = Choice { layout: Layout::Files, machines: 2, copies: 2, memory: gb(8) };
        near(w.left(&two, 1), 1.0);
        assert!(w.asked(&two, w.bad_hits(), 1) < PLANNED_BUSY);
        assert!(w.left(&Choice { copies: 1, ..two }, 1) < 0.999);
    }

    #[test]
    fn copies_need_room_and_machines_of_their_own() {
        let w = World::default();
        let c = |machines, copies| Choice { machines, copies, ..on_the_table()[1] };
        near(w.room(&c(3, 3)), 1.0);
        near(w.room(&c(2, 3)), 2.0 / 3.0);
        near(w.room(&c(6, 6)), 1.0);
        assert!(w.room(&c(5, 0)) <= 1.0);
        near(w.left(&c(6, 3), 2), 1.0);
        near(w.left(&c(6, 2), 2), 1.0 - 1.0 / 15.0);
        near(w.left(&c(6, 1), 1), 5.0 / 6.0);
        near(w.left(&c(6, 3), 0), 1.0);
    }

    #[test]
    fn uneven_reads_find_more_in_memory() {
        let files = on_the_table()[0];
        let even = World::default();
        let uneven = World { skew: 0.5, ..even };
        assert!(uneven.in_memory(&files) > even.in_memory(&files));
        near(even.in_memory(&Choice { memory: gb(300), ..files }), 1.0);
    }
}
