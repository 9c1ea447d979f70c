//! Step `calculate`: the disks that each resource asks for, and which of them decides, held against cases that can be counted by
//! hand, a published ratio, and the simulator.

use super::FOLDER;
use super::sizing::{Choice, DISKS, Layout, World};
use super::system::{Phase, Pod};
use super::trial::pooled;
use super::units::{Bytes, bytes, gb, kb, tb};
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};
use sim::secs;

/// What a store has to hold and to serve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Images.
    pub images: f64,
    /// Bytes of one image, on average.
    pub image: Bytes,
    /// Requests a second that reach the edge at peak.
    pub requests_per_second: f64,
    /// Share of them that the edge answers by itself.
    pub edge_hits: Percent,
}

/// What a store is built of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Store {
    /// Copies of each image; a read takes one of them.
    pub copies: f64,
    /// Disk operations of a read, on average.
    pub operations_per_read: f64,
    /// Operations a second of one disk that never rests.
    pub operations_per_disk: f64,
    /// Share of its time that a disk may be busy.
    pub busy_at_most: Percent,
    /// Usable space of one disk.
    pub disk: Bytes,
    /// Memory that one copy of an image takes in the index.
    pub index_of_an_image: Bytes,
    /// Memory for the index that comes with one disk.
    pub memory_of_a_disk: Bytes,
}

/// Disks that each resource asks for, not rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Needs {
    /// For the bytes of all copies.
    pub space: f64,
    /// For the operations of the reads.
    pub operations: f64,
    /// For the index of all copies in memory.
    pub memory: f64,
}

/// What can run out first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Bytes on disk.
    Space,
    /// Disk operations a second.
    Operations,
    /// Memory for the index.
    Memory,
}

/// Disks for one resource: `(load, store)`.
pub type DisksFor = fn(&Load, &Store) -> f64;
/// The resource that decides: `(needs)`.
pub type Binds = fn(&Needs) -> Resource;

static ONE_COPY: Mistake = Mistake {
    key: "a_photo_is_stored_once",
    assumes: "a photo takes its own bytes and no more",
    instead: "each copy lies on disks of its own, and takes its bytes there",
    ask: "how many disks would have to burn before this photo is lost?",
};

static ALL_REACH: Mistake = Mistake {
    key: "every_request_reaches_the_disks",
    assumes: "the store reads a photo for every request",
    instead: "the edge answered most requests, and the store never heard of them",
    ask: "of a hundred requests in this case, how many does the edge send on?",
};

static HITS_REACH: Mistake = Mistake {
    key: "the_hits_reach_the_disks",
    assumes: "the hit rate is the share that the store reads",
    instead: "a hit is answered at the edge; what it does not have is what the store reads",
    ask: "who answers a request that hits, and who one that misses?",
};

static ONE_OPERATION: Mistake = Mistake {
    key: "a_read_is_one_operation",
    assumes: "reading a photo is one operation of a disk",
    instead: "in this case a read goes to the disk several times before it has its bytes",
    ask: "what must be read before the place of the bytes is known?",
};

static ALWAYS_BUSY: Mistake = Mistake {
    key: "a_disk_may_be_always_busy",
    assumes: "a disk can be planned with all of its operations",
    instead: "the case leaves a part of each disk's time free, and your disks have none",
    ask: "how long does a read wait at a disk that never rests?",
};

static COPIES_READ: Mistake = Mistake {
    key: "every_copy_is_read",
    assumes: "a read costs operations on every copy",
    instead: "a read goes to one copy; the others are read by other requests",
    ask: "when three machines hold a photo, how many of them move an arm for one read?",
};

static INDEXED_ONCE: Mistake = Mistake {
    key: "one_index_for_all_copies",
    assumes: "the index names a photo once, wherever its copies lie",
    instead: "each machine must find its own copy, and keeps an entry for it",
    ask: "a machine is asked for its copy: whose memory says where it lies?",
};

