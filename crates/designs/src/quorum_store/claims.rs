//! Claims about the baskets: what limits their freshness, what their owner expects, and when fewer answers are enough.
//!
//! A claim is judged by runs like those that judge the answer. The rules are in [`judge::claim`].

use super::DESIGN;
use super::choose::{PAGE, basket_day};
use super::chosen::{knobs, pooled};
use super::system::{Delays, Paired, Pairs, Repair, Settings, Setup, When, Work};
use crate::lab::turned;
use judge::Percent;
use judge::claim::{self, Miss, Preference, Width};
use sim::{Dist, Time, ms};

/// What can limit the freshness of the baskets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The time of a write on its way to a copy, until it is stored.
    WriteDelay,
    /// The time of its acknowledgement on the way back.
    AckDelay,
    /// The time of a read on its way to a copy.
    ReadDelay,
    /// The time of a reply on the way back.
    ReplyDelay,
}

/// An objective with the interval in which you expect it: at most a factor of two from low to high, or ten points for a share of
/// reads that begin at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// Stale reads of the baskets, 10 ms after a change was answered.
    StaleAfter10Ms(Percent, Percent),
    /// Stale reads of the baskets, at once when a change was answered.
    StaleAtOnce(Percent, Percent),
    /// Time within which 999 of 1,000 changes of a basket are answered.
    WritesP999(Time, Time),
    /// Time within which 999 of 1,000 reads of a basket are answered.
    ReadsP999(Time, Time),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Milliseconds from the answer of a change to the read.
    ReadAfterMs,
    /// How long writes are on their way to a copy, in percent of today's time, read 10 ms after the answer.
    WriteDelayPercent,
}

/// The reasons behind an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The time whose shortening by a tenth leaves the fewest stale reads, 3 ms after the answer.
    pub binding: Limit,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the better one changes between R = 1 and R = 2 (3 copies, W = 1).
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for each part of a claim.
pub(super) const CLAIM_RUNS: u64 = 2;

/// Stale reads that the owner of the baskets puts up with.
pub const STALE_LIMIT: f64 = 0.015;

/// Reads begin so long after the answer where it is asked what limits their freshness: late enough that it is the tail that counts.
const SOON: Time = ms(3);

fn day(settings: Settings, delays: Delays, gap: Time) -> Paired {
    let work = Work::Pairs(Pairs { read: When::After(gap), ..basket_day() });
    pooled(&Setup { settings, delays, work, ..Setup::default() }, CLAIM_RUNS)
}

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, basket: Settings) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect of another quantity?")?;
    for expect in claim.expects {
        let measured = |gap| day(basket, Delays::disk(), gap);
        let (what, low, high, width, value, after) = match expect {
            Expect::StaleAfter10Ms(low, high) => {
                let value = 100.0 * measured(PAGE).stale();
                ("stale reads of a page", low.0, high.0, Width::Factor, value, 10)
            }
            Expect::StaleAtOnce(low, high) => {
                let value = 100.0 * measured(Time::ZERO).stale();
                ("stale reads at once", low.0, high.0, Width::Points, value, 0)
            }
            Expect::WritesP999(low, high) => {
                let value = measured(PAGE).write_time(0.999).as_ms();
                ("writes' p99.9", low.as_ms(), high.as_ms(), Width::Factor, value, 10)
            }
            Expect::ReadsP999(low, high) => {
                let value = measured(PAGE).read_time(0.999).as_ms();
                ("reads' p99.9", low.as_ms(), high.as_ms(), Width::Factor, value, 10)
            }
        };
        let shown = format!("{} read_after={after}", knobs(&basket));
        claim::expectation(what, low, high, width, value).map_err(|miss| miss.seen_with(shown))?;
    }
    Ok(())
}

/// Judges which limit binds: the stale reads, 3 ms after the answer.
pub(super) fn binding(claim: &Claim, basket: Settings) -> Result<(), Miss> {
    let stale = |delays| day(basket, delays, SOON).stale();
    let base = stale(Delays::disk());
    let limits = [Limit::WriteDelay, Limit::AckDelay, Limit::ReadDelay, Limit::ReplyDelay];
    let relief = limits.map(|limit| {
        let relieved = stale(relieve(Delays::disk(), limit));
        (limit, if base > 0.0 { (base - relieved) / base } else { 0.0 })
    });
    let shown = format!("{} read_after=3", knobs(&basket));
    claim::binding(claim.binding, &relief).map_err(|miss| miss.seen_with(shown))
}

/// The delays with a tenth less of one. Luck stays the same, so that only the limit's effect shows.
fn relieve(delays: Delays, limit: Limit) -> Delays {
    match limit {
        Limit::WriteDelay => Delays { write: scaled(&delays.write, 0.9), ..delays },
        Limit::AckDelay => Delays { ack: scaled(&delays.ack, 0.9), ..delays },
        Limit::ReadDelay => Delays { read: scaled(&delays.read, 0.9), ..delays },
        Limit::ReplyDelay => Delays { reply: scaled(&delays.reply, 0.9), ..delays },
    }
}

/// A fit with every span longer by a factor.
pub(super) fn scaled(dist: &Dist, factor: f64) -> Dist {
    match dist {
        Dist::Mixture { share, first, second } => Dist::Mixture {
            share: *share,
            first: Box::new(scaled(first, factor)),
            second: Box::new(scaled(second, factor)),
        },
        Dist::Pareto { least, alpha } => Dist::Pareto { least: least.scale(factor), alpha: *alpha },
        Dist::Exponential { mean } => Dist::Exponential { mean: mean.scale(factor) },
        other => other.clone(),
    }
}

/// Judges where a read of one answer becomes good enough, or is so no more.
pub(super) fn reversal(claim: &Claim) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| prefer(quantity, v)).map_err(|miss| {
        let knob = match quantity {
            Quantity::ReadAfterMs => turned(DESIGN.lab, "read_after", value),
            Quantity::WriteDelayPercent => format!("read_after=10 {}", turned(DESIGN.lab, "write_delay", value)),
        };
        miss.seen_with(format!("read=1 write=1 {knob}"))
    })
}

fn prefer(quantity: Quantity, value: f64) -> Preference {
    let (mut delays, mut gap) = (Delays::disk(), PAGE);
    match quantity {
        Quantity::ReadAfterMs => gap = Time::from_ms_f64(value.clamp(0.0, 2_000.0)),
        Quantity::WriteDelayPercent => delays.write = scaled(&delays.write, value.clamp(1.0, 1_000.0) / 100.0),
    }
    let one = Settings { copies: 3, read: 1, write: 1, repair: Repair::Never };
    if day(one, delays, gap).stale() <= STALE_LIMIT {
        Preference::new("R = 1", "it is fresh enough, and quicker")
    } else {
        Preference::new("R = 2", "with one answer too many reads are stale")
    }
}
