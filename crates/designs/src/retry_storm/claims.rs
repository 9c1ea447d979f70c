//! Claims about this design: what limits it, what its owner expects, and when the other choice is better.
//!
//! A claim is judged by runs like those that judge the answer, fewer of them. The rules are in [`judge::claim`].

use super::DESIGN;
use super::operate::STALL;
use super::policy::Policy;
use super::system::{System, SystemRun, Totals};
use crate::lab::turned;
use judge::claim::{self, Miss, Preference, Width};
use judge::{Percent, pool};
use sim::{Time, secs};

/// What can limit the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Tries that the dependency can finish in a second.
    Capacity,
    /// How long a process waits for a try.
    TimeOut,
    /// How many tries may wait.
    Queue,
    /// The network's delay.
    Network,
}

/// An objective with the interval in which you expect it: from low to high at most a factor of two, or ten points for a share
/// of users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// Users' p99 while 2 % of the tries are lost.
    UsersP99(Time, Time),
    /// Retries as a share of requests while 2 % of the tries are lost.
    ExtraTries(Percent, Percent),
    /// Share of the users served while 20 % of the tries fail at once.
    ServedWithErrors(Percent, Percent),
    /// Tries a request in the worst five seconds of the stall of 10 s.
    PeakTries(f64, f64),
    /// Time from the end of the stall of 10 s until users are well again.
    WellAgain(Time, Time),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// How long the stall lasts, in seconds.
    StallSeconds,
    /// Requests a second that users make.
    RequestsPerSecond,
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
/// After the stall a claim's run goes on for this long.
const AFTER: Time = secs(160);

type Make<'a> = &'a mut dyn FnMut() -> Box<dyn Policy>;

/// Pools a few runs.
pub(super) fn run(system: &System, policy: Make) -> Totals {
    let mut pooled = Totals::default();
    for seed in pool::seeds(CLAIM_RUNS) {
        pooled.merge(&SystemRun::new(system, policy, seed).finish().totals());
    }
    pooled
}

/// Lost tries and no trouble, as knobs of the lab.
const LOST: &str = "stall_lasts=0 lost=2 run_lasts=30";

/// A claim's situation, as knobs of the lab: these, and how long the users of this system wait.
fn seen_with(system: &System, knobs: &str) -> impl FnOnce(Miss) -> Miss {
    let usual = system.patience == System::default().patience;
    let patience = if usual {
        String::new()
    } else {
        turned(DESIGN.lab, "patience", system.patience.as_secs())
    };
    let all = format!("{knobs} {patience}").trim().to_owned();
    move |miss| miss.seen_with(all)
}

/// Judges what is expected of two objectives, of a policy in this system.
pub(super) fn expectations(claim: &Claim, base: &System, policy: Make) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect on another axis?")?;
    let judged = (secs(5), secs(30));
    let calm = System { judged, end: judged.1, trouble: None, ..base.clone() };
    let lost = System { lost: 0.02, ..calm.clone() };
    let errors = System { failing: 0.2, ..calm };
    let end = STALL.end() + AFTER;
    let stall = System { trouble: Some(STALL), end, ..base.clone() };
    for expect in claim.expects {
        match expect {
            Expect::UsersP99(low, high) => {
                let p99 = run(&lost, policy).users.quantile(0.99);
                claim::expectation("users' p99", low.as_ms(), high.as_ms(), Width::Factor, p99.as_ms())
                    .map_err(seen_with(base, LOST))?;
            }
            Expect::ExtraTries(low, high) => {
                let t = run(&lost, policy);
                let extra = 100.0 * (t.tries_per_request(judged.0, judged.1) - 1.0);
                claim::expectation("extra tries", low.0, high.0, Width::Factor, extra)
                    .map_err(seen_with(base, LOST))?;
            }
            Expect::ServedWithErrors(low, high) => {
                let served = 100.0 * run(&errors, policy).success(judged.0, judged.1);
                claim::expectation("users served with errors", low.0, high.0, Width::Points, served)
                    .map_err(seen_with(base, "stall_lasts=0 failing=20 run_lasts=30"))?;
            }
            Expect::PeakTries(low, high) => {
                let peak = run(&stall, policy).peak_tries(STALL.from, end);
                claim::expectation("tries at the peak", low, high, Width::Factor, peak)
                    .map_err(seen_with(base, "run_lasts=180"))?;
            }
            Expect::WellAgain(low, high) => {
                let well = run(&stall, policy).well_after(STALL.end(), end).unwrap_or(Time::MAX);
                let (low, high) = (low.as_secs(), high.as_secs());
                claim::expectation("time until well again", low, high, Width::Factor, well.as_secs())
                    .map_err(seen_with(base, "run_lasts=180"))?;
            }
        }
    }
    Ok(())
}

