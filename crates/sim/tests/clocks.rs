//! Clocks that are ahead and that drift.

use sim::{Clock, Cx, Dist, Id, Node, Sim, Time, ms, ns, secs, us};

/// Sets one timer by true time and one by its own clock, and notes what its clock reads as each fires.
#[derive(Clone, Debug, Default)]
struct Watch {
    after: Time,
    at: Vec<(u64, Time, Time)>,
}

impl Node for Watch {
    type Msg = ();
    fn start(&mut self, cx: &mut Cx<'_, ()>) {
        cx.set_timer(self.after, 0);
        cx.set_timer_by_clock(self.after, 1);
    }
    fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, ()>) {
        self.at.push((tag, cx.now(), cx.clock()));
    }
}

fn watch(after: Time, clock: Option<Clock>) -> Vec<(u64, Time, Time)> {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    // A node before and one after, so that the clock must be the right node's.
    (0..3).for_each(|_| _ = sim.add(Watch { after, at: vec![] }));
    clock.into_iter().for_each(|clock| sim.set_clock(1, clock));
    sim.run_until(Time::MAX);
    for other in [0, 2] {
        assert_eq!(sim.node(other).at, [(0, after, after), (1, after, after)]);
    }
    sim.node(1).at.clone()
}

#[test]
fn without_a_word_every_clock_is_true() {
    assert_eq!(
        watch(secs(10), None),
        [(0, secs(10), secs(10)), (1, secs(10), secs(10))]
    );
}

#[test]
fn a_clock_that_is_ahead_reads_more_but_runs_as_fast() {
    let ahead = Clock { ahead: ms(300), drift_ppm: 0.0 };
    let reading = secs(10) + ms(300);
    assert_eq!(
        watch(secs(10), Some(ahead)),
        [(0, secs(10), reading), (1, secs(10), reading)]
    );
}

#[test]
fn a_fast_clock_fires_early_and_a_slow_one_late() {
    let fast = Clock { ahead: Time::ZERO, drift_ppm: 250_000.0 };
    assert_eq!(
        watch(secs(10), Some(fast)),
        [(1, secs(8), secs(10)), (0, secs(10), ms(12_500))]
    );
    let slow = Clock { ahead: Time::ZERO, drift_ppm: -200_000.0 };
    assert_eq!(
        watch(secs(10), Some(slow)),
        [(0, secs(10), secs(8)), (1, ms(12_500), secs(10))]
    );
    // 100 µs a second: after a lease of 10 s, the two clocks differ by a millisecond.
    let usual = Clock { ahead: Time::ZERO, drift_ppm: 100.0 };
    let seen = watch(secs(10), Some(usual));
    assert_eq!(seen[1], (0, secs(10), secs(10) + ms(1)));
    assert_eq!((seen[0].0, seen[0].2), (1, secs(10)));
    assert_eq!(seen[0].1.as_us(), 9_999_000);
}

#[test]
fn a_timer_by_the_clock_counts_from_when_it_is_set() {
    struct Chain(Vec<Time>);
    impl Node for Chain {
        type Msg = ();
        fn start(&mut self, cx: &mut Cx<'_, ()>) {
            cx.set_timer_by_clock(ms(3), 0);
        }
        fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
        fn timer(&mut self, _: u64, cx: &mut Cx<'_, ()>) {
            self.0.push(cx.now());
            if self.0.len() < 1_000 {
                self.start(cx);
            }
        }
    }
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Chain(vec![]));
    sim.set_clock(0, Clock { ahead: us(7), drift_ppm: 500_000.0 });
    sim.run_until(Time::MAX);
    // Twice in a row, never more than a nanosecond late each time.
    assert_eq!(sim.node(0).0[..2], [ms(2), ms(4)]);
    assert!(sim.node(0).0[999] - secs(2) <= ns(1_000), "{:?}", sim.node(0).0[999]);
}

#[test]
fn each_node_has_its_own_clock_in_whatever_order_they_are_set() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    (0..4).for_each(|_| _ = sim.add(Watch { after: secs(1), at: vec![] }));
    for id in [3, 0, 1] {
        sim.set_clock(id, Clock { ahead: ms(1) + ms(10) * u64::from(id), drift_ppm: 0.0 });
    }
    sim.run_until(secs(2));
    let readings: Vec<Time> = sim.nodes().iter().map(|n| n.at[0].2 - secs(1)).collect();
    assert_eq!(readings, [ms(1), ms(11), Time::ZERO, ms(31)]);
}

#[test]
fn a_clock_set_anew_steps_and_moves_no_timer() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Watch { after: secs(10), at: vec![] });
    sim.set_clock(0, Clock { ahead: secs(1), drift_ppm: 0.0 });
    sim.run_until(secs(5));
    sim.set_clock(0, Clock { ahead: secs(2), drift_ppm: 100_000.0 });
    sim.run_until(secs(20));
    let reading = secs(10) + secs(2) + secs(1);
    assert_eq!(sim.node(0).at, [(0, secs(10), reading), (1, secs(10), reading)]);
}

#[test]
fn a_crash_leaves_the_clock_alone_and_a_clone_has_it_too() {
    use sim::fault::{Fault, Schedule, What, Who};
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Watch { after: secs(8), at: vec![] });
    sim.set_clock(0, Clock { ahead: secs(3), drift_ppm: 1e6 });
    sim.faults(Schedule(vec![Fault {
        who: Who::One(0),
        what: What::Crash,
        from: secs(1),
        lasting: secs(1),
    }]));
    sim.run_until(secs(3));
    let mut copy = sim.clone();
    for sim in [&mut sim, &mut copy] {
        sim.run_until(secs(60));
        // Started again at 2 s: 4 s of true time are 8 s by this clock.
        assert_eq!(sim.node(0).at, [(1, secs(6), secs(15)), (0, secs(10), secs(23))]);
    }
}

#[test]
#[should_panic(expected = "a clock cannot drift by -1000000 parts per million: it must run forwards")]
fn a_clock_that_stands_still_is_refused() {
    watch(secs(1), Some(Clock { ahead: Time::ZERO, drift_ppm: -1e6 }));
}

#[test]
#[should_panic(expected = "there is no node 3")]
fn a_clock_of_nobody_is_a_mistake() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    (0..3).for_each(|_| _ = sim.add(Watch::default()));
    sim.set_clock(3, Clock::default());
}
