//! Still figures of the chapter: the system, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::lab::RolloutLab;
use super::lab::{policy, system};
use super::system::{Outcome, SystemRun};
use crate::lab::{SEED, read_knobs};
use figures::{About, Architecture, Arrow, Drawing, Place, Side, TimeSeries};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "stages" => Some(Box::new(stages())),
        "herd" => Some(Box::new(herd())),
        "bake" => Some(Box::new(bake())),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-15-architecture",
        "A change of data on its way to the fleet",
        "A producer writes rows; a publisher copies them to the machines of a stage within seconds. 2,000 machines in five regions read them for each request. A monitor looks at the machines every five minutes, and a plan decides. A machine that runs has its last good data in memory. One that starts looks at a switch first; with the switch thrown it loads the last good data from a store.",
    );
    if width < 520.0 {
        return Architecture::new(about, 2.0, 5.0)
            .part("producer", "producer", "writes rows", Place::at(0.0, 0.0))
            .part("plan", "plan", "every 5 min", Place::at(1.0, 0.0))
            .part("publisher", "publisher", "copies in 10 s", Place::at(0.0, 1.0))
            .part("switch", "switch", "last good data", Place::at(1.0, 1.0))
            .part("r1", "region 1", "800 machines", Place::at(0.0, 2.0))
            .part("r5", "region 5", "100 machines", Place::at(1.0, 2.0))
            .part("store", "store", "10 loads/s", Place::at(0.0, 3.0).span(2.0, 1.0))
            .note("regions 2 to 4 alike", Place::at(0.0, 4.0).span(2.0, 1.0))
            .arrow(Arrow::new("producer", "publisher"))
            .arrow(Arrow::new("plan", "publisher"))
            .arrow(Arrow::new("plan", "switch"))
            .arrow(Arrow::new("publisher", "r1"))
            // Down to the top of region 5: its side would meet the arrow from the plan.
            .arrow(Arrow::new("publisher", "r5").sides(Side::Bottom, Side::Top))
            .arrow(Arrow::new("store", "r1"))
            .arrow(Arrow::new("store", "r5"));
    }
    Architecture::new(about, 4.0, 3.0)
        .gaps(40.0, 18.0)
        .part("producer", "producer", "writes rows", Place::at(0.0, 0.0))
        .part("plan", "plan", "looks every 5 min", Place::at(0.0, 2.0))
        .part("publisher", "publisher", "copies in 10 s", Place::at(1.0, 0.0))
        .part("switch", "switch", "last good data", Place::at(1.0, 2.0))
        .part("r1", "region 1", "800 machines", Place::at(2.0, 0.0))
        .note("… 2 to 4, alike …", Place::at(2.0, 1.0))
        .part("r5", "region 5", "100 machines", Place::at(2.0, 2.0))
        .part("store", "store", "10 loads/s", Place::at(3.0, 1.0))
        .arrow(Arrow::new("producer", "publisher"))
        .arrow(Arrow::new("plan", "publisher"))
        .arrow(Arrow::new("plan", "switch"))
        .arrow(Arrow::new("publisher", "r1"))
        .arrow(Arrow::new("publisher", "r5"))
        .arrow(Arrow::new("switch", "r1"))
        .arrow(Arrow::new("switch", "r5"))
        .arrow(Arrow::new("store", "r1"))
        .arrow(Arrow::new("store", "r5"))
}

/// One run of a plan with some of the lab's knobs turned.
fn run(plan: f64, knobs: &[(&str, &str)]) -> Outcome {
    let values = read_knobs(&RolloutLab, knobs.iter().copied()).expect("the figures' knobs are the lab's");
    let run = SystemRun::new(&system(plan, &values), policy(plan, &values), SEED).finish();
    run.outcome().clone()
}

const AT_ONCE: f64 = 0.0;
const SHORT: f64 = 1.0;
const CLOCK: f64 = 2.0;
const READS: f64 = 3.0;

