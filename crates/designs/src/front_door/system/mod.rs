//! The simulated system: balancers that hand each request to one of twenty servers, the servers, and what is wrong with some of them.
//!
//! What decides a request's luck (its balancer, its work, whether a failing server fails it) is drawn from the request's own
//! stream. So two policies meet the same requests with the same luck, and what differs between them is where they sent them.

mod door;
mod measure;
mod server;
mod window;

pub use door::Door;
pub use measure::{Slice, Totals, ratio};
pub use server::Server;
pub use window::Counts;

use super::policy::Policy;
use sim::{Cx, Dist, Id, Node, Sim, Time, ms, secs, us};

/// What is wrong with some of the servers, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    /// Number of the first server that it strikes, counted from 0.
    pub first: u32,
    /// How many servers it strikes, that one included.
    pub servers: u32,
    /// Share of the requests at such a server that it fails, 0 to 1.
    pub fails: f64,
    /// Time that a failed reply takes. It needs no slot.
    pub takes: Time,
    /// Does a failed request get no reply at all?
    pub silent: bool,
    /// How many times as long as usual the work of the other requests takes.
    pub slower: f64,
    /// When it begins.
    pub from: Time,
    /// How long it lasts.
    pub lasting: Time,
}

impl Fault {
    /// The first server fails every request in 1 ms, from 5 s on.
    pub const FAST: Fault = Fault {
        first: 0,
        servers: 1,
        fails: 1.0,
        takes: ms(1),
        silent: false,
        slower: 1.0,
        from: secs(5),
        lasting: Time::MAX,
    };

    /// Does it strike this server now?
    fn strikes(&self, server: u32, now: Time) -> bool {
        let after = now.as_ns().checked_sub(self.from.as_ns());
        (self.first..self.first + self.servers).contains(&server) && after.is_some_and(|t| t < self.lasting.as_ns())
    }
}

/// Everything that defines a run, but the policy and the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// Servers that do the work.
    pub servers: u32,
    /// Requests that a server works on at once; more wait there.
    pub slots: usize,
    /// Mean time that a request's work takes; exponentially distributed.
    pub work: Time,
    /// Load: requests a second, as a share of what all servers can finish.
    pub load: f64,
    /// Balancers that share the requests, each with a policy of its own; each knows only the requests that it sent.
    pub balancers: u32,
    /// How old the counts of open requests may be that a policy sees: they are renewed once in this time. Zero: at once.
    pub renewed: Time,
    /// How often weights are asked for.
    pub refresh: Time,
    /// Over which time errors, answers and their times are counted.
    pub window: Time,
    /// How long a balancer waits for a server; the user then gets an error.
    pub time_out: Time,
    /// One-way delay between balancer and server.
    pub network: Time,
    /// Share of all requests that fail in 1 ms at whichever server they reach: an ordinary day's errors.
    pub errors: f64,
    /// What is wrong with some servers.
    pub faults: Vec<Fault>,
    /// Is the servers' health check red on those that a fault strikes? A check asks for less than a request does.
    pub check_sees: bool,
    /// Requests made in this span are judged.
    pub judged: (Time, Time),
    /// No request arrives after this.
    pub end: Time,
}

impl Default for System {
    fn default() -> Self {
        System {
            servers: 20,
            slots: 8,
            work: ms(100),
            load: 0.6,
            balancers: 1,
            renewed: Time::ZERO,
            refresh: secs(1),
            window: secs(10),
            time_out: secs(1),
            network: us(500),
            errors: 0.0,
            faults: Vec::new(),
            check_sees: false,
            judged: (Time::ZERO, Time::MAX),
            end: secs(30),
        }
    }
}

impl System {
    /// Requests a second that all servers together can finish.
    pub fn capacity(&self) -> f64 {
        f64::from(self.servers) * self.slots as f64 / self.work.as_secs()
    }

    /// Requests a second that users make.
    pub fn rate(&self) -> f64 {
        self.load * self.capacity()
    }

    /// Does some fault strike this server now?
    fn struck(&self, server: u32, now: Time) -> bool {
        self.faults.iter().any(|f| f.strikes(server, now))
    }
}

