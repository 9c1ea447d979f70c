//! Claims about this design: what limits it, what its owner expects, and when the other choice is better.
//!
//! A claim is judged by runs like those that judge the answer, fewer of them. The rules are in [`judge::claim`].

use super::DESIGN;
use super::operate::{Answer, CRASH, LEAK, with};
use super::rules::AlwaysOn;
use super::system::{Fault, System, hours};
use super::trial::pooled;
use crate::lab::turned;
use judge::claim::{self, Miss, Preference, Width};
use sim::Time;

/// What can limit the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// How often the policy is asked: every 5 minutes.
    Look,
    /// Time until a rollback has reached every running machine: 30 minutes.
    Rollback,
    /// Time from one start of a machine without data to the next: 4 minutes.
    Restart,
    /// Loads that the store works on at once: 40.
    Store,
}

/// An objective with the interval in which you expect it: from low to high at most a factor of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// Harm of rows that crash each machine at once, in fleet-minutes.
    CrashHarm(f64, f64),
    /// Harm of rows that wear machines out, in fleet-minutes.
    LeakHarm(f64, f64),
    /// Time until a good change is everywhere.
    Everywhere(Time, Time),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Hours within which the change must be everywhere.
    DeadlineHours,
    /// Hours for which a machine works with the rows before they begin to wear it out.
    LeakHours,
}

/// The reasons behind an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The limit whose change by a tenth would lower the harm of rows that wear machines out most.
    pub binding: Limit,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the other choice becomes the better one.
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for a claim: fewer than for the answer itself, as each part of a claim needs several.
pub(super) const CLAIM_RUNS: u64 = 3;

type Make<'a> = &'a mut dyn FnMut() -> Answer;

/// The leak's situation as knobs of the lab.
const SEEN_LEAK: &str = "fault=leak run_lasts=24";

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, policy: Make) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect on another axis?")?;
    for expect in claim.expects {
        let (what, low, high, knobs, measured) = match expect {
            Expect::CrashHarm(low, high) => {
                let harm = pooled(&with(CRASH, hours(24)), CLAIM_RUNS, policy).harm();
                (
                    "the harm of rows that crash machines",
                    low,
                    high,
                    "fault=crash run_lasts=24",
                    harm,
                )
            }
            Expect::LeakHarm(low, high) => {
                let harm = pooled(&with(LEAK, hours(24)), CLAIM_RUNS, policy).harm();
                ("the harm of rows that wear machines out", low, high, SEEN_LEAK, harm)
            }
            Expect::Everywhere(low, high) => {
                let system = System::default();
                let done = pooled(&system, CLAIM_RUNS, policy).done(system.end);
                let what = "the time until a good change is everywhere";
                (what, low.as_secs(), high.as_secs(), "fault=none", done.as_secs())
            }
        };
        claim::expectation(what, low, high, Width::Factor, measured).map_err(|miss| miss.seen_with(knobs))?;
    }
    Ok(())
}

/// Judges which limit binds the harm of rows that wear machines out.
pub(super) fn binding(claim: &Claim, policy: Make) -> Result<(), Miss> {
    let system = with(LEAK, hours(24));
    let base = pooled(&system, CLAIM_RUNS, policy).harm().max(f64::MIN_POSITIVE);
    let mut relief = Vec::new();
    for limit in [Limit::Look, Limit::Rollback, Limit::Restart, Limit::Store] {
        let harm = pooled(&relieve(&system, limit), CLAIM_RUNS, policy).harm();
        relief.push((limit, (base - harm) / base));
    }
    claim::binding(claim.binding, &relief).map_err(|miss| miss.seen_with(SEEN_LEAK))
}

/// The system with a limit changed by a tenth to where it may help.
fn relieve(system: &System, limit: Limit) -> System {
    let same = system.clone();
    match limit {
        Limit::Look => System { look: system.look * 9 / 10, ..same },
        Limit::Rollback => System { rollback: system.rollback * 9 / 10, ..same },
        Limit::Restart => System { period: system.period * 9 / 10, ..same },
        Limit::Store => System { slots: system.slots * 11 / 10, ..same },
    }
}

/// The learner's policy is worth its delay if it does at most this share of the harm.
const WORTH: f64 = 0.2;

/// Judges where going on at once becomes the better choice.
pub(super) fn reversal(claim: &Claim, policy: Make) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    let good = System::default();
    let done = pooled(&good, CLAIM_RUNS, policy).done(good.end);
    let mut prefer = |value: f64| match quantity {
        Quantity::DeadlineHours => {
            let deadline = Time::from_ms_f64(3_600_000.0 * value.clamp(0.01, 1_000.0));
            if done <= deadline {
                Preference::new("your policy", "it meets the deadline, and looks at the change")
            } else {
                Preference::new("going on at once", "your policy does not meet the deadline")
            }
        }
        Quantity::LeakHours => {
            let after = Time::from_ms_f64(3_600_000.0 * value.clamp(0.01, 48.0));
            let system = with(Fault { after, ..LEAK }, after + hours(24));
            let yours = pooled(&system, CLAIM_RUNS, policy).harm();
            let at_once = pooled(&system, CLAIM_RUNS, &mut || Box::new(AlwaysOn)).harm();
            if yours <= WORTH * at_once {
                Preference::new("your policy", "it does at most a fifth of the harm")
            } else {
                Preference::new("going on at once", "your policy does more than a fifth of its harm")
            }
        }
    };
    claim::reversal(&format!("{quantity:?}"), value, &mut prefer).map_err(|miss| {
        let knobs = match quantity {
            Quantity::DeadlineHours => "fault=none".into(),
            Quantity::LeakHours => format!("{SEEN_LEAK} {}", turned(DESIGN.lab, "shows_after", value)),
        };
        miss.seen_with(knobs)
    })
}
