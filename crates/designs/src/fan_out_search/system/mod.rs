//! The simulated cell: one root, its leaves in two replicas each, and the queries that arrive.
//!
//! The root draws the work of both copies of every leaf request from the workload's own stream, whether or not the second
//! copy is ever sent. So two policies run on the same arrivals and on the same luck (common random numbers), and what
//! differs between them is what they did.

mod leaf;
mod measure;
mod root;

pub use leaf::Leaf;
pub use measure::{SLICE, Slice, Totals};
pub use root::Root;

use super::policy::Policy;
use sim::fault::{Fault, Schedule, What, Who};
use sim::{Cx, Dist, Id, Node, Quantiles, Sim, Time, ms, us};

/// The brief's leaf: share of answers, and the time within which they come when the leaf has nothing else to do.
pub const LEAF_QUANTILES: [(f64, f64); 13] = [
    (0.0, 4.0),
    (0.25, 8.0),
    (0.50, 10.0),
    (0.75, 13.0),
    (0.90, 16.0),
    (0.95, 18.0),
    (0.98, 25.0),
    (0.99, 40.0),
    (0.995, 100.0),
    (0.998, 300.0),
    (0.999, 700.0),
    (0.9999, 2_000.0),
    (1.0, 3_000.0),
];

/// A slow-down of many leaves at once. Our model: no published measurement of hedging in one is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Storm {
    /// How many times slower a leaf works.
    pub factor: f64,
    /// Share of the leaf machines that slow down, 0 to 1.
    pub share: f64,
    /// When it begins.
    pub from: Time,
    /// How long it lasts.
    pub lasting: Time,
}

/// Everything that defines a run, but the policy and the seed.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Leaves that every query asks.
    pub leaves: u32,
    /// Requests that a leaf machine works on at once.
    pub slots: usize,
    /// Requests that may wait at a leaf machine; more are refused.
    pub queue: usize,
    /// Queries a second, arriving at random (Poisson).
    pub rate: f64,
    /// Time that a leaf needs for one request: share of requests, milliseconds.
    pub work: Vec<(f64, f64)>,
    /// One-way delay between root and leaf.
    pub network: Time,
    /// After this long the root answers with what it has.
    pub deadline: Time,
    /// Share of requests whose slowness is common to both replicas, 0 to 1.
    pub shared: f64,
    /// Is a copy that is no longer needed withdrawn while it still queues?
    pub withdraw: bool,
    /// A slow-down of many leaves.
    pub storm: Option<Storm>,
    /// One machine that is this many times slower throughout.
    pub slow_machine: Option<f64>,
    /// One machine that is silently off throughout.
    pub machine_off: bool,
    /// Ends of the phases in which queries are counted, in order. No query arrives after the last.
    pub phases: Vec<Time>,
}

impl Default for Cell {
    fn default() -> Self {
        Cell {
            leaves: 100,
            slots: 8,
            queue: 64,
            rate: 200.0,
            work: LEAF_QUANTILES.to_vec(),
            network: us(250),
            deadline: ms(1_000),
            shared: 0.0,
            withdraw: true,
            storm: None,
            slow_machine: None,
            machine_off: false,
            phases: vec![ms(500), ms(10_500)],
        }
    }
}

impl Cell {
    /// The distribution of [`Cell::work`]: straight lines between its quantiles.
    ///
    /// # Panics
    /// When the table is not a table of quantiles; the brief's is.
    pub fn leaf_times(&self) -> Quantiles {
        let table: Vec<(f64, Time)> = self.work.iter().map(|(p, t)| (*p, Time::from_ms_f64(*t))).collect();
        Quantiles::new(&table).expect("the leaf's quantiles are a table of quantiles")
    }
}

/// A message between root and leaf.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Work on this request.
    Ask(Job),
    /// The answer to a request.
    Answer(Key),
    /// Forget this request if it has not begun.
    Withdraw(Key),
    /// The leaf's queue is full.
    Refused(Key),
}

/// Names one copy of one leaf request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    slot: u32,
    generation: u32,
    shard: u16,
    copy: u8,
}

/// A request as a leaf sees it.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    key: Key,
    work: Time,
}

/// A machine of the cell.
pub enum Machine {
    /// The root.
    Root(Box<Root>),
    /// A leaf machine.
    Leaf(Box<Leaf>),
}

