//! The engine: what it keeps, and the loop over events.

use crate::fault::{Schedule, What};
use crate::network::Network;
use crate::node::{Cx, Node};
use crate::queue::{NOBODY, Queue, TimerId, Timers};
use crate::trace::{Kind, Trace};
use crate::{Clock, Dist, Fault, Id, Stream, Time};

/// What the engine keeps for one node.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) rng: Stream,
    /// Product of the slow faults in force; exactly 1 when there is none.
    pub(crate) slowdown: f64,
    down: bool,
    started: bool,
    /// It has crashed and not restarted yet.
    crashed: bool,
    /// Slots of the timers that fell due while the node was down, in order.
    held: Vec<u32>,
}

/// Everything but the nodes, so that a node can act on it while it is borrowed.
#[derive(Clone, Debug)]
pub(crate) struct Core<M> {
    pub(crate) now: Time,
    pub(crate) queue: Queue<M>,
    pub(crate) timers: Timers,
    pub(crate) seats: Vec<Seat>,
    seed: u64,
    pub(crate) network: Network,
    /// By node; one beyond the end has a true clock.
    clocks: Vec<Clock>,
    pub(crate) stopped: bool,
    pub(crate) trace: Option<Trace>,
}

impl<M> Core<M> {
    #[inline]
    fn record(&mut self, node: Id, kind: Kind, value: u64) {
        if let Some(trace) = &mut self.trace {
            trace.push(self.now, node, kind, value);
        }
    }

    #[inline]
    pub(crate) fn record_message(&mut self, node: Id, kind: Kind, other: Id, number: u64) {
        if let Some(trace) = &mut self.trace {
            trace.message(self.now, node, kind, other, number);
        }
    }

    /// A message that a cut swallows.
    #[cold]
    pub(crate) fn lose(&mut self, from: Id, to: Id) {
        let number = self.queue.number();
        self.record_message(from, Kind::Sent, to, number);
        self.record_message(from, Kind::Lost, to, number);
    }

    #[inline]
    pub(crate) fn set_timer(&mut self, node: Id, due: Time, tag: u64) -> TimerId {
        let id = self.timers.set(tag);
        self.queue.push(due, node, id.slot(), None);
        id
    }

    #[inline]
    pub(crate) fn clock(&self, node: Id) -> Clock {
        self.clocks.get(node as usize).copied().unwrap_or_default()
    }
}

/// A simulation: nodes, a network, and the events to come.
///
/// One seed gives one run, bit for bit, on every platform. A clone is a checkpoint: it continues exactly as the original does.
#[derive(Clone, Debug)]
pub struct Sim<N: Node> {
    nodes: Vec<N>,
    core: Core<N::Msg>,
    faults: Vec<Fault>,
    /// Indices into `faults` of those in force.
    in_force: Vec<u32>,
    events: u64,
    started: bool,
}

impl<N: Node> Sim<N> {
    /// An empty simulation. `network` is the one-way latency of a message, drawn anew for each from the network's own stream.
    pub fn new(seed: u64, network: Dist) -> Self {
        let core = Core {
            now: Time::ZERO,
            queue: Queue::new(),
            timers: Timers::default(),
            seats: Vec::new(),
            seed,
            network: Network::new(seed, network),
            clocks: Vec::new(),
            stopped: false,
            trace: None,
        };
        Sim {
            nodes: Vec::new(),
            core,
            faults: Vec::new(),
            in_force: Vec::new(),
            events: 0,
            started: false,
        }
    }

    /// Adds a node; the first is 0, the next 1, and so on. In a run under way it starts at once.
    pub fn add(&mut self, node: N) -> Id {
        let id = Id::try_from(self.nodes.len())
            .ok()
            .filter(|id| *id != NOBODY)
            .expect("fewer than 2³² − 1 nodes");
        let rng = Stream::new(self.core.seed, id.into());
        self.nodes.push(node);
        self.core.seats.push(Seat {
            rng,
            slowdown: 1.0,
            down: false,
            started: false,
            crashed: false,
            held: Vec::new(),
        });
        if self.started {
            self.refresh(id);
            self.wake(id);
        }
        id
    }

