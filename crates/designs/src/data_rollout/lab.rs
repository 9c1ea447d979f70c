//! The lab: two plans for the same change on the same fleet.

use super::pair::Pair;
use super::policy::Policy;
use super::rules::{AlwaysOn, Staged};
use super::system::{Fault, System, SystemRun, hours};
use crate::lab::{Knob, KnobKind, Lab, MapOf, Run, knob, run_of, snapped};
use judge::percent;
use sim::{Time, secs};

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const PLAN: usize = 0;
    pub(super) const FAULT: usize = 1;
    pub(super) const AGAINST: usize = 2;
    pub(super) const BAKE: usize = 3;
    pub(super) const FIRST: usize = 4;
    pub(super) const SECOND: usize = 5;
    pub(super) const THIRD: usize = 6;
    pub(super) const AFTER: usize = 7;
    pub(super) const READ_FROM: usize = 8;
    pub(super) const FAILS: usize = 9;
    pub(super) const REGION: usize = 10;
    pub(super) const SPIKES: usize = 11;
    pub(super) const MARGIN: usize = 12;
    pub(super) const JITTER: usize = 13;
    pub(super) const PERIOD: usize = 14;
    pub(super) const PATIENCE: usize = 15;
    pub(super) const STORE: usize = 16;
    pub(super) const ROLLBACK: usize = 17;
    pub(super) const PERSON: usize = 18;
    pub(super) const NOTICES: usize = 19;
    pub(super) const SWITCH: usize = 20;
    pub(super) const HANDS: usize = 21;
    pub(super) const READS: usize = 22;
    pub(super) const BREAKS: usize = 23;
    pub(super) const LASTS: usize = 24;
}

const PLANS: &[(f64, &str)] = &[
    (0.0, "all-at-once"),
    (1.0, "short-canary"),
    (2.0, "by-the-clock"),
    (3.0, "by-reads"),
];

const FAULTS: &[(f64, &str)] = &[
    (0.0, "none"),
    (1.0, "crash"),
    (2.0, "leak"),
    (3.0, "region"),
    (4.0, "errors"),
];

