//! Still figures of the chapter: the two proposals, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::sizing::{Choice, World, on_the_table};
use super::system::{Fault, PartitionRun, Scenario, Slice};
use crate::lab::SEED;
use figures::{About, Architecture, Arrow, Drawing, Place, TimeSeries};
use sim::{Time, secs};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(brief(width))),
        "proposal_a" => Some(Box::new(proposal_a(width))),
        "proposal_b" => Some(Box::new(proposal_b(width))),
        "zone" => Some(Box::new(zone())),
        "cut" => Some(Box::new(cut())),
        _ => None,
    }
}

/// What the brief asks for: who writes, who reads, and what lies between.
fn brief(width: f64) -> Architecture {
    let about = About::new(
        "design-17-architecture",
        "What the brief asks for",
        "Depots send scans. Readers, among them customs officers, ask where a parcel is. Between them lies the service that is to be designed; it asks an identity service that others own.",
    );
    if width < 520.0 {
        return Architecture::new(about, 2.0, 3.0)
            .part("depots", "depots", "6,000 scans/s", Place::at(0.0, 0.0))
            .part("readers", "readers", "300,000 reads/s", Place::at(1.0, 0.0))
            .part("service", "the service", "A or B", Place::at(0.0, 1.0).span(2.0, 1.0))
            .part(
                "identity",
                "identity, names",
                "owned by others",
                Place::at(0.0, 2.0).span(2.0, 1.0),
            )
            .arrow(Arrow::new("depots", "service"))
            .arrow(Arrow::new("readers", "service"))
            .arrow(Arrow::new("service", "identity").dashed());
    }
    Architecture::new(about, 3.0, 2.0)
        .gaps(80.0, 24.0)
        .part("depots", "depots", "6,000 scans/s", Place::at(0.0, 0.0))
        .part("readers", "readers", "300,000 reads/s", Place::at(0.0, 1.0))
        .part("service", "the service", "A or B", Place::at(1.0, 0.0).span(1.0, 2.0))
        .part(
            "identity",
            "identity, names",
            "owned by others",
            Place::at(2.0, 0.0).span(1.0, 2.0),
        )
        .arrow(Arrow::new("depots", "service"))
        .arrow(Arrow::new("readers", "service"))
        .arrow(Arrow::new("service", "identity").dashed())
}

fn proposal_a(width: f64) -> Architecture {
    let about = About::new(
        "design-17-proposal-a",
        "Proposal A: one region, three zones",
        "In each of three zones stand fronts, caches and a machine of each of 70 partitions of the store. A scan is acknowledged when two of the three zones have it. A read goes to a front, a cache, and on a miss to the parcel's leader, in whichever zone.",
    );
    if width < 520.0 {
        return Architecture::new(about, 1.0, 5.0)
            .part("users", "depots, readers", "all of them", Place::at(0.0, 0.0))
            .part("z1", "zone 1", "50 fronts, 9 caches, 70 stores", Place::at(0.0, 1.0))
            .part("z2", "zone 2", "the same", Place::at(0.0, 2.0))
            .part("z3", "zone 3", "the same", Place::at(0.0, 3.0))
            .note("two of three zones have a scan before its receipt", Place::at(0.0, 4.0))
            .arrow(Arrow::new("users", "z1"))
            .arrow(Arrow::new("z1", "z2").both())
            .arrow(Arrow::new("z2", "z3").both());
    }
    Architecture::new(about, 4.0, 3.0)
        .gaps(44.0, 24.0)
        .part("users", "depots, readers", "all of them", Place::at(0.0, 1.0))
        .part("f1", "zone 1", "50 fronts", Place::at(1.0, 0.0))
        .part("f2", "zone 2", "50 fronts", Place::at(1.0, 1.0))
        .part("f3", "zone 3", "50 fronts", Place::at(1.0, 2.0))
        .part("c1", "caches", "9", Place::at(2.0, 0.0))
        .part("c2", "caches", "9", Place::at(2.0, 1.0))
        .part("c3", "caches", "9", Place::at(2.0, 2.0))
        .part("s1", "store", "70 machines", Place::at(3.0, 0.0))
        .part("s2", "store", "70 machines", Place::at(3.0, 1.0))
        .part("s3", "store", "70 machines", Place::at(3.0, 2.0))
        .arrow(Arrow::new("users", "f1"))
        .arrow(Arrow::new("users", "f2"))
        .arrow(Arrow::new("users", "f3"))
        .arrow(Arrow::new("f1", "c1"))
        .arrow(Arrow::new("f2", "c2"))
        .arrow(Arrow::new("f3", "c3"))
        .arrow(Arrow::new("c1", "s1"))
        .arrow(Arrow::new("c2", "s2"))
        .arrow(Arrow::new("c3", "s3"))
        .arrow(Arrow::new("s1", "s2").both())
        .arrow(Arrow::new("s2", "s3").both())
}

