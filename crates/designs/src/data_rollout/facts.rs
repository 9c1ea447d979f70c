//! Every number that the chapter prints, recomputed by runs of the lab's own system, so that page, terminal and debrief agree.

use super::lab::{RolloutLab, name, policy, system};
use super::policy::{Next, Policy, Seen};
use super::system::{System, SystemRun, hours};
use crate::lab::{self, Fact, read_knobs, renamed};
use judge::Percent;
use sim::Time;
use std::collections::BTreeMap;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    lab::facts_of(&RolloutLab, knobs)
}

/// Runs of what is a matter of chance: so many that the mean wait is known to a third of an hour.
const RUNS: u64 = 1_000;
/// Restless days on which a plan is tried.
const DAYS: u64 = 200;

/// What a rule does when the errors of the changed machines, as they are, pass a limit.
#[derive(Clone, Copy, PartialEq)]
enum AtAlarm {
    Stop,
    BeginAnew,
}

/// Looks at the errors of the changed machines and at nothing else.
struct Alarmed {
    limit: Percent,
    does: AtAlarm,
    /// The last alarm.
    last: Time,
}

/// How long each of its stages lasts.
const BAKE: Time = hours(4);

impl Policy for Alarmed {
    fn next(&mut self, seen: &Seen) -> Next {
        if seen.changed.errors > self.limit {
            self.last = seen.since_start;
            if self.does == AtAlarm::Stop {
                return Next::Rollback;
            }
        }
        if seen.in_stage.min(seen.since_start - self.last) >= BAKE {
            Next::Advance
        } else {
            Next::Hold
        }
    }
}

/// Share of good changes that a rule stops at any spike, in percent. All that come through meet no spike while the stages last,
/// and spikes come at random; each lasts for two looks, so none is missed.
fn stopped_by_spikes(every: Time) -> f64 {
    let expected = (BAKE * 3).as_secs() / every.as_secs();
    100.0 * models::change::at_least_once(expected)
}

/// Good changes with spikes of errors on the way.
fn with_spikes(every: Time, end: Time, does: AtAlarm, runs: u64) -> Vec<Option<Time>> {
    let system = System { spikes: every, end, ..System::default() };
    (1..=runs)
        .map(|seed| {
            let policy = Alarmed { limit: Percent(2.0), does, last: Time::ZERO };
            let run = SystemRun::new(&system, Box::new(policy), seed).finish();
            run.outcome().done
        })
        .collect()
}

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    let mut out = Vec::new();
    out.push(Fact::new(
        "good_stopped",
        "Good changes stopped by a spike of errors",
        stopped_by_spikes(hours(12)),
        "%",
        0,
    ));
    let end = hours(144);
    let waits = with_spikes(hours(3), end, AtAlarm::BeginAnew, RUNS);
    let mean = waits.iter().map(|done| done.unwrap_or(end).as_secs()).sum::<f64>() / waits.len() as f64;
    out.push(Fact::new(
        "restless_hours",
        "Hours until a good change is everywhere, where each spike begins the stage anew",
        mean / 3_600.0,
        "h",
        1,
    ));
    let good = run(&[("fault", "none"), ("run_lasts", "24")]);
    // Until the change is everywhere, what is not exposed waits; after that nothing does.
    let waited = 24.0 - good["exposure_other"].value;
    out.push(Fact::new(
        "mean_wait",
        "Hours that a machine waits for a good change",
        waited,
        "h",
        1,
    ));
    renamed(
        &mut out,
        &run(&[]),
        &[("harm_chosen", "leak_harm"), ("harm_other", "leak_harm_clock")],
    );
    let crash = run(&[("plan", "all-at-once"), ("fault", "crash"), ("run_lasts", "12")]);
    renamed(
        &mut out,
        &crash,
        &[
            ("recovery_chosen", "back_in_step"),
            ("loads_chosen", "loads_in_step"),
            ("harm_chosen", "crash_harm_at_once"),
            ("harm_other", "crash_harm_clock"),
        ],
    );
    let late = run(&LATE);
    renamed(
        &mut out,
        &late,
        &[("harm_chosen", "late_harm"), ("harm_other", "late_harm_reads")],
    );
    out
}

