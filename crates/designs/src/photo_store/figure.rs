//! Still figures of the chapter: the pod, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::pair::p99_over_time;
use super::sizing::{Choice, Layout, World, on_the_table};
use super::system::{Phase, Pod, PodRun};
use crate::lab::SEED;
use figures::{About, Architecture, Arrow, Drawing, Place, TimeSeries};
use judge::Percent;
use sim::{ms, secs};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "waits" => Some(Box::new(waits())),
        "fall" => Some(Box::new(fall())),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-01-architecture",
        "A pod of the photo store",
        "Browsers ask the edge cache. What the edge does not have goes to a pod: six machines with twelve disks each. Three of the machines hold a copy of a given photo, and a read goes to one of them.",
    );
    if width < 520.0 {
        return Architecture::new(about, 2.0, 5.0)
            .part(
                "users",
                "browsers",
                "21,000 requests/s",
                Place::at(0.0, 0.0).span(2.0, 1.0),
            )
            .part("edge", "edge cache", "answers 90 %", Place::at(0.0, 1.0).span(2.0, 1.0))
            .part("a", "machine 1", "12 disks", Place::at(0.0, 2.0))
            .part("b", "machine 2", "12 disks", Place::at(1.0, 2.0))
            .note("… machines 3 to 5, alike …", Place::at(0.0, 3.0).span(2.0, 1.0))
            .part("f", "machine 6", "12 disks", Place::at(0.0, 4.0).span(2.0, 1.0))
            .arrow(Arrow::new("users", "edge"))
            .arrow(Arrow::new("edge", "a"))
            .arrow(Arrow::new("edge", "b").dashed());
    }
    Architecture::new(about, 3.0, 4.0)
        .gaps(80.0, 16.0)
        .part("users", "browsers", "21,000 requests/s", Place::at(0.0, 1.0))
        .part("edge", "edge cache", "answers 90 %", Place::at(1.0, 1.0))
        .part("a", "machine 1", "12 disks", Place::at(2.0, 0.0))
        .part("b", "machine 2", "12 disks", Place::at(2.0, 1.0))
        .note("… machines 3 to 5, alike …", Place::at(2.0, 2.0))
        .part("f", "machine 6", "12 disks", Place::at(2.0, 3.0))
        .note(
            "a read goes to one of the three machines that hold a copy of its photo",
            Place::at(0.0, 3.0).span(2.0, 1.0),
        )
        .arrow(Arrow::new("users", "edge"))
        .arrow(Arrow::new("edge", "a"))
        .arrow(Arrow::new("edge", "b").dashed())
        .arrow(Arrow::new("edge", "f").dashed())
}

/// A read of one operation: its p50 and p99 by how busy the disks are.
fn waits() -> TimeSeries {
    // Computed once a process: a rebuild after a change of text must not simulate again.
    static POINTS: OnceLock<Vec<(f64, f64, f64)>> = OnceLock::new();
    let points = POINTS.get_or_init(|| {
        [10, 20, 30, 40, 50, 60, 65, 70, 75, 80, 85, 90]
            .into_iter()
            .map(|busy| {
                let mut world = World::default();
                let choice = on_the_table()[1];
                // So many requests that the disks of the pod are busy for this share of their time.
                let hits = world.hits;
                world.requests *= f64::from(busy) / 100.0 / world.asked(&choice, hits, 0);
                let phase = |until| Phase { until, hits };
                let pod = Pod { world, choice, lost: 0, phases: vec![phase(secs(2)), phase(secs(22))] };
                let t = PodRun::new(&pod, SEED).finish().totals().swap_remove(1);
                (
                    f64::from(busy),
                    t.times.quantile(0.5).as_ms(),
                    t.times.quantile(0.99).as_ms(),
                )
            })
            .collect()
    });
    let about = About::new(
        "design-01-waits",
        "The time of a read by how busy the disks are",
        "One disk operation of 10 ms on average. The median rises slowly; the p99 doubles between 30 % and 60 %, and again before 80 %.",
    );
    TimeSeries::new(about, "time of a read", "ms")
        .line("p50", points.iter().map(|p| (p.0, p.1)))
        .line("p99", points.iter().map(|p| (p.0, p.2)))
        .across("disks busy, %")
}

/// Three pods of needles through a fall of the hit rate with a machine gone: four, five and six machines. For each half-second, its
/// middle (s) and the p99 of the reads that arrived in it (ms).
pub(super) fn fall_runs() -> &'static [Vec<(f64, f64)>; 3] {
    static RUNS: OnceLock<[Vec<(f64, f64)>; 3]> = OnceLock::new();
    RUNS.get_or_init(|| {
        [4, 5, 6].map(|machines| {
            let world = World::default();
            let choice = Choice { layout: Layout::Needles, machines, ..on_the_table()[1] };
            let phase = |until, hits: Percent| Phase { until, hits };
            let pod = Pod {
                world,
                choice,
                lost: 1,
                phases: vec![
                    phase(secs(10), world.hits),
                    phase(secs(30), world.bad_hits()),
                    phase(secs(60) - ms(500), world.hits),
                ],
            };
            p99_over_time(PodRun::new(&pod, SEED).with_slices().finish().slices())
        })
    })
}

fn fall() -> TimeSeries {
    let about = About::new(
        "design-01-fall",
        "Reads' p99, half-second by half-second, through a fall of the hit rate with a machine gone",
        "Each half-second is counted by itself. With four machines bought it climbs for as long as the hit rate is low and takes seconds to come back; with five it rises several-fold; with six it stays near 100 ms.",
    );
    let [four, five, six] = fall_runs().clone();
    TimeSeries::new(about, "p99 of a half-second's reads", "ms")
        .line("4 machines", four)
        .line("5 machines", five)
        .line("6 machines", six)
        .shade(10.0, 30.0, "hit rate 80 %")
        .log()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "waits", "fall"] {
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
