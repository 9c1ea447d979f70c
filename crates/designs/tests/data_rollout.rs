//! Design 15 behaves as its chapter says, whatever the policy.

use designs::data_rollout::rules::{AlwaysOn, Staged};
use designs::data_rollout::system::{Fault, Outcome, System, SystemRun};
use designs::data_rollout::{Next, Policy, Seen, hours, minutes};
use judge::percent;
use sim::Time;
use std::sync::{Arc, Mutex};

const CRASH: Fault = Fault { after: Time::ZERO, ramp: Time::ZERO, fails: 1.0, crashes: true, region: None };

fn with(fault: Fault) -> System {
    System { fault: Some(fault), end: hours(12), ..System::default() }
}

fn run(system: &System, policy: impl Policy + 'static, seed: u64) -> Outcome {
    SystemRun::new(system, Box::new(policy), seed)
        .finish()
        .outcome()
        .clone()
}

fn staged() -> Staged {
    Staged { bake: hours(4), margin: percent(3), by_region: true, reads: 10 }
}

/// Does one thing at the first look.
struct Once(Next);

impl Policy for Once {
    fn next(&mut self, _: &Seen) -> Next {
        self.0
    }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let system = System { spikes: hours(2), ..with(CRASH) };
    assert_eq!(run(&system, AlwaysOn, 3), run(&system, AlwaysOn, 3));
    assert_ne!(run(&system, AlwaysOn, 3).loads, run(&system, AlwaysOn, 4).loads);
}

#[test]
fn a_good_change_does_no_harm_and_is_everywhere() {
    let o = run(&System::default(), AlwaysOn, 1);
    assert_eq!(o.done, Some(minutes(15)));
    assert_eq!((o.harm, o.by_hand, o.loads, o.reach), (0.0, 0, 0, 1.0));
    // 1 % for 5 min, 10 % for 5 min, 50 % for 5 min, and all for the rest of 48 h.
    let should = 48.0 - 0.25 + (0.01 + 0.1 + 0.5) / 12.0;
    assert!((o.exposure - should).abs() < 1e-6, "{}", o.exposure);
}

#[test]
fn harm_is_what_is_exposed_times_how_long() {
    // One stage of a tenth; every request of it fails until it is taken back: 5 min to the look, 30 min to roll back.
    let fault = Fault { crashes: false, ..CRASH };
    let system = System { stages: vec![0.1], notices: 1.0, ..with(fault) };
    let o = run(&system, Once(Next::Rollback), 1);
    assert!((o.harm - 0.1 * 35.0).abs() < 0.02, "{}", o.harm);
    assert!((o.exposure - 0.1 * 35.0 / 60.0).abs() < 0.001, "{}", o.exposure);
    assert_eq!(o.by_hand, 0);
}

#[test]
fn the_switch_is_at_once_where_machines_run() {
    let fault = Fault { crashes: false, ..CRASH };
    let system = System { stages: vec![0.1], ..with(fault) };
    let o = run(&system, Once(Next::UseLastGood), 1);
    assert!((o.harm - 0.5).abs() < 0.01, "{}", o.harm);
    assert_eq!(o.frozen_for(), hours(8));
}

#[test]
fn a_machine_that_is_down_takes_no_rollback() {
    let system = with(CRASH);
    let back = run(&system, Once(Next::Rollback), 1);
    assert_eq!(back.by_hand, 20);
    let switched = run(&system, Once(Next::UseLastGood), 1);
    assert_eq!(switched.by_hand, 0);
    assert_eq!(switched.back, 20);
    assert!(back.harm > 5.0 * switched.harm, "{} {}", back.harm, switched.harm);
}

#[test]
fn people_bring_back_what_the_switch_does_not() {
    let system = System { switch_works: 0.0, ..with(CRASH) };
    let o = run(&system, Once(Next::UseLastGood), 1);
    assert_eq!((o.by_hand, o.back), (20, 20));
}

