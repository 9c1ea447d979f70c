//! Claims about a decision: what it costs, what binds, and when the other proposal is the better one.
//!
//! A claim is judged by runs like those that judge the choice. The rules are in [`judge::claim`]; a bill must be named more closely
//! than they ask, to a quarter up and down.

use super::choose;
use super::evidence::number;
use super::lab::ProposalsLab;
use super::sizing::{Choice, Proposal, World};
use super::system::{DURING, Fault, Scenario, Totals};
use super::trial::pooled;
use super::units::Dollars;
use crate::lab::Typed;
use judge::Percent;
use judge::claim::{self, Miss, Preference, Width};
use sim::Time;

/// An objective with the interval in which you expect it: at most a factor of two from low to high, ten points for a share; a bill
/// within a quarter of its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// The bill of a month.
    Bill(Dollars, Dollars),
    /// Reads' p99 in the busiest hour, with everything there.
    OrdinaryP99(Time, Time),
    /// Share of reads that are answered in the two minutes in which a region is away.
    ReadsWithoutARegion(Percent, Percent),
    /// Share of scans that are acknowledged in the same two minutes.
    ScansWithoutARegion(Percent, Percent),
}

/// The three currencies that the machines of the store or of the views are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// Operations a second.
    Operations,
    /// Bytes on disk.
    Bytes,
    /// Bits a second on the network.
    Bits,
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// What an hour costs in which no depot can scan, in dollars.
    HourWithoutScans,
    /// Hours a year in which a region is away.
    HoursAway,
    /// Reads a second in the busiest hour.
    Reads,
    /// Seconds within which a reader must see a scan.
    SeenWithin,
    /// Days of history that must be kept.
    HistoryDays,
}

/// The reasons behind a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The currency whose relief by a tenth would save most of the machines of the views.
    pub binding: Currency,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the other proposal becomes the better one.
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for a claim.
pub(super) const CLAIM_RUNS: u64 = 2;
/// What the lab shows of a claim's situation.
pub(super) const LAB_SHOWS: &str = "with your partitions and your caches for both proposals";
/// Widest interval for a bill, high ÷ low: a quarter up and down.
const BILL_FACTOR: f64 = 1.25 / 0.75;

/// A miss with the command that shows it in the lab: the learner's own choice, a fault, and a quantity that was changed. What the lab
/// cannot show is said.
fn seen(miss: Miss, choice: &Choice, fault: Fault, changed: Option<(&str, f64)>) -> Miss {
    let mut typed = Typed::of(&ProposalsLab).and("fault", f64::from(number(fault)));
    if fault != Fault::Nothing {
        typed = typed.and("seconds", 120.0);
    }
    typed = typed
        .and("partitions", f64::from(choice.partitions))
        .and("cache_copies", f64::from(choice.cache_copies));
    if let Some((name, value)) = changed {
        typed = typed.and(name, value);
    }
    let mut miss = miss.seen_with(typed.knobs);
    for sentence in typed.beyond {
        miss.how += ". ";
        miss.how += sentence.trim_end_matches('.');
    }
    miss
}

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect on another axis?")?;
    let world = World::default();
    for expect in claim.expects {
        match expect {
            Expect::Bill(low, high) => {
                if high.0 > low.0 * BILL_FACTOR * (1.0 + 1e-9) {
                    let miss = Miss {
                        part: "expects bill".into(),
                        how: "the interval is too wide to be wrong (a bill is named to a quarter up and down)".into(),
                        ask: "which two lines make most of it?".into(),
                        knobs: String::new(),
                        test: None,
                    };
                    return Err(seen(miss, choice, Fault::Nothing, None));
                }
                claim::expectation("bill", low.0, high.0, Width::Factor, world.month(choice).0)
                    .map_err(|miss| seen(miss, choice, Fault::Nothing, None))?;
            }
            Expect::OrdinaryP99(low, high) => {
                let measured = run(&world, choice, Fault::Nothing, 30).reads_within(0.99).as_ms();
                claim::expectation(
                    "reads' p99 in the busiest hour",
                    low.as_ms(),
                    high.as_ms(),
                    Width::Factor,
                    measured,
                )
                .map_err(|miss| seen(miss, choice, Fault::Nothing, None))?;
            }
            Expect::ReadsWithoutARegion(low, high) => {
                let measured = run(&world, choice, Fault::Region, 120).answered() * 100.0;
                claim::expectation("reads while a region is away", low.0, high.0, Width::Points, measured)
                    .map_err(|miss| seen(miss, choice, Fault::Region, None))?;
            }
            Expect::ScansWithoutARegion(low, high) => {
                let measured = run(&world, choice, Fault::Region, 120).acknowledged() * 100.0;
                claim::expectation("scans while a region is away", low.0, high.0, Width::Points, measured)
                    .map_err(|miss| seen(miss, choice, Fault::Region, None))?;
            }
        }
    }
    Ok(())
}