fn proposal_b(width: f64) -> Architecture {
    let about = About::new(
        "design-17-proposal-b",
        "Proposal B: two regions, a log and a view in each",
        "Each region has fronts, caches, a log on three machines and a view of all parcels, two machines for each of 70 partitions. A scan is acknowledged when the log of its own region has it. Each log is read for its own view and sent to the other region's. What is older than five days lies in an object store.",
    );
    if width < 520.0 {
        return Architecture::new(about, 2.0, 5.0)
            .part("w", "region 1", "100 fronts", Place::at(0.0, 0.0))
            .part("e", "region 2", "100 fronts", Place::at(1.0, 0.0))
            .part("wc", "caches", "14", Place::at(0.0, 1.0))
            .part("ec", "caches", "13", Place::at(1.0, 1.0))
            .part("wv", "view", "140 machines", Place::at(0.0, 2.0))
            .part("ev", "view", "140 machines", Place::at(1.0, 2.0))
            .part("wl", "log", "3 machines", Place::at(0.0, 3.0))
            .part("el", "log", "3 machines", Place::at(1.0, 3.0))
            .part("h", "history", "object stores", Place::at(0.0, 4.0).span(2.0, 1.0))
            .arrow(Arrow::new("w", "wc"))
            .arrow(Arrow::new("e", "ec"))
            .arrow(Arrow::new("wc", "wv"))
            .arrow(Arrow::new("ec", "ev"))
            .arrow(Arrow::new("wl", "wv"))
            .arrow(Arrow::new("el", "ev"))
            .arrow(Arrow::new("wl", "el").both())
            .arrow(Arrow::new("wl", "h"))
            .arrow(Arrow::new("el", "h"));
    }
    Architecture::new(about, 4.0, 4.0)
        .gaps(44.0, 24.0)
        .part("wu", "depots, readers", "half of them", Place::at(0.0, 0.0))
        .part("w", "region 1", "100 fronts", Place::at(1.0, 0.0))
        .part("wc", "caches", "14", Place::at(2.0, 0.0))
        .part("wv", "view", "140 machines", Place::at(3.0, 0.0))
        .part("wl", "log", "3 machines", Place::at(2.0, 1.0))
        .part("h", "history", "object stores", Place::at(3.0, 1.0).span(1.0, 2.0))
        .part("el", "log", "3 machines", Place::at(2.0, 2.0))
        .part("eu", "depots, readers", "the other half", Place::at(0.0, 3.0))
        .part("e", "region 2", "100 fronts", Place::at(1.0, 3.0))
        .part("ec", "caches", "13", Place::at(2.0, 3.0))
        .part("ev", "view", "140 machines", Place::at(3.0, 3.0))
        .arrow(Arrow::new("wu", "w"))
        .arrow(Arrow::new("eu", "e"))
        .arrow(Arrow::new("w", "wc"))
        .arrow(Arrow::new("e", "ec"))
        .arrow(Arrow::new("wc", "wv"))
        .arrow(Arrow::new("ec", "ev"))
        .arrow(Arrow::new("w", "wl"))
        .arrow(Arrow::new("e", "el"))
        .arrow(Arrow::new("wl", "wv"))
        .arrow(Arrow::new("el", "ev"))
        .arrow(Arrow::new("wl", "el").both())
        .arrow(Arrow::new("wl", "h"))
        .arrow(Arrow::new("el", "h"))
}