impl Node for Machine {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<Msg>) {
        if let Machine::Root(root) = self {
            root.next_arrival(cx);
        }
    }

    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<Msg>) {
        match self {
            Machine::Root(root) => root.message(msg, cx),
            Machine::Leaf(leaf) => leaf.message(from, msg, cx),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match self {
            Machine::Root(root) => root.timer(tag, cx),
            Machine::Leaf(leaf) => leaf.finished(tag as usize, cx),
        }
    }
}

fn phase_of(phases: &[Time], at: Time) -> usize {
    phases.iter().position(|end| at < *end).unwrap_or(phases.len())
}

/// A cell under way.
pub struct CellRun {
    sim: Sim<Machine>,
    cell: Cell,
}

impl CellRun {
    /// Sets a cell up.
    ///
    /// # Panics
    /// When the cell's table of work is not a table of quantiles; the built-in one is.
    pub fn new(cell: &Cell, policy: Box<dyn Policy>, seed: u64) -> CellRun {
        let mut sim = Sim::new(seed, Dist::Constant(cell.network));
        sim.add(Machine::Root(Box::new(Root::new(cell, policy, seed))));
        for _ in 0..2 * cell.leaves {
            sim.add(Machine::Leaf(Box::new(Leaf::new(cell))));
        }
        sim.faults(faults(cell));
        CellRun { sim, cell: cell.clone() }
    }

    /// Keeps what is needed to draw pictures over time.
    pub fn with_slices(mut self) -> Self {
        if let Machine::Root(root) = self.sim.node_mut(0) {
            root.slices = Some(Vec::new());
        }
        self
    }

    /// Goes on for `events` events; false when the run is over.
    pub fn advance(&mut self, events: u64) -> bool {
        self.sim.run_events(events)
    }

    /// Goes on until nothing is left to happen.
    pub fn finish(mut self) -> Self {
        while self.sim.run_events(1 << 20) {}
        self
    }

    /// Simulated time so far.
    pub fn now(&self) -> Time {
        self.sim.now()
    }

    /// Events so far.
    pub fn events(&self) -> u64 {
        self.sim.events()
    }

    /// What was measured, one entry a phase.
    pub fn totals(&self) -> Vec<Totals> {
        let mut totals = self.root().totals.clone();
        totals.truncate(self.cell.phases.len());
        let mut begin = Time::ZERO;
        for (i, end) in self.cell.phases.iter().enumerate() {
            let slots = 2 * u64::from(self.cell.leaves) * self.cell.slots as u64;
            totals[i].room = ((*end).min(self.now()) - begin) * slots;
            begin = *end;
            for leaf in self.leaves() {
                totals[i].work += leaf.work[i];
            }
        }
        totals
    }

    /// The slices of time, when they were asked for.
    pub fn slices(&self) -> &[Slice] {
        self.root().slices.as_deref().unwrap_or_default()
    }

    fn root(&self) -> &Root {
        match self.sim.node(0) {
            Machine::Root(root) => root,
            Machine::Leaf(_) => unreachable!("node 0 is the root"),
        }
    }

    fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.sim.nodes().iter().filter_map(|n| match n {
            Machine::Leaf(leaf) => Some(&**leaf),
            Machine::Root(_) => None,
        })
    }
}

/// The cell's faults as the engine's data. Which machines a partial storm hits is fixed: every n-th, spread over the shards.
fn faults(cell: &Cell) -> Schedule {
    let mut list = Vec::new();
    let always = (Time::ZERO, Time::MAX);
    if let Some(storm) = cell.storm {
        let machines = 2 * cell.leaves;
        let hit = (storm.share * f64::from(machines)).round() as u32;
        let who = (0..machines)
            .filter(|i| (i + 1) * hit / machines > i * hit / machines)
            .map(|i| 1 + i)
            .collect();
        list.push(Fault {
            who: Who::Some(who),
            what: What::Slow { factor: storm.factor },
            from: storm.from,
            lasting: storm.lasting,
        });
    }
    if let Some(factor) = cell.slow_machine {
        list.push(Fault { who: Who::One(1), what: What::Slow { factor }, from: always.0, lasting: always.1 });
    }
    if cell.machine_off {
        list.push(Fault { who: Who::One(1), what: What::Down, from: always.0, lasting: always.1 });
    }
    Schedule(list)
}