/// A message between a balancer and a server.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Do this work.
    Ask {
        /// Which request.
        key: Key,
        /// The work.
        work: Time,
        /// A uniform number that decides whether a failing server fails it.
        luck: f64,
    },
    /// The answer.
    Answer(Key),
    /// An error.
    Error(Key),
}

/// Names one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    slot: u32,
    generation: u32,
}

/// A participant. The door, with all balancers, is node 0.
pub enum Part {
    /// All balancers.
    Door(Box<Door>),
    /// A server.
    Server(Box<Server>),
}

impl Node for Part {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<Msg>) {
        if let Part::Door(door) = self {
            door.start(cx);
        }
    }

    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<Msg>) {
        match self {
            Part::Door(door) => door.message(msg, cx),
            Part::Server(server) => server.message(from, msg, cx),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<Msg>) {
        match self {
            Part::Door(door) => door.timer(tag, cx),
            Part::Server(server) => server.timer(tag, cx),
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
    /// Sets a run up. `policy` makes one policy for each balancer.
    pub fn new(system: &System, policy: &mut dyn FnMut() -> Box<dyn Policy>, seed: u64) -> SystemRun {
        let mut sim = Sim::new(seed, Dist::Constant(system.network));
        sim.add(Part::Door(Box::new(Door::new(system, policy, seed))));
        for number in 0..system.servers {
            sim.add(Part::Server(Box::new(Server::new(system, number))));
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

    /// What was measured.
    pub fn totals(&self) -> Totals {
        let Part::Door(door) = self.sim.node(0) else {
            unreachable!("node 0 is the door")
        };
        let mut totals = door.totals.clone();
        totals.span = self.now().min(self.system.judged.1).min(self.system.end) - self.system.judged.0;
        for node in self.sim.nodes() {
            if let Part::Server(server) = node {
                totals.worked += server.worked;
            }
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::{FewestOpen, InTurn, Ties};
    use super::*;

    fn run(system: &System, policy: fn() -> Box<dyn Policy>) -> Totals {
        SystemRun::new(system, &mut || policy(), 3).finish().totals()
    }

    #[test]
    fn in_turn_every_server_has_its_share_and_nothing_fails() {
        let t = run(&System::default(), || Box::new(InTurn::default()));
        let requests = t.requests as f64;
        assert!((requests / (30.0 * 960.0) - 1.0).abs() < 0.03, "{requests}");
        assert!(t.sent.iter().all(|s| (*s as f64 * 20.0 / requests - 1.0).abs() < 0.01));
        assert!(t.failed() < 1e-3, "{}", t.failed());
        // 60 % of 160 slots.
        assert!((t.busy_slots() - 96.0).abs() < 3.0, "{}", t.busy_slots());
    }

    #[test]
    fn a_fault_strikes_its_servers_and_its_time() {
        let f = Fault { first: 3, servers: 2, from: secs(2), lasting: secs(3), ..Fault::FAST };
        assert!(f.strikes(3, secs(2)) && f.strikes(4, ms(4_999)));
        assert!(!f.strikes(2, secs(3)) && !f.strikes(5, secs(3)));
        assert!(!f.strikes(3, ms(1_999)) && !f.strikes(3, secs(5)));
    }

    #[test]
    fn a_silent_server_costs_its_users_the_time_out() {
        let faults = vec![Fault { silent: true, from: Time::ZERO, ..Fault::FAST }];
        let t = run(&System { faults, ..System::default() }, || Box::new(InTurn::default()));
        assert!((t.failed() - 0.05).abs() < 0.002, "{}", t.failed());
        assert_eq!(t.errors, 0);
    }

    #[test]
    fn the_first_in_the_list_is_taken_whenever_it_is_among_the_fewest() {
        let t = run(&System { load: 0.01, ..System::default() }, || {
            Box::new(FewestOpen::new(Ties::First))
        });
        assert!(t.share(0) > 0.3 && t.share(0) > t.share(1) && t.share(1) > t.share(2));
    }
}
