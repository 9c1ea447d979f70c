//! Claims about this design: what limits it, what its owner expects, and when the other choice is better.
//!
//! A claim is judged by runs like those that judge the answer, on fewer queries. The rules are in [`judge::claim`].

use super::DESIGN;
use super::policy::Policy;
use super::system::{Cell, CellRun, Storm, Totals};
use crate::lab::turned;
use judge::claim::{self, Miss, Preference, Width};
use judge::{Percent, pool};
use sim::{Time, ms, secs};

/// What can limit the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// How slow a leaf's slowest 5 % of answers are.
    LeafTail,
    /// Request slots: how much a machine can work on at once.
    Slots,
    /// The network's delay.
    Network,
    /// The time after which the root answers with what it has.
    Deadline,
}

/// An objective with the interval in which you expect it: at most a factor of two from low to high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expect {
    /// Users' p99 on an ordinary day.
    UsersP99(Time, Time),
    /// Second requests as a share of first ones, on an ordinary day.
    ExtraRequests(Percent, Percent),
    /// Users' median while every leaf is five times slower.
    StormMedian(Time, Time),
}

/// A quantity that could change your mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Leaves that a query asks.
    Leaves,
    /// Share of requests, in percent, whose slowness is common to both replicas.
    SharedCause,
    /// Queries a second that one cell takes.
    QueriesPerSecond,
    /// How many times slower every leaf works in a storm.
    StormFactor,
}

/// The reasons behind an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The limit whose relief by a tenth would help most.
    pub binding: Limit,
    /// Two objectives, each with the interval you expect.
    pub expects: [Expect; 2],
    /// The quantity, and the value of it at which the other choice becomes the better one.
    pub reverses_when: (Quantity, f64),
}

/// Runs pooled for a claim: fewer than for the answer itself, as each part of a claim needs several.
pub(super) const CLAIM_RUNS: u64 = 2;
/// The storm of a claim, as knobs of the lab.
const STORM: &str = "storm_factor=5";
/// Queries a run of a claim is worth.
const CLAIM_QUERIES: f64 = 1_400.0;

/// Judges what is expected of two objectives.
pub(super) fn expectations(claim: &Claim, policy: &dyn Fn() -> Box<dyn Policy>) -> Result<(), Miss> {
    claim::two_objectives(&claim.expects, "what do you expect on another axis?")?;
    let mut ordinary = None;
    for expect in claim.expects {
        match expect {
            Expect::UsersP99(low, high) => {
                let t = ordinary.get_or_insert_with(|| run(&Cell::default(), policy));
                let measured = t.users.quantile(0.99).as_ms();
                claim::expectation("users' p99", low.as_ms(), high.as_ms(), Width::Factor, measured)?;
            }
            Expect::ExtraRequests(low, high) => {
                let t = ordinary.get_or_insert_with(|| run(&Cell::default(), policy));
                claim::expectation("extra requests", low.0, high.0, Width::Factor, t.extra() * 100.0)?;
            }
            Expect::StormMedian(low, high) => {
                let measured = run(&storm_cell(5.0), policy).users.quantile(0.5).as_ms();
                claim::expectation(
                    "users' median in the storm",
                    low.as_ms(),
                    high.as_ms(),
                    Width::Factor,
                    measured,
                )
                .map_err(|miss| miss.seen_with(STORM))?;
            }
        }
    }
    Ok(())
}

/// Judges which limit binds: `measure` is the time that relief should shorten.
pub(super) fn binding(
    claim: &Claim,
    policy: &dyn Fn() -> Box<dyn Policy>,
    cell: Cell,
    measure: fn(&Totals) -> Time,
) -> Result<(), Miss> {
    let base = measure(&run(&cell, policy)).as_ms();
    let relief = [Limit::LeafTail, Limit::Slots, Limit::Network, Limit::Deadline].map(|limit| {
        let relieved = measure(&run(&relieve(cell.clone(), limit), policy)).as_ms();
        (limit, (base - relieved) / base)
    });
    claim::binding(claim.binding, &relief).map_err(|miss| miss.seen_with(situation(&cell)))
}