#[rustfmt::skip]
static KNOBS: [Knob; 25] = [
    knob!("plan", "Plan", "", 0.0..=3.0 by 1.0, 1.0, SETTING, PLANS, "All machines at once; the first stage for ten minutes, then all; every stage for its time; or the same, with a closer look, and not before the changed rows have been read. All but the first compare the errors of changed and unchanged machines, and throw the switch when many of the changed ones are down.", "the plan is {}", &[]),
    knob!("fault", "The change", "", 0.0..=4.0 by 1.0, 2.0, SETTING, FAULTS, "Nothing is wrong with it; it crashes machines; it wears machines out, within half an hour; it fails one request in twenty in the smallest region; or it fails a share of the requests.", "the change brings {}", &[(0.0, "nothing is wrong with the change"), (1.0, "the change crashes machines"), (2.0, "the change wears machines out"), (3.0, "the change fails the smallest region"), (4.0, "the change fails requests")]),
    knob!("against", "Compared with", "", 0.0..=3.0 by 1.0, 2.0, SETTING, PLANS, "The second plan, with the same change on the same fleet.", "it is compared with {}", &[]),
    knob!("bake", "Each stage lasts", "h", 0.0..=24.0 by 0.25, 4.0, SETTING, &[], "For the last two plans.", "each stage lasts {}", &[(0.0, "no stage lasts")]),
    knob!("first", "First stage", "%", 0.1..=50.0 by 0.1, 1.0, SETTING, &[], "Share of the fleet that gets the change first.", "the first stage is {} of the fleet", &[]),
    knob!("second", "Second stage", "%", 0.1..=100.0 by 0.1, 10.0, SETTING, &[], "Share of the fleet in the second stage; at least that of the first.", "the second stage is {} of the fleet", &[]),
    knob!("third", "Third stage", "%", 1.0..=100.0 by 1.0, 50.0, SETTING, &[], "Share of the fleet in the third stage; everywhere comes after it.", "the third stage is {} of the fleet", &[]),
    knob!("shows_after", "Shows after", "h", 0.0..=48.0 by 0.5, 3.0, SETTING, &[], "How long a machine works with the rows before it fails. “Crash” and “region” show as soon as the rows are read.", "the fault shows after {}", &[(0.0, "the fault shows at once")]),
    knob!("read_from", "Rows are first read after", "h", 0.0..=96.0 by 1.0, 0.0, SETTING, &[(0.0, "at once")], "Counted from the begin of the first stage, for good rows and for bad ones. Rows that nobody reads do nothing.", "the rows are first read after {}", &[(0.0, "the rows are read at once")]),
    knob!("fails", "Requests that fail", "%", 0.0..=100.0 by 0.1, 100.0, SETTING, &[], "For “errors” and “leak”: share of a machine's requests that fail in the end.", "{} of the requests fail in the end", &[(0.0, "no request fails in the end")]),
    knob!("region", "Only in region", "", 0.0..=5.0 by 1.0, 0.0, SETTING, &[(0.0, "all")], "For “errors”: 1 is the largest region, two fifths of the fleet; 5 the smallest, a twentieth.", "only region {n} is hit", &[(0.0, "all regions are hit")]),
    knob!("spikes", "Errors spike everywhere, every", "h", 0.0..=24.0 by 0.5, 0.0, SETTING, &[(0.0, "never")], "On average; for ten minutes, 2 % more in every machine, change or not.", "errors spike everywhere every {}", &[(0.0, "errors never spike")]),
    knob!("margin", "Errors that stop a plan", "%", 0.5..=20.0 by 0.5, 3.0, SETTING, &[], "Above those of the machines without the change, as measured at one look.", "{} more errors stop a plan", &[]),
    knob!("jitter", "Random restarts", "%", 0.0..=100.0 by 5.0, 0.0, SETTING, &[(0.0, "none")], "How random the time from one start of a machine to the next is; at 100 % anything from none to twice as long.", "restarts are random by {}", &[(0.0, "restarts are not random")]),
    knob!("period", "From start to start", "s", 30.0..=1800.0 by 30.0, 240.0, ASSUMPTION, &[], "A machine that has no data within its time starts anew; this is the time from one start to the next.", "a machine starts anew every {}", &[]),
    knob!("patience", "A start waits for its data", "s", 5.0..=120.0 by 5.0, 20.0, ASSUMPTION, &[], "After that the machine gives up and will start anew. Its load is worked off all the same.", "a start waits {} for its data", &[]),
    knob!("store", "Loads at once", "", 1.0..=200.0 by 1.0, 40.0, ASSUMPTION, &[], "Loads that the store works on at the same time, 4 s each on average.", "the store works on {} loads at once", &[(1.0, "the store works on one load at once")]),
    knob!("rollback", "A rollback takes", "min", 1.0..=240.0 by 1.0, 30.0, ASSUMPTION, &[], "From the decision until every running machine has the old rows.", "a rollback takes {}", &[]),
    knob!("person", "A person takes", "min", 1.0..=240.0 by 1.0, 20.0, ASSUMPTION, &[], "From the call until the switch is thrown, unless no machine has the change any more.", "a person takes {}", &[]),
    knob!("notices", "A person is called at", "%", 0.1..=50.0 by 0.1, 2.0, ASSUMPTION, &[], "Share of the whole fleet's requests that fail because of the change.", "a person is called at {}", &[]),
    knob!("switch_works", "The switch works on", "%", 0.0..=100.0 by 1.0, 100.0, ASSUMPTION, &[], "Share of the machines on which the switch does what it should; the others wait for people.", "the switch works on {} of the machines", &[(0.0, "the switch works on no machine")]),
    knob!("hands", "Machines an hour by hand", "", 1.0..=1000.0 by 1.0, 12.0, ASSUMPTION, &[], "Machines that people bring back in an hour.", "people bring back {n} machines an hour", &[(1.0, "people bring back one machine an hour")]),
    knob!("reads", "Reads of a machine", "per h", 0.0..=50.0 by 0.01, 0.5, ASSUMPTION, &[], "How often a machine reads one of the changed rows, once they are read at all.", "a machine reads the rows {n} times an hour", &[(0.0, "no machine reads the rows")]),
    knob!("breaks", "A machine goes down by itself every", "h", 1.0..=720.0 by 1.0, 720.0, ASSUMPTION, &[], "On average, change or not; it is back after ten minutes.", "a machine goes down by itself every {}", &[]),
    knob!("run_lasts", "The run lasts", "h", 6.0..=120.0 by 6.0, 48.0, ASSUMPTION, &[], "Simulated time.", "the run lasts {}", &[]),
];

/// Hours, as a knob gives them.
fn hours_of(value: f64) -> Time {
    Time::from_ms_f64(value * 3_600_000.0)
}

/// Minutes, as a knob gives them.
fn minutes_of(value: f64) -> Time {
    Time::from_ms_f64(value * 60_000.0)
}

