//! Nodes that lose their memory.

use sim::fault::{Fault, Schedule, What, Who};
use sim::trace::Event;
use sim::{Cx, Disk, Dist, Id, Node, Sim, Time, TimerId, ms, secs, us};

/// Beats every 10 ms, counts, and keeps every second count on its disk.
#[derive(Clone, Debug, Default)]
struct Beat {
    in_memory: u64,
    disk: Disk<u64>,
    lost: Vec<u64>,
    calls: Vec<(&'static str, Time)>,
    earlier: Option<TimerId>,
    messages: Vec<Time>,
}

impl Node for Beat {
    type Msg = ();

    fn start(&mut self, cx: &mut Cx<'_, ()>) {
        self.calls.push(("start", cx.now()));
        self.earlier = Some(cx.set_timer(ms(10), 0));
    }

    fn message(&mut self, _: Id, (): (), cx: &mut Cx<'_, ()>) {
        self.messages.push(cx.now());
    }

    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, ()>) {
        if tag > 0 {
            self.disk.sync_done(tag);
            return;
        }
        self.in_memory += 1;
        self.disk.write(self.in_memory);
        if self.in_memory.is_multiple_of(2) {
            let sync = self.disk.sync_begin();
            cx.set_timer(ms(3), sync);
        }
        cx.set_timer(ms(10), 0);
    }

    fn crash(&mut self) {
        self.calls.push(("crash", Time::MAX));
        self.in_memory = 0;
        self.lost.extend(self.disk.crash());
    }

    fn restart(&mut self, cx: &mut Cx<'_, ()>) {
        self.calls.push(("restart", cx.now()));
        // An id of the life before names no timer of this one.
        self.earlier.into_iter().for_each(|timer| cx.cancel(timer));
        self.in_memory = *self.disk.all().last().unwrap_or(&0);
        cx.set_timer(ms(10), 0);
    }
}

fn fault(what: What, from: u64, lasting: u64) -> Fault {
    Fault { who: Who::One(0), what, from: ms(from), lasting: ms(lasting) }
}

fn beat(faults: Vec<Fault>, end: Time) -> Sim<Beat> {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Beat::default());
    sim.faults(Schedule(faults));
    sim.trace(true);
    sim.run_until(end);
    sim
}

fn fired(sim: &mut Sim<Beat>) -> Vec<u64> {
    let trace = sim.take_trace();
    let rows = trace.iter().filter(|r| r.what == Event::Fired { tag: 0 });
    rows.map(|r| r.at.as_us() / 1_000).collect()
}

#[test]
fn a_crash_loses_memory_timers_and_unsynced_writes() {
    // Beats at 10, 20, … 50 ms write 1 to 5; syncs are done at 23 and 43 ms; then nothing until 72 ms.
    let mut sim = beat(vec![fault(What::Crash, 52, 20)], ms(95));
    assert_eq!(fired(&mut sim), [10, 20, 30, 40, 50, 82, 92]);
    let node = sim.node(0);
    assert_eq!(
        node.calls,
        [("start", Time::ZERO), ("crash", Time::MAX), ("restart", ms(72))]
    );
    assert_eq!(node.lost, [5]);
    assert_eq!(node.disk.all(), [1, 2, 3, 4, 5, 6]); // 5 and 6 are new ones
    assert_eq!((node.disk.pending(), node.in_memory), (0, 6));
}

#[test]
fn a_crash_in_the_middle_of_a_sync_loses_it() {
    // The sync that began at 40 ms would have been done at 43 ms, after the node is back.
    let sim = beat(vec![fault(What::Crash, 41, 1)], ms(45));
    assert_eq!(
        (sim.node(0).lost.as_slice(), sim.node(0).disk.all()),
        (&[3, 4][..], &[1, 2][..])
    );
}

#[test]
fn a_crash_during_a_stop_takes_the_held_timers_too() {
    // Down from 15 to 35 ms, so the beat of 20 ms is held; the crash at 25 ms takes it, and the node restarts only when nothing keeps it down.
    let mut sim = beat(vec![fault(What::Down, 15, 20), fault(What::Crash, 25, 5)], ms(50));
    let trace = sim.take_trace();
    let rows: Vec<_> = trace.iter().map(|r| (r.at.as_us() / 1_000, r.what)).collect();
    let beat = Event::Fired { tag: 0 };
    assert_eq!(
        rows,
        [
            (10, beat),
            (15, Event::Down),
            (25, Event::Crashed),
            (35, Event::Up),
            (45, beat)
        ]
    );
    assert_eq!(sim.node(0).calls.last(), Some(&("restart", ms(35))));
}

#[test]
fn a_stop_that_outlasts_a_crash_holds_the_timers_of_the_new_life() {
    // Crash from 15 to 20 ms; stopped from 25 to 40 ms: the beat of 30 ms fires at 40 ms.
    let mut sim = beat(vec![fault(What::Crash, 15, 5), fault(What::Down, 25, 15)], ms(55));
    assert_eq!(fired(&mut sim), [10, 40, 50]);
}

