//! What people believe when they get this design wrong, and how a run proves it.
//!
//! A belief is named in a verdict only when its signature, a predicate on the measured runs, holds. Where no signature holds
//! the verdict says what was traded for what.

use super::evidence::{BAD_P99, Evidence, LEFT, PRICE, READABLE};
use super::sizing::{DISKS, Layout, PLANNED_BUSY};
use judge::Percent;
use judge::trial::Belief;
use sim::Time;

/// A share as a verdict prints it: one digit after the point.
pub fn share(p: Percent) -> String {
    format!("{:.1} %", p.0)
}

/// A time as a verdict prints it: in milliseconds.
pub fn time(t: Time) -> String {
    let digits = usize::from(t < sim::ms(10));
    format!("{:.digits$} ms", t.as_ms())
}

/// Machines that the bytes alone ask for.
fn machines_for_bytes(e: &Evidence) -> u32 {
    let disks = e.world().disks(&e.situation.pod.choice).space;
    libm::ceil(disks / f64::from(DISKS) - 1e-9) as u32
}

/// Above this share of their time, disks fall behind.
const FULL: f64 = 0.97;

/// The beliefs about what to buy (step `choose`).
pub static CHOOSE: &[Belief<Evidence>] = &[
    Belief {
        key: "a_store_is_its_bytes",
        signature: |e, unmet| {
            let machines = e.situation.pod.choice.machines;
            *unmet == BAD_P99
                && machines == machines_for_bytes(e)
                // More memory alone would not have helped.
                && e.asked(e.world().hits, e.situation.pod.lost) / e.judged().per_read() > 0.8
        },
        assumes: "machines that hold the photos can also read them",
        instead: |e| {
            format!(
                "the disks were as full as they could be, and {} busy: they were asked for {} of the time that they have",
                share(Percent::of(e.judged().busy())),
                share(Percent::of(e.asked(e.world().bad_hits(), e.situation.pod.lost)))
            )
        },
        ask: "how many times a second must one of your disks move its arm, and how many times can it?",
    },
    Belief {
        key: "ten_points_are_ten_per_cent",
        signature: |e, unmet| {
            let ordinary = e.asked(e.world().hits, e.situation.pod.lost);
            let bad = e.asked(e.world().bad_hits(), 0);
            *unmet == BAD_P99
                && e.one_operation()
                && ordinary <= 0.8
                && bad > 0.8
                && e.asked(e.world().bad_hits(), e.situation.pod.lost) >= FULL
        },
        assumes: "ten points of hit rate are about ten per cent of load",
        instead: |e| {
            format!(
                "{} reads reached the store for each one of an ordinary hour; the disks, {} busy then with a machine gone, were asked for {} of their time",
                figures::number(
                    e.world().reads(e.world().bad_hits()) / e.world().reads(e.world().hits),
                    1,
                    ""
                ),
                share(Percent::of(e.asked(e.world().hits, e.situation.pod.lost))),
                share(Percent::of(e.asked(e.world().bad_hits(), e.situation.pod.lost)))
            )
        },
        ask: "of a hundred requests, how many missed before, and how many miss now?",
    },
    Belief {
        key: "all_machines_are_there",
        signature: |e, unmet| {
            let together = e.asked(e.world().bad_hits(), 0);
            let left = e.asked(e.world().bad_hits(), e.situation.pod.lost);
            *unmet == BAD_P99 && e.one_operation() && together <= PLANNED_BUSY + 0.03 && left > PLANNED_BUSY + 0.05
        },
        assumes: "the machines that were counted are all there when it matters",
        instead: |e| {
            format!(
                "with every machine there the disks would have been {} busy; without the lost one they were {}, and one read in a hundred took {}",
                share(Percent::of(e.asked(e.world().bad_hits(), 0))),
                share(Percent::of(e.judged().busy())),
                time(e.judged().times.quantile(0.99))
            )
        },
        ask: "who does the work of the machine that is gone, and how busy were they already?",
    },
    Belief {
        key: "a_machine_is_safe_by_itself",
        signature: |e, unmet| (*unmet == READABLE || *unmet == LEFT) && e.situation.pod.choice.copies == 1,
        assumes: "redundant disks inside a machine are redundancy enough",
        instead: |e| {
            format!(
                "each photo lay on one machine; with {} of {} gone, what they held could not be read",
                e.situation.pod.lost.max(e.situation.dead),
                e.situation.pod.choice.machines
            )
        },
        ask: "what fails besides a disk, and what does it take with it?",
    },
    Belief {
        key: "memory_is_speed",
        signature: |e, unmet| {
            let (w, c) = (e.world(), &e.situation.pod.choice);
            *unmet == PRICE
                && c.layout == Layout::Needles
                && c.memory.0 >= 8.0 * w.index(c).0
                && w.price(&thrifty(e)).0 <= w.price(c).0 * 0.8
        },
        assumes: "more memory always makes a store faster",
        instead: |e| {
            let (w, c) = (e.world(), &e.situation.pod.choice);
            format!(
                "the index of a machine took {} of {}; a read took {:.2} disk operations, and no memory makes it fewer than one",
                w.index(c),
                c.memory,
                e.judged().per_read()
            )
        },
        ask: "what is in the memory that you bought, once the whole index is?",
    },
    Belief {
        key: "own_software_pays_everywhere",
        signature: |e, unmet| {
            let (w, c) = (e.world(), &e.situation.pod.choice);
            *unmet == PRICE && c.layout == Layout::Needles && w.pods <= 2.0
        },
        assumes: "the better machine is the better choice, whatever the size of the site",
        instead: |e| {
            let (w, c) = (e.world(), &e.situation.pod.choice);
            format!(
                "{} of the {} went into software that {} machines share",
                super::sizing::SOFTWARE / w.pods,
                w.price(c),
                c.machines
            )
        },
        ask: "over how many machines is the work of writing it spread?",
    },
    Belief {
        key: "a_third_copy_is_free",
        signature: |e, unmet| {
            let (w, c) = (e.world(), &e.situation.pod.choice);
            let disks = w.disks(c);
            *unmet == PRICE && c.copies > e.situation.dead + 1 && disks.space > 2.0 * disks.operations
        },
        assumes: "one copy more costs nothing",
        instead: |e| {
            let disks = e.world().disks(&e.situation.pod.choice);
            format!(
                "the bytes of {} copies asked for {:.0} disks, the reads for {:.0}",
                e.situation.pod.choice.copies, disks.space, disks.operations
            )
        },
        ask: "which disks would stand empty without that copy?",
    },
    Belief {
        key: "every_terabyte_is_as_hot",
        signature: |e, unmet| {
            let (w, c) = (e.world(), &e.situation.pod.choice);
            let disks = w.disks(c);
            *unmet == PRICE
                && c.copies <= e.situation.dead + 1
                && disks.space > 2.0 * disks.operations
                && f64::from(c.machines * DISKS) >= 1.8 * disks.space
        },
        assumes: "a terabyte of old photos is read as often as one of new photos",
        instead: |e| {
            format!(
                "the disks were {} busy while the owner plans with {}, and the photos would have fitted on {} machines",
                share(Percent::of(e.judged().busy())),
                share(Percent::of(PLANNED_BUSY)),
                machines_for_bytes(e)
            )
        },
        ask: "how many reads a second does a terabyte of this service want, and how many does it get?",
    },
];

/// The same choice with no more memory than its index takes.
fn thrifty(e: &Evidence) -> super::Choice {
    let c = e.situation.pod.choice;
    super::Choice { memory: e.world().index(&c), ..c }
}
