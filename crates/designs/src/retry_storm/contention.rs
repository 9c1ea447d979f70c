//! Clients who all want to change one row: what pauses between their tries are worth.
//!
//! The rules are those of the simulator published with Brooker's *Exponential backoff and jitter* (2015): a client reads the row
//! and its version, then writes with that version; the write fails when the version has changed meanwhile, and the client begins
//! anew after a pause. A message takes |N(10, 2)| ms. A call is a write.

use sim::{Cx, Dist, Id, Node, Sim, Stream, Time, ms};

/// How the pause after a failed write is chosen: base 5 ms, at most 2,000 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backoff {
    /// No pause.
    None,
    /// The doubled pause itself.
    Exponential,
    /// Half of the doubled pause, and up to as much again at random.
    Equal,
    /// At random up to the doubled pause.
    Full,
    /// At random between the base and three times the last pause.
    Decorrelated,
}

impl Backoff {
    /// All of them, in the order of the experiment's outputs.
    pub const ALL: [Backoff; 5] = [
        Backoff::None,
        Backoff::Exponential,
        Backoff::Equal,
        Backoff::Full,
        Backoff::Decorrelated,
    ];

    /// The pause in milliseconds after `failures` failed writes; `last` is the pause before.
    fn pause(self, failures: u32, last: f64, luck: &mut Stream) -> f64 {
        let doubled = (BASE_MS * libm::pow(2.0, f64::from(failures))).min(CAP_MS);
        match self {
            Backoff::None => 0.0,
            Backoff::Exponential => doubled,
            Backoff::Equal => doubled / 2.0 + luck.unit() * doubled / 2.0,
            Backoff::Full => luck.unit() * doubled,
            Backoff::Decorrelated => (BASE_MS + luck.unit() * (3.0 * last - BASE_MS)).min(CAP_MS),
        }
    }
}

const BASE_MS: f64 = 5.0;
const CAP_MS: f64 = 2_000.0;

/// What clients and the row say to each other.
#[derive(Clone, Copy, Debug)]
enum Say {
    Read,
    Version(u64),
    Write(u64),
    Written(bool),
}

/// A participant.
enum Party {
    Row { version: u64, calls: u64 },
    Client { backoff: Backoff, failures: u32, last: f64 },
}

/// The row is the first node.
const ROW: Id = 0;
/// A client's only timer: it begins, or begins anew.
const BEGIN: u64 = 0;

/// A message's delay: |N(10, 2)| ms, from two uniform numbers (Box and Muller).
fn delay(luck: &mut Stream) -> Time {
    let (a, b) = (1.0 - luck.unit(), luck.unit());
    let normal = libm::sqrt(-2.0 * libm::log(a)) * libm::cos(2.0 * std::f64::consts::PI * b);
    Time::from_ms_f64((10.0 + 2.0 * normal).abs())
}

impl Node for Party {
    type Msg = Say;

    fn start(&mut self, cx: &mut Cx<'_, Say>) {
        if let Party::Client { .. } = self {
            cx.set_timer(ms(0), BEGIN);
        }
    }

    fn message(&mut self, from: Id, say: Say, cx: &mut Cx<'_, Say>) {
        match (self, say) {
            (Party::Row { version, .. }, Say::Read) => cx.send(from, Say::Version(*version)),
            (Party::Row { version, calls }, Say::Write(seen)) => {
                *calls += 1;
                let fits = *version == seen;
                *version += u64::from(fits);
                cx.send(from, Say::Written(fits));
            }
            (Party::Client { .. }, Say::Version(seen)) => cx.send(ROW, Say::Write(seen)),
            (Party::Client { backoff, failures, last }, Say::Written(false)) => {
                *failures += 1;
                *last = backoff.pause(*failures, *last, cx.rng());
                cx.set_timer(Time::from_ms_f64(*last), BEGIN);
            }
            _ => {}
        }
    }

    fn timer(&mut self, _: u64, cx: &mut Cx<'_, Say>) {
        cx.send(ROW, Say::Read);
    }
}

/// Calls that this many clients make until each has changed the row once.
pub fn calls(clients: u32, backoff: Backoff, seed: u64) -> u64 {
    let mut luck = Stream::new(seed, u64::MAX);
    // The engine draws delays from quantiles: a sorted sample of |N(10, 2)| ms.
    let mut table: Vec<Time> = (0..4_096).map(|_| delay(&mut luck)).collect();
    table.sort_unstable();
    let steps = table.len() as f64 - 1.0;
    let quantiles: Vec<(f64, Time)> = table.iter().enumerate().map(|(i, t)| (i as f64 / steps, *t)).collect();
    let network = sim::Quantiles::new(&quantiles).expect("a sorted table is a table of quantiles");
    let mut sim = Sim::new(seed, Dist::Empirical(network));
    sim.add(Party::Row { version: 0, calls: 0 });
    for _ in 0..clients {
        sim.add(Party::Client { backoff, failures: 0, last: BASE_MS });
    }
    sim.run_until(Time::MAX);
    match sim.node(ROW) {
        Party::Row { calls, .. } => *calls,
        Party::Client { .. } => unreachable!("the first node is the row"),
    }
}

/// Mean calls over seeds 1 to `runs`.
pub fn mean_calls(clients: u32, backoff: Backoff, runs: u64) -> f64 {
    let sum: u64 = (1..=runs).map(|seed| calls(clients, backoff, seed)).sum();
    sum as f64 / runs as f64
}
