//! Does this build compute the very same run as every other?

use crate::fault::{Fault, Schedule, What, Who};
use crate::{Cx, Dist, Id, Latencies, Node, Quantiles, Sim, Time, TimerId, ms, secs};

const PEERS: Id = 24;
const TICK: u64 = 0;
const TIME_OUT: u64 = 1;

/// A peer that pings another at random, and times the answer.
#[derive(Clone, Debug)]
struct Peer {
    gap: Dist,
    ping: u64,
    asked: Time,
    time_out: Option<TimerId>,
    took: Latencies,
}

#[derive(Clone, Copy, Debug)]
enum Msg {
    Ping(u64),
    Ack(u64),
}

impl Node for Peer {
    type Msg = Msg;

    fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        let gap = self.gap.sample(cx.rng());
        cx.set_timer(gap, TICK);
    }

    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Ping(ping) => cx.send(from, Msg::Ack(ping)),
            Msg::Ack(ping) if ping == self.ping => {
                if let Some(timer) = self.time_out.take() {
                    cx.cancel(timer);
                }
                self.took.record(cx.now() - self.asked);
            }
            Msg::Ack(late) => cx.note(|| format!("late answer to {late}")),
        }
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        if tag == TIME_OUT {
            self.time_out = None;
            cx.note(|| self.ping);
            return;
        }
        self.ping += 1;
        self.asked = cx.now();
        let other = (cx.me() + 1 + cx.rng().below(0, u64::from(PEERS) - 1) as Id) % PEERS;
        cx.send(other, Msg::Ping(self.ping));
        if let Some(earlier) = self.time_out.replace(cx.set_timer(cx.stretch(ms(8)), TIME_OUT)) {
            cx.cancel(earlier);
        }
        let gap = self.gap.sample(cx.rng());
        cx.set_timer(cx.stretch(gap), TICK);
    }
}

/// A hash over every event of a small gossip run: 24 peers, every kind of distribution, time-outs, slow and dead nodes, 3 simulated seconds.
///
/// The hash of a seed is the same in every build on every platform. The test suite holds its value for seed 1 natively, and the
/// same value can be checked in the browser. It changes only when the engine's algorithm does, and then every recorded run changes too.
pub fn trace_hash(seed: u64) -> u64 {
    let mut sim = Sim::new(seed, Dist::Exponential { mean: ms(1) });
    let measured = Quantiles::new(&[(0.0, ms(5)), (0.5, ms(20)), (0.99, ms(80)), (1.0, ms(400))]);
    let gaps = [
        Dist::Constant(ms(21)),
        Dist::Uniform(ms(10), ms(30)),
        Dist::Exponential { mean: ms(20) },
        Dist::LogNormal { median: ms(20), sigma: 0.8 },
        Dist::Pareto { least: ms(10), alpha: 1.5 },
        Dist::Empirical(measured.expect("the table is a fixed one, and in order")),
    ];
    for gap in gaps.iter().cycle().take(PEERS as usize) {
        sim.add(Peer { gap: gap.clone(), ping: 0, asked: Time::ZERO, time_out: None, took: Latencies::new() });
    }
    sim.faults(Schedule(vec![
        Fault { who: Who::One(3), what: What::Down, from: ms(500), lasting: ms(700) },
        Fault {
            who: Who::Some(vec![4, 5]),
            what: What::Slow { factor: 2.5 },
            from: ms(800),
            lasting: ms(900),
        },
        Fault { who: Who::All, what: What::Slow { factor: 1.1 }, from: ms(1_000), lasting: ms(200) },
    ]));
    sim.trace(true);
    sim.run_until(secs(3));
    let mut took = Latencies::new();
    sim.nodes().iter().for_each(|peer| took.merge(&peer.took));
    let mut hash = sim.take_trace().hash();
    let points = took.cdf(50).into_iter().map(|(t, share)| t.as_ns() ^ share.to_bits());
    for word in points.chain([took.quantile(0.99).as_ns(), took.mean().as_ns()]) {
        hash = (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 32;
    }
    hash
}