/// Judges which limit binds: `measure` is the number that relief should lower.
pub(super) fn binding(claim: &Claim, system: System, policy: Make, measure: fn(&Totals) -> f64) -> Result<(), Miss> {
    let base = measure(&run(&system, policy)).max(f64::MIN_POSITIVE);
    let mut relief = Vec::new();
    for limit in [Limit::Capacity, Limit::TimeOut, Limit::Queue, Limit::Network] {
        let mut least = base;
        for system in relieve(&system, limit) {
            least = least.min(measure(&run(&system, policy)));
        }
        relief.push((limit, (base - least) / base));
    }
    let knobs = if system.trouble.is_some() { "" } else { LOST };
    claim::binding(claim.binding, &relief).map_err(seen_with(&system, knobs))
}

/// The system with a limit changed by a tenth to where it may help. A time-out or a queue can be too long as well as too short,
/// so both are tried. Requests and luck stay the same, so that only the limit's effect shows.
fn relieve(system: &System, limit: Limit) -> Vec<System> {
    let same = || system.clone();
    match limit {
        Limit::Capacity => vec![System { slots: system.slots + system.slots.div_ceil(10), ..same() }],
        Limit::TimeOut => [9, 11]
            .map(|n| System { time_out: system.time_out * n / 10, ..same() })
            .into(),
        // No bound stays no bound.
        Limit::Queue if system.queue == usize::MAX => Vec::new(),
        Limit::Queue => [9, 11]
            .map(|n| System { queue: system.queue * n / 10, ..same() })
            .into(),
        Limit::Network => vec![System { network: system.network * 9 / 10, ..same() }],
    }
}

/// Judges where the other choice becomes the better one in a system: `prefer` names the better of the two at a value of the quantity.
pub(super) fn reversal(
    claim: &Claim,
    base: &System,
    mut prefer: impl FnMut(Quantity, f64) -> Preference,
) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| prefer(quantity, v)).map_err(|miss| {
        let name = match quantity {
            Quantity::StallSeconds => "stall_lasts",
            Quantity::RequestsPerSecond => "requests_per_second",
        };
        seen_with(base, &turned(DESIGN.lab, name, value))(miss)
    })
}

/// The system with the stall of the brief, and one quantity changed.
pub(super) fn with(base: &System, quantity: Quantity, value: f64) -> System {
    let mut trouble = STALL;
    let mut rate = base.rate;
    match quantity {
        Quantity::StallSeconds => trouble.lasting = Time::from_ms_f64(1_000.0 * value.clamp(0.01, 60.0)),
        Quantity::RequestsPerSecond => rate = value.clamp(1.0, 1_000.0),
    }
    // Windows are whole seconds: what comes after is looked at from the first whole one on.
    System { rate, trouble: Some(trouble), end: whole(trouble.end()) + AFTER, ..base.clone() }
}

/// The first whole second at or after an instant.
pub(super) fn whole(at: Time) -> Time {
    secs(at.as_ns().div_ceil(secs(1).as_ns()))
}

/// How long after its trouble a system is well again; [`Time::MAX`] when it is not, up to the end of the run.
pub(super) fn well_again(system: &System, policy: Make) -> Time {
    let over = system.trouble.map_or(Time::ZERO, |t| whole(t.end()));
    run(system, policy).well_after(over, system.end).unwrap_or(Time::MAX)
}
