//! The simulated system: processes that send requests, a dependency of many slots, and trouble at the dependency.
//!
//! What decides a request's luck (its process, its shard, the work, loss or error of its n-th try) is drawn from the request's own
//! stream. So two policies run on the same requests and on the same luck, and what differs between them is what they did.

mod clients;
mod measure;
mod server;
mod window;

pub use clients::Clients;
pub use measure::{AT_ONCE, SLICE, Slice, Totals, WELL, WINDOW, ratio};
pub use server::Server;

use super::policy::Policy;
use sim::{Cx, Dist, Id, Node, Sim, Time, ms, secs, us};

/// A span of time in which the dependency has less capacity than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trouble {
    /// When it begins.
    pub from: Time,
    /// How long it lasts.
    pub lasting: Time,
    /// Speed of the work meanwhile, as a share of the usual one: 0 for a stall, 0.5 for "twice as slow".
    pub speed: f64,
}

impl Trouble {
    /// When it ends.
    pub fn end(&self) -> Time {
        self.from + self.lasting
    }

    /// When work that begins now is done.
    fn done(&self, now: Time, work: Time) -> Time {
        let before = self.from - now;
        if work <= before || now >= self.end() {
            return now + work;
        }
        let left = work - before;
        let inside = now.max(self.from);
        let can = (self.end() - inside).scale(self.speed);
        if left <= can {
            inside + left.scale(1.0 / self.speed)
        } else {
            self.end() + (left - can)
        }
    }
}

/// Everything that defines a run, but the policy and the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Processes that call the dependency, each with a policy of its own.
    pub processes: u32,
    /// Requests a second, arriving at random (Poisson) over all processes.
    pub rate: f64,
    /// How long a process waits for a try.
    pub time_out: Time,
    /// Times that the caller of a process asks again after it was told that a request failed, without a limit.
    pub calls: u32,
    /// How long a user waits; what comes later is a failure.
    pub patience: Time,
    /// Shards of the dependency's data. Each request needs one of them.
    pub shards: u32,
    /// Has each shard its own part of the slots, and a queue of its own? Otherwise all slots share one queue.
    pub own_queues: bool,
    /// Tries that the dependency works on at once.
    pub slots: usize,
    /// Mean time that a try's work takes; exponentially distributed.
    pub work: Time,
    /// Tries that may wait; more are refused.
    pub queue: usize,
    /// Is the newest waiting try taken first?
    pub newest_first: bool,
    /// Is a try that has timed out taken out of its queue?
    pub withdraw: bool,
    /// One-way delay between process and dependency.
    pub network: Time,
    /// Share of tries that are lost without an answer, 0 to 1.
    pub lost: f64,
    /// Share of tries that fail at once, without work, 0 to 1.
    pub failing: f64,
    /// Is shard 0 dead, so that every try to it fails at once?
    pub dead_shard: bool,
    /// A stall or slow-down of the whole dependency.
    pub trouble: Option<Trouble>,
    /// Requests made in this span have their times recorded.
    pub judged: (Time, Time),
    /// No request arrives after this.
    pub end: Time,
}

impl Default for System {
    fn default() -> Self {
        System {
            processes: 10,
            rate: 400.0,
            time_out: ms(1_000),
            calls: 1,
            patience: secs(10),
            shards: 10,
            own_queues: false,
            slots: 50,
            work: ms(100),
            queue: usize::MAX,
            newest_first: false,
            withdraw: false,
            network: us(500),
            lost: 0.0,
            failing: 0.0,
            dead_shard: false,
            trouble: None,
            judged: (Time::ZERO, Time::MAX),
            end: secs(30),
        }
    }
}

impl System {
    /// Tries a second that the dependency can work on.
    pub fn capacity(&self) -> f64 {
        self.slots as f64 / self.work.as_secs()
    }

    fn servers(&self) -> u32 {
        if self.own_queues { self.shards } else { 1 }
    }

    /// The node that serves a shard. Node 0 is the processes.
    fn server_of(&self, shard: u32) -> Id {
        if self.own_queues { 1 + shard } else { 1 }
    }
}

/// A message between a process and the dependency.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Work on this try; without work it fails at once.
    Ask {
        /// Which try.
        key: Key,
        /// What it takes.
        work: Option<Time>,
    },
    /// The answer.
    Answer(Key),
    /// An error.
    Error(Key),
    /// The queue is full.
    Full(Key),
    /// Nobody waits for this try any more.
    Withdraw(Key),
}

/// Names one try of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    slot: u32,
    generation: u32,
    attempt: u32,
}

/// A participant.
pub enum Part {
    /// All processes.
    Clients(Box<Clients>),
    /// A server of the dependency.
    Server(Box<Server>),
}

impl Node for Part {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<Msg>) {
        if let Part::Clients(clients) = self {
            clients.start(cx);
        }
    }

    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<Msg>) {
        match self {
            Part::Clients(clients) => clients.message(msg, cx),
            Part::Server(server) => server.message(from, msg, cx),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match self {
            Part::Clients(clients) => clients.timer(tag, cx),
            Part::Server(server) => server.finished(tag as usize, cx),
        }
    }
}

/// A run under way.
pub struct SystemRun {
    sim: Sim<Part>,
    system: System,
    over: bool,
}

impl SystemRun {
    /// Sets a run up. `policy` makes one policy for each process.
    pub fn new(system: &System, policy: &mut dyn FnMut() -> Box<dyn Policy>, seed: u64) -> SystemRun {
        let mut sim = Sim::new(seed, Dist::Constant(system.network));
        sim.add(Part::Clients(Box::new(Clients::new(system, policy, seed))));
        for _ in 0..system.servers() {
            sim.add(Part::Server(Box::new(Server::new(system))));
        }
        SystemRun { sim, system: system.clone(), over: false }
    }

    /// Goes on for `events` events; false when the run is over.
    pub fn advance(&mut self, events: u64) -> bool {
        self.over = self.over || !self.sim.run_events(events);
        !self.over
    }

    /// Goes on until the last user has been served or has gone.
    pub fn finish(mut self) -> Self {
        while self.advance(1 << 20) {}
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

    /// What was measured.
    pub fn totals(&self) -> Totals {
        let Part::Clients(clients) = self.sim.node(0) else {
            unreachable!("node 0 is the clients")
        };
        let mut totals = clients.totals.clone();
        let end = (self.system.end.as_ns().div_ceil(SLICE.as_ns())) as usize;
        totals.slices.resize(end, Slice::default());
        for node in self.sim.nodes() {
            let Part::Server(server) = node else { continue };
            for (slice, second) in totals.slices.iter_mut().zip(&server.seconds) {
                slice.served += u64::from(second.served);
                slice.begun += u64::from(second.begun);
                slice.waits_us += second.waits.as_us();
            }
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_stands_still_in_a_stall_and_goes_on_after_it() {
        let stall = Trouble { from: ms(100), lasting: ms(50), speed: 0.0 };
        assert_eq!(stall.done(ms(0), ms(100)), ms(100));
        assert_eq!(stall.done(ms(0), ms(101)), ms(151));
        assert_eq!(stall.done(ms(120), ms(10)), ms(160));
        assert_eq!(stall.done(ms(150), ms(10)), ms(160));
    }

    #[test]
    fn slow_work_takes_longer_while_it_lasts() {
        let slow = Trouble { from: ms(100), lasting: ms(100), speed: 0.5 };
        assert_eq!(slow.done(ms(100), ms(20)), ms(140));
        assert_eq!(slow.done(ms(90), ms(20)), ms(120));
        assert_eq!(slow.done(ms(190), ms(20)), ms(215));
    }
}
