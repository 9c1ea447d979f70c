//! Order of events, timers, the end of a run, the text of a trace.

mod common;

use common::{Script, fired, run};
use sim::{Dist, Sim, Time, ms, secs, us};

#[test]
fn events_of_one_instant_happen_as_scheduled() {
    let timers = vec![(ms(5), 3), (ms(5), 1), (ms(2), 9), (ms(5), 2)];
    let trace = run(vec![Script { timers, ..Script::default() }], vec![]);
    assert_eq!(fired(&trace), [(ms(2), 9), (ms(5), 3), (ms(5), 1), (ms(5), 2)]);
}

#[test]
fn a_cancelled_timer_does_not_fire_and_cancelling_twice_is_once() {
    let timers = vec![(ms(1), 1), (ms(2), 2), (ms(3), 3)];
    let trace = run(
        vec![Script { timers, cancel_at: vec![(1, 1), (1, 1)], ..Script::default() }],
        vec![],
    );
    assert_eq!(fired(&trace), [(ms(1), 1), (ms(3), 3)]);
}

#[test]
fn cancelling_a_fired_timer_spares_the_next_user_of_its_slot() {
    // Timer 100 fires at 1 ms; its slot is reused at once by timer 0, due at 11 ms. At 2 ms the id of timer 100 is cancelled.
    let timers = vec![(ms(1), 100), (ms(2), 2)];
    let trace = run(
        vec![Script { timers, cancel_at: vec![(2, 0)], ..Script::default() }],
        vec![],
    );
    assert_eq!(fired(&trace), [(ms(1), 100), (ms(2), 2), (ms(11), 0)]);
}

#[test]
fn a_timer_at_the_end_of_time_never_fires() {
    let trace = run(
        vec![Script { timers: vec![(Time::MAX, 1), (ms(1), 2)], ..Script::default() }],
        vec![],
    );
    assert_eq!(fired(&trace), [(ms(1), 2)]);
}

#[test]
fn stop_ends_the_run_for_good() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Script { timers: vec![(ms(1), 1), (ms(2), 2)], stop_at: Some(1), ..Script::default() });
    assert!(!sim.run_events(10));
    assert_eq!((sim.events(), sim.now()), (1, ms(1)));
    assert!(!sim.run_until(secs(1)));
    assert_eq!(sim.events(), 1);
}

#[test]
fn run_events_says_when_nothing_is_left() {
    let mut sim = Sim::new(1, Dist::Constant(ms(1)));
    sim.add(Script { timers: vec![(ms(1), 1), (ms(2), 2)], ..Script::default() });
    assert!(sim.run_events(1));
    assert!(!sim.run_events(1));
    assert!(!sim.run_events(1));
    assert_eq!(sim.events(), 2);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "node 0 sends to node 9, which does not exist")]
fn a_message_to_nobody_is_a_mistake_in_words() {
    run(
        vec![Script { timers: vec![(ms(1), 1)], send_at: vec![(1, 9)], ..Script::default() }],
        vec![],
    );
}

#[test]
fn a_trace_reads_as_text() {
    let sender = Script { timers: vec![(us(1_500), 4)], send_at: vec![(4, 1)], ..Script::default() };
    let trace = run(vec![sender, Script::default()], vec![]);
    assert_eq!(
        trace.to_string(),
        "1.5 ms  node 0  timer 4 fired\n1.5 ms  node 0  sent to 1\n2.5 ms  node 1  received from 0\n"
    );
    assert_eq!(trace.len(), 3);
}