/// Judges which currency binds: relief should save machines.
pub(super) fn binding(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    let needs = World::default().currencies(choice);
    let most = needs.into_iter().fold(0.0, f64::max);
    let relief = [Currency::Operations, Currency::Bytes, Currency::Bits].map(|currency| {
        let mut relieved = needs;
        relieved[currency as usize] /= 1.1;
        let then = relieved.into_iter().fold(0.0, f64::max);
        (currency, (most - then) / most)
    });
    claim::binding(claim.binding, &relief).map_err(|miss| {
        let miss = Miss {
            how: format!(
                "a tenth less {} saves fewer machines than a tenth less of another currency",
                claim.binding.words()
            ),
            ask: "a tenth less of which would save the most machines of the store or the views?".into(),
            ..miss
        };
        seen(miss, choice, Fault::Nothing, None)
    })
}

impl Currency {
    fn words(self) -> &'static str {
        match self {
            Currency::Operations => "operations a second",
            Currency::Bytes => "bytes on disk",
            Currency::Bits => "bits a second",
        }
    }
}

impl Quantity {
    /// The values that are tried, in the quantity's unit: beyond them no such service is thinkable.
    fn tried(self) -> (f64, f64) {
        match self {
            Quantity::HourWithoutScans => (100.0, 100e6),
            Quantity::HoursAway => (0.01, 8_760.0),
            Quantity::Reads => (1_000.0, 10e6),
            Quantity::SeenWithin => (0.01, 86_400.0),
            Quantity::HistoryDays => (1.0, 3_650.0),
        }
    }

    /// A value with its unit.
    fn print(self, value: f64) -> String {
        let digits = match value {
            v if v.fract() == 0.0 || v >= 10.0 => 0,
            v if v >= 0.1 => 1,
            _ => 2,
        };
        let number = |unit| figures::number(value, digits, unit);
        match self {
            Quantity::HourWithoutScans => format!("{} dollars", number("")),
            Quantity::HoursAway => format!("{} a year", number("h")),
            Quantity::Reads => format!("{} a second", number("")),
            Quantity::SeenWithin => number("s"),
            Quantity::HistoryDays => number("days"),
        }
    }

    /// The knob of the lab that turns it; what decides and is not simulated has none.
    fn knob(self) -> Option<&'static str> {
        match self {
            Quantity::HourWithoutScans => Some("hour"),
            Quantity::HoursAway => Some("away"),
            Quantity::Reads => Some("reads"),
            Quantity::SeenWithin | Quantity::HistoryDays => None,
        }
    }
}

/// Judges where the other proposal becomes the better one: the one that costs less in a year, stopped depots included, of those that
/// readers see scans in soon enough.
pub(super) fn reversal(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    let (least, most) = quantity.tried();
    let name = format!("{quantity:?}");
    let usable = value.is_finite() && value > 0.0;
    if usable && (value < least || value > most) {
        let miss = Miss {
            part: "reverses_when".into(),
            how: format!(
                "{name} = {} is not tried: what is tried lies between {} and {}",
                quantity.print(value),
                quantity.print(least),
                quantity.print(most)
            ),
            ask: "at which value would you change your mind?".into(),
            knobs: String::new(),
            test: None,
        };
        return Err(seen(miss, choice, Fault::Nothing, None));
    }
    claim::reversal(&name, value, |v| prefer(&turn(quantity, v))).map_err(|mut miss| {
        if !usable {
            return seen(miss, choice, Fault::Nothing, None);
        }
        if let Some(values) = never(quantity) {
            miss.how += &format!(
                ". No {name} was found that reverses it: {values} values from {} to {} were tried",
                quantity.print(least),
                quantity.print(most)
            );
            miss.ask = "which quantity weighs on the one proposal, and not, or not as much, on the other?".into();
        }
        miss.how += ". The judge gave each proposal the partitions that suit it, the lab gives both yours";
        if quantity.knob().is_none() {
            miss.how += &format!("; it has no knob for {name}, and shows the brief's");
        }
        seen(miss, choice, Fault::Nothing, quantity.knob().map(|knob| (knob, value)))
    })
}

/// Values of a quantity that are tried for [`never`].
const SOUGHT: u32 = 7;

/// How many values of a quantity, from its least to its most by equal factors, were tried without finding one at which the other
/// proposal is the better one; nothing when one was found.
fn never(quantity: Quantity) -> Option<u32> {
    let (least, most) = quantity.tried();
    let at = |i: u32| least * libm::pow(most / least, f64::from(i) / f64::from(SOUGHT - 1));
    let world = World::default();
    let (usual, age) = (prefer(&world), age_in_b(&world));
    (0..SOUGHT)
        .all(|i| {
            let turned = turn(quantity, at(i));
            // Only the reads change what is simulated.
            let age = if quantity == Quantity::Reads {
                age_in_b(&turned)
            } else {
                age
            };
            better(&turned, age) == usual
        })
        .then_some(SOUGHT)
}

