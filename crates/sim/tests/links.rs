//! Latencies of single links, cuts, and the way of each message in the trace.

mod common;

use common::{Script, run};
use sim::fault::{Fault, Schedule, What, Who, partition};
use sim::trace::{Event, Message};
use sim::{Cx, Dist, Id, Node, Sim, Time, Trace, ms, secs};

/// Sends a message to every node each 10 ms, ten times.
struct Chatty {
    nodes: Id,
}

impl Node for Chatty {
    type Msg = ();
    fn start(&mut self, cx: &mut Cx<'_, ()>) {
        (0..10).for_each(|n| _ = cx.set_timer(ms(10) * n, 0));
    }
    fn message(&mut self, _: Id, (): (), _: &mut Cx<'_, ()>) {}
    fn timer(&mut self, _: u64, cx: &mut Cx<'_, ()>) {
        (0..self.nodes).for_each(|to| cx.send(to, ()));
    }
}

fn chat(nodes: Id, set: impl FnOnce(&mut Sim<Chatty>)) -> Trace {
    let mut sim = Sim::new(4, Dist::Exponential { mean: ms(2) });
    (0..nodes).for_each(|_| _ = sim.add(Chatty { nodes }));
    set(&mut sim);
    sim.trace(true);
    sim.run_until(secs(1));
    sim.take_trace()
}

/// The latencies of the messages that were received, by sender and receiver.
fn took(trace: &Trace, is_it: impl Fn(Id, Id) -> bool) -> Vec<(Time, Option<Time>)> {
    let messages = trace.messages().into_iter().filter(|m| is_it(m.from, m.to));
    messages
        .map(|m| (m.sent_at, m.received_at.map(|at| at - m.sent_at)))
        .collect()
}

#[test]
fn a_link_has_its_own_latency_in_one_direction_only() {
    let trace = chat(3, |sim| sim.link(0, 2, Dist::Constant(ms(30))));
    assert!(
        took(&trace, |a, b| (a, b) == (0, 2))
            .iter()
            .all(|m| m.1 == Some(ms(30)))
    );
    assert!(took(&trace, |a, b| (a, b) == (2, 0)).iter().all(|m| m.1 < Some(ms(30))));
    assert_eq!(took(&trace, |a, b| (a, b) == (0, 2)).len(), 10);
}

#[test]
fn groups_are_linked_both_ways() {
    let trace = chat(5, |sim| {
        sim.links(&[0, 1], &[2, 3], Dist::Constant(ms(40)));
        sim.links(&[0, 1], &[0, 1], Dist::Constant(ms(1)));
    });
    for m in trace.messages() {
        let latency = m.received_at.unwrap() - m.sent_at;
        match (m.from / 2, m.to / 2) {
            (0, 1) | (1, 0) => assert_eq!(latency, ms(40), "{m:?}"),
            (0, 0) => assert_eq!(latency, ms(1), "{m:?}"),
            _ => assert!(latency != ms(40) && latency != ms(1), "{m:?}"),
        }
    }
}

#[test]
fn a_link_draws_from_its_own_luck() {
    // With or without other links, a link's latencies are the same; and with its draws it disturbs no other's.
    let linked = |pairs: &'static [(Id, Id)]| {
        chat(4, |sim| {
            pairs
                .iter()
                .for_each(|(a, b)| sim.link(*a, *b, Dist::Uniform(ms(5), ms(9))));
        })
    };
    let (one, two) = (linked(&[(0, 1)]), linked(&[(2, 3), (0, 1)]));
    let of_link = |trace: &Trace| took(trace, |a, b| (a, b) == (0, 1));
    assert_eq!(of_link(&one), of_link(&two));
    assert_ne!(of_link(&one), took(&two, |a, b| (a, b) == (2, 3)));
    // The same link, but constant: it draws nothing, and all others stay as they are.
    let constant = chat(4, |sim| sim.link(0, 1, Dist::Constant(ms(6))));
    assert_eq!(
        took(&one, |a, b| (a, b) != (0, 1)),
        took(&constant, |a, b| (a, b) != (0, 1))
    );
}