static BYTES_DECIDE: Mistake = Mistake {
    key: "bytes_always_decide",
    assumes: "a store is as large as what it stores",
    instead: "another need of this case is larger, and the disks that the bytes ask for cannot meet it",
    ask: "what do disks do all day, besides being full?",
};

static LEAST_DECIDES: Mistake = Mistake {
    key: "the_smallest_need_decides",
    assumes: "the resource of which the least is needed is the scarce one",
    instead: "so few disks meet one need of three",
    ask: "with as many disks as you name, which of the three needs is met?",
};

/// The case of the brief, in its bad hour.
fn brief() -> (Load, Store) {
    let load = Load { images: 450e6, image: kb(80), requests_per_second: 21_000.0, edge_hits: percent(80) };
    let store = Store {
        copies: 3.0,
        operations_per_read: 2.0,
        operations_per_disk: 100.0,
        busy_at_most: percent(70),
        disk: tb(3),
        index_of_an_image: bytes(10),
        memory_of_a_disk: gb(4),
    };
    (load, store)
}

/// Disks for space, against cases that can be counted by hand.
#[track_caller]
pub fn for_space(f: DisksFor) -> Formula {
    let case = |checks: Formula, what: &str, load: Load, store: Store| {
        let once = load.images * load.image / store.disk;
        let should = once * store.copies;
        let wrong: &[(f64, &Mistake)] = &[(once, &ONE_COPY)];
        checks.expect(what, move || f(&load, &store), should, 1e-9 * should, wrong)
    };
    let (load, store) = brief();
    let c = Formula::new(
        FOLDER,
        " disks",
        "which amounts are bytes, and what remains when one is divided by the other?",
    );
    let c = case(
        c,
        "the brief's pod: 450 million images of 80 KB, 3 copies, 3 TB a disk",
        load,
        store,
    );
    let c = case(
        c,
        "a million images of 1 MB, 2 copies, 1 TB a disk",
        Load { images: 1e6, image: kb(1_000), ..load },
        Store { copies: 2.0, disk: tb(1), ..store },
    );
    case(c, "nothing stored", Load { images: 0.0, ..load }, store)
}

/// Disks for operations, against cases that can be counted by hand, a published ratio, and the simulator.
#[track_caller]
pub fn for_operations(f: DisksFor) -> Formula {
    let case = |checks: Formula, what: &str, load: Load, store: Store, tolerance: f64| {
        let disk = store.operations_per_disk * store.busy_at_most.fraction();
        let hits = load.edge_hits.fraction();
        let of = |reads: f64| reads * store.operations_per_read / disk;
        let should = of(load.requests_per_second * (1.0 - hits));
        let wrong: &[(f64, &Mistake)] = &[
            (of(load.requests_per_second), &ALL_REACH),
            (of(load.requests_per_second * hits), &HITS_REACH),
            (should / store.operations_per_read, &ONE_OPERATION),
            (should * store.busy_at_most.fraction(), &ALWAYS_BUSY),
            (should * store.copies, &COPIES_READ),
        ];
        checks.expect(what, move || f(&load, &store), should, tolerance * should, wrong)
    };
    let (load, store) = brief();
    let c = Formula::new(
        FOLDER,
        " disks",
        "operations a second on the one side, operations a second of one disk on the other: is everything in it?",
    );
    let c = case(
        c,
        "21,000 requests/s, 80 % hits, 2 operations a read, 70 % of 100 operations/s, 3 copies",
        load,
        store,
        1e-9,
    );
    // A disk of 4 TB gives 80 operations a second at acceptable latency: 20 for each TB (Muralidhar and others, 2014, section 3).
    let c = case(
        c,
        "2,000 reads/s of one operation on disks of 4 TB with 80 operations/s, as published",
        Load { requests_per_second: 2_000.0, edge_hits: percent(0), ..load },
        Store {
            copies: 1.0,
            operations_per_read: 1.0,
            operations_per_disk: 80.0,
            busy_at_most: percent(100),
            disk: tb(4),
            ..store
        },
        1e-9,
    );
    let c = case(c, "no requests", Load { requests_per_second: 0.0, ..load }, store, 1e-9);
    // The simulator: as many disks as the pod has, busy as long as they were.
    let choice = Choice { layout: Layout::Files, machines: 6, copies: 3, memory: gb(48) };
    let world = World::default();
    let pod = Pod { world, choice, lost: 0, phases: calm(world.hits) };
    let t = pooled(&pod).totals.swap_remove(1);
    let load = Load { edge_hits: world.hits, ..load };
    let store = Store { operations_per_read: t.per_read(), busy_at_most: Percent::of(t.busy()), ..store };
    c.expect(
        "the brief's files on an ordinary day, against the simulator",
        move || f(&load, &store),
        f64::from(choice.machines * DISKS),
        0.04 * f64::from(choice.machines * DISKS),
        &[],
    )
}

