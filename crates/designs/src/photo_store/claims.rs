//! Claims about this design: what limits it, what its owner expects, and when the other layout is the better one.
//!
//! A claim is judged by runs like those that judge the choice. The rules are in [`judge::claim`].

use super::DESIGN;
use super::calculate::Resource;
use super::choose;
use super::sizing::{Choice, Layout, World};
use super::system::{Pod, PodRun, Totals};
use super::units::{Dollars, gb};
use crate::lab::turned;
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
/// The bad hour, as knobs of the lab.
const BAD_HOUR: &str = "machines_lost=1";
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
                claim::expectation("price", low.0, high.0, Width::Factor, price)?;
            }
            Expect::OrdinaryP99(low, high) => {
                let measured = run(&world, choice, world.hits, 0).times.quantile(0.99).as_ms();
                let (low, high) = (low.as_ms(), high.as_ms());
                claim::expectation("reads' p99 at the daily peak", low, high, Width::Factor, measured)?;
            }
            Expect::BadHourP99(low, high) => {
                let measured = bad_hour(&world, choice).times.quantile(0.99).as_ms();
                let (low, high) = (low.as_ms(), high.as_ms());
                claim::expectation("reads' p99 in the bad hour", low, high, Width::Factor, measured)
                    .map_err(|miss| miss.seen_with(BAD_HOUR))?;
            }
            Expect::BadHourBusy(low, high) => {
                let measured = bad_hour(&world, choice).busy() * 100.0;
                claim::expectation("busy disks in the bad hour", low.0, high.0, Width::Points, measured)
                    .map_err(|miss| miss.seen_with(BAD_HOUR))?;
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
    claim::binding(claim.binding, &relief).map_err(|miss| miss.seen_with(BAD_HOUR))
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

/// Judges where the other layout becomes the better one: the cheaper of the two that keeps the promise in the bad hour.
pub(super) fn reversal(claim: &Claim) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| prefer(&turn(quantity, v))).map_err(|miss| {
        let name = match quantity {
            Quantity::Pods => "pods",
            Quantity::MemoryPrice => "memory_price",
            Quantity::Requests => "requests",
            Quantity::ImageSize => "image_size",
        };
        miss.seen_with(format!("{BAD_HOUR} {}", turned(DESIGN.lab, name, value)))
    })
}

/// The brief's world with one quantity changed.
pub fn turn(quantity: Quantity, value: f64) -> World {
    let mut world = World::default();
    match quantity {
        Quantity::Pods => world.pods = value.max(0.01),
        Quantity::MemoryPrice => world.memory_price = Dollars(value),
        Quantity::Requests => world.requests = value.min(200_000.0),
        Quantity::ImageSize => {
            let stored = world.images * world.image;
            world.image = super::Bytes(value.max(0.5) * 1e3);
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
    const MEMORIES: [f64; 14] = [
        1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 160.0, 192.0, 256.0,
    ];
    let mut found: Vec<(Dollars, Choice)> = MEMORIES
        .into_iter()
        .filter_map(|memory| {
            let choice = Choice { layout, machines: 0, copies: 3, memory: gb(memory) };
            let choice = Choice { machines: world.fewest(&choice, 1)?, ..choice };
            Some((world.price(&choice), choice))
        })
        .collect();
    found.sort_by(|a, b| a.0.0.total_cmp(&b.0.0));
    found
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
    fn few_pods_cannot_pay_for_software() {
        assert_eq!(prefer(&turn(Quantity::Pods, 1.0)), Preference::new("files", ""));
        assert_eq!(prefer(&turn(Quantity::Pods, 50.0)), Preference::new("needles", ""));
    }
}