#[test]
fn a_link_can_change_under_way_and_goes_on_with_its_luck() {
    let mut sim = Sim::new(4, Dist::Constant(ms(1)));
    (0..2).for_each(|_| _ = sim.add(Chatty { nodes: 2 }));
    sim.link(0, 1, Dist::Uniform(ms(2), ms(4)));
    sim.trace(true);
    sim.run_until(ms(45));
    sim.link(0, 1, Dist::Uniform(ms(12), ms(14)));
    sim.run_until(secs(1));
    let changed = took(&sim.take_trace(), |a, b| (a, b) == (0, 1));
    let steady = chat(2, |sim| sim.link(0, 1, Dist::Uniform(ms(2), ms(4))));
    for (n, (was, is)) in took(&steady, |a, b| (a, b) == (0, 1)).iter().zip(&changed).enumerate() {
        let more = if n < 5 { Time::ZERO } else { ms(10) };
        assert_eq!(was.1.map(|t| t + more), is.1, "message {n}");
    }
}

#[test]
#[should_panic(expected = "there is no node 3")]
fn a_link_to_nobody_is_a_mistake() {
    chat(3, |sim| sim.link(0, 3, Dist::Constant(ms(1))));
}

fn cut(who: Who, to: Who, from: Time, lasting: Time) -> Fault {
    Fault { who, what: What::Cut { to }, from, lasting }
}

#[test]
fn a_cut_loses_what_is_sent_meanwhile_in_its_direction() {
    // Each node sends at 0, 10, … 90 ms. The cut lasts from 20 ms on (included) until 50 ms (excluded).
    let faults = vec![cut(Who::One(0), Who::All, ms(20), ms(30))];
    let trace = chat(3, |sim| sim.faults(Schedule(faults)));
    let lost: Vec<_> = trace.messages().into_iter().filter(|m| m.lost).collect();
    assert!(lost.iter().all(|m| m.from == 0 && m.to != 0 && m.received_at.is_none()));
    let at = |to| {
        lost.iter()
            .filter(|m| m.to == to)
            .map(|m| m.sent_at.as_us() / 1_000)
            .collect::<Vec<_>>()
    };
    assert_eq!((at(1), at(2)), (vec![20, 30, 40], vec![20, 30, 40]));
    let received = trace
        .iter()
        .filter(|r| matches!(r.what, Event::Received { .. }))
        .count();
    assert_eq!((received, trace.messages().len()), (90 - 6, 90));
}

#[test]
fn a_cut_changes_the_latency_of_no_other_message() {
    let whole = chat(4, |_| {});
    let parts = partition(Who::Some(vec![0, 1]), Who::Some(vec![2, 3]), ms(15), ms(40));
    let cut = chat(4, |sim| sim.faults(Schedule(parts.to_vec())));
    let mut lost = 0;
    for (a, b) in whole.messages().iter().zip(&cut.messages()) {
        assert_eq!((a.from, a.to, a.sent_at), (b.from, b.to, b.sent_at));
        if b.lost {
            lost += 1;
            assert!((a.from < 2) != (a.to < 2) && (ms(15)..ms(55)).contains(&a.sent_at));
        } else {
            assert_eq!(a, b);
        }
    }
    assert_eq!(lost, 4 * 8); // at 20, 30, 40 and 50 ms two nodes send to two, both ways
}

#[test]
fn what_is_under_way_as_a_cut_begins_arrives_and_overlapping_cuts_end_with_the_last() {
    let sender = || Script {
        timers: [5, 12, 24, 35].map(|t| (ms(t), t)).to_vec(),
        send_at: [5, 12, 24, 35].map(|t| (t, 1)).to_vec(),
        ..Script::default()
    };
    let faults = vec![
        cut(Who::One(0), Who::One(1), ms(5) + sim::us(500), ms(10)),
        cut(Who::All, Who::Some(vec![1, 2]), ms(12), ms(13)),
    ];
    let trace = run(vec![sender(), Script::default(), Script::default()], faults);
    let ends: Vec<_> = trace.messages().iter().map(|m| m.received_at).collect();
    assert_eq!(ends, [Some(ms(6)), None, None, Some(ms(36))]);
}