/// A claim's cell, as knobs of the lab.
fn situation(cell: &Cell) -> &'static str {
    if cell.storm.is_some() { STORM } else { "" }
}

/// The cell with about a tenth more room at one limit. Arrivals and luck stay the same, so that only the limit's effect shows.
pub fn relieve(mut cell: Cell, limit: Limit) -> Cell {
    // The leaf's p95: what lies beyond it is the tail.
    const P95_MS: f64 = 18.0;
    match limit {
        Limit::LeafTail => {
            for (_, t) in &mut cell.work {
                if *t > P95_MS {
                    *t = P95_MS + (*t - P95_MS) * 0.9;
                }
            }
        }
        Limit::Slots => cell.slots += cell.slots.div_ceil(10),
        Limit::Network => cell.network = cell.network * 9 / 10,
        Limit::Deadline => cell.deadline = cell.deadline * 11 / 10,
    }
    cell
}

/// Judges where the other choice becomes the better one in a cell: `prefer` names the better of the two at a value of the quantity.
pub(super) fn reversal(
    claim: &Claim,
    cell: &Cell,
    mut prefer: impl FnMut(Quantity, f64) -> Preference,
) -> Result<(), Miss> {
    let (quantity, value) = claim.reverses_when;
    claim::reversal(&format!("{quantity:?}"), value, |v| {
        // Leaves are whole: step outwards, so that a value beside the turning point is not lost to rounding.
        let v = match quantity {
            Quantity::Leaves if v < value => v.floor(),
            Quantity::Leaves => v.ceil(),
            _ => v,
        };
        prefer(quantity, v)
    })
    .map_err(|miss| {
        let name = match quantity {
            Quantity::Leaves => "leaves",
            Quantity::SharedCause => "shared_cause",
            Quantity::QueriesPerSecond => "queries_per_second",
            Quantity::StormFactor => "storm_factor",
        };
        let turned = turned(DESIGN.lab, name, value);
        miss.seen_with(match quantity {
            Quantity::StormFactor => turned,
            _ => format!("{} {turned}", situation(cell)).trim_start().to_owned(),
        })
    })
}

/// A short storm in the cell of the brief.
pub(super) fn storm_cell(factor: f64) -> Cell {
    let begin = ms(800);
    let lasting = secs(3);
    Cell {
        storm: Some(Storm { factor, share: 1.0, from: begin, lasting }),
        phases: vec![ms(500), begin, begin + lasting],
        ..Cell::default()
    }
}

/// The cell with one quantity changed.
pub(super) fn with(mut cell: Cell, quantity: Quantity, value: f64) -> Cell {
    match quantity {
        Quantity::Leaves => cell.leaves = (value.round() as u32).clamp(1, 400),
        Quantity::SharedCause => cell.shared = (value / 100.0).clamp(0.0, 1.0),
        Quantity::QueriesPerSecond => cell.rate = value.clamp(1.0, 2_000.0),
        Quantity::StormFactor => {
            if let Some(storm) = &mut cell.storm {
                storm.factor = value.clamp(1.0, 100.0);
            }
        }
    }
    cell
}

/// Pools the last phase of a few runs.
pub(super) fn run(cell: &Cell, policy: &dyn Fn() -> Box<dyn Policy>) -> Totals {
    let mut cell = cell.clone();
    if cell.storm.is_none() {
        // As many queries at any rate, over at least two seconds.
        let time = Time::from_ms_f64((CLAIM_QUERIES / cell.rate * 1_000.0).max(2_000.0));
        cell.phases = vec![ms(500), ms(500) + time];
    }
    let mut pool = Totals::default();
    for seed in pool::seeds(CLAIM_RUNS) {
        let totals = CellRun::new(&cell, policy(), seed).finish().totals();
        pool.merge(&totals[totals.len() - 1]);
    }
    pool
}
