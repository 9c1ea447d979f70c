//! The engine: nodes, their context, and the loop over events.

use crate::fault::{Schedule, What};
use crate::queue::{NOBODY, Queue, TimerId, Timers};
use crate::trace::{Kind, Note, Trace};
use crate::{Dist, Fault, Id, Stream, Time};

/// One participant: a state machine that reacts to messages and timers.
///
/// All effects go through the [`Cx`], so a node is plain data: it can be looked at, cloned and compared between events.
/// Participants of several kinds are one enum that implements `Node`.
pub trait Node {
    /// What nodes say to each other. Kept small (an enum of plain data), it makes the engine faster: messages lie in the event queue.
    type Msg;

    /// Called once, at the start of the run; for a node that is down then, when it first comes up.
    fn start(&mut self, cx: &mut Cx<'_, Self::Msg>) {
        let _ = cx;
    }

    /// A message arrived.
    fn message(&mut self, from: Id, msg: Self::Msg, cx: &mut Cx<'_, Self::Msg>);

    /// A timer fired that was set with this tag.
    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Self::Msg>) {
        let _ = (tag, cx);
    }
}

/// What a node sees of the world, and how it acts on it, during one event.
#[derive(Debug)]
pub struct Cx<'a, M> {
    core: &'a mut Core<M>,
    me: Id,
}

impl<M> Cx<'_, M> {
    /// This node.
    #[inline]
    pub fn me(&self) -> Id {
        self.me
    }

    /// The time since the start of the run.
    #[inline]
    pub fn now(&self) -> Time {
        self.core.now
    }

    /// This node's own stream of random numbers.
    #[inline]
    pub fn rng(&mut self) -> &mut Stream {
        &mut self.core.seats[self.me as usize].rng
    }

    /// Sends a message. It arrives after one draw of the network's latency; it vanishes if the receiver is down at that moment.
    ///
    /// # Panics
    /// When there is no node `to`; without debug assertions, only as the message arrives.
    #[inline]
    pub fn send(&mut self, to: Id, msg: M) {
        let core = &mut *self.core;
        debug_assert!(
            (to as usize) < core.seats.len(),
            "node {} sends to node {to}, which does not exist",
            self.me
        );
        let at = core.now + core.network.sample(&mut core.luck);
        core.record(self.me, Kind::Sent, to.into());
        core.queue.push(at, to, self.me, Some(msg));
    }

    /// Calls [`Node::timer`] with `tag` after this span, unless [cancelled](Cx::cancel). A timer due at [`Time::MAX`] never fires.
    #[inline]
    pub fn set_timer(&mut self, after: Time, tag: u64) -> TimerId {
        let core = &mut *self.core;
        let id = core.timers.set(tag);
        core.queue.push(core.now + after, self.me, id.slot(), None);
        id
    }

    /// Cancels a timer; does nothing when it has fired or was cancelled before. Takes constant time.
    #[inline]
    pub fn cancel(&mut self, timer: TimerId) {
        self.core.timers.cancel(timer);
    }

    /// How many times longer than usual this node's work takes now: the product of the [`What::Slow`] faults in force on it, 1 when well.
    #[inline]
    pub fn slowdown(&self) -> f64 {
        self.core.seats[self.me as usize].slowdown
    }

    /// How long this much work takes at this node now: `work` times the [slowdown](Cx::slowdown); exactly `work` when well.
    #[inline]
    pub fn stretch(&self, work: Time) -> Time {
        work.scale(self.slowdown())
    }

    /// Writes a number or a text into the trace. The closure is called only when a trace is on.
    #[inline]
    pub fn note<T: Into<Note>>(&mut self, what: impl FnOnce() -> T) {
        if let Some(trace) = &mut self.core.trace {
            trace.note(self.core.now, self.me, what().into());
        }
    }

    /// Ends the run after this event.
    #[inline]
    pub fn stop(&mut self) {
        self.core.stopped = true;
    }
}

/// The network's stream: no number that anyone would give to an entity of their own.
const NETWORK: u64 = u64::from_be_bytes(*b"network.");

/// What the engine keeps for one node.
#[derive(Clone, Debug)]
struct Seat {
    rng: Stream,
    /// Product of the slow faults in force; exactly 1 when there is none.
    slowdown: f64,
    down: bool,
    started: bool,
    /// Slots of the timers that fell due while the node was down, in order.
    held: Vec<u32>,
}

/// Everything but the nodes, so that a node can act on it while it is borrowed.
#[derive(Clone, Debug)]
struct Core<M> {
    now: Time,
    queue: Queue<M>,
    timers: Timers,
    seats: Vec<Seat>,
    seed: u64,
    network: Dist,
    /// The network's stream.
    luck: Stream,
    stopped: bool,
    trace: Option<Trace>,
}

impl<M> Core<M> {
    #[inline]
    fn record(&mut self, node: Id, kind: Kind, value: u64) {
        if let Some(trace) = &mut self.trace {
            trace.push(self.now, node, kind, value);
        }
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
            network,
            luck: Stream::new(seed, NETWORK),
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
        self.core
            .seats
            .push(Seat { rng, slowdown: 1.0, down: false, started: false, held: Vec::new() });
        if self.started {
            self.refresh(id);
            self.wake(id);
        }
        id
    }

    /// Adds faults to the run. A fault begins, and ends, before any other event of that instant. One that should have begun
    /// already begins now.
    ///
    /// # Panics
    /// When the factor of a slow fault is not a positive number.
    pub fn faults(&mut self, schedule: Schedule) {
        for fault in schedule.0 {
            if let What::Slow { factor } = fault.what {
                assert!(
                    factor > 0.0 && factor.is_finite(),
                    "a node cannot be slowed down by a factor of {factor}"
                );
            }
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
        let (at, to, word) = (event.at, event.to, event.word);
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
            core.record(to, Kind::Vanished, word.into());
        } else {
            core.record(to, Kind::Received, word.into());
            self.events += 1;
            self.nodes[to as usize].message(word, msg, &mut Cx { core, me: to });
        }
        true
    }

    /// A fault begins or, if it is in force, ends.
    #[cold]
    fn fault_edge(&mut self, index: u32) {
        match self.in_force.iter().position(|i| *i == index) {
            Some(place) => {
                self.in_force.remove(place);
            }
            None => {
                self.in_force.push(index);
                let end = self.faults[index as usize].end();
                self.core.queue.push_edge(end, true, index);
            }
        }
        for id in 0..self.nodes.len() as Id {
            if self.faults[index as usize].who.includes(id) {
                self.refresh(id);
            }
        }
    }

    /// Recomputes what the faults in force do to a node; one that comes back up goes on.
    fn refresh(&mut self, id: Id) {
        let (mut down, mut slowdown) = (false, 1.0);
        for index in &self.in_force {
            let fault = &self.faults[*index as usize];
            if fault.who.includes(id) {
                match fault.what {
                    What::Slow { factor } => slowdown *= factor,
                    What::Down => down = true,
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

    /// Starts a node that has not started yet, unless it is down.
    fn wake(&mut self, id: Id) {
        let seat = &mut self.core.seats[id as usize];
        if self.started && !seat.down && !seat.started {
            seat.started = true;
            self.nodes[id as usize].start(&mut Cx { core: &mut self.core, me: id });
        }
    }
}