/// The change that knob values stand for.
fn fault(value: &[f64]) -> Option<Fault> {
    let base = Fault {
        after: Time::ZERO,
        ramp: Time::ZERO,
        fails: value[at::FAILS] / 100.0,
        crashes: false,
        region: None,
    };
    let after = hours_of(value[at::AFTER]);
    match value[at::FAULT] as u32 {
        0 => None,
        1 => Some(Fault { fails: 1.0, crashes: true, ..base }),
        2 => Some(Fault { after, ramp: minutes_of(30.0), ..base }),
        3 => Some(Fault { fails: 0.05, region: Some(4), ..base }),
        _ => Some(Fault { after, region: (value[at::REGION] as usize).checked_sub(1), ..base }),
    }
}

/// The system that knob values stand for, under a plan.
pub(super) fn system(plan: f64, value: &[f64]) -> System {
    let first = value[at::FIRST] / 100.0;
    let second = (value[at::SECOND] / 100.0).max(first);
    let third = (value[at::THIRD] / 100.0).max(second);
    System {
        stages: match plan as u32 {
            0 => Vec::new(),
            1 => vec![first],
            _ => vec![first, second, third],
        },
        fault: fault(value),
        read_from: hours_of(value[at::READ_FROM]),
        reads: value[at::READS],
        spikes: hours_of(value[at::SPIKES]),
        breaks: hours_of(value[at::BREAKS]),
        rollback: minutes_of(value[at::ROLLBACK]),
        hands: value[at::HANDS] as u32,
        notices: value[at::NOTICES] / 100.0,
        person: minutes_of(value[at::PERSON]),
        switch_works: value[at::SWITCH] / 100.0,
        period: secs(value[at::PERIOD] as u64),
        jitter: value[at::JITTER] / 100.0,
        patience: secs(value[at::PATIENCE] as u64),
        slots: value[at::STORE] as usize,
        end: hours(value[at::LASTS] as u64),
        ..System::default()
    }
}

/// The policy of a plan.
pub(super) fn policy(plan: f64, value: &[f64]) -> Box<dyn Policy> {
    let margin = percent(value[at::MARGIN]);
    let clock = Staged { bake: hours_of(value[at::BAKE]), margin, by_region: false, reads: 0 };
    match plan as u32 {
        0 => Box::new(AlwaysOn),
        1 => Box::new(Staged { bake: minutes_of(10.0), ..clock }),
        2 => Box::new(clock),
        _ => Box::new(Staged { by_region: true, reads: 20, ..clock }),
    }
}

/// What the figures call a plan.
pub(super) fn name(plan: f64) -> &'static str {
    match plan as u32 {
        0 => "all at once",
        1 => "short canary",
        2 => "by the clock",
        _ => "by reads",
    }
}

/// The lab of design 15.
pub struct RolloutLab;

impl Lab for RolloutLab {
    fn title(&self) -> &'static str {
        "One change, two plans"
    }

    fn setup(&self) -> &'static str {
        "A change of data goes to 2,000 machines in five regions. Two plans take the same change to the same fleet; each is asked every five minutes whether to go on, to hold or to stop. A person is called when enough of all requests fail."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "bake", down: "shows_after", result: "harm_other" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let side = |plan: f64| {
            let run = SystemRun::new(&system(plan, &value), policy(plan, &value), seed);
            (name(plan), run)
        };
        let sides = [side(value[at::PLAN]), side(value[at::AGAINST])];
        let pair = Pair::new(sides, &system(0.0, &value));
        run_of(pair, Pair::advance, Pair::share_done, Pair::view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&RolloutLab, &[("fault", "crash"), ("run_lasts", "12")], 500);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&RolloutLab, &[("run_lasts", "6")]);
    }

    #[test]
    fn the_knobs_defaults_are_the_briefs_system() {
        let value: Vec<f64> = KNOBS.iter().map(|k| k.default).collect();
        let brief = System { fault: Some(super::super::operate::LEAK), ..System::default() };
        assert_eq!(system(2.0, &value), brief);
    }

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("plan", at::PLAN),
            ("bake", at::BAKE),
            ("third", at::THIRD),
            ("fault", at::FAULT),
            ("region", at::REGION),
            ("jitter", at::JITTER),
            ("store", at::STORE),
            ("notices", at::NOTICES),
            ("hands", at::HANDS),
            ("breaks", at::BREAKS),
            ("run_lasts", at::LASTS),
        ];
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
        }
        for k in &KNOBS {
            assert!((k.snap(k.default) - k.default).abs() < 1e-9, "{}", k.name);
        }
    }
}
