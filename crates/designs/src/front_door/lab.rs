//! The lab: two balancing policies on the same requests, with something wrong at some of the servers.

use super::pair::Pair;
use super::policy::Policy;
use super::rules::{AtRandom, FewestOfSome, FewestOpen, InTurn, Ties};
use super::system::{Fault, System, SystemRun};
use crate::lab::{Knob, KnobKind, Lab, MapOf, Run, knob, read_knobs, run_of, snapped};
use sim::{Time, ms, secs};

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const POLICY: usize = 0;
    pub(super) const LOAD: usize = 1;
    pub(super) const AGAINST: usize = 2;
    pub(super) const FAULT: usize = 3;
    pub(super) const RENEWED: usize = 4;
    pub(super) const BROKEN: usize = 5;
    pub(super) const TAKES: usize = 6;
    pub(super) const FAILS: usize = 7;
    pub(super) const SLOWER: usize = 8;
    pub(super) const DRAWN: usize = 9;
    pub(super) const SERVERS: usize = 10;
    pub(super) const SLOTS: usize = 11;
    pub(super) const BALANCERS: usize = 12;
    pub(super) const WORK: usize = 13;
    pub(super) const TIME_OUT: usize = 14;
    pub(super) const FAULT_LASTS: usize = 15;
    pub(super) const ERRORS: usize = 16;
    pub(super) const LASTS: usize = 17;
}

const POLICIES: &[(f64, &str)] = &[
    (0.0, "in-turn"),
    (1.0, "random"),
    (2.0, "fewest"),
    (3.0, "fewest-first"),
    (4.0, "two"),
    (5.0, "aware"),
];

const FAULTS: &[(f64, &str)] = &[(0.0, "none"), (1.0, "fast"), (2.0, "slow"), (3.0, "silent")];

/// Value of the knob that stands for a fault that never ends.
const NEVER: f64 = 120.0;

#[rustfmt::skip]
static KNOBS: [Knob; 18] = [
    knob!("policy", "Policy", "", 0.0..=5.0 by 1.0, 2.0, SETTING, POLICIES, "In turn; at random; fewest open requests, ties by lot; the same, but the first in the list wins ties; fewest open of some that are drawn; or fewest open with one more signal, which the results name.", "the policy is {}", &[]),
    knob!("load", "Load", "%", 5.0..=100.0 by 1.0, 60.0, SETTING, &[], "Requests, as a share of what all servers together can finish.", "the load is {}", &[]),
    knob!("against", "Compared with", "", 0.0..=5.0 by 1.0, 0.0, SETTING, POLICIES, "The second policy, on the same requests.", "it is compared with {}", &[]),
    knob!("fault", "What is wrong", "", 0.0..=3.0 by 1.0, 1.0, SETTING, FAULTS, "From second 5 on, a broken server fails requests quickly, works slowly but correctly, or gives no reply.", "the broken server is {}", &[(0.0, "nothing is wrong"), (1.0, "the broken server fails fast"), (2.0, "the broken server is slow"), (3.0, "the broken server is silent")]),
    knob!("renewed", "Counts are renewed every", "ms", 0.0..=2000.0 by 10.0, 0.0, SETTING, &[(0.0, "at once")], "How old the counts of open requests can be that a policy looks at.", "counts are renewed every {}", &[(0.0, "counts are renewed at once")]),
    knob!("broken", "Broken servers", "", 1.0..=20.0 by 1.0, 1.0, SETTING, &[], "How many, counted from server 1.", "{} servers are broken", &[(1.0, "one server is broken")]),
    knob!("takes", "A failed reply takes", "ms", 1.0..=900.0 by 1.0, 1.0, SETTING, &[], "For “fast”: time until a broken server answers with an error.", "a failed reply takes {}", &[]),
    knob!("fails", "Requests that it fails", "%", 0.0..=100.0 by 1.0, 100.0, SETTING, &[], "For “fast” and “silent”: share of its requests that a broken server fails; the others take the usual time.", "a broken server fails {} of its requests", &[(0.0, "a broken server fails no request")]),
    knob!("times_slower", "Times slower", "×", 1.0..=10.0 by 0.5, 4.0, SETTING, &[], "For “slow”: how many times as long as usual the work takes there.", "the broken server is {n} times slower", &[(1.0, "the broken server is not slower")]),
    knob!("drawn", "Servers drawn", "", 1.0..=10.0 by 1.0, 2.0, SETTING, &[], "For “two”: how many servers are drawn at random and compared.", "{} servers are drawn", &[(1.0, "one server is drawn")]),
    knob!("servers", "Servers", "", 20.0..=40.0 by 1.0, 20.0, ASSUMPTION, &[], "The load stays a share of what these can finish.", "there are {} servers", &[]),
    knob!("slots", "Requests at once", "", 1.0..=32.0 by 1.0, 8.0, ASSUMPTION, &[], "How many requests a server works on at once; more wait there.", "a server works on {} requests at once", &[(1.0, "a server works on one request at once")]),
    knob!("balancers", "Balancers", "", 1.0..=20.0 by 1.0, 1.0, ASSUMPTION, &[], "The same requests spread over this many; each counts only what it sent itself.", "there are {} balancers", &[(1.0, "there is one balancer")]),
    knob!("work", "Mean work of a request", "ms", 10.0..=300.0 by 10.0, 100.0, ASSUMPTION, &[], "Exponentially distributed.", "a request is {} of work", &[]),
    knob!("time_out", "Time-out", "ms", 200.0..=5000.0 by 100.0, 1000.0, ASSUMPTION, &[], "How long a balancer waits for a server; then the user gets an error.", "the time-out is {}", &[]),
    knob!("fault_lasts", "The fault ends after", "s", 1.0..=120.0 by 1.0, NEVER, ASSUMPTION, &[(NEVER, "never")], "Counted from second 5 on, when it begins.", "the fault ends after {}", &[(NEVER, "the fault never ends")]),
    knob!("errors", "Ordinary errors", "%", 0.0..=10.0 by 0.5, 0.0, ASSUMPTION, &[], "Requests that fail in 1 ms at whichever server they reach.", "{} of all requests fail anyway", &[(0.0, "no request fails by itself")]),
    knob!("run_lasts", "The run lasts", "s", 10.0..=120.0 by 5.0, 30.0, ASSUMPTION, &[], "Requests are counted from second 5 on. At a high load the p99 of a short run depends on its seed.", "the run lasts {}", &[]),
];

