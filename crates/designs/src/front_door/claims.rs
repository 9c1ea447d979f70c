//! Claims about this design: what limits it, what its owner expects, and when the other choice is better.
//!
//! A claim is judged by runs like those that judge the answer, fewer of them. The rules are in [`judge::claim`].

use super::DESIGN;
use super::operate::{Answer, FAST, SLOW};
use super::policy::Weights;
use super::rules::{AllAlike, ByWeight, WithoutFailing};
use super::system::{Fault, System, Totals};
use super::trial::{by_weight, pooled};
use crate::lab::turned;
use judge::Percent;
use judge::claim::{self, Miss, Preference, Width};
use sim::{Time, secs};

/// What can limit the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Requests that the servers can work on at once.
    Slots,
    /// Over how long a time replies are counted.
    Window,
    /// How often weights are asked for.
    Refresh,
    /// How long the balancer waits for a server.
    TimeOut,
}

/// An objective with the interval in which you expect it: from low to high at most a factor of two, or ten points for a share
/// of users served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// Share of the users who fail in the 55 s in which one server comes to fail fast.
    FailingFast(Percent, Percent),
    /// Share of the users who fail in the 55 s in which one server falls silent.
    FailingSilent(Percent, Percent),
    /// Users' p99 with eight servers that are twice as slow.
    SlowP99(Time, Time),
    /// Share of the users who are served while half of the servers fail.
    HalfServed(Percent, Percent),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Servers that fail every request, of 20.
    FailingServers,
    /// Load: requests as a share of what all servers can finish, in percent.
    LoadPercent,
}

/// The reasons behind an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The limit that would help most if it were changed by a tenth.
    pub binding: Limit,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the other choice becomes the better one.
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for a claim: fewer than for the answer itself, as each part of a claim needs several.
pub(super) const CLAIM_RUNS: u64 = 2;

fn run(system: System, (from, to): (u64, u64), answer: fn() -> Answer) -> Totals {
    let system = System { judged: (secs(from), secs(to)), end: secs(to), ..system };
    pooled(&system, CLAIM_RUNS, &mut by_weight(answer))
}

fn with(fault: Fault) -> System {
    System { faults: vec![fault], ..System::default() }
}

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, answer: fn() -> Answer) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect in another situation?")?;
    let failing = |fault: Fault| 100.0 * run(with(fault), (5, 60), answer).failed();
    let seen = |knobs: &'static str| move |miss: Miss| miss.seen_with(knobs);
    for expect in claim.expects {
        match expect {
            Expect::FailingFast(low, high) => {
                let what = "users failing with one that fails fast";
                claim::expectation(what, low.0, high.0, Width::Factor, failing(FAST)).map_err(seen("run_lasts=60"))?;
            }
            Expect::FailingSilent(low, high) => {
                let silent = failing(Fault { silent: true, ..FAST });
                let what = "users failing with one that is silent";
                claim::expectation(what, low.0, high.0, Width::Factor, silent)
                    .map_err(seen("fault=silent run_lasts=60"))?;
            }
            Expect::SlowP99(low, high) => {
                let p99 = run(with(SLOW), (10, 40), answer).users.quantile(0.99);
                claim::expectation(
                    "users' p99 with slow servers",
                    low.as_ms(),
                    high.as_ms(),
                    Width::Factor,
                    p99.as_ms(),
                )
                .map_err(seen("fault=slow broken=8 times_slower=2 run_lasts=40"))?;
            }
            Expect::HalfServed(low, high) => {
                let system = System { check_sees: true, ..with(Fault { servers: 10, ..FAST }) };
                let served = 100.0 * run(system, (10, 40), answer).served();
                let what = "users served with half of the servers failing";
                claim::expectation(what, low.0, high.0, Width::Points, served)
                    .map_err(seen("broken=10 run_lasts=40"))?;
            }
        }
    }
    Ok(())
}

/// Judges which limit binds: users' p99 with eight slow servers.
pub(super) fn binding(claim: &Claim, answer: fn() -> Answer) -> Result<(), Miss> {
    let measure = |system: System| run(system, (10, 40), answer).users.quantile(0.99).as_ms();
    let system = with(SLOW);
    let base = measure(system.clone()).max(f64::MIN_POSITIVE);
    let mut relief = Vec::new();
    let mut own = base;
    for limit in [Limit::Slots, Limit::Window, Limit::Refresh, Limit::TimeOut] {
        let least = relieve(&system, limit).into_iter().map(measure).fold(base, f64::min);
        relief.push((limit, (base - least) / base));
        if limit == claim.binding {
            own = least;
        }
    }
    claim::binding(claim.binding, &relief).map_err(|miss| {
        // The learner cannot turn a limit; so the verdict says what the one that they named does. The best one stays unnamed.
        let how = format!("{} (users' p99 {base:.0} ms before and {own:.0} ms after)", miss.how);
        Miss { how, ..miss }.seen_with("fault=slow broken=8 times_slower=2 run_lasts=40")
    })
}

/// The system with a limit changed by about a tenth to where it may help. A window or a time-out can be too long as well as too
/// short, so both are tried. Requests stay as they are.
fn relieve(system: &System, limit: Limit) -> Vec<System> {
    let same = || system.clone();
    match limit {
        Limit::Slots => {
            let slots = system.slots + 1;
            let load = system.load * system.slots as f64 / slots as f64;
            vec![System { slots, load, ..same() }]
        }
        Limit::Window => [9, 11]
            .map(|n| System { window: system.window * n / 10, ..same() })
            .into(),
        Limit::Refresh => vec![System { refresh: system.refresh * 9 / 10, ..same() }],
        Limit::TimeOut => [9, 11]
            .map(|n| System { time_out: system.time_out * n / 10, ..same() })
            .into(),
    }
}

/// Judges where the better of two rules changes: nothing for every server that fails half of its requests, or the same for all.
pub(super) fn reversal(claim: &Claim) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| prefer(quantity, v)).map_err(|miss| {
        let knobs = match quantity {
            Quantity::FailingServers => format!("{} run_lasts=30", turned(DESIGN.lab, "broken", value)),
            Quantity::LoadPercent => format!("broken=6 {} run_lasts=30", turned(DESIGN.lab, "load", value)),
        };
        miss.seen_with(knobs)
    })
}

fn prefer(quantity: Quantity, value: f64) -> Preference {
    let (mut load, mut servers) = (System::default().load, 6);
    match quantity {
        Quantity::FailingServers => servers = value.clamp(0.0, 20.0).round() as u32,
        Quantity::LoadPercent => load = value.clamp(1.0, 100.0) / 100.0,
    }
    let judged = (secs(10), secs(30));
    let faults = vec![Fault { servers, ..FAST }];
    let system = System { load, faults, judged, end: judged.1, ..System::default() };
    fn served(system: &System, weights: impl Weights + Copy + 'static) -> f64 {
        pooled(system, CLAIM_RUNS, &mut || Box::new(ByWeight::new(weights))).served()
    }
    let (without, alike) = (served(&system, WithoutFailing), served(&system, AllAlike));
    if without > alike {
        Preference::new("nothing for the failing ones", "the others bear the load")
    } else {
        Preference::new("the same for all", "it serves as many or more, and is simpler")
    }
}
