//! Nodes that are down or slow.

mod common;

use common::{Script, fired, run};
use sim::fault::{Fault, Schedule, What, Who};
use sim::trace::Event;
use sim::{Cx, Dist, Id, Node, Sim, Time, ms, secs, us};

fn down(who: Who, from: Time, lasting: Time) -> Fault {
    Fault { who, what: What::Down, from, lasting }
}

#[test]
fn a_node_that_is_down_gets_nothing_and_comes_back_with_its_timers() {
    // Node 0 sends to node 1 at 4, 15 and 25 ms (1 ms on the way). Node 1 is down from 5 to 20 ms; its timers are due at 3, 12, 10 and 22 ms.
    let sender = Script {
        timers: vec![(ms(4), 4), (ms(15), 15), (ms(25), 25)],
        send_at: vec![(4, 1), (15, 1), (25, 1)],
        ..Script::default()
    };
    let timers = vec![(ms(3), 3), (ms(12), 12), (ms(10), 10), (ms(22), 22)];
    let trace = run(
        vec![sender, Script { timers, ..Script::default() }],
        vec![down(Who::One(1), ms(5), ms(15))],
    );
    let at_1: Vec<_> = trace
        .iter()
        .filter(|r| r.node == 1)
        .map(|r| (r.at.as_us() / 1_000, r.what))
        .collect();
    let fired = |tag| Event::Fired { tag };
    assert_eq!(
        at_1,
        [
            (3, fired(3)),
            (5, Event::Down), // a fault comes before the other events of its instant: the message of 5 ms vanishes
            (5, Event::Vanished { from: 0 }),
            (16, Event::Vanished { from: 0 }),
            (20, Event::Up),
            (20, fired(10)),
            (20, fired(12)),
            (22, fired(22)),
            (26, Event::Received { from: 0 }),
        ]
    );
}

#[test]
fn a_message_sent_before_the_sender_went_down_still_arrives() {
    let sender = Script { timers: vec![(ms(4), 4)], send_at: vec![(4, 1)], ..Script::default() };
    let fault = Fault { who: Who::One(0), what: What::Down, from: ms(4) + us(1), lasting: Time::MAX };
    let trace = run(vec![sender, Script::default()], vec![fault]);
    assert!(
        trace
            .iter()
            .any(|r| r.node == 1 && r.what == Event::Received { from: 0 } && r.at == ms(5))
    );
}

#[test]
fn overlapping_outages_end_with_the_last_and_touching_ones_do_not_flicker() {
    let faults = vec![
        down(Who::One(0), ms(10), ms(10)),
        down(Who::All, ms(15), ms(15)),
        down(Who::Some(vec![0]), ms(30), ms(5)),
    ];
    let trace = run(vec![Script { timers: vec![(ms(12), 1)], ..Script::default() }], faults);
    let seen: Vec<_> = trace.iter().map(|r| (r.at, r.what)).collect();
    assert_eq!(
        seen,
        [
            (ms(10), Event::Down),
            (ms(35), Event::Up),
            (ms(35), Event::Fired { tag: 1 })
        ]
    );
}

#[test]
fn a_held_timer_can_be_cancelled_after_the_outage() {
    // Timers 1 and 2 fall due while the node is down. When it is back, timer 1 fires first and cancels timer 2.
    let node = Script { timers: vec![(ms(5), 1), (ms(6), 2)], cancel_at: vec![(1, 1)], ..Script::default() };
    assert_eq!(
        fired(&run(vec![node], vec![down(Who::All, ms(4), ms(6))])),
        [(ms(10), 1)]
    );
}

#[test]
fn a_node_that_is_down_at_the_start_starts_when_it_is_up() {
    let node = || Script { timers: vec![(ms(1), 7)], ..Script::default() };
    let trace = run(vec![node(), node()], vec![down(Who::One(1), Time::ZERO, ms(50))]);
    assert_eq!(fired(&trace), [(ms(1), 7), (ms(51), 7)]);
}