/// Share of the fleet with rows that are read late, under two plans.
fn stages() -> TimeSeries {
    static RUNS: OnceLock<[Outcome; 3]> = OnceLock::new();
    let runs = RUNS.get_or_init(|| {
        let late = [("fault", "crash"), ("read_from", "72"), ("run_lasts", "96")];
        [run(SHORT, &late), run(CLOCK, &late), run(READS, &late)]
    });
    // Only the half hours around which the share changes, so that the table has the rows that matter; the line is the same.
    let exposed = |o: &Outcome, i: usize| o.minutes.get(i).map_or(0.0, |m| 100.0 * m.exposed);
    let last = runs
        .iter()
        .map(|o| o.minutes.len())
        .min()
        .unwrap_or(0)
        .saturating_sub(1);
    let turns = |i: &usize| {
        let changes = |o: &Outcome, j: usize| exposed(o, *i) != exposed(o, j.min(last));
        *i == 0 || *i >= last || runs.iter().any(|o| changes(o, i - 30) || changes(o, i + 30))
    };
    let at: Vec<usize> = (0..=last).step_by(30).filter(turns).collect();
    let line = |o: &Outcome| -> Vec<(f64, f64)> { at.iter().map(|i| (*i as f64 / 60.0, exposed(o, *i))).collect() };
    let about = About::new(
        "design-15-stages",
        "Who has the change when its rows are first read",
        "With a short canary and with stages by the clock all machines have the change long before hour 72, when its rows are first read. The plan that waits for reads still has it on one machine in a hundred.",
    );
    TimeSeries::new(about, "machines with the change", "%")
        .line("short canary", line(&runs[0]))
        .line("by the clock", line(&runs[1]))
        .line("by reads", line(&runs[2]))
        .across("hours since the first stage began")
        .range(0.0, 110.0)
}

/// The whole fleet starts again: in step, and at random.
fn herd() -> TimeSeries {
    static RUNS: OnceLock<[Outcome; 2]> = OnceLock::new();
    let runs = RUNS.get_or_init(|| {
        let crash = [("fault", "crash"), ("run_lasts", "6")];
        let random = [("fault", "crash"), ("run_lasts", "6"), ("jitter", "100")];
        [run(AT_ONCE, &crash), run(AT_ONCE, &random)]
    });
    let line = |o: &Outcome| -> Vec<(f64, f64)> {
        let from = o.stopped.map_or(0, |t| t.as_secs() as usize / 60);
        let minutes = o.minutes.iter().skip(from).take(61).enumerate();
        minutes.map(|(i, m)| (i as f64, 100.0 * m.failing)).collect()
    };
    let about = About::new(
        "design-15-herd",
        "The whole fleet starts again",
        "Share of the fleet that is down, minute by minute since the switch was thrown. Machines that start in step come back in rounds, a tenth of them every four minutes; machines that start at random are nearly all back within one or two rounds.",
    );
    TimeSeries::new(about, "requests that fail", "%")
        .line("in step", line(&runs[0]))
        .line("at random", line(&runs[1]))
        .across("minutes since the switch was thrown")
        .range(0.0, 110.0)
}

/// Harm of rows that wear machines out, by how long each stage lasts.
fn bake() -> TimeSeries {
    static POINTS: OnceLock<Vec<(f64, f64)>> = OnceLock::new();
    let points = POINTS.get_or_init(|| {
        let point = |i: u32| {
            let bake = 0.25 * f64::from(i);
            let text = format!("{bake}");
            let o = run(CLOCK, &[("bake", &text), ("run_lasts", "36")]);
            (bake, o.harm)
        };
        (0..=20).map(point).collect()
    });
    let about = About::new(
        "design-15-bake",
        "What longer stages buy",
        "Harm of rows that wear a machine out after three hours, for stages from nothing to five hours. It falls in steps: with the number of machines that have the change when the first ones begin to fail, and with their part among those that are looked at. Between two steps it rises: the first machines fail for a stage's length before the second stage does and somebody is called.",
    );
    TimeSeries::new(about, "harm", "fleet-minutes")
        .line("by the clock", points.iter().copied())
        .across("hours that each stage lasts")
        .range(0.0, 8.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "stages", "herd", "bake"] {
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