#[test]
fn overlapping_crashes_are_one_and_one_of_no_length_is_a_reboot() {
    let sim = beat(
        vec![
            fault(What::Crash, 15, 10),
            fault(What::Crash, 20, 10),
            fault(What::Crash, 30, 2),
        ],
        ms(90),
    );
    assert_eq!(
        sim.node(0).calls,
        [("start", Time::ZERO), ("crash", Time::MAX), ("restart", ms(32))]
    );
    let mut sim = beat(vec![fault(What::Crash, 15, 0)], ms(40));
    assert_eq!(fired(&mut sim), [10, 25, 35]);
    assert_eq!(sim.node(0).lost, [1]);
}

#[test]
fn a_node_that_has_not_started_has_nothing_to_lose() {
    let sim = beat(vec![fault(What::Crash, 0, 5), fault(What::Crash, 30, 5)], ms(40));
    assert_eq!(
        sim.node(0).calls,
        [("start", ms(5)), ("crash", Time::MAX), ("restart", ms(35))]
    );
}

#[test]
fn by_default_nothing_is_forgotten_and_the_node_starts_again() {
    #[derive(Default)]
    struct Plain(Vec<Time>);
    impl Node for Plain {
        type Msg = ();
        fn start(&mut self, cx: &mut Cx<'_, ()>) {
            self.0.push(cx.now());
        }
        fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
    }
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Plain::default());
    sim.faults(Schedule(vec![fault(What::Crash, 4, 3)]));
    sim.run_until(Time::MAX);
    assert_eq!(sim.node(0).0, [Time::ZERO, ms(7)]);
}

#[test]
fn messages_vanish_meanwhile_and_a_late_one_reaches_the_next_life() {
    // Node 1 sends at 10, 20 and 25 ms, 4 ms on the way. Node 0 is crashed from 12 to 22 ms.
    enum Party {
        Listens(Beat),
        Sends,
    }
    impl Node for Party {
        type Msg = ();
        fn start(&mut self, cx: &mut Cx<'_, ()>) {
            match self {
                Party::Listens(beat) => beat.start(cx),
                Party::Sends => [10, 20, 25].iter().for_each(|t| _ = cx.set_timer(ms(*t), 1)),
            }
        }
        fn message(&mut self, from: Id, (): (), cx: &mut Cx<'_, ()>) {
            if let Party::Listens(beat) = self {
                beat.message(from, (), cx);
            }
        }
        fn timer(&mut self, tag: u64, cx: &mut Cx<'_, ()>) {
            match self {
                Party::Listens(beat) => beat.timer(tag, cx),
                Party::Sends => cx.send(0, ()),
            }
        }
        fn crash(&mut self) {
            if let Party::Listens(beat) = self {
                beat.crash();
            }
        }
    }
    let mut sim = Sim::new(1, Dist::Constant(ms(4)));
    sim.add(Party::Listens(Beat::default()));
    sim.add(Party::Sends);
    sim.faults(Schedule(vec![fault(What::Crash, 12, 10)]));
    sim.run_until(ms(60));
    let Party::Listens(beat) = sim.node(0) else {
        unreachable!("node 0 listens")
    };
    assert_eq!(beat.messages, [ms(24), ms(29)]);
}

#[test]
fn who_crashes_loses_timers_and_nobody_else() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    (0..4).for_each(|_| _ = sim.add(Beat::default()));
    sim.faults(Schedule(vec![Fault {
        who: Who::Some(vec![1, 3]),
        what: What::Crash,
        from: ms(15),
        lasting: us(1),
    }]));
    sim.run_until(ms(31));
    let counts: Vec<usize> = sim.nodes().iter().map(|n| n.disk.all().len() + n.lost.len()).collect();
    assert_eq!(counts, [3, 2, 3, 2]);
    assert!(sim.node(0).calls.len() == 1 && sim.node(3).calls.len() == 3);
}

#[test]
fn crashes_leave_a_checkpoint_exact() {
    let faults = || {
        vec![
            fault(What::Crash, 52, 20),
            fault(What::Crash, 101, 7),
            fault(What::Down, 130, 25),
        ]
    };
    let mut whole = beat(faults(), secs(1));
    for pause in [51, 52, 60, 72, 73, 103, 131] {
        let mut first = beat(faults(), ms(pause));
        first.take_trace();
        let mut copy = first.clone();
        first.run_until(secs(1));
        copy.run_until(secs(1));
        assert_eq!(first.take_trace(), copy.take_trace());
        assert_eq!(
            format!("{:?}", first.node(0)),
            format!("{:?}", whole.node(0)),
            "paused at {pause} ms"
        );
    }
    assert!(fired(&mut whole).len() > 80);
}

#[test]
fn a_fault_that_was_over_before_it_was_added_ends_at_once() {
    let mut sim = beat(vec![], ms(25));
    sim.faults(Schedule(vec![fault(What::Crash, 3, 4)]));
    sim.run_until(ms(40));
    assert_eq!(sim.node(0).calls.last(), Some(&("restart", ms(23)))); // the time of the latest event
    assert_eq!(fired(&mut sim), [10, 20, 33]);
}
