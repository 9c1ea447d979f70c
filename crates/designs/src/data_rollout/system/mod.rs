//! The simulated system: a fleet of machines that all read the same data, a change of that data, and a store that a machine loads
//! its data from when it starts.
//!
//! Faults, spikes and breakdowns are drawn from streams of their own. So two policies meet the same change on the same fleet with the
//! same luck, and what differs between them is what they did.

mod fleet;
mod look;
mod measure;
mod store;

pub use fleet::Fleet;
pub use measure::{Minute, Outcome, Totals};
pub use store::Store;

use super::policy::Policy;
use sim::{Cx, Dist, Id, Node, Sim, Time, ms, secs};

/// A span of whole minutes.
pub const fn minutes(n: u64) -> Time {
    secs(60 * n)
}

/// A span of whole hours.
pub const fn hours(n: u64) -> Time {
    secs(3_600 * n)
}

/// What is wrong with a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// How long a machine works with the rows before it begins to fail.
    pub after: Time,
    /// How long it takes from the first failed requests to as many as will fail.
    pub ramp: Time,
    /// Share of a machine's requests that fail in the end, 0 to 1.
    pub fails: f64,
    /// Does the machine go down instead, and again with every start?
    pub crashes: bool,
    /// Only machines of this region have the fault; `None`: all have it.
    pub region: Option<usize>,
}

impl Fault {
    /// When a machine that has worked with the rows since `read` begins to fail; never in another region.
    fn onset(&self, read: Time, region: usize) -> Time {
        match self.region {
            Some(only) if only != region => Time::MAX,
            _ => read + self.after,
        }
    }

    /// Share of its requests that a running machine fails at an instant.
    fn failing(&self, read: Time, region: usize, now: Time) -> f64 {
        let onset = self.onset(read, region);
        if self.crashes || now < onset {
            return 0.0;
        }
        let gone = (now - onset).as_secs();
        self.fails * (gone / self.ramp.as_secs().max(1.0)).min(1.0)
    }
}

/// A look that samples every request.
pub const ALL: f64 = f64::INFINITY;

/// Share of the fleet in each region, in twentieths, the largest first.
pub const REGIONS: [u64; 5] = [8, 6, 3, 2, 1];

/// Regions of twenty machines that follow each other: whatever part of the fleet is taken from its begin, each region has its share.
const PATTERN: [u8; 20] = [0, 1, 0, 2, 1, 0, 3, 1, 0, 0, 1, 2, 0, 1, 3, 0, 2, 0, 1, 4];

/// Everything that defines a run, but the policy and the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Machines of the fleet.
    pub machines: u32,
    /// Shares of the fleet that have the change, stage by stage, 0 to 1; everywhere comes after the last. Without any: everywhere at once.
    pub stages: Vec<f64>,
    /// What is wrong with the change.
    pub fault: Option<Fault>,
    /// When the changed rows are first read, by any machine, good or bad; before that nothing can show.
    pub read_from: Time,
    /// How often a machine reads one of the changed rows, per hour, once they are read at all.
    pub reads: f64,
    /// How often the policy is asked.
    pub look: Time,
    /// Requests of each running machine that one look samples; [`ALL`]: each of them, so that chance has no part in it.
    pub sample: f64,
    /// Share of requests that fail on an ordinary day, 0 to 1.
    pub errors: f64,
    /// Mean time between two spikes of errors that have nothing to do with the change; zero: none.
    pub spikes: Time,
    /// Mean time until a machine goes down by itself, change or not; it is back after ten minutes.
    pub breaks: Time,
    /// Time from the decision until a rollback has reached every running machine.
    pub rollback: Time,
    /// Machines an hour that people bring back by hand.
    pub hands: u32,
    /// Share of the fleet's requests that must fail for a person to be called, 0 to 1.
    pub notices: f64,
    /// Time from then until that person throws the switch, unless no machine has the change any more.
    pub person: Time,
    /// Share of the machines that the switch works on, 0 to 1.
    pub switch_works: f64,
    /// Time from one start of a machine without data to the next.
    pub period: Time,
    /// How random that time is, from 0 (all alike) to 1 (anything between none and twice as long).
    pub jitter: f64,
    /// How long a starting machine waits for its data.
    pub patience: Time,
    /// Loads that the store works on at once.
    pub slots: usize,
    /// Mean time that one load takes; exponentially distributed.
    pub work: Time,
    /// End of the run.
    pub end: Time,
}