#[test]
fn a_fleet_that_starts_in_step_takes_rounds() {
    let system = System { stages: Vec::new(), ..with(CRASH) };
    let in_step = run(&system, AlwaysOn, 1);
    let random = run(&System { jitter: 1.0, ..system }, AlwaysOn, 1);
    assert_eq!((in_step.back, random.back), (2_000, 2_000));
    // All are down within the first minute; the person who is called then needs twenty.
    assert_eq!(in_step.stopped, Some(minutes(21)));
    assert!(in_step.recovery() > random.recovery() * 3);
    assert!(in_step.loads > 2 * random.loads);
}

#[test]
fn rows_that_nobody_reads_do_nothing() {
    let system = System { read_from: hours(6), ..with(CRASH) };
    let o = run(&system, Once(Next::Hold), 1);
    let hit = o.hit.unwrap();
    assert!(hit >= hours(6) && hit <= hours(6) + minutes(1), "{hit}");
    assert_eq!(o.most_down, 20);
}

#[test]
fn a_plan_that_waits_for_reads_keeps_a_good_change_waiting_for_them() {
    let good = System { read_from: hours(30), ..System::default() };
    let o = run(&good, staged(), 1);
    let done = o.done.unwrap();
    // Twenty machines read ten rows in an hour; then two more stages of four hours.
    assert!(done > hours(38) && done < hours(41), "{done}");
    let o = run(&good, Staged { reads: 0, ..staged() }, 1);
    assert_eq!(o.done, Some(hours(12)));
}

#[test]
fn a_fault_of_one_region_stays_there() {
    let fault = Fault { crashes: false, fails: 0.05, region: Some(4), ..CRASH };
    let o = run(
        &System { end: hours(1), stages: Vec::new(), ..with(fault) },
        AlwaysOn,
        1,
    );
    // A twentieth of the machines fails a twentieth of its requests, for an hour.
    assert!((o.harm - 60.0 / 400.0).abs() < 0.001, "{}", o.harm);
    assert_eq!(o.called, None);
}

/// Keeps what it sees.
struct Watching(Arc<Mutex<Vec<Seen>>>);

impl Policy for Watching {
    fn next(&mut self, seen: &Seen) -> Next {
        self.0.lock().unwrap().push(*seen);
        Next::Hold
    }
}

fn watched(system: &System) -> Vec<Seen> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    run(system, Watching(seen.clone()), 5);
    seen.lock().unwrap().clone()
}

#[test]
fn a_policy_sees_counts_that_add_up() {
    let seen = watched(&System { end: hours(24), ..System::default() });
    assert_eq!(seen.len(), 24 * 12);
    for s in &seen {
        assert_eq!(s.changed.machines + s.unchanged.machines, 2_000);
        assert_eq!(s.regions.map(|r| r.machines), [8, 6, 3, 2, 1]);
        assert_eq!(s.regions.iter().map(|r| r.down).sum::<u32>(), s.changed.down);
    }
    let mean = seen.iter().map(|s| s.unchanged.errors.0).sum::<f64>() / seen.len() as f64;
    assert!((mean - 0.5).abs() < 0.01, "{mean}");
    // 20 machines, half a read an hour, a day.
    let reads = f64::from(seen.last().unwrap().reads);
    assert!((reads / 240.0 - 1.0).abs() < 0.3, "{reads}");
}

#[test]
fn machines_that_are_down_report_no_errors() {
    let seen = watched(&with(CRASH));
    let last = seen[3];
    assert_eq!((last.changed.down, last.changed.errors), (20, percent(0)));
    assert_eq!(last.reads, 0);
}

#[test]
fn a_staged_plan_tells_the_faults_apart() {
    let leak = Fault { after: hours(3), ramp: minutes(30), crashes: false, ..CRASH };
    let o = run(&with(leak), staged(), 2);
    assert!(o.by_policy && o.frozen.is_none() && o.harm < 0.5, "{o:?}");
    let o = run(&with(CRASH), staged(), 2);
    assert!(o.by_policy && o.frozen.is_some() && o.by_hand == 0);
}