/// The system that knob values stand for.
fn system(value: &[f64]) -> System {
    let usual = Fault { servers: value[at::BROKEN] as u32, ..Fault::FAST };
    let fails = value[at::FAILS] / 100.0;
    let fault = match value[at::FAULT] as u32 {
        0 => None,
        1 => Some(Fault { fails, takes: Time::from_ms_f64(value[at::TAKES]), ..usual }),
        2 => Some(Fault { fails: 0.0, slower: value[at::SLOWER], ..usual }),
        _ => Some(Fault { fails, silent: true, ..usual }),
    };
    let lasting = if value[at::FAULT_LASTS] >= NEVER {
        Time::MAX
    } else {
        secs(value[at::FAULT_LASTS] as u64)
    };
    let end = secs(value[at::LASTS] as u64);
    System {
        servers: value[at::SERVERS] as u32,
        slots: value[at::SLOTS] as usize,
        work: Time::from_ms_f64(value[at::WORK]),
        load: value[at::LOAD] / 100.0,
        balancers: value[at::BALANCERS] as u32,
        renewed: Time::from_ms_f64(value[at::RENEWED]),
        time_out: ms(value[at::TIME_OUT] as u64),
        errors: value[at::ERRORS] / 100.0,
        faults: fault.map(|f| Fault { lasting, ..f }).into_iter().collect(),
        judged: (secs(5), end),
        end,
        ..System::default()
    }
}

/// The system of a lab run with these knobs, as typed.
///
/// # Panics
/// When the lab has no such knob.
pub(super) fn system_with(knobs: &[(&str, &str)]) -> System {
    system(&read_knobs(&DoorLab, knobs.iter().copied()).unwrap_or_else(|e| panic!("{e}")))
}

fn policy(which: f64, value: &[f64]) -> Box<dyn Policy> {
    match which as u32 {
        0 => Box::new(InTurn::default()),
        1 => Box::new(AtRandom),
        2 => Box::new(FewestOpen::new(Ties::Random)),
        3 => Box::new(FewestOpen::new(Ties::First)),
        4 => Box::new(FewestOfSome { drawn: value[at::DRAWN] as u32 }),
        _ => Box::new(FewestOpen { ties: Ties::Random, count_errors: true }),
    }
}

/// What the figures call a policy.
fn name(which: f64) -> &'static str {
    match which as u32 {
        0 => "in turn",
        1 => "at random",
        2 => "fewest open, ties by lot",
        3 => "fewest open, first in the list",
        4 => "fewest open of some drawn",
        _ => "errors count as open",
    }
}

/// The lab of design 03.
pub struct DoorLab;

impl Lab for DoorLab {
    fn title(&self) -> &'static str {
        "Who gets the next request?"
    }

    fn setup(&self) -> &'static str {
        "A balancer hands each request to one of twenty servers, each of which works on eight requests at once. From second 5 on something may be wrong at some of them. Two policies meet the same requests, and every request would take the same work under both."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "load", down: "renewed", result: "share_chosen" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let system = system(&value);
        let side = |which: f64| {
            (
                name(which),
                SystemRun::new(&system, &mut || policy(which, &value), seed),
            )
        };
        let sides = [side(value[at::POLICY]), side(value[at::AGAINST])];
        run_of(Pair::new(sides, &system), Pair::advance, Pair::share_done, Pair::view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&DoorLab, &[("run_lasts", "10")], 8_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&DoorLab, &[("run_lasts", "10")]);
    }

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("policy", at::POLICY),
            ("against", at::AGAINST),
            ("fault", at::FAULT),
            ("load", at::LOAD),
            ("renewed", at::RENEWED),
            ("broken", at::BROKEN),
            ("takes", at::TAKES),
            ("fails", at::FAILS),
            ("times_slower", at::SLOWER),
            ("drawn", at::DRAWN),
            ("servers", at::SERVERS),
            ("slots", at::SLOTS),
            ("balancers", at::BALANCERS),
            ("work", at::WORK),
            ("time_out", at::TIME_OUT),
            ("fault_lasts", at::FAULT_LASTS),
            ("errors", at::ERRORS),
            ("run_lasts", at::LASTS),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
        }
    }

    #[test]
    fn the_knobs_defaults_are_the_briefs_system_with_its_fault() {
        let value: Vec<f64> = KNOBS.iter().map(|k| k.default).collect();
        let brief = System { faults: vec![Fault::FAST], judged: (secs(5), secs(30)), ..System::default() };
        assert_eq!(system(&value), brief);
    }
}