impl Default for System {
    fn default() -> Self {
        System {
            machines: 2_000,
            stages: vec![0.01, 0.1, 0.5],
            fault: None,
            read_from: Time::ZERO,
            reads: 0.5,
            look: minutes(5),
            sample: 600.0,
            errors: 0.005,
            spikes: Time::ZERO,
            breaks: hours(30 * 24),
            rollback: minutes(30),
            hands: 12,
            notices: 0.02,
            person: minutes(20),
            switch_works: 1.0,
            period: minutes(4),
            jitter: 0.0,
            patience: secs(20),
            slots: 40,
            work: secs(4),
            end: hours(48),
        }
    }
}

impl System {
    /// The region of a machine.
    fn region(machine: usize) -> usize {
        usize::from(PATTERN[machine % PATTERN.len()])
    }

    /// How many machines have the change in a stage; all of them after the last.
    fn reach(&self, stage: usize) -> usize {
        let all = self.machines as usize;
        let share = self.stages.get(stage).copied().unwrap_or(1.0);
        ((share * all as f64).round() as usize).clamp(1, all)
    }
}

/// A message between the fleet and the store.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// A machine asks for its data, and says which of its starts this is.
    Load {
        /// Which machine.
        machine: u32,
        /// Which start.
        start: u32,
    },
    /// The data, for this start.
    Loaded {
        /// Which machine.
        machine: u32,
        /// Which start.
        start: u32,
    },
}

/// A participant.
pub enum Part {
    /// All machines, and what decides about the change.
    Fleet(Box<Fleet>),
    /// The store that machines load from.
    Store(Box<Store>),
}

/// The fleet's number.
const FLEET: Id = 0;
/// The store's number.
const STORE: Id = 1;

impl Node for Part {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<Msg>) {
        if let Part::Fleet(fleet) = self {
            fleet.start(cx);
        }
    }

    fn message(&mut self, _: Id, msg: Msg, cx: &mut Cx<Msg>) {
        match (self, msg) {
            (Part::Fleet(fleet), Msg::Loaded { machine, start }) => fleet.loaded(machine, start, cx),
            (Part::Store(store), Msg::Load { machine, start }) => store.asked(machine, start, cx),
            _ => unreachable!("the fleet asks and the store answers"),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match self {
            Part::Fleet(fleet) => fleet.timer(tag, cx),
            Part::Store(store) => store.finished(tag as usize, cx),
        }
    }
}

/// A run under way.
pub struct SystemRun {
    sim: Sim<Part>,
    end: Time,
    over: bool,
}

impl SystemRun {
    /// Sets a run up.
    pub fn new(system: &System, policy: Box<dyn Policy>, seed: u64) -> SystemRun {
        let mut sim = Sim::new(seed, Dist::Constant(ms(1)));
        sim.add(Part::Fleet(Box::new(Fleet::new(system, policy, seed))));
        sim.add(Part::Store(Box::new(Store::new(system))));
        SystemRun { sim, end: system.end, over: false }
    }

    /// Goes on for `events` events; false when the run is over.
    pub fn advance(&mut self, events: u64) -> bool {
        self.over = self.over || !self.sim.run_events(events);
        !self.over
    }

    /// Goes on to the end.
    pub fn finish(mut self) -> Self {
        while self.advance(1 << 20) {}
        self
    }

    /// Simulated time so far.
    pub fn now(&self) -> Time {
        self.sim.now().min(self.end)
    }

    /// What was measured.
    pub fn outcome(&self) -> &Outcome {
        let Part::Fleet(fleet) = self.sim.node(FLEET) else {
            unreachable!("node 0 is the fleet")
        };
        &fleet.outcome
    }
}
