//! The discrete-event engine under every design: time, events, nodes, servers, faults, random numbers, traces.
//!
//! # The parts
//!
//! A [`Sim`] holds nodes of one type, a network and the events to come. It takes the next event in order of time, lets the node it concerns
//! react, and goes on. A [`Node`] is plain data with three entry points: start, message, timer; and two more for those who crash: crash, restart.
//! It acts only through the [`Cx`] that it is handed: send, set or cancel a timer, read its clock, draw a random number.
//!
//! | part | what it is |
//! |---|---|
//! | [`Time`] | an instant or a span, in whole nanoseconds; made by [`ns`], [`us`], [`ms`], [`secs`] |
//! | [`Stream`] | random numbers, one independent stream for each node, one for the network and one for each link |
//! | [`Dist`], [`Quantiles`] | how long things take: named distributions, or measured quantiles |
//! | [`Sim::link`], [`Sim::links`] | latencies of single links and between groups, where they differ from the network's |
//! | [`Station`] | a server: slots, a bounded queue, a discipline |
//! | [`Disk`] | a log whose unsynced records a crash loses |
//! | [`Clock`] | a node's own clock: how far ahead it is, how fast it runs |
//! | [`Schedule`] | faults as data: who is slow, down, crashed or cut off, from when, for how long; written, [generated](Schedule::generate), saved, [shrunk](fault::shrink()) |
//! | [`Properties`] | what must hold always, in the end, or once |
//! | [`Latencies`] | a histogram of spans: quantiles, means, distribution functions |
//! | [`Trace`] | what happened, in order, and the [way of each message](Trace::messages) |
//!
//! # A protocol of two nodes
//!
//! One node pings the other until it has ten answers. It waits 5 ms for each and then tries again. The other node
//! is down for the first 12 ms.
//!
//! ```
//! use sim::fault::{Fault, Schedule, What, Who};
//! use sim::{Cx, Dist, Id, Node, Sim, Time, TimerId, ms, secs, us};
//!
//! #[derive(Clone, Copy)]
//! enum Msg { Ping(u64), Ack(u64) }
//!
//! /// Both roles in one type. The answering role has no state.
//! enum Peer {
//!     Asker { other: Id, sent: u64, acked: u64, time_out: Option<TimerId> },
//!     Answerer,
//! }
//!
//! impl Peer {
//!     fn ping(&mut self, cx: &mut Cx<'_, Msg>) {
//!         if let Peer::Asker { other, sent, time_out, .. } = self {
//!             *sent += 1;
//!             cx.send(*other, Msg::Ping(*sent));
//!             *time_out = Some(cx.set_timer(ms(5), 0));
//!         }
//!     }
//! }
//!
//! impl Node for Peer {
//!     type Msg = Msg;
//!
//!     fn start(&mut self, cx: &mut Cx<'_, Msg>) {
//!         self.ping(cx);
//!     }
//!
//!     fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
//!         match (self, msg) {
//!             (Peer::Answerer, Msg::Ping(n)) => cx.send(from, Msg::Ack(n)),
//!             (me @ Peer::Asker { .. }, Msg::Ack(n)) => {
//!                 let Peer::Asker { sent, acked, time_out, .. } = me else { unreachable!() };
//!                 if n != *sent { return } // an answer to an earlier try
//!                 time_out.take().into_iter().for_each(|timer| cx.cancel(timer));
//!                 *acked += 1;
//!                 if *acked == 10 { cx.stop() } else { me.ping(cx) }
//!             }
//!             _ => unreachable!("nobody pings the asker, nobody answers the answerer"),
//!         }
//!     }
//!
//!     fn timer(&mut self, _tag: u64, cx: &mut Cx<'_, Msg>) {
//!         self.ping(cx);
//!     }
//! }
//!
//! let mut sim = Sim::new(7, Dist::Uniform(us(200), us(400))); // seed, one-way latency
//! let asker = sim.add(Peer::Asker { other: 1, sent: 0, acked: 0, time_out: None });
//! sim.add(Peer::Answerer);
//! let outage = Fault { who: Who::One(1), what: What::Down, from: Time::ZERO, lasting: ms(12) };
//! sim.faults(Schedule(vec![outage]));
//!
//! sim.run_until(secs(1));
//!
//! let Peer::Asker { sent, acked, .. } = *sim.node(asker) else { unreachable!() };
//! assert_eq!((sent, acked), (13, 10)); // pings at 0, 5 and 10 ms were lost
//! assert!(sim.now() > ms(15) && sim.now() < ms(24)); // ten round trips after the ping at 15 ms
//! ```
//!
//! # A queue
//!
//! Customers arrive at random (7.2 a second) at a counter with eight clerks who need 1 s on average. Erlang's C formula gives
//! the mean wait.
//!
//! ```
//! use sim::{Arrival, Cx, Discipline, Dist, Id, Latencies, Node, Sim, Station, Time, secs};
//!
//! const ARRIVE: u64 = 0;
//! const DONE: u64 = 1;
//!
//! struct Counter { station: Station<Time>, to_come: u64, waits: Latencies }
//!
//! impl Counter {
//!     fn serve(&mut self, since: Time, cx: &mut Cx<'_, ()>) {
//!         self.waits.record(cx.now() - since);
//!         let work = cx.rng().exponential(secs(1));
//!         cx.set_timer(cx.stretch(work), DONE); // longer while a fault slows this node
//!     }
//! }
//!
//! impl Node for Counter {
//!     type Msg = ();
//!
//!     fn start(&mut self, cx: &mut Cx<'_, ()>) {
//!         let gap = cx.rng().exponential(secs(10) / 72);
//!         cx.set_timer(gap, ARRIVE);
//!     }
//!
//!     fn message(&mut self, _: Id, _: (), _: &mut Cx<'_, ()>) {}
//!
//!     fn timer(&mut self, tag: u64, cx: &mut Cx<'_, ()>) {
//!         if tag == ARRIVE {
//!             self.to_come -= 1;
//!             if self.to_come > 0 { self.start(cx) }
//!             match self.station.arrive(cx.now()) {
//!                 Arrival::Start(since) => self.serve(since, cx),
//!                 Arrival::Queued => {}
//!                 Arrival::Rejected(_) => unreachable!("this queue has no bound"),
//!             }
//!         } else if let Some(since) = self.station.leave() {
//!             self.serve(since, cx);
//!         }
//!     }
//! }
//!
//! let customers = 100_000;
//! let mut sim = Sim::new(1, Dist::Constant(Time::ZERO)); // no messages, so no latency
//! let station = Station::new(8, usize::MAX, Discipline::Fifo);
//! sim.add(Counter { station, to_come: customers, waits: Latencies::new() });
//! sim.run_until(Time::MAX);
//!
//! // Erlang C for 8 servers, load 0.9: 70 % have to wait, 1.25 s on average, so 0.877 s over all.
//! let (servers, load) = (8.0, 0.9);
//! let blocked = (1..=8).fold(1.0, |b, n| 7.2 * b / (n as f64 + 7.2 * b));
//! let waiting = blocked / (1.0 - load * (1.0 - blocked));
//! let mean = waiting / (servers * (1.0 - load));
//! // The mean of 10⁵ waits, which follow each other closely, has a standard error of 0.08 s.
//! assert!((sim.node(0).waits.mean().as_secs() - mean).abs() < 0.24);
//! ```
//!
//! # What goes wrong, and where it is decided
//!
//! | fault | what it does | when it is decided |
//! |---|---|---|
//! | [`Slow`](fault::What::Slow) | work takes longer, where the node [stretches](Cx::stretch) it | as the node asks |
//! | [`Down`](fault::What::Down) | the node stands still: messages vanish, its timers wait | as a message arrives, as a timer falls due |
//! | [`Crash`](fault::What::Crash) | the same, and memory and timers are gone | as the fault begins; back as it ends |
//! | [`Cut`](fault::What::Cut) | messages from some to others are lost, one way | as a message is sent |
//!
//! The usual way through them: a [`Generator`](fault::Generator) makes a schedule from each of many seeds, [`Properties`] say what a run must show,
//! [`shrink`](fault::shrink()) finds the few faults that break it, and the seed with those faults replays the same run.
//! A node loses only what its [`crash`](Node::crash) drops; what is meant to survive lies on a [`Disk`].
//!
//! # Why a run is the same everywhere
//!
//! Time is a whole number. Events of one instant happen in the order in which they were scheduled. Each node and each link of its own latency
//! draws from its own stream, made from the seed and its number. Logarithms and powers come from the `libm` crate rather than the platform. Nothing looks
//! at a clock or depends on the order of a hash table. [`selfcheck::trace_hash`] and [`selfcheck::fault_hash`] show it.

mod clock;
mod disk;
mod dist;
mod engine;
pub mod fault;
pub mod latencies;
mod network;
mod node;
mod normal;
pub mod properties;
mod quantiles;
mod queue;
mod rng;
pub mod selfcheck;
pub mod station;
pub mod time;
pub mod trace;

pub use clock::Clock;
pub use disk::Disk;
pub use dist::Dist;
pub use engine::Sim;
pub use fault::{Fault, Schedule};
pub use latencies::Latencies;
pub use node::{Cx, Node};
pub use properties::Properties;
pub use quantiles::Quantiles;
pub use queue::TimerId;
pub use rng::Stream;
pub use station::{Arrival, Discipline, Station};
pub use time::{Time, ms, ns, secs, us};
pub use trace::{Note, Trace};

/// Number of a node in its simulation, counted from 0 in the order of [`Sim::add`].
pub type Id = u32;
