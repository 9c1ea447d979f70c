//! Does this build compute the very same run as every other?

use crate::fault::{Fault, Generator, Kind, Schedule, What, Who};
use crate::{Clock, Cx, Disk, Dist, Id, Latencies, Node, Quantiles, Sim, Time, TimerId, ms, secs};

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
    let points = took.cdf(50).into_iter().map(|(t, share)| t.as_ns() ^ share.to_bits());
    let numbers = points.chain([took.quantile(0.99).as_ns(), took.mean().as_ns()]);
    numbers.fold(sim.take_trace().hash(), mix)
}

fn mix(hash: u64, word: u64) -> u64 {
    let hash = (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3);
    hash ^ (hash >> 32)
}

const KEEPERS: Id = 6;

/// A keeper of a log, which passes on to a random other what it has synced.
#[derive(Clone, Debug, Default)]
struct Keeper {
    disk: Disk<u64>,
    lost: u64,
}

impl Node for Keeper {
    type Msg = u64;

    fn start(&mut self, cx: &mut Cx<'_, u64>) {
        cx.set_timer_by_clock(ms(20), u64::MAX);
    }

    fn message(&mut self, _: Id, record: u64, cx: &mut Cx<'_, u64>) {
        self.disk.write(record);
        cx.note(|| self.disk.pending() as u64);
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, u64>) {
        if tag == u64::MAX {
            self.disk.write(cx.clock().as_ns());
            let latency = cx.rng().exponential(ms(4));
            cx.set_timer(cx.stretch(latency), self.disk.sync_begin());
            self.start(cx);
            return;
        }
        self.disk.sync_done(tag);
        let other = (cx.me() + 1 + cx.rng().below(0, u64::from(KEEPERS) - 1) as Id) % KEEPERS;
        cx.send(other, self.disk.synced().last().copied().unwrap_or_default());
    }

    fn crash(&mut self) {
        self.lost += self.disk.crash().len() as u64;
    }
}

/// A hash over a run with everything that [`trace_hash`] leaves out: links, partitions, crashes, disks, clocks, in a generated schedule, 5 simulated
/// seconds.
///
/// It is held by a test in the same way, and may be checked in the browser in the same way.
pub fn fault_hash(seed: u64) -> u64 {
    let mut sim = Sim::new(seed, Dist::Exponential { mean: ms(1) });
    for id in 0..KEEPERS {
        sim.add(Keeper::default());
        let drift_ppm = (f64::from(id) - 2.5) * 130.7;
        sim.set_clock(id, Clock { ahead: ms(3) * u64::from(id), drift_ppm });
    }
    sim.links(&[0, 1, 2], &[3, 4, 5], Dist::LogNormal { median: ms(31), sigma: 0.1 });
    let generator = Generator {
        nodes: (0..KEEPERS).collect(),
        kinds: vec![
            Kind::Slow { most: 5.0 },
            Kind::Down,
            Kind::Crash,
            Kind::Cut,
            Kind::Partition,
        ],
        strikes: 25,
        from: ms(200),
        until: ms(4_500),
        lasting: Dist::Pareto { least: ms(50), alpha: 1.5 },
    };
    sim.faults(Schedule::generate(seed, &generator));
    sim.trace(true);
    sim.run_until(secs(5));
    let trace = sim.take_trace();
    let arrivals = trace
        .messages()
        .into_iter()
        .map(|m| m.received_at.unwrap_or(Time::MAX).as_ns());
    let kept = sim
        .nodes()
        .iter()
        .map(|k| k.disk.synced().iter().fold(k.lost, |h, record| mix(h, *record)));
    arrivals.chain(kept).fold(trace.hash(), mix)
}
