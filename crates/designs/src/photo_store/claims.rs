//! Claims about this design: what limits it, what its owner expects, and when the other layout is the better one.
//!
//! A claim is judged by runs like those that judge the choice. The rules are in [`judge::claim`].

use super::calculate::Resource;
use super::choose;
use super::lab::typed;
use super::sizing::{Choice, Layout, World};
use super::system::{Pod, PodRun, Totals};
use super::units::Dollars;
use judge::claim::{self, Miss, Preference, Width};
use judge::{Percent, pool};
use sim::{Time, ms};

/// An objective with the interval in which you expect it: at most a factor of two from low to high, ten points for a share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// What a pod costs, with its share of the software.
    Price(Dollars, Dollars),
    /// Reads' p99 at the daily peak, with every machine there.
    OrdinaryP99(Time, Time),
    /// Reads' p99 in the bad hour.
    BadHourP99(Time, Time),
    /// Share of their time that the disks are busy in the bad hour.
    BadHourBusy(Percent, Percent),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Pods that share the cost of software of one's own.
    Pods,
    /// Price of a gigabyte of memory, in dollars.
    MemoryPrice,
    /// Requests a second at the edge.
    Requests,
    /// Bytes of one image, in KB; a pod holds as many terabytes as before.
    ImageSize,
}

/// The reasons behind a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The resource whose relief by a tenth would help most.
    pub binding: Resource,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the other layout becomes the better one.
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for a claim: fewer than for the answer itself, as each part of a claim needs several.
pub(super) const CLAIM_RUNS: u64 = 2;
/// What the lab shows of a claim's situation.
pub(super) const LAB_SHOWS: &str = "with your machines, copies and memory for both layouts; second 10 to 30 counts";

/// A miss with the command that shows its hour in the lab: the learner's own choice, in the bad hour or at the daily peak, and a
/// quantity that was changed. What the lab cannot show is said.
fn seen(miss: Miss, choice: &Choice, bad: bool, changed: &[(&str, f64)]) -> Miss {
    let mut typed = typed(choice).and("machines_lost", f64::from(u8::from(bad)));
    if !bad {
        typed = typed.and("fall", 0.0);
    }
    for (name, value) in changed {
        typed = typed.and(name, *value);
    }
    let mut miss = miss.seen_with(typed.knobs);
    for sentence in typed.beyond {
        miss.how += ". ";
        miss.how += sentence.trim_end_matches('.');
    }
    miss
}

/// The photos' promise in the bad hour, which decides between the layouts.
pub const PROMISE: Time = ms(130);

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect on another axis?")?;
    let world = World::default();
    for expect in claim.expects {
        match expect {
            Expect::Price(low, high) => {
                let price = world.price(choice).0;
                claim::expectation("price", low.0, high.0, Width::Factor, price)
                    .map_err(|miss| seen(miss, choice, true, &[]))?;
            }
            Expect::OrdinaryP99(low, high) => {
                let measured = run(&world, choice, world.hits, 0).times.quantile(0.99).as_ms();
                let (low, high) = (low.as_ms(), high.as_ms());
                claim::expectation("reads' p99 at the daily peak", low, high, Width::Factor, measured)
                    .map_err(|miss| seen(miss, choice, false, &[]))?;
            }
            Expect::BadHourP99(low, high) => {
                let measured = bad_hour(&world, choice).times.quantile(0.99).as_ms();
                let (low, high) = (low.as_ms(), high.as_ms());
                claim::expectation("reads' p99 in the bad hour", low, high, Width::Factor, measured)
                    .map_err(|miss| seen(miss, choice, true, &[]))?;
            }
            Expect::BadHourBusy(low, high) => {
                let measured = bad_hour(&world, choice).busy() * 100.0;
                claim::expectation("busy disks in the bad hour", low.0, high.0, Width::Points, measured)
                    .map_err(|miss| seen(miss, choice, true, &[]))?;
            }
        }
    }
    Ok(())
}

/// Judges which resource binds: relief should shorten the reads' p99 in the bad hour.
pub(super) fn binding(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    let world = World::default();
    let base = bad_hour(&world, choice).times.quantile(0.99).as_ms();
    let relief = [Resource::Space, Resource::Operations, Resource::Memory].map(|resource| {
        let (world, choice) = relieve(world, *choice, resource);
        let relieved = bad_hour(&world, &choice).times.quantile(0.99).as_ms();
        (resource, (base - relieved) / base)
    });
    claim::binding(claim.binding, &relief).map_err(|miss| seen(miss, choice, true, &[]))
}