/// The lab's knobs for rows that are read late: by the clock against by reads.
const LATE: [(&str, &str); 5] = [
    ("plan", "by-the-clock"),
    ("against", "by-reads"),
    ("fault", "crash"),
    ("read_from", "72"),
    ("run_lasts", "96"),
];

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let mut out = answers();
    let mut add = |knobs: &[(&str, &str)], names: &[(&str, &str)]| renamed(&mut out, &run(knobs), names);
    add(
        &[("plan", "all-at-once"), ("against", "by-reads")],
        &[
            ("harm_chosen", "leak_harm_at_once"),
            ("harm_other", "leak_harm_reads"),
            ("exposure_other", "leak_exposure_reads"),
            ("exposure_chosen", "leak_exposure_at_once"),
            ("reach_other", "leak_reach_reads"),
        ],
    );
    add(&[], &[("exposure_chosen", "leak_exposure_short")]);
    add(
        &[
            ("plan", "short-canary"),
            ("against", "by-reads"),
            ("fault", "crash"),
            ("run_lasts", "12"),
        ],
        &[("harm_chosen", "crash_harm_short"), ("harm_other", "crash_harm_reads")],
    );
    add(
        &[
            ("plan", "all-at-once"),
            ("against", "short-canary"),
            LATE[2],
            LATE[3],
            LATE[4],
        ],
        &[("harm_chosen", "late_harm_at_once"), ("harm_other", "late_harm_short")],
    );
    add(
        &[
            ("plan", "by-the-clock"),
            ("against", "by-reads"),
            ("fault", "region"),
            ("run_lasts", "72"),
        ],
        &[
            ("harm_chosen", "region_harm_clock"),
            ("harm_other", "region_harm_reads"),
        ],
    );
    add(
        &[
            ("plan", "all-at-once"),
            ("against", "short-canary"),
            ("fault", "region"),
            ("run_lasts", "72"),
        ],
        &[
            ("harm_chosen", "region_harm_at_once"),
            ("harm_other", "region_harm_short"),
        ],
    );
    add(
        &[
            ("plan", "short-canary"),
            ("against", "by-reads"),
            ("fault", "none"),
            ("run_lasts", "24"),
        ],
        &[("done_chosen", "good_done_short"), ("done_other", "good_done_reads")],
    );
    // Good rows that nobody reads until hour 72.
    add(
        &[
            ("plan", "by-the-clock"),
            ("against", "by-reads"),
            ("fault", "none"),
            LATE[3],
            LATE[4],
        ],
        &[
            ("done_chosen", "unread_done_clock"),
            ("done_other", "unread_done_reads"),
        ],
    );
    add(
        &[
            ("plan", "all-at-once"),
            ("fault", "crash"),
            ("run_lasts", "12"),
            ("jitter", "100"),
        ],
        &[
            ("recovery_chosen", "back_random"),
            ("loads_chosen", "loads_random"),
            ("harm_chosen", "crash_harm_random"),
        ],
    );
    add(
        &[
            ("plan", "all-at-once"),
            ("fault", "crash"),
            ("run_lasts", "12"),
            ("period", "90"),
        ],
        &[
            ("recovery_chosen", "back_short_period"),
            ("loads_chosen", "loads_short_period"),
        ],
    );
    add(
        &[
            ("plan", "all-at-once"),
            ("fault", "crash"),
            ("run_lasts", "12"),
            ("store", "80"),
        ],
        &[("recovery_chosen", "back_double_store")],
    );
    add(
        &[
            ("plan", "all-at-once"),
            ("fault", "crash"),
            ("run_lasts", "120"),
            ("switch_works", "90"),
        ],
        &[("by_hand_chosen", "switch_by_hand"), ("harm_chosen", "switch_harm")],
    );
    add(
        &[
            ("plan", "by-the-clock"),
            ("against", "by-reads"),
            ("shows_after", "20"),
            ("run_lasts", "72"),
        ],
        &[("harm_chosen", "slow_harm_clock"), ("harm_other", "slow_harm_reads")],
    );
    for (bake, key) in [("0.5", "bake_half"), ("1.5", "bake_more"), ("2", "bake_two")] {
        let run = run(&[("plan", "by-the-clock"), ("bake", bake), ("run_lasts", "36")]);
        renamed(&mut out, &run, &[("harm_chosen", key)]);
    }
    for (plan, spikes, restarts) in [
        (1.0, "restless_short", "restarts_short"),
        (2.0, "restless_clock", "restarts_clock"),
        (3.0, "restless_reads", "restarts_reads"),
    ] {
        for (key, knob, of) in [
            (spikes, ("spikes", "3"), "with spikes of errors"),
            (restarts, ("breaks", "2"), "with restarts"),
        ] {
            let label = format!("Good changes that the plan {} stops, of {DAYS} days {of}", name(plan));
            out.push(Fact::new(key, &label, stopped_days(plan, knob), "", 0));
        }
    }
    out
}

/// Good changes that a plan of the lab stops, one on each day of a kind.
fn stopped_days(plan: f64, kind: (&str, &str)) -> f64 {
    let knobs = [("fault", "none"), kind, ("run_lasts", "18")];
    let values = read_knobs(&RolloutLab, knobs).expect("the facts' knobs are the lab's");
    let system = system(plan, &values);
    let stopped = (1..=DAYS).filter(|seed| {
        let run = SystemRun::new(&system, policy(plan, &values), *seed).finish();
        run.outcome().stopped.is_some()
    });
    stopped.count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_agree_with_the_formula_for_good_changes_that_a_spike_stops() {
        let runs = with_spikes(hours(12), hours(13), AtAlarm::Stop, RUNS);
        let stopped = runs.iter().filter(|done| done.is_none()).count() as f64;
        let share = 100.0 * stopped / RUNS as f64;
        // Two standard deviations of a share of about 63 % in a thousand runs are 3 points.
        let formula = stopped_by_spikes(hours(12));
        assert!((share - formula).abs() < 3.5, "{share} and {formula}");
    }
}
