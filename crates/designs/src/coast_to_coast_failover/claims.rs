//! Claims about this design: what limits it, what its owner expects, and when waiting for a person is better.
//!
//! A claim is judged by runs like those that judge the answer. The rules are in [`judge::claim`].

use super::DESIGN;
use super::policy::Policy;
use super::rules::NeverPromote;
use super::system::{BEGIN, FailoverRun, Outcome, Setup, Trouble, Way};
use super::words::writes;
use crate::lab::turned;
use judge::claim::{self, Miss, Width};
use judge::pool;
use sim::{Time, secs};
use std::fmt;

/// What can limit the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Your wait before a promotion.
    PromoteWait,
    /// Your wait before a freeze.
    FreezeWait,
    /// The time from a write at the primary to its arrival at the replica.
    ReplicationLag,
    /// The delay between the coasts.
    NetworkDelay,
    /// The speed at which a copy is restored.
    RestoreSpeed,
}

/// An objective with the interval in which you expect it: at most a factor of two from low to high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// Seconds without writes, weighted, in a cut of 43 s.
    DownInCut(Time, Time),
    /// Stranded writes in a cut of 43 s.
    StrandedInCut(u32, u32),
    /// Seconds without writes when the East's databases are lost for good.
    DownInLoss(Time, Time),
    /// Hours of repair when the East's databases are lost for good.
    RepairInLoss(f64, f64),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Seconds for which the East is cut off.
    CutLength,
    /// Seconds for which the East's databases are away, after which they are back with everything that they had.
    OutageLength,
    /// Share of the writes, in percent, that comes from the East, in a cut of 90 s.
    EastShare,
}

/// The reasons behind an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The limit whose relief by a tenth would help most.
    pub binding: Limit,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the better one changes between your answer and waiting.
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for each part of a claim.
pub(super) const CLAIM_RUNS: u64 = 6;

/// Refused writes that one stranded write counts for.
pub const STRANDED_PRICE: f64 = 5.0;

/// The East cut off for so long.
pub(super) fn cut(lasting: Time) -> Setup {
    Setup::with(Trouble::Cut { way: Way::Both, from: BEGIN, lasting })
}

/// The East's databases away for so long.
pub(super) fn away(lasting: Time) -> Setup {
    Setup::with(Trouble::Away { from: BEGIN, lasting })
}

/// Pools a few runs.
pub(super) fn run(setup: &Setup, policy: &dyn Fn() -> Box<dyn Policy>) -> Outcome {
    let mut pooled = Outcome::default();
    for seed in pool::seeds(CLAIM_RUNS) {
        pooled.merge(&FailoverRun::new(setup, policy, seed).finish().outcome());
    }
    pooled
}

/// The cut of the brief, as knobs of the lab.
const CUT: &str = "cut=43";
/// The loss of the East's databases, as knobs of the lab.
const LOSS: &str = "cut=0 away=600";

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, policy: &dyn Fn() -> Box<dyn Policy>) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect of another one?")?;
    for expect in claim.expects {
        let in_cut = || run(&cut(secs(43)), policy);
        let in_loss = || run(&away(Time::MAX), policy);
        let (what, low, high, measured, knobs) = match expect {
            Expect::DownInCut(low, high) => (
                "seconds without writes in a cut",
                low.as_secs(),
                high.as_secs(),
                in_cut().down().as_secs(),
                CUT,
            ),
            Expect::StrandedInCut(low, high) => (
                "stranded writes in a cut",
                f64::from(low),
                f64::from(high),
                in_cut().stranded_each(),
                CUT,
            ),
            Expect::DownInLoss(low, high) => (
                "seconds without writes after a loss",
                low.as_secs(),
                high.as_secs(),
                in_loss().down().as_secs(),
                LOSS,
            ),
            Expect::RepairInLoss(low, high) => ("hours of repair after a loss", low, high, in_loss().repair(), LOSS),
        };
        claim::expectation(what, low, high, Width::Factor, measured).map_err(|miss| miss.seen_with(knobs))?;
    }
    Ok(())
}