#[test]
fn slow_faults_multiply_and_are_gone_exactly_afterwards() {
    struct Worker(Vec<(Time, f64, Time)>);
    impl Node for Worker {
        type Msg = ();
        fn start(&mut self, cx: &mut Cx<'_, ()>) {
            cx.set_timer(ms(10), 0);
        }
        fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
        fn timer(&mut self, _: u64, cx: &mut Cx<'_, ()>) {
            self.0.push((cx.now(), cx.slowdown(), cx.stretch(us(700))));
            if cx.now() < ms(60) {
                self.start(cx);
            }
        }
    }
    let slow = |who, factor, from, lasting| Fault { who, what: What::Slow { factor }, from, lasting };
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Worker(vec![]));
    sim.add(Worker(vec![]));
    sim.faults(Schedule(vec![
        slow(Who::All, 3.0, ms(15), ms(30)),
        slow(Who::One(1), 1.1, ms(25), ms(30)),
    ]));
    sim.run_until(Time::MAX);
    let factors = |id| sim.node(id).0.iter().map(|w| w.1).collect::<Vec<_>>();
    assert_eq!(factors(0), [1.0, 3.0, 3.0, 3.0, 1.0, 1.0]);
    assert_eq!(factors(1), [1.0, 3.0, 3.0 * 1.1, 3.0 * 1.1, 1.1, 1.0]);
    assert_eq!(sim.node(1).0[0].2, us(700));
    assert_eq!(sim.node(1).0[1].2, us(2_100));
    assert_eq!(sim.node(1).0[5].2, us(700));
}

#[test]
fn faults_can_be_added_under_way_and_new_nodes_meet_those_in_force() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    let node = || Script { timers: vec![(ms(2), 5)], ..Script::default() };
    sim.add(node());
    sim.trace(true);
    sim.run_until(ms(10));
    sim.faults(Schedule(vec![down(Who::All, Time::ZERO, ms(20))])); // lasts until 20 ms
    sim.run_until(ms(12));
    assert_eq!(sim.add(node()), 1);
    sim.run_until(secs(1));
    assert_eq!(fired(&sim.take_trace()), [(ms(2), 5), (ms(22), 5)]);
}

#[test]
#[should_panic(expected = "a node cannot be slowed down by a factor of 0")]
fn a_factor_of_nothing_is_refused() {
    let fault = Fault { who: Who::All, what: What::Slow { factor: 0.0 }, from: ms(1), lasting: ms(1) };
    run(vec![Script::default()], vec![fault]);
}

#[test]
#[cfg(feature = "serde")]
fn a_schedule_is_data() {
    let text = r#"[
        {"who": "all", "what": {"slow": {"factor": 3.0}}, "from": 5000000, "lasting": 1000000},
        {"who": {"one": 4}, "what": "down", "from": 0, "lasting": 7000000},
        {"who": {"some": [1, 2]}, "what": "down", "from": 0, "lasting": 7000000},
        {"who": {"one": 2}, "what": "crash", "from": 1000000, "lasting": 7000000},
        {"who": {"some": [0]}, "what": {"cut": {"to": "all"}}, "from": 1000000, "lasting": 43000000000}
    ]"#;
    let schedule: Schedule = serde_json::from_str(text).unwrap();
    let expected = Schedule(vec![
        Fault { who: Who::All, what: What::Slow { factor: 3.0 }, from: ms(5), lasting: ms(1) },
        down(Who::One(4), Time::ZERO, ms(7)),
        down(Who::Some(vec![1, 2]), Time::ZERO, ms(7)),
        Fault { who: Who::One(2), what: What::Crash, from: ms(1), lasting: ms(7) },
        Fault { who: Who::Some(vec![0]), what: What::Cut { to: Who::All }, from: ms(1), lasting: secs(43) },
    ]);
    assert_eq!(schedule, expected);
    let again: Schedule = serde_json::from_str(&serde_json::to_string(&schedule).unwrap()).unwrap();
    assert_eq!(again, expected);
}
