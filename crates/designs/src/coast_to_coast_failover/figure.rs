//! Still figures of the chapter: the system, and, for the debrief, what the simulator gave (seed 7, as in the facts).

use super::lab::{FailoverLab, policy, setup};
use super::policy::Policy;
use super::system::FailoverRun;
use crate::lab::SEED;
use crate::lab::read_knobs;
use figures::{About, Architecture, Arrow, Drawing, Lanes, Place, SpaceTime, TimeSeries};
use std::sync::OnceLock;

/// A still figure by name, arranged for a width.
pub fn figure(name: &str, width: f64) -> Option<Box<dyn Drawing>> {
    match name {
        "architecture" => Some(Box::new(architecture(width))),
        "bare" => Some(Box::new(histories(
            "design-08-bare",
            "promoted after 10 s, nothing frozen",
            &[],
        ))),
        "careful" => Some(Box::new(histories(
            "design-08-careful",
            "promoted after 10 s, frozen after 8 s",
            &[("freeze_after", "8")],
        ))),
        "decision" => Some(Box::new(decision("design-08-decision", &[("freeze_after", "8")]))),
        "attack" => {
            let knobs = [
                ("cut", "60"),
                ("way", "1"),
                ("other_later", "6"),
                ("promote_after", "30"),
                ("freeze_after", "28"),
            ];
            Some(Box::new(histories(
                "design-08-attack",
                "promoted after 30 s, frozen after 28 s",
                &knobs,
            )))
        }
        "waits" => Some(Box::new(waits())),
        _ => None,
    }
}

fn architecture(width: f64) -> Architecture {
    let about = About::new(
        "design-08-architecture",
        "A primary and its replica on two coasts",
        "The East's data centre holds applications, the primary and an orchestrator; the West's holds applications, the replica and an orchestrator; a third one stands in a cloud in the East. Applications of both coasts write to the primary; it streams its log to the replica; each orchestrator probes both databases and hears the others.",
    );
    let figure = |columns, rows| Architecture::new(about.clone(), columns, rows);
    if width < 520.0 {
        return figure(2.0, 6.0)
            .part("east_apps", "East apps", "400 writes/s", Place::at(0.0, 0.0))
            .part("west_apps", "West apps", "100 writes/s", Place::at(1.0, 0.0))
            .part("primary", "primary", "East", Place::at(0.0, 1.5))
            .part("replica", "replica", "West, 0.3 s behind", Place::at(1.0, 1.5))
            .part("east", "orchestrator", "East", Place::at(0.0, 3.0))
            .part("west", "orchestrator", "West", Place::at(1.0, 3.0))
            .part("cloud", "orchestrator", "cloud in the East", Place::at(0.5, 4.0))
            .note(
                "each orchestrator probes both databases and hears the other two",
                Place::at(0.0, 5.0).span(2.0, 1.0),
            )
            .arrow(Arrow::new("east_apps", "primary"))
            .arrow(Arrow::new("west_apps", "primary"))
            .arrow(Arrow::new("primary", "replica").dashed())
            .arrow(Arrow::new("east", "primary"))
            .arrow(Arrow::new("west", "replica"));
    }
    figure(3.0, 4.0)
        .gaps(90.0, 22.0)
        .part("east_apps", "East apps", "400 writes/s", Place::at(0.0, 0.0))
        .part("west_apps", "West apps", "100 writes/s", Place::at(2.0, 0.0))
        .part("primary", "primary", "East data centre", Place::at(0.0, 1.0))
        .part("replica", "replica", "West, 0.3 s behind", Place::at(2.0, 1.0))
        .part("east", "orchestrator", "East data centre", Place::at(0.0, 2.0))
        .part("west", "orchestrator", "West", Place::at(2.0, 2.0))
        .part("cloud", "orchestrator", "cloud in the East", Place::at(1.0, 3.0))
        .note(
            "each orchestrator probes both databases and hears the other two; 30 ms one way between the coasts",
            Place::at(1.0, 2.0),
        )
        .arrow(Arrow::new("east_apps", "primary"))
        .arrow(Arrow::new("west_apps", "primary"))
        .arrow(Arrow::new("primary", "replica").dashed())
        .arrow(Arrow::new("east", "primary"))
        .arrow(Arrow::new("west", "replica"))
}

/// One finished run of the lab's chosen policy.
fn run(knobs: &[(&str, &str)]) -> (FailoverRun, super::system::Setup, sim::Trace) {
    let value = read_knobs(&FailoverLab, knobs.iter().copied()).expect("the figures' knobs are the lab's");
    let setup = setup(&value, SEED);
    let timed = policy(&value);
    let mut run = FailoverRun::new(&setup, move || -> Box<dyn Policy> { Box::new(timed) }, SEED)
        .with_trace()
        .finish();
    let trace = run.take_trace();
    (run, setup, trace)
}

fn histories(id: &str, who: &str, knobs: &[(&str, &str)]) -> Lanes {
    let (run, setup, _) = run(knobs);
    super::pair::draw::histories(&run, &setup, id, who)
}

fn decision(id: &str, knobs: &[(&str, &str)]) -> SpaceTime {
    let (run, _, trace) = run(knobs);
    super::pair::draw::decision(&run, &trace, id)
}

/// What each wait before the freeze costs in a cut of 43 s, the West promoted 2 s later.
fn waits() -> TimeSeries {
    // Computed once a process: a rebuild after a change of text must not simulate again.
    static RUNS: OnceLock<Vec<(f64, f64, f64)>> = OnceLock::new();
    let points = RUNS.get_or_init(|| {
        [2u32, 4, 6, 8, 12, 16, 20, 24, 28, 32, 36, 40, 42, 44]
            .into_iter()
            .map(|freeze| {
                let (freeze_after, promote_after) = (freeze.to_string(), (freeze + 2).to_string());
                let (run, _, _) = run(&[("freeze_after", &freeze_after), ("promote_after", &promote_after)]);
                let o = run.outcome();
                (f64::from(freeze), o.down().as_secs(), o.repair())
            })
            .collect()
    });
    let about = About::new(
        "design-08-waits",
        "What each wait before the freeze costs",
        "In a cut of 43 s, with the West promoted 2 s after the freeze: the longer the wait, the fewer the seconds without writes and the more the hours of repair, until the cut ends before the promotion and nothing has to be repaired.",
    );
    TimeSeries::new(about, "seconds without writes, hours of repair", "")
        .line("without writes, s", points.iter().map(|p| (p.0, p.1)))
        .line("repair, h", points.iter().map(|p| (p.0, p.2)))
        .across("wait before the freeze, s")
        .range(0.0, 80.0)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_figure_is_drawn_wide_and_narrow_and_told_as_a_table() {
        for name in ["architecture", "bare", "careful", "decision", "attack", "waits"] {
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