    /// Gives messages from one node to another a one-way latency of their own, from now on. Messages under way keep theirs.
    ///
    /// Each link draws from its own stream, so a link changes the latency of no message elsewhere. The way back is another link.
    ///
    /// ```
    /// # use sim::{Cx, Dist, Id, Node, Sim, Time, ms, us};
    /// # struct Echo(Time);
    /// # impl Node for Echo {
    /// #     type Msg = bool;
    /// #     fn start(&mut self, cx: &mut Cx<'_, bool>) { if cx.me() == 0 { cx.send(1, true) } }
    /// #     fn message(&mut self, from: Id, ask: bool, cx: &mut Cx<'_, bool>) { self.0 = cx.now(); if ask { cx.send(from, false) } }
    /// # }
    /// let mut sim = Sim::new(1, Dist::Constant(us(250)));
    /// let (east, west) = (sim.add(Echo(Time::ZERO)), sim.add(Echo(Time::ZERO)));
    /// sim.link(east, west, Dist::Constant(ms(31)));
    /// sim.run_until(Time::MAX);
    /// assert_eq!(sim.node(west).0, ms(31));
    /// assert_eq!(sim.node(east).0, ms(31) + us(250)); // the way back is as before
    /// ```
    ///
    /// # Panics
    /// When there is no such node.
    pub fn link(&mut self, from: Id, to: Id, latency: Dist) {
        self.must_exist(from);
        self.must_exist(to);
        self.core.network.link(from, to, latency);
    }

    /// [Links](Sim::link) each node of one group with each of the other, in both directions. A node in both groups is linked with itself, too.
    ///
    /// # Panics
    /// When there is no such node.
    pub fn links(&mut self, some: &[Id], others: &[Id], latency: Dist) {
        for a in some {
            for b in others {
                self.link(*a, *b, latency.clone());
                self.link(*b, *a, latency.clone());
            }
        }
    }

    /// Sets a node's own clock. Under way, it steps to what it would read had it been so from the start of the run.
    ///
    /// # Panics
    /// When there is no such node, or the clock would not run forwards.
    pub fn set_clock(&mut self, id: Id, clock: Clock) {
        self.must_exist(id);
        clock.rate(); // panics for a clock that cannot be
        let clocks = &mut self.core.clocks;
        clocks.resize(clocks.len().max(id as usize + 1), Clock::default());
        clocks[id as usize] = clock;
    }

    fn must_exist(&self, id: Id) {
        assert!((id as usize) < self.nodes.len(), "there is no node {id}");
    }

    /// Adds faults to the run. A fault begins, and ends, before any other event of that instant. One that should have begun
    /// already begins now.
    ///
    /// # Panics
    /// When the factor of a slow fault is not a positive number.
    pub fn faults(&mut self, schedule: Schedule) {
        for fault in schedule.0 {
            fault.check();
            let index = u32::try_from(self.faults.len()).expect("fewer than 2³² faults");
            self.core.queue.push_edge(fault.from.max(self.core.now), false, index);
            self.faults.push(fault);
        }
    }

    /// Switches the trace on or off. It is off at first: a trace takes memory for each event (about 24 bytes a record).
    pub fn trace(&mut self, on: bool) {
        self.core.trace = on.then(|| self.core.trace.take().unwrap_or_default());
    }

