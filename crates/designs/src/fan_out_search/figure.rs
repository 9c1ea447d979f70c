//! Still figures of the chapter: the cell, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::lab::FanOutLab;
use super::pair::{p90_over_time, series};
use super::policy::Policy;
use super::rules::{HedgeAfter, NeverHedge};
use super::system::{CellRun, Totals};
use crate::lab::SEED;
use crate::lab::read_knobs;
use figures::{About, Architecture, Arrow, Axis, Distribution, Drawing, Place, TimeSeries};
use judge::{Percent, percent};
use sim::{Time, ms};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "ordinary" => Some(Box::new(ordinary())),
        "storm" => Some(Box::new(storm())),
        "delays" => Some(Box::new(delays())),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-02-architecture",
        "A search cell",
        "Users' queries reach a root. The root asks 100 leaves. Each leaf has two replicas, and a first request goes to one of them. A second request to the other replica may be sent while the first has no answer.",
    );
    if width < 520.0 {
        return Architecture::new(about, 2.0, 5.0)
            .part("users", "users", "200 queries/s", Place::at(0.0, 0.0).span(2.0, 1.0))
            .part(
                "root",
                "root",
                "answers by 1,000 ms",
                Place::at(0.0, 1.0).span(2.0, 1.0),
            )
            .part("a1", "leaf 1, copy A", "8 slots", Place::at(0.0, 2.0))
            .part("b1", "leaf 1, copy B", "8 slots", Place::at(1.0, 2.0))
            .note("… leaves 2 to 99, alike …", Place::at(0.0, 3.0).span(2.0, 1.0))
            .part("a100", "leaf 100, copy A", "8 slots", Place::at(0.0, 4.0))
            .part("b100", "leaf 100, copy B", "8 slots", Place::at(1.0, 4.0))
            .arrow(Arrow::new("users", "root"))
            .arrow(Arrow::new("root", "a1"))
            .arrow(Arrow::new("root", "b1").dashed());
    }
    Architecture::new(about, 3.0, 5.0)
        .gaps(90.0, 16.0)
        .part("users", "users", "200 queries/s", Place::at(0.0, 2.0))
        .part("root", "root", "answers by 1,000 ms", Place::at(1.0, 2.0))
        .part("a1", "leaf 1, copy A", "8 slots", Place::at(2.0, 0.0))
        .part("b1", "leaf 1, copy B", "8 slots", Place::at(2.0, 1.0))
        .note("… leaves 2 to 99, alike …", Place::at(2.0, 2.0))
        .part("a100", "leaf 100, copy A", "8 slots", Place::at(2.0, 3.0))
        .part("b100", "leaf 100, copy B", "8 slots", Place::at(2.0, 4.0))
        .note(
            "dashed: a second request, which may be sent while the first has no answer",
            Place::at(0.0, 4.0).span(2.0, 1.0),
        )
        .arrow(Arrow::new("users", "root"))
        .arrow(Arrow::new("root", "a1"))
        .arrow(Arrow::new("root", "b1").dashed())
        .arrow(Arrow::new("root", "b100"))
}

/// One finished run with what the pictures need.
struct Done {
    totals: Vec<Totals>,
    p90: Vec<(f64, f64)>,
}

fn run(knobs: &[(&str, &str)], policy: Box<dyn Policy>) -> Done {
    let values = read_knobs(&FanOutLab, knobs.iter().copied()).expect("the figures' knobs are the lab's");
    let run = CellRun::new(&super::lab::cell(&values), policy, SEED)
        .with_slices()
        .finish();
    Done { totals: run.totals(), p90: p90_over_time(run.slices()) }
}

fn hedge(after: Time, budget: Percent) -> Box<dyn Policy> {
    Box::new(HedgeAfter { after, budget })
}

fn after_the_start(done: &Done) -> Totals {
    Totals::of(&done.totals[1..])
}

/// Users' times on an ordinary day, waiting and with a second request after 18 ms.
fn ordinary() -> Distribution {
    // Computed once a process: a rebuild after a change of text must not simulate again.
    static RUNS: OnceLock<[Totals; 2]> = OnceLock::new();
    let [wait, asking] = RUNS.get_or_init(|| {
        [Box::new(NeverHedge) as Box<dyn Policy>, hedge(ms(18), percent(100))].map(|p| after_the_start(&run(&[], p)))
    });
    let p = |t: &Totals, q: f64| figures::number(t.users.quantile(q).as_ms(), 0, "ms");
    let about = About::new(
        "design-02-ordinary",
        "Users' times on an ordinary day",
        format!(
            "Waiting for all leaves: half of the users within {}, 90 % within {}. With a second request after 18 ms: {} and {}.",
            p(wait, 0.5),
            p(wait, 0.9),
            p(asking, 0.5),
            p(asking, 0.9)
        ),
    );
    Distribution::new(about, series("wait", &wait.users))
        .and(series("ask again", &asking.users))
        .axis(Axis::Log)
        .range(10.0, 1_300.0)
        .deadline("deadline", 1_000.0)
        .quantity("time until a user has an answer", "ms")
}

/// Users' p90 through the storm, without and with a limit on second requests.
fn storm() -> TimeSeries {
    static RUNS: OnceLock<[Vec<(f64, f64)>; 2]> = OnceLock::new();
    let [without, with] = RUNS.get_or_init(|| {
        [hedge(ms(18), percent(100)), hedge(ms(20), percent(6))].map(|p| run(&[("storm_factor", "5")], p).p90)
    });
    let about = About::new(
        "design-02-storm",
        "Users' p90 through the storm",
        "Half-second by half-second, the time within which 9 of 10 users had their answer. Without a limit it climbs to the deadline and stays there until the storm ends; with a limit it stays lower.",
    );
    TimeSeries::new(about, "users' p90", "ms")
        .line("no limit", without.clone())
        .line("limit 6 %", with.clone())
        .range(0.0, 1_100.0)
        .shade(5.5, 10.5, "every leaf 5 × slower")
}

/// What each delay buys, and what it costs: users' p99 against extra requests, from "at once" to "at the leaf's p99.9".
fn delays() -> TimeSeries {
    static RUNS: OnceLock<Vec<(f64, f64, f64)>> = OnceLock::new();
    let points = RUNS.get_or_init(|| {
        [0u64, 5, 8, 10, 12, 14, 16, 18, 22, 30, 40, 60, 100, 200]
            .into_iter()
            .map(|after| {
                let t = after_the_start(&run(&[], hedge(ms(after), percent(100))));
                (after as f64, t.users.quantile(0.99).as_ms(), t.extra() * 100.0)
            })
            .collect()
    });
    let about = About::new(
        "design-02-delays",
        "What each delay buys and what it costs",
        "From a second request at once to one after 200 ms: users' p99 rises slowly up to a delay of about 20 ms, then with the delay; extra requests fall steeply up to that delay, then hardly.",
    );
    TimeSeries::new(about, "users' p99 (ms), extra requests (%)", "")
        .line("users' p99, ms", points.iter().map(|p| (p.0, p.1)))
        .line("extra requests, %", points.iter().map(|p| (p.0, p.2)))
        .across("wait before the second request, ms")
        .range(0.0, 240.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "ordinary", "storm", "delays"] {
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