/// A world and a choice with a tenth more of one resource. Arrivals and luck stay the same, so that only its effect shows.
pub fn relieve(mut world: World, mut choice: Choice, resource: Resource) -> (World, Choice) {
    match resource {
        Resource::Space => world.space = world.space * 1.1,
        Resource::Operations => {
            let (least, most) = world.operation;
            world.operation = (least * 10 / 11, most * 10 / 11);
        }
        Resource::Memory => choice.memory = choice.memory * 1.1,
    }
    (world, choice)
}

impl Quantity {
    /// The values that are tried, in the quantity's unit: beyond them no such site is thinkable, or no run is possible.
    fn tried(self) -> (f64, f64) {
        match self {
            Quantity::Pods => (0.1, 10_000.0),
            Quantity::MemoryPrice => (0.1, 1_000.0),
            Quantity::Requests => (500.0, 100_000.0),
            Quantity::ImageSize => (2.0, 2_000.0),
        }
    }

    /// A value with its unit.
    fn print(self, value: f64) -> String {
        let digits = usize::from(value < 10.0 && value.fract() != 0.0);
        let number = |unit| figures::number(value, digits, unit);
        match self {
            Quantity::Pods => number(""),
            Quantity::MemoryPrice => format!("${} a GB", number("")),
            Quantity::Requests => format!("{} a second", number("")),
            Quantity::ImageSize => number("KB"),
        }
    }
}

/// Judges where the other layout becomes the better one: the cheaper of the two that keeps the promise in the bad hour.
pub(super) fn reversal(claim: &Claim, choice: &Choice) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    let (least, most) = quantity.tried();
    let name = format!("{quantity:?}");
    let miss = |how| Miss {
        part: "reverses_when".into(),
        how,
        ask: "at which value would you change your mind?".into(),
        knobs: String::new(),
        test: None,
    };
    if value.is_finite() && value > 0.0 && (value < least || value > most) {
        let how = format!(
            "{name} = {} is not tried: what is tried lies between {} and {}",
            quantity.print(value),
            quantity.print(least),
            quantity.print(most)
        );
        return Err(seen(miss(how), choice, true, &[]));
    }
    claim::reversal(&name, value, |v| prefer(&turn(quantity, v))).map_err(|mut miss| {
        if !(value.is_finite() && value > 0.0) {
            return seen(miss, choice, true, &[]);
        }
        if let Some(values) = never(quantity) {
            miss.how += &format!(
                ". No {name} was found that reverses it: {values} values from {} to {} were tried",
                quantity.print(least),
                quantity.print(most)
            );
            miss.ask = "which quantity weighs on the one layout, and not, or not as much, on the other?".into();
        }
        let images = World::default().images * World::default().image / super::Bytes(value * 1e3) / 1e6;
        let changed = match quantity {
            Quantity::Pods => vec![("pods", value)],
            Quantity::MemoryPrice => vec![("memory_price", value)],
            Quantity::Requests => vec![("requests", value)],
            Quantity::ImageSize => vec![("image_size", value), ("images", images)],
        };
        miss.how += ". The judge gave each layout the machines and the memory that suit it, the lab gives both yours";
        seen(miss, choice, true, &changed)
    })
}

/// Values of a quantity that are tried for [`never`].
const SOUGHT: u32 = 7;

/// How many values of a quantity, from its least to its most by equal factors, were tried without finding one at which the other
/// layout is the better one; nothing when one was found.
fn never(quantity: Quantity) -> Option<u32> {
    let (least, most) = quantity.tried();
    let at = |i: u32| least * libm::pow(most / least, f64::from(i) / f64::from(SOUGHT - 1));
    let usual = prefer(&World::default());
    (0..SOUGHT)
        .all(|i| prefer(&turn(quantity, at(i))) == usual)
        .then_some(SOUGHT)
}

/// The brief's world with one quantity changed.
pub fn turn(quantity: Quantity, value: f64) -> World {
    let mut world = World::default();
    match quantity {
        Quantity::Pods => world.pods = value,
        Quantity::MemoryPrice => world.memory_price = Dollars(value),
        Quantity::Requests => world.requests = value,
        Quantity::ImageSize => {
            let stored = world.images * world.image;
            world.image = super::Bytes(value * 1e3);
            world.images = stored / world.image;
        }
    }
    world
}