#[test]
fn links_stay_after_a_cut_is_over() {
    let faults = vec![cut(Who::One(0), Who::One(1), ms(5), ms(10))];
    let trace = chat(2, |sim| {
        sim.link(0, 1, Dist::Constant(ms(30)));
        sim.faults(Schedule(faults));
    });
    let messages = took(&trace, |a, b| (a, b) == (0, 1));
    assert_eq!(messages[0].1, Some(ms(30)));
    assert_eq!(messages[1].1, None);
    assert!(messages[2..].iter().all(|m| m.1 == Some(ms(30))));
}

#[test]
fn the_trace_pairs_sent_with_received_whatever_their_order() {
    // Three messages from node 0 to node 1, the later ones quicker; the second meets a node that is down, the fourth is still under way.
    struct Racer;
    impl Node for Racer {
        type Msg = u64;
        fn start(&mut self, cx: &mut Cx<'_, u64>) {
            if cx.me() == 0 {
                (0..4).for_each(|n| _ = cx.set_timer(ms(n), n));
            }
        }
        fn message(&mut self, _: Id, _: u64, _: &mut Cx<'_, u64>) {}
        fn timer(&mut self, n: u64, cx: &mut Cx<'_, u64>) {
            cx.send(1, n);
        }
    }
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    (0..2).for_each(|_| _ = sim.add(Racer));
    sim.trace(true);
    for (n, latency) in [20, 10, 5, 90].into_iter().enumerate() {
        sim.link(0, 1, Dist::Constant(ms(latency)));
        sim.run_until(ms(n as u64));
    }
    sim.faults(Schedule(vec![Fault {
        who: Who::One(1),
        what: What::Down,
        from: ms(10),
        lasting: ms(2),
    }]));
    sim.run_until(ms(50));
    let trace = sim.take_trace();
    let message = |sent, received: Option<u64>, lost| Message {
        from: 0,
        to: 1,
        sent_at: ms(sent),
        received_at: received.map(ms),
        lost,
    };
    assert_eq!(
        trace.messages(),
        [
            message(0, Some(20), false),
            message(1, None, true),
            message(2, Some(7), false),
            message(3, None, false)
        ]
    );
    let numbers = |is_it: fn(&Event<'_>) -> bool| {
        let rows = trace.iter().filter(|r| is_it(&r.what));
        rows.map(|r| r.message.unwrap()).collect::<Vec<_>>()
    };
    let sent = numbers(|e| matches!(e, Event::Sent { .. }));
    assert_eq!(numbers(|e| matches!(e, Event::Received { .. })), [sent[2], sent[0]]);
    assert!(
        trace
            .iter()
            .all(|r| r.message.is_none() == matches!(r.what, Event::Fired { .. } | Event::Down | Event::Up))
    );

    // The rest of the run knows nothing of the fourth message's sending.
    sim.run_until(secs(1));
    let rest = sim.take_trace();
    assert_eq!((rest.len(), rest.messages()), (1, vec![]));
}

#[test]
fn a_lost_message_reads_as_text() {
    let sender = Script { timers: vec![(ms(1), 4)], send_at: vec![(4, 1), (4, 0)], ..Script::default() };
    let trace = run(
        vec![sender, Script::default()],
        vec![cut(Who::All, Who::All, ms(1), ms(1))],
    );
    assert_eq!(
        trace.to_string(),
        "1 ms  node 0  timer 4 fired\n\
         1 ms  node 0  sent to 1\n\
         1 ms  node 0  message to 1 lost\n\
         1 ms  node 0  sent to 0\n\
         2 ms  node 0  received from 0\n" // a node always reaches itself
    );
}
