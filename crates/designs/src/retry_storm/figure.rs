//! Still figures of the chapter: the system, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::lab;
use super::policy::Policy;
use super::rules::{NeverRetry, RetryUpTo};
use super::system::{Slice, System, SystemRun, Totals};
use crate::lab::SEED;
use crate::lab::read_knobs;
use figures::{About, Architecture, Arrow, Drawing, Place, TimeSeries};
use judge::percent;
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "stall" => Some(Box::new(stall())),
        "sent" => Some(Box::new(sent())),
        "bounded" => Some(Box::new(bounded())),
        "limits" => Some(Box::new(limits())),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-04-architecture",
        "Ten processes and the dependency that they call",
        "Users make 400 requests a second of ten processes. Each process sends a try for each request to one dependency, where tries wait in a queue for one of 50 slots. Behind the slots the data lies on ten shards. A process waits 1 s for a try and may then send another.",
    );
    if width < 520.0 {
        return Architecture::new(about, 2.0, 6.0)
            .part("users", "users", "400 requests/s", Place::at(0.0, 0.0).span(2.0, 1.0))
            .part("p1", "process 1", "waits 1 s a try", Place::at(0.0, 1.0))
            .part("p10", "process 10", "waits 1 s a try", Place::at(1.0, 1.0))
            .part("queue", "queue", "no bound", Place::at(0.0, 2.0).span(2.0, 1.0))
            .part("slots", "50 slots", "100 ms a try", Place::at(0.0, 3.0).span(2.0, 1.0))
            .part("s0", "shard 0", "data", Place::at(0.0, 4.0))
            .part("s9", "shard 9", "data", Place::at(1.0, 4.0))
            .note(
                "processes 2 to 9 and shards 1 to 8 alike",
                Place::at(0.0, 5.0).span(2.0, 1.0),
            )
            .arrow(Arrow::new("users", "p1"))
            .arrow(Arrow::new("users", "p10"))
            .arrow(Arrow::new("p1", "queue"))
            .arrow(Arrow::new("p10", "queue"))
            .arrow(Arrow::new("queue", "slots"))
            .arrow(Arrow::new("slots", "s0"))
            .arrow(Arrow::new("slots", "s9"));
    }
    Architecture::new(about, 5.0, 3.0)
        .gaps(34.0, 16.0)
        .part("users", "users", "400 requests/s", Place::at(0.0, 1.0))
        .part("p1", "process 1", "waits 1 s a try", Place::at(1.0, 0.0))
        .note("… 2 to 9, alike …", Place::at(1.0, 1.0))
        .part("p10", "process 10", "waits 1 s a try", Place::at(1.0, 2.0))
        .part("queue", "queue", "no bound", Place::at(2.0, 1.0))
        .part("slots", "50 slots", "100 ms a try", Place::at(3.0, 1.0))
        .part("s0", "shard 0", "data", Place::at(4.0, 0.0))
        .note("… 1 to 8 …", Place::at(4.0, 1.0))
        .part("s9", "shard 9", "data", Place::at(4.0, 2.0))
        .arrow(Arrow::new("users", "p1"))
        .arrow(Arrow::new("users", "p10"))
        .arrow(Arrow::new("p1", "queue"))
        .arrow(Arrow::new("p10", "queue"))
        .arrow(Arrow::new("queue", "slots"))
        .arrow(Arrow::new("slots", "s0"))
        .arrow(Arrow::new("slots", "s9"))
}

/// The lab's system with some knobs turned.
fn system(knobs: &[(&str, &str)]) -> System {
    let values = read_knobs(&lab::RetryLab, knobs.iter().copied()).expect("the figures' knobs are the lab's");
    lab::system(&values)
}

fn run(system: &System, policy: impl Policy + Copy + 'static) -> Totals {
    SystemRun::new(system, &mut || Box::new(policy), SEED).finish().totals()
}

fn line(totals: &Totals, of: impl Fn(&Slice) -> u64) -> Vec<(f64, f64)> {
    let point = |(i, s): (usize, &Slice)| (i as f64 + 0.5, of(s) as f64);
    totals.slices.iter().enumerate().map(point).collect()
}

fn within_a_tenth() -> RetryUpTo {
    RetryUpTo { budget: percent(10), ..RetryUpTo::at_once(3) }
}