/// The better layout of a world.
pub fn prefer(world: &World) -> Preference {
    match (cheapest(world, Layout::Files), cheapest(world, Layout::Needles)) {
        (Some((files, _)), Some((needles, _))) if files < needles => {
            Preference::new("files", "they are the cheaper ones")
        }
        (Some(_), None) => Preference::new("files", "only they keep the promise"),
        (None, Some(_)) => Preference::new("needles", "only they keep the promise"),
        _ => Preference::new("needles", "they are the cheaper ones"),
    }
}

/// The cheapest choice of a layout that keeps the promise in the bad hour, with three copies. What arithmetic allows is tried in
/// the order of price, until a run agrees.
pub fn cheapest(world: &World, layout: Layout) -> Option<(Dollars, Choice)> {
    world
        .offers(layout, 3, 1)
        .into_iter()
        .find(|(_, choice)| choice.machines > 100 || bad_hour(world, choice).times.quantile(0.99) <= PROMISE)
}

/// The bad hour of a world: the fallen hit rate, and one machine gone.
fn bad_hour(world: &World, choice: &Choice) -> Totals {
    run(world, choice, world.bad_hits(), 1)
}

/// Reads that a run of a claim is worth.
const CLAIM_READS: f64 = 12_000.0;

/// Pools the judged phase of a few runs.
fn run(world: &World, choice: &Choice, hits: Percent, lost: u32) -> Totals {
    // As many reads at any rate.
    let seconds = libm::ceil(CLAIM_READS / world.reads(hits).max(1.0)).clamp(1.0, 60.0) as u64;
    let choice = Choice { machines: choice.machines.min(120), ..*choice };
    let pod = Pod { world: *world, choice, lost, phases: choose::phases(hits, seconds) };
    let mut pool = Totals::default();
    for seed in pool::seeds(CLAIM_RUNS) {
        pool.merge(&PodRun::new(&pod, seed).finish().totals()[1]);
    }
    pool
}

#[cfg(test)]
mod tests {
    use super::super::sizing::PLANNED_BUSY;
    use super::super::units::gb;
    use super::*;
    use judge::percent;

    #[test]
    fn the_cheapest_of_each_layout_is_what_arithmetic_says() {
        let world = World::default();
        let (price, needles) = cheapest(&world, Layout::Needles).unwrap();
        assert_eq!((needles.machines, price), (6, world.price(&needles)));
        let (_, files) = cheapest(&world, Layout::Files).unwrap();
        assert!(files.memory > gb(64), "{files:?}");
        assert!(world.asked(&files, percent(80), 1) <= PLANNED_BUSY + 1e-9);
        assert!(cheapest(&turn(Quantity::ImageSize, 20.0), Layout::Files).unwrap().0 > world.price(&files));
    }

    #[test]
    fn only_one_of_the_quantities_turns_the_choice() {
        let turns = [
            Quantity::Pods,
            Quantity::MemoryPrice,
            Quantity::Requests,
            Quantity::ImageSize,
        ]
        .map(|q| never(q).is_none());
        assert_eq!(turns, [true, false, false, false]);
    }

    #[test]
    fn a_miss_is_seen_with_the_learners_own_choice() {
        let choice = Choice { layout: Layout::Needles, machines: 7, copies: 3, memory: gb(16) };
        let missed = |reverses_when| {
            let claim = Claim {
                binding: Resource::Operations,
                expects: [
                    Expect::Price(Dollars(1.0), Dollars(2.0)),
                    Expect::BadHourBusy(percent(1), percent(2)),
                ],
                reverses_when,
            };
            reversal(&claim, &choice).unwrap_err()
        };
        let miss = missed((Quantity::Pods, 2_000.0));
        assert_eq!(miss.knobs, "machines=7 copies=3 memory=16 machines_lost=1 pods=100");
        assert!(miss.how.contains("100 stands there for 2,000"), "{}", miss.how);
        assert!(!miss.how.contains("was found"), "{}", miss.how);
        let miss = missed((Quantity::ImageSize, 400.0));
        assert!(miss.knobs.ends_with("image_size=200 images=90"), "{}", miss.knobs);
        assert!(miss.how.contains("No ImageSize was found"), "{}", miss.how);
        let miss = missed((Quantity::MemoryPrice, 0.0));
        assert!(miss.how.contains("not a value that can be tried"), "{}", miss.how);
        let miss = missed((Quantity::Requests, 1e6));
        assert!(miss.how.contains("1,000,000 a second is not tried"), "{}", miss.how);
    }

    #[test]
    fn few_pods_cannot_pay_for_software() {
        assert_eq!(prefer(&turn(Quantity::Pods, 1.0)), Preference::new("files", ""));
        assert_eq!(prefer(&turn(Quantity::Pods, 50.0)), Preference::new("needles", ""));
    }
}
