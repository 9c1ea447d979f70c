//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7) and by the sizing that stands beside it, so that
//! page, terminal and debrief agree.

use super::claims::cheapest;
use super::figure::fall_runs;
use super::lab::PhotoLab;
use super::sizing::{Choice, Layout, World, on_the_table};
use super::units::gb;
use crate::lab::{Fact, facts_of, renamed};
use std::collections::BTreeMap;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    facts_of(&PhotoLab, knobs)
}

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    of_answers(&run(&[]))
}

fn of_answers(peak: &BTreeMap<String, Fact>) -> Vec<Fact> {
    let world = World::default();
    let [files, _] = on_the_table();
    let mut out = vec![
        Fact::new(
            "files_machines",
            "Machines with 48 GB that files need in the bad hour",
            f64::from(world.fewest(&files, 1).unwrap_or(0)),
            "",
            0,
        ),
        Fact::new(
            "files_index",
            "Metadata of one machine's files, GB",
            world.index(&files).as_gb(),
            "GB",
            0,
        ),
        Fact::new(
            "p99_ratio",
            "Reads' p99 at the daily peak, files ÷ needles",
            peak["p99_before_files"].value / peak["p99_before_needles"].value,
            "×",
            1,
        ),
    ];
    renamed(
        &mut out,
        peak,
        &[
            ("p99_before_needles", "p99_needles"),
            ("growth", "growth"),
            ("slow_after_files", "slow_after"),
        ],
    );
    out
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let (peak, gone) = (run(&[]), run(&[("machines_lost", "1")]));
    let mut out = of_answers(&peak);
    renamed(
        &mut out,
        &peak,
        &[
            ("p50_files", "fall_p50_files"),
            ("p99_files", "fall_p99_files"),
            ("p99_needles", "fall_p99_needles"),
            ("busy_needles", "fall_busy_needles"),
            ("per_read_files", "per_read_files"),
            ("p99_before_files", "p99_files"),
            ("busy_before_files", "busy_files"),
            ("busy_before_needles", "busy_needles"),
            ("price_files", "price_files"),
            ("price_needles", "price_needles"),
            ("slow_after_needles", "slow_after_needles"),
        ],
    );
    renamed(
        &mut out,
        &gone,
        &[
            ("p99_needles", "bad_p99_needles"),
            ("busy_needles", "bad_busy_needles"),
            ("p99_files", "bad_p99_files"),
        ],
    );
    // What the exercise leads to, and what it is compared with.
    let lean = run(&[("machines_lost", "1"), ("memory", "8")]);
    renamed(
        &mut out,
        &lean,
        &[("p99_needles", "chosen_bad_p99"), ("price_needles", "chosen_price")],
    );
    let full = run(&[("machines_lost", "1"), ("memory", "128")]);
    renamed(
        &mut out,
        &full,
        &[("p99_files", "memory_bad_p99"), ("price_files", "memory_price")],
    );
    for (machines, key) in [("3", "bytes"), ("4", "peak"), ("5", "exact")] {
        let fewer = run(&[("machines_lost", "1"), ("machines", machines)]);
        renamed(&mut out, &fewer, &[("p99_needles", &format!("bad_p99_{key}"))]);
    }
    // The last half-second of the fall, as the figure has it.
    let last = fall_runs()[0].iter().rfind(|(second, _)| *second < 30.0);
    let label = "Reads' p99 in the last half-second of the fall, four machines";
    out.push(Fact::new(
        "bad_end_peak",
        label,
        last.map_or(f64::NAN, |(_, ms)| *ms),
        "ms",
        0,
    ));
    // Small images: the same terabytes in ten times as many.
    let small = [
        ("machines_lost", "1"),
        ("image_size", "8"),
        ("images", "4500"),
        ("memory", "4"),
    ];
    let small = run(&small);
    renamed(
        &mut out,
        &small,
        &[
            ("per_read_needles", "small_per_read"),
            ("p99_needles", "small_p99"),
            ("index_needles", "small_index"),
        ],
    );
    // Reads that prefer some photos.
    let skewed = run(&[("skew", "0.5")]);
    renamed(
        &mut out,
        &skewed,
        &[("per_read_files", "skewed_per_read"), ("p50_files", "skewed_p50")],
    );
    sizing(&mut out);
    out
}