/// Runs through the brief's stall: no retries, three at once, and within a limit of 10 %.
fn stalls() -> &'static [Totals; 3] {
    // Computed once a process: a rebuild after a change of text must not simulate again.
    static RUNS: OnceLock<[Totals; 3]> = OnceLock::new();
    RUNS.get_or_init(|| {
        let s = system(&[]);
        [
            run(&s, NeverRetry),
            run(&s, RetryUpTo::at_once(4)),
            run(&s, within_a_tenth()),
        ]
    })
}

/// Answers in time through the stall: no retries against retries at once.
fn stall() -> TimeSeries {
    let [none, at_once, _] = stalls();
    let about = About::new(
        "design-04-stall",
        "Answers in time through the stall",
        "Second by second, the answers that came while their process still waited. Without retries they are back a while after the stall; with up to four tries at once they stay at zero to the end of the run.",
    );
    TimeSeries::new(about, "answers in time", "per s")
        .line("no retries", line(none, |s| s.useful))
        .line("retries at once", line(at_once, |s| s.useful))
        .range(0.0, 650.0)
        .shade(10.0, 20.0, "stall")
}

/// Tries sent through the stall: retries at once against retries within a limit.
fn sent() -> TimeSeries {
    let [_, at_once, limited] = stalls();
    let about = About::new(
        "design-04-sent",
        "Tries sent through the stall",
        "Second by second, first tries and retries together. With up to four tries at once they climb to four times the requests and stay there; within a limit of 10 % they stay just above the requests and below the capacity.",
    );
    TimeSeries::new(about, "tries sent", "per s")
        .line("retries at once", line(at_once, Slice::tries))
        .line("within a limit", line(limited, Slice::tries))
        .limit("capacity", 500.0)
        .range(0.0, 1_900.0)
        .shade(10.0, 20.0, "stall")
}

/// Retries at once through the stall, with and without a bound on the queue.
fn bounded() -> TimeSeries {
    static RUN: OnceLock<Totals> = OnceLock::new();
    let bounded = RUN.get_or_init(|| run(&system(&[("queue", "250")]), RetryUpTo::at_once(4)));
    let [_, unbounded, _] = stalls();
    let about = About::new(
        "design-04-bounded",
        "Retries at once, with and without a bound on the queue",
        "Second by second, the answers in time. With a queue of at most 250 tries they are back with the end of the stall; without a bound they never are.",
    );
    TimeSeries::new(about, "answers in time", "per s")
        .line("no bound", line(unbounded, |s| s.useful))
        .line("250 tries", line(bounded, |s| s.useful))
        .range(0.0, 650.0)
        .shade(10.0, 20.0, "stall")
}

/// What each limit on retries costs and buys: time until users are well again, and users served while 20 % of the tries fail.
fn limits() -> TimeSeries {
    static RUNS: OnceLock<Vec<(f64, f64, f64)>> = OnceLock::new();
    let points = RUNS.get_or_init(|| {
        let stall = system(&[("run_lasts", "200")]);
        let errors = system(&[("stall_lasts", "0"), ("failing", "20"), ("run_lasts", "60")]);
        (0..=8)
            .map(|i| {
                let limit = 2.0 * f64::from(i);
                let policy = RetryUpTo { budget: percent(limit), ..RetryUpTo::at_once(3) };
                let over = sim::secs(20);
                let well = run(&stall, policy).well_after(over, stall.end);
                let failed = 1.0 - run(&errors, policy).success(sim::secs(5), errors.end);
                (limit, well.map_or(f64::NAN, sim::Time::as_secs), 100.0 * failed)
            })
            .collect()
    });
    let about = About::new(
        "design-04-limits",
        "What each limit on retries buys and costs",
        "From no retries to a limit of 16 % of the first tries: the time until users are well again after the stall climbs ever more steeply, the share of users who fail while 20 % of the tries fail sinks steadily.",
    );
    TimeSeries::new(about, "well again after (s), users failing (%)", "")
        .line("well again after, s", points.iter().map(|p| (p.0, p.1)))
        .line("users failing with errors, %", points.iter().map(|p| (p.0, p.2)))
        .across("limit on retries, % of first tries")
        .range(0.0, 200.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "stall", "sent", "bounded", "limits"] {
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