fn scenario(choice: Choice, fault: Fault, seconds: u64) -> Scenario {
    let from = secs(60);
    Scenario {
        world: World::default(),
        choice,
        load: 1.0,
        fault,
        from,
        until: from + secs(seconds),
        end: secs(600),
        judged_from: Time::ZERO,
    }
}

/// One value for each ten seconds of a run.
fn tens(s: Scenario, value: fn(&[Slice]) -> Option<f64>) -> Vec<(f64, f64)> {
    let run = PartitionRun::new(&s, SEED).finish();
    let all = run.slices().chunks(10).enumerate();
    all.filter_map(|(i, ten)| Some((i as f64 * 10.0 + 5.0, value(ten)?)))
        .collect()
}

/// Proposal A without a zone: each answer in one cache, and in two.
fn zone() -> TimeSeries {
    // Computed once a process: a rebuild after a change of text must not simulate again.
    static RUNS: OnceLock<[Vec<(f64, f64)>; 2]> = OnceLock::new();
    let runs = RUNS.get_or_init(|| {
        [1, 2].map(|cache_copies| {
            let choice = Choice { cache_copies, ..on_the_table()[0] };
            tens(scenario(choice, Fault::Zone, 400), |ten| {
                let (reads, failed) = ten.iter().fold((0.0, 0.0), |(r, f), s| (r + s.reads, f + s.failed));
                (reads > 0.0).then(|| 100.0 * (1.0 - failed / reads))
            })
        })
    });
    let about = About::new(
        "design-17-zone",
        "Reads answered by proposal A while a zone is away",
        "With each answer in one cache the share falls at once and comes back over minutes, as the caches fill. With each answer in two caches it hardly moves.",
    );
    let [one, two] = runs.clone();
    TimeSeries::new(about, "reads answered", "%")
        .line("one cache", one)
        .line("two caches", two)
        .range(50.0, 100.0)
        .shade(60.0, 460.0, "zone away")
}

/// How old a scan is when readers of B first see it, through a cut of a minute.
fn cut() -> TimeSeries {
    static RUNS: OnceLock<[Vec<(f64, f64)>; 2]> = OnceLock::new();
    let runs = RUNS.get_or_init(|| {
        let age = |ten: &[Slice]| {
            let age = ten.iter().map(|s| s.age).max().unwrap_or_default().as_secs();
            (age > 0.0).then_some(age)
        };
        let mut faster = scenario(on_the_table()[1], Fault::Cut, 60);
        faster.world.apply *= 2.0;
        [
            tens(scenario(on_the_table()[1], Fault::Cut, 60), age),
            tens(faster, age),
        ]
    });
    let about = About::new(
        "design-17-cut",
        "Age of a scan when readers of proposal B first see it, through a cut of a minute",
        "When the regions reach each other again, the first scans to arrive are a minute old. The views work off what has piled up while new scans go on arriving; one that applies twice as many a second is through much sooner.",
    );
    let [brief, faster] = runs.clone();
    TimeSeries::new(about, "scan to seen", "s")
        .line("as in the brief", brief)
        .line("views twice as fast", faster)
        .shade(60.0, 120.0, "cut")
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "proposal_a", "proposal_b", "zone", "cut"] {
            for width in [320.0, 720.0] {
                let figure = super::figure(name, width).unwrap_or_else(|| panic!("no figure {name}"));
                assert!(figure.draw(width).0.starts_with("<svg"), "{name}");
                let head = figure.head();
                assert!(!figure.rows().is_empty(), "{name}");
                assert!(figure.rows().iter().all(|r| r.len() == head.len()), "{name}");
            }
        }
        assert!(super::figure("nothing", 320.0).is_none());
    }
}
