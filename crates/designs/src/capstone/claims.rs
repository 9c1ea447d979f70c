//! Claims about a decision: what it costs, what binds, and when the other proposal is the better one.
//!
//! A claim is judged by runs like those that judge the choice. The rules are in [`judge::claim`]; a bill must be named more closely
//! than they ask, to a quarter up and down.

use super::DESIGN;
use super::choose;
use super::sizing::{Choice, Proposal, World};
use super::system::{DURING, Fault, Scenario, Totals};
use super::trial::pooled;
use super::units::Dollars;
use crate::lab::turned;
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
/// A region is away, as knobs of the lab.
const REGION: &str = "fault=2 seconds=120";
/// Widest interval for a bill, high ÷ low: a quarter up and down.
const BILL_FACTOR: f64 = 1.25 / 0.75;

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect on another axis?")?;
    let world = World::default();
    for expect in claim.expects {
        match expect {
            Expect::Bill(low, high) => {
                if high.0 > low.0 * BILL_FACTOR * (1.0 + 1e-9) {
                    return Err(Miss {
                        part: "expects bill".into(),
                        how: "the interval is too wide to be wrong (a bill is named to a quarter up and down)".into(),
                        ask: "which two lines make most of it?".into(),
                        knobs: String::new(),
                        test: None,
                    });
                }
                claim::expectation("bill", low.0, high.0, Width::Factor, world.month(choice).0)?;
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
                .map_err(|miss| miss.seen_with("fault=0"))?;
            }
            Expect::ReadsWithoutARegion(low, high) => {
                let measured = run(&world, choice, Fault::Region, 120).answered() * 100.0;
                claim::expectation("reads while a region is away", low.0, high.0, Width::Points, measured)
                    .map_err(|miss| miss.seen_with(REGION))?;
            }
            Expect::ScansWithoutARegion(low, high) => {
                let measured = run(&world, choice, Fault::Region, 120).acknowledged() * 100.0;
                claim::expectation("scans while a region is away", low.0, high.0, Width::Points, measured)
                    .map_err(|miss| miss.seen_with(REGION))?;
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
    claim::binding(claim.binding, &relief)
}

/// Judges where the other proposal becomes the better one: the one that costs less in a year, stopped depots included, of those that
/// readers see scans in soon enough.
pub(super) fn reversal(claim: &Claim) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| prefer(&turn(quantity, v))).map_err(|miss| {
        let name = match quantity {
            Quantity::HourWithoutScans => "hour",
            Quantity::HoursAway => "away",
            Quantity::Reads => "reads",
            Quantity::SeenWithin | Quantity::HistoryDays => return miss.seen_with("fault=0"),
        };
        miss.seen_with(turned(DESIGN.lab, name, value))
    })
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
    let [zones, regions] = [Proposal::Zones, Proposal::Regions].map(|p| world.suited(p));
    let age = run(world, &regions, Fault::Nothing, 30).ages.quantile(0.99);
    if age > world.seen_within {
        return Preference::new("A", "in B readers see scans too late");
    }
    if world.year(&zones).0 < world.year(&regions).0 {
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
}