    /// The trace so far; it goes on empty if it is on.
    pub fn take_trace(&mut self) -> Trace {
        self.core.trace.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Starts every node, in the order in which they were added. The first run call does it if you do not.
    pub fn start(&mut self) {
        if self.started {
            return;
        }
        self.started = true;
        while let Some(edge) = self.core.queue.pop(Time::ZERO) {
            self.fault_edge(edge.word);
        }
        for id in 0..self.nodes.len() as Id {
            self.wake(id);
        }
    }

    /// Runs every event due at `end` or before. False when the run is over: nothing is left to happen, or a node stopped it.
    pub fn run_until(&mut self, end: Time) -> bool {
        self.start();
        // An event at the end of time never happens.
        let end = end.min(Time::MAX - crate::ns(1));
        while !self.core.stopped && self.step(end) {}
        !self.is_over()
    }

    /// Runs the next `n` events (as counted by [`Sim::events`]). False when the run is over, as for [`Sim::run_until`].
    pub fn run_events(&mut self, n: u64) -> bool {
        self.start();
        let goal = self.events.saturating_add(n);
        while self.events < goal && !self.core.stopped && self.step(Time::MAX - crate::ns(1)) {}
        !self.is_over()
    }

    fn is_over(&self) -> bool {
        self.core.stopped || self.core.queue.is_over()
    }

    /// The time of the latest event.
    pub fn now(&self) -> Time {
        self.core.now
    }

    /// Events handled so far: messages received and timers fired. Cancelled timers and vanished messages do not count.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// A node.
    ///
    /// # Panics
    /// When there is no such node.
    pub fn node(&self, id: Id) -> &N {
        &self.nodes[id as usize]
    }

    /// A node, to change it between events.
    ///
    /// # Panics
    /// When there is no such node.
    pub fn node_mut(&mut self, id: Id) -> &mut N {
        &mut self.nodes[id as usize]
    }

    /// All nodes, by their id.
    pub fn nodes(&self) -> &[N] {
        &self.nodes
    }

    /// Takes one entry off the queue; false when none is due by `end`.
    #[inline]
    fn step(&mut self, end: Time) -> bool {
        let Some(event) = self.core.queue.pop(end) else {
            return false;
        };
        let (at, to, word, seq) = (event.at, event.to, event.word, event.seq);
        let core = &mut self.core;
        let Some(msg) = event.msg else {
            if to == NOBODY {
                core.now = at;
                self.fault_edge(word);
                return true;
            }
            if core.seats[to as usize].down && core.timers.armed(word) {
                core.seats[to as usize].held.push(word);
            } else if let Some(tag) = core.timers.take(word) {
                core.now = at;
                core.record(to, Kind::Fired, tag);
                self.events += 1;
                self.nodes[to as usize].timer(tag, &mut Cx { core, me: to });
            }
            return true;
        };
        core.now = at;
        if core.seats[to as usize].down {
            core.record_message(to, Kind::Vanished, word, seq);
        } else {
            core.record_message(to, Kind::Received, word, seq);
            self.events += 1;
            self.nodes[to as usize].message(word, msg, &mut Cx { core, me: to });
        }
        true
    }

    /// A fault begins or, if it is in force, ends.
    #[cold]
    fn fault_edge(&mut self, index: u32) {
        let ended = self.in_force.iter().position(|i| *i == index);
        match ended {
            Some(place) => {
                self.in_force.remove(place);
            }
            None => {
                self.in_force.push(index);
                // One that was over before it was added ends at once.
                let end = self.faults[index as usize].end().max(self.core.now);
                self.core.queue.push_edge(end, true, index);
            }
        }
        if let What::Cut { .. } = self.faults[index as usize].what {
            let in_force = self.in_force.iter().map(|i| &self.faults[*i as usize]);
            let cuts = in_force.filter_map(|fault| match &fault.what {
                What::Cut { to } => Some((fault.who.clone(), to.clone())),
                _ => None,
            });
            self.core.network.cut(cuts.collect());
            return;
        }
        let crash = ended.is_none() && self.faults[index as usize].what == What::Crash;
        for id in 0..self.nodes.len() as Id {
            if self.faults[index as usize].who.includes(id) {
                self.refresh(id);
                if crash {
                    self.crash(id);
                }
            }
        }
        if crash {
            // The timers of all who crash are found in one search: a crash is rare, and no other event has to say which life it belongs to.
            let who = &self.faults[index as usize].who;
            self.core.queue.disarm(&mut self.core.timers, |id| who.includes(id));
        }
    }

    /// A node loses its memory, unless it has lost it already or never had any.
    fn crash(&mut self, id: Id) {
        let seat = &mut self.core.seats[id as usize];
        if !seat.started || seat.crashed {
            return;
        }
        seat.crashed = true;
        for slot in std::mem::take(&mut seat.held) {
            self.core.timers.take(slot);
        }
        self.core.record(id, Kind::Crashed, 0);
        self.nodes[id as usize].crash();
    }

    /// Recomputes what the faults in force do to a node; one that comes back up goes on.
    fn refresh(&mut self, id: Id) {
        let (mut down, mut slowdown) = (false, 1.0);
        for index in &self.in_force {
            let fault = &self.faults[*index as usize];
            if fault.who.includes(id) {
                match fault.what {
                    What::Slow { factor } => slowdown *= factor,
                    What::Down | What::Crash => down = true,
                    What::Cut { .. } => {} // the network's business
                }
            }
        }
        let seat = &mut self.core.seats[id as usize];
        let was = (seat.down, seat.slowdown);
        (seat.down, seat.slowdown) = (down, slowdown);
        if slowdown != was.1 {
            self.core.record(id, Kind::Slow, slowdown.to_bits());
        }
        if down != was.0 {
            self.core.record(id, if down { Kind::Down } else { Kind::Up }, 0);
        }
        if was.0 && !down {
            for slot in std::mem::take(&mut self.core.seats[id as usize].held) {
                self.core.queue.push(self.core.now, id, slot, None);
            }
            self.wake(id);
        }
    }

    /// Starts a node that has not started yet, and restarts one that has crashed, unless it is down.
    fn wake(&mut self, id: Id) {
        let seat = &mut self.core.seats[id as usize];
        if !self.started || seat.down {
            return;
        }
        let (starts, restarts) = (!seat.started, seat.crashed);
        (seat.started, seat.crashed) = (true, false);
        let (node, mut cx) = (&mut self.nodes[id as usize], Cx { core: &mut self.core, me: id });
        if starts {
            node.start(&mut cx);
        } else if restarts {
            node.restart(&mut cx);
        }
    }
}