/// An ordinary stretch: half a second to fill, then what is measured.
pub(super) fn calm(hits: Percent) -> Vec<Phase> {
    [1, 7].map(|s| Phase { until: secs(s), hits }).to_vec()
}

/// Disks for memory, against cases that can be counted by hand.
#[track_caller]
pub fn for_memory(f: DisksFor) -> Formula {
    let case = |checks: Formula, what: &str, load: Load, store: Store| {
        let once = load.images * store.index_of_an_image / store.memory_of_a_disk;
        let should = once * store.copies;
        let wrong: &[(f64, &Mistake)] = &[(once, &INDEXED_ONCE)];
        checks.expect(what, move || f(&load, &store), should, 1e-9 * should, wrong)
    };
    let (load, store) = brief();
    let c = Formula::new(
        FOLDER,
        " disks",
        "how many entries are there in all, and in how many memories do they lie?",
    );
    let c = case(
        c,
        "450 million images, 10 bytes each, 3 copies, 4 GB a disk",
        load,
        store,
    );
    let c = case(
        c,
        "the same as files, 536 bytes each",
        load,
        Store { index_of_an_image: bytes(536), ..store },
    );
    case(c, "nothing stored", Load { images: 0.0, ..load }, store)
}

/// The resource that decides, in every order of the three needs.
#[track_caller]
pub fn binds(f: Binds) -> Formula {
    let number = |r: Resource| match r {
        Resource::Space => 1.0,
        Resource::Operations => 2.0,
        Resource::Memory => 3.0,
    };
    let case = |checks: Formula, space: f64, operations: f64, memory: f64| {
        let needs = Needs { space, operations, memory };
        let all = [
            (space, Resource::Space),
            (operations, Resource::Operations),
            (memory, Resource::Memory),
        ];
        let by = |less: fn(f64, f64) -> bool| {
            let first = all[0];
            all.into_iter().fold(first, |a, b| if less(b.0, a.0) { b } else { a }).1
        };
        let (most, least) = (by(|a, b| a > b), by(|a, b| a < b));
        let wrong: &[(f64, &Mistake)] = if most == Resource::Space {
            &[(number(least), &LEAST_DECIDES)]
        } else {
            &[
                (number(Resource::Space), &BYTES_DECIDE),
                (number(least), &LEAST_DECIDES),
            ]
        };
        let what = format!(
            "needs of {space} for space, {operations} for operations, {memory} for memory (1 space, 2 operations, 3 memory)"
        );
        checks.expect(&what, move || number(f(&needs)), number(most), 0.0, wrong)
    };
    let c = Formula::new(
        FOLDER,
        "",
        "with how many disks are all three needs met, and which of the three is that?",
    );
    // The smallest need comes before the bytes in a few and after them in others, so that no two mistakes look alike in the first.
    let c = case(c, 36.0, 60.0, 4.0);
    let c = case(c, 36.0, 60.0, 181.0);
    let c = case(c, 576.0, 6.0, 30.0);
    let c = case(c, 90.0, 20.0, 70.0);
    case(c, 5.0, 40.0, 41.0)
}
