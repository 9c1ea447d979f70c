//! Still figures of the chapter: the system, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::lab::DoorLab;
use crate::lab::{SEED, facts_of};
use figures::{About, Architecture, Arrow, Drawing, Place, TimeSeries};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "shares" => Some(Box::new(shares())),
        "replies" => Some(Box::new(replies())),
        "stale" => Some(Box::new(stale())),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-03-architecture",
        "A balancer and twenty servers",
        "Users make 960 requests a second of one balancer. It hands each request to one of twenty servers and waits up to 1 s for the reply. Each server works on eight requests at once; more wait there. A health check asks every server for a small page.",
    );
    if width < 520.0 {
        // The note stands between the servers, as in the wide one: no arrow comes there.
        return Architecture::new(about, 3.0, 4.0)
            .part("users", "users", "960 requests/s", Place::at(0.0, 0.0).span(3.0, 1.0))
            .part(
                "door",
                "balancer",
                "waits up to 1 s",
                Place::at(0.0, 1.0).span(3.0, 1.0),
            )
            .part("s1", "server 1", "8 at once", Place::at(0.0, 2.0))
            .note("… 2 to 19 …", Place::at(1.0, 2.0))
            .part("s20", "server 20", "8 at once", Place::at(2.0, 2.0))
            .part(
                "check",
                "health check",
                "a small page",
                Place::at(0.0, 3.0).span(3.0, 1.0),
            )
            .arrow(Arrow::new("users", "door"))
            .arrow(Arrow::new("door", "s1"))
            .arrow(Arrow::new("door", "s20"))
            .arrow(Arrow::new("check", "s1"))
            .arrow(Arrow::new("check", "s20"));
    }
    Architecture::new(about, 4.0, 3.0)
        .gaps(40.0, 16.0)
        .part("users", "users", "960 requests/s", Place::at(0.0, 1.0))
        .part("door", "balancer", "waits up to 1 s", Place::at(1.0, 1.0))
        .part("s1", "server 1", "8 at once", Place::at(2.0, 0.0))
        .note("… 2 to 19, alike …", Place::at(2.0, 1.0))
        .part("s20", "server 20", "8 at once", Place::at(2.0, 2.0))
        .part("check", "health check", "a small page", Place::at(3.0, 1.0))
        .arrow(Arrow::new("users", "door"))
        .arrow(Arrow::new("door", "s1"))
        .arrow(Arrow::new("door", "s20"))
        .arrow(Arrow::new("check", "s1"))
        .arrow(Arrow::new("check", "s20"))
}

/// A fact of both sides of a lab run.
fn both(knobs: &[(&str, &str)], fact: &str) -> [f64; 2] {
    let facts = facts_of(&DoorLab, knobs);
    ["chosen", "other"].map(|side| facts[&format!("{fact}_{side}")].value)
}

type Points = [Vec<(f64, f64)>; 2];

/// Runs along a knob, for both sides.
fn along(knob: &'static str, values: &[u32], base: &[(&'static str, &'static str)], fact: &str) -> Points {
    let mut points = [Vec::new(), Vec::new()];
    for value in values {
        let text = value.to_string();
        let mut knobs: Vec<(&str, &str)> = base.to_vec();
        knobs.push((knob, &text));
        let [a, b] = both(&knobs, fact);
        points[0].push((f64::from(*value), a));
        points[1].push((f64::from(*value), b));
    }
    debug_assert_eq!(SEED, 7, "the captions say so");
    points
}

/// The failing server's share over the load.
fn shares() -> TimeSeries {
    static RUNS: OnceLock<Points> = OnceLock::new();
    let points = RUNS.get_or_init(|| along("load", &[5, 10, 20, 30, 40, 60, 80, 95], &[("against", "two")], "share"));
    let about = About::new(
        "design-03-shares",
        "Share of the requests that the failing server draws, over the load",
        "With the fewest open requests the share climbs from under a tenth at a load of 5 % to more than half from 60 % on. With two drawn it stays at about a tenth.",
    );
    TimeSeries::new(about, "share of the failing server", "%")
        .line("fewest open", points[0].iter().copied())
        .line("two drawn", points[1].iter().copied())
        .across("load, %")
        .range(0.0, 80.0)
}

/// The failing server's share over the time that a failed reply takes.
fn replies() -> TimeSeries {
    static RUNS: OnceLock<Points> = OnceLock::new();
    let points = RUNS.get_or_init(|| {
        let takes = [1, 5, 10, 20, 40, 70, 100, 150, 200];
        along("takes", &takes, &[("against", "in-turn")], "share")
    });
    let about = About::new(
        "design-03-replies",
        "Share of the failing server over the time that its error takes",
        "With the fewest open requests the share falls from more than half where an error takes 1 ms to an equal share where it takes as long as an answer, and below that. In turn it stays an equal share.",
    );
    TimeSeries::new(about, "share of the failing server", "%")
        .line("fewest open", points[0].iter().copied())
        .line("in turn", points[1].iter().copied())
        .across("time of a failed reply, ms")
        .range(0.0, 80.0)
}

/// Users' p99 over the age of the counts, all servers well.
fn stale() -> TimeSeries {
    static RUNS: OnceLock<Points> = OnceLock::new();
    let points = RUNS.get_or_init(|| {
        let ages = [0, 20, 50, 100, 200, 500, 1_000];
        along("renewed", &ages, &[("fault", "none"), ("against", "two")], "failed")
    });
    let about = About::new(
        "design-03-stale",
        "Users failing over the age of the counts, all servers well",
        "With the fewest open requests hardly anyone fails while counts are renewed at once; with counts that are renewed once a second about half of the users fail. With two drawn nearly nobody fails at any age shown.",
    );
    TimeSeries::new(about, "users failing", "%")
        .line("fewest open", points[0].iter().copied())
        .line("two drawn", points[1].iter().copied())
        .across("counts renewed every, ms")
        .range(0.0, 80.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "shares", "replies", "stale"] {
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
