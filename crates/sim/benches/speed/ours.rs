//! The three scenarios as a protocol's author writes them.

use super::{Check, Done};
use sim::{Arrival, Cx, Discipline, Dist, Id, Node, Sim, Station, Time, TimerId, ms, ns, secs, us};

/// Mean time of one hop: uniform over 1 to 2,000 µs, so 1,000.5 µs with a standard deviation of 577 µs.
pub(crate) fn mean_hop(end_ns: u64, hops: u64) -> Check {
    let error = 577.0 / (hops as f64).sqrt() + 2.0; // and 64 hops under way at the end
    Check { what: "mean hop, µs", got: 64.0 * end_ns as f64 / hops as f64 / 1e3, want: 1_000.5, error }
}

/// Mean wait of the M/M/8 queue, by Erlang C. Waits are strongly correlated at 90 % load: the standard error was measured over many runs.
pub(crate) fn mean_wait(sum_ns: u64, customers: u64) -> Check {
    let error = 250.0 / (customers as f64).sqrt();
    Check { what: "mean wait, ms", got: sum_ns as f64 / customers as f64 / 1e6, want: 8.769, error }
}

/// A ping times out when it or its answer is lost (1 − 0.99² = 1.99 %).
pub(crate) fn share_lost(lost: u64, pings: u64) -> Check {
    let error = (1.99_f64 * 98.01 / pings as f64).sqrt();
    Check { what: "lost, %", got: 100.0 * lost as f64 / pings as f64, want: 1.99, error }
}

struct Ring;

impl Node for Ring {
    type Msg = u32;

    fn start(&mut self, cx: &mut Cx<'_, u32>) {
        cx.send(cx.me(), cx.me());
    }

    fn message(&mut self, _: Id, token: u32, cx: &mut Cx<'_, u32>) {
        cx.send((cx.me() + 1) % 64, token);
    }
}

pub(crate) fn ring(hops: u64, trace: bool) -> Done {
    let mut sim = Sim::new(1, Dist::Uniform(us(1), us(2_000)));
    (0..64).for_each(|_| _ = sim.add(Ring));
    sim.trace(trace);
    sim.run_events(hops);
    Done { events: sim.events(), check: mean_hop(sim.now().as_ns(), hops) }
}

struct Desk {
    station: Station<Time>,
    to_come: u64,
    waited: u64,
}

impl Desk {
    const ARRIVE: u64 = 0;
    const DONE: u64 = 1;

    fn serve(cx: &mut Cx<'_, ()>) {
        let work = cx.rng().exponential(ms(10));
        cx.set_timer(cx.stretch(work), Self::DONE);
    }
}

impl Node for Desk {
    type Msg = ();

    fn start(&mut self, cx: &mut Cx<'_, ()>) {
        let gap = cx.rng().exponential(ns(10_000_000 * 10 / 72));
        cx.set_timer(gap, Self::ARRIVE);
    }

    fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, ()>) {
        if tag == Self::ARRIVE {
            self.to_come -= 1;
            if self.to_come > 0 {
                self.start(cx);
            }
            if let Arrival::Start(_) = self.station.arrive(cx.now()) {
                Self::serve(cx);
            }
        } else if let Some(since) = self.station.leave() {
            self.waited += (cx.now() - since).as_ns();
            Self::serve(cx);
        }
    }
}

pub(crate) fn queue(customers: u64, trace: bool) -> Done {
    let mut sim = Sim::new(2, Dist::Constant(Time::ZERO));
    sim.add(Desk { station: Station::new(8, usize::MAX, Discipline::Fifo), to_come: customers, waited: 0 });
    sim.trace(trace);
    sim.run_until(Time::MAX);
    Done { events: sim.events(), check: mean_wait(sim.node(0).waited, customers) }
}

#[derive(Clone, Copy)]
enum Gossip {
    Ping(u32),
    Ack(u32),
}

#[derive(Default)]
struct Peer {
    pings: u32,
    lost: u32,
    time_out: Option<TimerId>,
}

impl Peer {
    const TICK: u64 = 0;
    const TIME_OUT: u64 = 1;

    /// Over a line that loses 1 %.
    fn send(to: Id, msg: Gossip, cx: &mut Cx<'_, Gossip>) {
        if !cx.rng().chance(0.01) {
            cx.send(to, msg);
        }
    }
}

impl Node for Peer {
    type Msg = Gossip;

    fn start(&mut self, cx: &mut Cx<'_, Gossip>) {
        let after = ns(cx.rng().below(0, ms(200).as_ns()));
        cx.set_timer(after, Self::TICK);
    }

    fn message(&mut self, from: Id, msg: Gossip, cx: &mut Cx<'_, Gossip>) {
        match msg {
            Gossip::Ping(id) => Self::send(from, Gossip::Ack(id), cx),
            Gossip::Ack(id) => {
                if id == self.pings
                    && let Some(timer) = self.time_out.take()
                {
                    cx.cancel(timer);
                }
            }
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Gossip>) {
        if tag == Self::TIME_OUT {
            self.lost += 1;
            self.time_out = None;
            return;
        }
        let other = cx.rng().below(0, 999) as Id;
        self.pings += 1;
        Self::send(other + Id::from(other >= cx.me()), Gossip::Ping(self.pings), cx);
        self.time_out = Some(cx.set_timer(ms(100), Self::TIME_OUT));
        cx.set_timer(ms(200), Self::TICK);
    }
}

pub(crate) fn gossip(seconds: u64, trace: bool) -> Done {
    let mut sim = Sim::new(3, Dist::Exponential { mean: ms(1) });
    (0..1_000).for_each(|_| _ = sim.add(Peer::default()));
    sim.trace(trace);
    sim.run_until(secs(seconds));
    let (lost, pings) = sim
        .nodes()
        .iter()
        .fold((0, 0), |(l, p), n| (l + u64::from(n.lost), p + u64::from(n.pings)));
    Done { events: sim.events(), check: share_lost(lost, pings) }
}
