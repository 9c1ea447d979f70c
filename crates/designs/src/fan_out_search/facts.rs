//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7), so that page, terminal and debrief agree.

use super::lab::FanOutLab;
use super::system::Cell;
use crate::lab::{Fact, facts_of, renamed};
use sim::Time;
use std::collections::BTreeMap;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    facts_of(&FanOutLab, knobs)
}

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    let ordinary = run(&[]);
    let storm = run(&[("storm_factor", "5")]);
    let off = run(&[("machine_off", "1")]);
    of_answers(&ordinary, &storm, &off)
}

fn of_answers(
    ordinary: &BTreeMap<String, Fact>,
    storm: &BTreeMap<String, Fact>,
    off: &BTreeMap<String, Fact>,
) -> Vec<Fact> {
    let mut out = Vec::new();
    renamed(
        &mut out,
        ordinary,
        &[("busy_wait", "busy_slots"), ("p90_wait", "p90_wait")],
    );
    renamed(&mut out, storm, &[("extra", "storm_extra")]);
    out.push(Fact::new(
        "p90_gain",
        "Users' p90, waiting ÷ with second requests",
        ordinary["p90_wait"].value / ordinary["p90_hedge"].value,
        "×",
        0,
    ));
    let partial = |run: &BTreeMap<String, Fact>, key: &str| 1.0 - run[key].value / 100.0;
    out.push(Fact::new(
        "machine_off",
        "One in how many answers is partial with a machine off",
        1.0 / partial(off, "complete_wait"),
        "",
        1,
    ));
    let harm = partial(storm, "complete_hedge") / partial(storm, "complete_wait");
    out.push(Fact::new(
        "storm_harm",
        "Partial answers in the storm, with unlimited second requests, for each one when waiting",
        harm,
        "",
        1,
    ));
    out
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let ordinary = run(&[]);
    let storm = run(&[("storm_factor", "5")]);
    let limited = run(&[("storm_factor", "5"), ("hedge_budget", "6"), ("hedge_after", "20")]);
    let off = run(&[("machine_off", "1")]);
    let mut out = of_answers(&ordinary, &storm, &off);
    renamed(
        &mut out,
        &ordinary,
        &[
            ("p50_wait", "p50_wait"),
            ("p99_wait", "p99_wait"),
            ("complete_wait", "complete_wait"),
            ("p50_hedge", "p50_hedge"),
            ("p90_hedge", "p90_hedge"),
            ("p99_hedge", "p99_hedge"),
            ("complete_hedge", "complete_hedge"),
            ("extra", "extra_hedge"),
            ("busy_hedge", "busy_hedge"),
        ],
    );
    renamed(
        &mut out,
        &storm,
        &[
            ("p50_wait", "storm_median_wait"),
            ("p50_hedge", "storm_median_uncapped"),
            ("p99_wait", "storm_p99_wait"),
            ("complete_wait", "storm_complete_wait"),
            ("busy_wait", "storm_busy_wait"),
            ("p99_hedge", "storm_p99_uncapped"),
            ("complete_hedge", "storm_complete_uncapped"),
        ],
    );
    renamed(
        &mut out,
        &limited,
        &[
            ("extra", "storm_extra_budget"),
            ("p50_hedge", "storm_median_budget"),
            ("p99_hedge", "storm_p99_budget"),
            ("complete_hedge", "storm_complete_budget"),
            ("busy_hedge", "storm_busy_budget"),
        ],
    );
    renamed(
        &mut out,
        &off,
        &[
            ("complete_hedge", "machine_off_complete_hedge"),
            ("p99_hedge", "machine_off_p99_hedge"),
        ],
    );
    for (after, key) in [("0", "at_once"), ("10", "at_median"), ("700", "at_p999")] {
        let other = run(&[("hedge_after", after)]);
        renamed(
            &mut out,
            &other,
            &[("extra", &format!("extra_{key}")), ("p99_hedge", &format!("p99_{key}"))],
        );
    }
    let limited_day = run(&[("hedge_budget", "6"), ("hedge_after", "20")]);
    renamed(
        &mut out,
        &limited_day,
        &[("extra", "extra_budget"), ("p99_hedge", "p99_budget")],
    );
    let mild = run(&[("storm_factor", "2")]);
    renamed(
        &mut out,
        &mild,
        &[("p50_wait", "mild_median_wait"), ("p50_hedge", "mild_median")],
    );
    let mild = run(&[("storm_factor", "2"), ("hedge_budget", "6"), ("hedge_after", "20")]);
    renamed(&mut out, &mild, &[("p50_hedge", "mild_median_budget")]);
    let slow = run(&[("slow_machine", "10")]);
    renamed(
        &mut out,
        &slow,
        &[
            ("complete_wait", "slow_complete_wait"),
            ("complete_hedge", "slow_complete_hedge"),
        ],
    );
    let shared = run(&[("shared_cause", "1")]);
    renamed(&mut out, &shared, &[("p99_hedge", "p99_shared_one")]);
    let shared = run(&[("shared_cause", "90")]);
    renamed(
        &mut out,
        &shared,
        &[("p99_hedge", "p99_shared_most"), ("p90_hedge", "p90_shared_most")],
    );
    let meets = 100.0 * (1.0 - libm::pow(0.99, 100.0));
    out.push(Fact::new(
        "share_meeting_slowest_percent",
        "Queries that meet a leaf's slowest 1 %",
        meets,
        "%",
        0,
    ));
    let leaf = Cell::default().leaf_times();
    out.push(Fact::new(
        "leaf_mean",
        "Mean time of a leaf request",
        leaf.mean().as_ms(),
        "ms",
        1,
    ));
    out.push(Fact::new(
        "leaf_late_after",
        "Leaf answers later than 18 ms at the root",
        100.0 * leaf.survival(Time::from_ms_f64(17.5)),
        "%",
        1,
    ));
    out
}
