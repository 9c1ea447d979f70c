//! The engine's promises: repeatability and independent streams.

use sim::fault::{Fault, Schedule, What, Who};
use sim::{Cx, Dist, Id, Node, Sim, Time, TimerId, ms, secs, us};

/// A gossiper: pings a random peer every 20 ms or so, and gives up on an answer after 3 ms.
#[derive(Clone, Debug, Default)]
struct Peer {
    peers: Id,
    asked: u64,
    time_out: Option<TimerId>,
    lost: u64,
}

#[derive(Clone, Copy, Debug)]
enum Msg {
    Ping(u64),
    Ack(u64),
}

impl Node for Peer {
    type Msg = Msg;
    fn start(&mut self, cx: &mut Cx<'_, Msg>) {
        let after = cx.rng().exponential(ms(20));
        cx.set_timer(after, 0);
    }
    fn message(&mut self, from: Id, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Ping(n) => cx.send(from, Msg::Ack(n)),
            Msg::Ack(n) if n == self.asked => self.time_out.take().into_iter().for_each(|t| cx.cancel(t)),
            Msg::Ack(_) => {}
        }
    }
    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Msg>) {
        if tag == 1 {
            self.lost += 1;
            return;
        }
        self.asked += 1;
        let other = cx.rng().below(0, self.peers.into()) as Id;
        cx.send(other, Msg::Ping(self.asked));
        self.time_out = Some(cx.set_timer(ms(3), 1));
        self.start(cx);
    }
}

fn gossip(seed: u64, peers: Id) -> Sim<Peer> {
    let mut sim = Sim::new(seed, Dist::Exponential { mean: ms(1) });
    for _ in 0..peers {
        sim.add(Peer { peers, ..Peer::default() });
    }
    sim.faults(Schedule(vec![
        Fault { who: Who::One(1), what: What::Down, from: ms(300), lasting: ms(250) },
        Fault { who: Who::All, what: What::Slow { factor: 2.0 }, from: ms(400), lasting: ms(50) },
    ]));
    sim.trace(true);
    sim
}

#[test]
fn one_seed_is_one_run() {
    let run = |seed| {
        let mut sim = gossip(seed, 20);
        sim.run_until(secs(1));
        (sim.events(), sim.take_trace())
    };
    let (events, trace) = run(7);
    assert!(events > 2_000, "{events}");
    assert_eq!((events, &trace), (run(7).0, &run(7).1));
    assert_ne!(trace.hash(), run(8).1.hash());
}

#[test]
fn pausing_changes_nothing() {
    let whole = {
        let mut sim = gossip(9, 20);
        sim.run_until(secs(1));
        sim.take_trace()
    };
    let mut in_times = gossip(9, 20);
    for end in [us(1), ms(7), ms(7), ms(300), ms(420), ms(999), secs(1)] {
        assert!(in_times.run_until(end), "gossip never ends");
        assert!(in_times.now() <= end);
    }
    assert_eq!(in_times.take_trace(), whole);

    let mut in_counts = gossip(9, 20);
    while in_counts.now() < ms(900) {
        let before = in_counts.events();
        assert!(in_counts.run_events(37));
        assert_eq!(in_counts.events(), before + 37);
    }
    in_counts.run_until(secs(1));
    assert_eq!(in_counts.take_trace(), whole);
}

#[test]
fn a_clone_is_a_checkpoint() {
    let mut sim = gossip(5, 10);
    sim.run_until(ms(310));
    let mut other = sim.clone();
    sim.run_until(secs(1));
    other.run_until(secs(1));
    assert_eq!(sim.take_trace().hash(), other.take_trace().hash());
}

#[test]
fn the_trace_changes_nothing_and_goes_on_after_it_is_taken() {
    let mut silent = gossip(5, 10);
    silent.trace(false);
    silent.run_until(secs(1));
    assert!(silent.take_trace().is_empty());
    let mut sim = gossip(5, 10);
    sim.run_until(ms(500));
    let first = sim.take_trace();
    sim.run_until(secs(1));
    let second = sim.take_trace();
    assert_eq!(sim.events(), silent.events());
    assert!(!first.is_empty() && !second.is_empty());
    assert!(first.iter().all(|r| r.at <= ms(500)) && second.iter().all(|r| r.at > ms(500)));
}

#[test]
fn another_node_leaves_everyone_elses_luck_alone() {
    // Each node notes ten draws of its own stream.
    struct Lucky;
    impl Node for Lucky {
        type Msg = ();
        fn start(&mut self, cx: &mut Cx<'_, ()>) {
            for _ in 0..10 {
                let drawn = cx.rng().below(0, 1 << 40);
                cx.note(|| drawn);
            }
        }
        fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
    }
    let draws = |nodes: Id| {
        let mut sim = Sim::new(3, Dist::Constant(ms(1)));
        (0..nodes).for_each(|_| _ = sim.add(Lucky));
        sim.trace(true);
        sim.start();
        sim.take_trace()
            .iter()
            .filter(|r| r.node < 4)
            .map(|r| format!("{r}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(draws(4).len(), 40);
    assert_eq!(draws(4), draws(5));
}

#[test]
fn a_draw_by_a_node_leaves_the_networks_luck_alone() {
    // Node 0 sends ten messages; if it gambles in between, their latencies stay the same.
    struct Sender {
        gambles: bool,
    }
    impl Node for Sender {
        type Msg = u64;
        fn start(&mut self, cx: &mut Cx<'_, u64>) {
            for n in 0..10 {
                cx.send(0, n);
                if self.gambles {
                    cx.rng().unit();
                }
            }
        }
        fn message(&mut self, _: Id, n: u64, cx: &mut Cx<'_, u64>) {
            cx.note(|| n);
        }
    }
    let run = |gambles| {
        let mut sim = Sim::new(3, Dist::Uniform(ms(1), ms(9)));
        sim.add(Sender { gambles });
        sim.trace(true);
        assert!(!sim.run_until(Time::MAX));
        sim.take_trace()
    };
    assert_eq!(run(true), run(false));
}

#[test]
fn the_golden_run_is_unchanged() {
    // If this fails, the engine computes other runs than before, or other ones on this platform than elsewhere.
    assert_eq!(sim::selfcheck::trace_hash(1), 18_120_640_952_702_024_347);
    assert_ne!(sim::selfcheck::trace_hash(2), sim::selfcheck::trace_hash(1));
    assert_eq!(sim::selfcheck::fault_hash(1), 9_295_527_157_718_926_467);
    assert_ne!(sim::selfcheck::fault_hash(2), sim::selfcheck::fault_hash(1));
}