/// Judges which limit binds: `measure` is what relief should make smaller.
pub(super) fn binding(
    claim: &Claim,
    policy: &dyn Fn() -> Box<dyn Policy>,
    setup: &Setup,
    measure: fn(&Outcome) -> f64,
) -> Result<(), Miss> {
    let base = measure(&run(setup, policy));
    let limits = [
        Limit::PromoteWait,
        Limit::FreezeWait,
        Limit::ReplicationLag,
        Limit::NetworkDelay,
        Limit::RestoreSpeed,
    ];
    let relief = limits.map(|limit| {
        let relieved = measure(&run(&relieve(setup.clone(), limit), policy));
        (limit, if base > 0.0 { (base - relieved) / base } else { 0.0 })
    });
    let knobs = match setup.troubles.first() {
        Some(Trouble::Cut { lasting, .. }) => turned(DESIGN.lab, "cut", lasting.as_secs()),
        _ => LOSS.into(),
    };
    claim::binding(claim.binding, &relief).map_err(|miss| miss.seen_with(knobs))
}

/// The set-up with a tenth less of one limit. Arrivals and luck stay the same, so that only the limit's effect shows.
pub fn relieve(mut setup: Setup, limit: Limit) -> Setup {
    // A policy that sees its waits a tenth nearer their end ends them a tenth sooner.
    const SOONER: f64 = 1.0 / 0.9;
    match limit {
        Limit::PromoteWait => setup.hurry.promote = SOONER,
        Limit::FreezeWait => setup.hurry.freeze = SOONER,
        Limit::ReplicationLag => setup.lag = setup.lag * 9 / 10,
        Limit::NetworkDelay => setup.across = setup.across * 9 / 10,
        Limit::RestoreSpeed => setup.repair.restore_mb_per_s /= 0.9,
    }
    setup
}

/// Judges where waiting becomes better, or worse: by the writes that are hurt. Where the two hurt as many, waiting is better.
pub(super) fn reversal(claim: &Claim, policy: &dyn Fn() -> Box<dyn Policy>) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| {
        let setup = with(quantity, v);
        Better { yours: hurt(&run(&setup, policy)), waiting: hurt(&run(&setup, &|| Box::new(NeverPromote))) }
    })
    .map_err(|miss| {
        miss.seen_with(match quantity {
            Quantity::CutLength => turned(DESIGN.lab, "cut", value),
            Quantity::OutageLength => format!("cut=0 {}", turned(DESIGN.lab, "away", value)),
            Quantity::EastShare => format!("cut=90 {}", turned(DESIGN.lab, "east_share", value)),
        })
    })
}

/// Writes that are hurt, a run, by an answer and by waiting. Two of these are equal when the better choice is the same.
struct Better {
    yours: f64,
    waiting: f64,
}

impl PartialEq for Better {
    fn eq(&self, other: &Better) -> bool {
        (self.yours < self.waiting) == (other.yours < other.waiting)
    }
}

impl fmt::Display for Better {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (yours, waiting) = (writes(self.yours), writes(self.waiting));
        if self.yours < self.waiting {
            write!(f, "your answer (it hurts {yours}, waiting {waiting})")
        } else if self.yours > self.waiting {
            write!(f, "to wait (that hurts {waiting}, your answer {yours})")
        } else {
            write!(f, "to wait (your answer does the same there: both hurt {waiting})")
        }
    }
}

/// Writes that are hurt, a run: a refused one counts once, a stranded one several times.
pub(super) fn hurt(o: &Outcome) -> f64 {
    ((o.offered - o.taken) as f64 + STRANDED_PRICE * o.stranded as f64) / o.runs.max(1) as f64
}

/// A set-up in which one quantity has a value.
fn with(quantity: Quantity, value: f64) -> Setup {
    let time = |most: f64| Time::from_ms_f64(value.clamp(0.0, most) * 1_000.0);
    match quantity {
        Quantity::CutLength => cut(time(600.0)),
        Quantity::OutageLength => away(time(600.0)),
        Quantity::EastShare => Setup { east_share: (value / 100.0).clamp(0.0, 1.0), ..cut(secs(90)) },
    }
}