/// The brief's world with one quantity changed.
pub fn turn(quantity: Quantity, value: f64) -> World {
    let mut world = World::default();
    match quantity {
        Quantity::HourWithoutScans => world.hour = Dollars(value),
        Quantity::HoursAway => world.away = value,
        Quantity::Reads => world.reads = value.min(1e8),
        Quantity::SeenWithin => world.seen_within = Time::from_ms_f64(value * 1e3),
        Quantity::HistoryDays => world.days = value.min(1e6),
    }
    world
}

/// The better proposal of a world, each with the partitions that suit it and its answers cached twice.
pub fn prefer(world: &World) -> Preference {
    better(world, age_in_b(world))
}

/// Time within which readers of B see 99 of 100 scans.
fn age_in_b(world: &World) -> Time {
    run(world, &world.suited(Proposal::Regions), Fault::Nothing, 30)
        .ages
        .quantile(0.99)
}

/// The better proposal, when readers of B see scans so long after their receipt.
fn better(world: &World, age: Time) -> Preference {
    if age > world.seen_within {
        return Preference::new("A", "in B readers see scans too late");
    }
    let [zones, regions] = [Proposal::Zones, Proposal::Regions].map(|p| world.year(&world.suited(p)).0);
    if zones < regions {
        Preference::new("A", "a year of it costs less, stopped depots included")
    } else {
        Preference::new("B", "a year of it costs less, stopped depots included")
    }
}

/// Pools what was measured while a fault lasted.
fn run(world: &World, choice: &Choice, fault: Fault, seconds: u64) -> Totals {
    // As many reads for a partition as in the brief: it is as busy, and as quick to watch.
    let choice = Choice { partitions: choice.partitions.clamp(16, 100_000), ..*choice };
    let s = Scenario { choice, ..choose::scenario(*world, fault, seconds) };
    pooled(&s, CLAIM_RUNS).swap_remove(DURING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decision_flips_where_arithmetic_says() {
        let world = World::default();
        let [a, b] = [Proposal::Zones, Proposal::Regions].map(|p| world.month(&world.suited(p)).0 * 12.0);
        let hour = (b - a) / world.away;
        assert_eq!(
            prefer(&turn(Quantity::HourWithoutScans, hour * 0.9)),
            Preference::new("A", "")
        );
        assert_eq!(
            prefer(&turn(Quantity::HourWithoutScans, hour * 1.1)),
            Preference::new("B", "")
        );
        assert_eq!(prefer(&turn(Quantity::SeenWithin, 0.5)), Preference::new("A", ""));
        assert_eq!(prefer(&world), Preference::new("B", ""));
        assert_eq!(prefer(&turn(Quantity::HistoryDays, 3_650.0)), Preference::new("B", ""));
    }
    #[test]
    fn days_of_history_are_the_one_quantity_that_turns_nothing() {
        let turns = [
            Quantity::HourWithoutScans,
            Quantity::HoursAway,
            Quantity::Reads,
            Quantity::SeenWithin,
            Quantity::HistoryDays,
        ]
        .map(|q| never(q).is_none());
        assert_eq!(turns, [true, true, true, true, false]);
    }

    #[test]
    fn a_miss_is_seen_with_the_learners_own_choice() {
        let choice = Choice { proposal: Proposal::Regions, partitions: 72, cache_copies: 2 };
        let claim = |binding, reverses_when| Claim {
            binding,
            expects: [
                Expect::Bill(Dollars(1.0), Dollars(1.2)),
                Expect::ScansWithoutARegion(Percent(1.0), Percent(2.0)),
            ],
            reverses_when,
        };
        let missed = |reverses_when| reversal(&claim(Currency::Operations, reverses_when), &choice).unwrap_err();
        let miss = missed((Quantity::HourWithoutScans, 1_000_000.0));
        assert_eq!(miss.knobs, "fault=0 partitions=70 cache_copies=2 hour=500000");
        assert!(
            miss.how.contains("stands there for") && !miss.how.contains("was found"),
            "{}",
            miss.how
        );
        let miss = missed((Quantity::HistoryDays, 90.0));
        assert_eq!(miss.knobs, "fault=0 partitions=70 cache_copies=2");
        assert!(
            miss.how.contains("No HistoryDays was found") && miss.how.contains("has no knob for HistoryDays"),
            "{}",
            miss.how
        );
        assert!(missed((Quantity::Reads, 1e9)).how.contains("is not tried"));
        assert!(
            missed((Quantity::HoursAway, 0.0))
                .how
                .contains("not a value that can be tried")
        );
        let miss = expectations(&claim(Currency::Operations, (Quantity::Reads, 1.0)), &choice).unwrap_err();
        assert_eq!(miss.knobs, "fault=0 partitions=70 cache_copies=2");
        let miss = binding(&claim(Currency::Bits, (Quantity::Reads, 1.0)), &choice).unwrap_err();
        assert!(miss.how.contains("bits a second") && miss.ask.starts_with("a tenth less of which"));
    }
}