/// What needs no run.
fn sizing(out: &mut Vec<Fact>) {
    let world = World::default();
    let mut add = |key: &str, label: &str, value: f64, unit: &'static str, digits: usize| {
        out.push(Fact::new(key, label, value, unit, digits));
    };
    let [files, needles] = on_the_table();
    let chosen = Choice { memory: gb(8), ..needles };
    let disks = world.disks(&chosen);
    add("disks_space", "Disks for space", disks.space, "", 0);
    add(
        "disks_operations",
        "Disks for operations in the bad hour",
        disks.operations,
        "",
        0,
    );
    add(
        "index_needles",
        "Index of one machine's needles, GB",
        world.index(&needles).as_gb(),
        "GB",
        2,
    );
    add(
        "in_memory_files",
        "Files whose metadata is in memory",
        world.in_memory(&files) * 100.0,
        "%",
        0,
    );
    // As many reads at each disk as at the daily peak, through the primer's calculator.
    let per_disk = world.reads(world.hits) / f64::from(needles.machines * super::sizing::DISKS);
    let exponential = models::queueing::MM1.call(&[per_disk, 1e3 / world.disk_operations()]);
    add(
        "p99_exponential",
        "p99 of needles at the daily peak if operations took exponential times",
        exponential.map_or(f64::NAN, |out| out[3]),
        "ms",
        0,
    );
    let at_ten = Choice { machines: 10, ..files };
    add(
        "in_memory_ten",
        "The same on ten machines",
        world.in_memory(&at_ten) * 100.0,
        "%",
        0,
    );
    add(
        "per_read_ten",
        "Disk operations a read on ten machines",
        world.per_read(&at_ten),
        "",
        2,
    );
    add(
        "price_ten",
        "Price of ten machines with files, dollars",
        world.price(&at_ten).0,
        "",
        0,
    );
    add(
        "operations_of_a_terabyte",
        "Operations a second that a terabyte of disk gives",
        world.disk_operations() * f64::from(super::sizing::DISKS) / world.space.as_tb(),
        "",
        0,
    );
    let ten = World { requests: world.requests * 10.0, ..world };
    add(
        "disks_ten",
        "Disks for the operations of ten times the requests",
        ten.disks(&chosen).operations,
        "",
        0,
    );
    let machines = ten.fewest(&chosen, 1).unwrap_or(0);
    add(
        "machines_ten",
        "Machines for ten times the requests",
        f64::from(machines),
        "",
        0,
    );
    let full = disks.space / f64::from(machines * super::sizing::DISKS);
    add("full_ten", "Space in use on those machines", full * 100.0, "%", 0);
    let full = disks.space / f64::from(chosen.machines * super::sizing::DISKS);
    add("full", "Space in use on the chosen machines", full * 100.0, "%", 0);
    let cheapest_files = cheapest(&world, Layout::Files).map_or(f64::NAN, |c| c.0.0);
    let cheapest_needles = cheapest(&world, Layout::Needles).map_or(f64::NAN, |c| c.0.0);
    add(
        "cheapest_files",
        "Cheapest files that keep the promise, dollars",
        cheapest_files,
        "",
        0,
    );
    // The number of pods at which both cost the same.
    let without = cheapest_needles - super::sizing::SOFTWARE.0 / world.pods;
    let pods = super::sizing::SOFTWARE.0 / (cheapest_files - without);
    add("pods", "Pods at which both layouts cost the same", pods, "", 1);
    let archive = super::choose::archive_world();
    let c = Choice { machines: 16, copies: 2, memory: gb(4), ..chosen };
    let disks = archive.disks(&c);
    add("archive_space", "Disks for the archive's space", disks.space, "", 0);
    add(
        "archive_operations",
        "Disks for the archive's operations",
        disks.operations,
        "",
        0,
    );
    add(
        "archive_price",
        "Price of the archive, dollars",
        archive.price(&c).0,
        "",
        0,
    );
    let third = Choice { machines: 24, copies: 3, ..c };
    add(
        "archive_price_three",
        "The same with three copies, dollars",
        archive.price(&third).0,
        "",
        0,
    );
    let album = super::choose::album_world();
    let c = Choice { layout: Layout::Files, machines: 2, copies: 2, memory: gb(8) };
    add(
        "album_space",
        "Disks for the album's space",
        album.disks(&c).space,
        "",
        1,
    );
    add(
        "album_operations",
        "Disks for the album's operations",
        album.disks(&c).operations,
        "",
        1,
    );
    add(
        "album_price",
        "Price of the album as files, dollars",
        album.price(&c).0,
        "",
        0,
    );
    let third = Choice { machines: 3, copies: 3, ..c };
    add(
        "album_price_three",
        "The same with three copies on three machines, dollars",
        album.price(&third).0,
        "",
        0,
    );
    let c = Choice { layout: Layout::Needles, ..c };
    add(
        "album_price_needles",
        "The album as needles, dollars",
        album.price(&c).0,
        "",
        0,
    );
}
