//! Design 04 behaves as its chapter says, whatever the policy.

use designs::retry_storm::rules::{Breaker, NeverRetry, Opens, RetryUpTo};
use designs::retry_storm::system::{System, SystemRun, Totals, Trouble};
use designs::retry_storm::{Failure, Gate, Next, Policy, Seen};
use judge::percent;
use sim::{Time, ms, secs};
use std::sync::{Arc, Mutex};

fn run(system: &System, policy: impl Policy + Copy + 'static, seed: u64) -> Totals {
    SystemRun::new(system, &mut || Box::new(policy), seed).finish().totals()
}

fn within(limit: f64) -> RetryUpTo {
    RetryUpTo { budget: percent(limit), ..RetryUpTo::at_once(3) }
}

fn stalled(lasting: Time, end: u64) -> System {
    System {
        trouble: Some(Trouble { from: secs(10), lasting, speed: 0.0 }),
        end: secs(end),
        ..System::default()
    }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let system = stalled(secs(2), 20);
    let (one, two) = (run(&system, within(10.0), 3), run(&system, within(10.0), 3));
    assert_eq!(one.slices, two.slices);
    assert_eq!(one.users.mean(), two.users.mean());
    assert_ne!(one.slices, run(&system, within(10.0), 4).slices);
}

#[test]
fn policies_run_on_the_same_requests_and_the_same_luck() {
    let system = System { failing: 0.2, end: secs(20), ..System::default() };
    let (none, some) = (run(&system, NeverRetry, 3), run(&system, RetryUpTo::at_once(2), 3));
    for (a, b) in none.slices.iter().zip(&some.slices) {
        assert_eq!((a.requests, a.good, a.first_tries), (b.requests, b.good, b.first_tries));
        // Who is served by the first try is served under both.
        assert!(a.succeeded <= b.succeeded);
    }
}

#[test]
fn nothing_is_counted_twice() {
    for system in [
        System { end: secs(20), ..System::default() },
        System { lost: 0.05, failing: 0.1, dead_shard: true, end: secs(20), ..System::default() },
        System { queue: 20, ..stalled(secs(3), 20) },
        System { own_queues: true, newest_first: true, withdraw: true, calls: 2, ..stalled(secs(3), 20) },
    ] {
        let all = run(&system, RetryUpTo::at_once(3), 5).span(Time::ZERO, system.end);
        assert!(all.succeeded <= all.requests, "{system:?}");
        assert_eq!(all.first_tries + all.held_back, all.requests, "{system:?}");
        assert!(all.useful <= all.served, "{system:?}");
        assert!(all.served + all.queue_full <= all.tries(), "{system:?}");
        let most = (system.calls * 3 - 1) as u64 * all.requests;
        assert!(all.retries <= most, "{system:?}");
    }
}

#[test]
fn an_ordinary_day_serves_everybody_and_keeps_four_fifths_busy() {
    let system = System { end: secs(60), ..System::default() };
    let t = run(&system, NeverRetry, 1);
    let all = t.span(secs(5), secs(60));
    assert!(t.success(secs(5), secs(60)) > 0.999);
    assert!((all.served as f64 / 55.0 / 400.0 - 1.0).abs() < 0.02, "{all:?}");
    // Fifty slots share one queue, so hardly anybody waits: the p99 is the work's own, −ln 0.01 × 100 ms.
    let p99 = t.users.quantile(0.99).as_ms();
    assert!((440.0..490.0).contains(&p99), "{p99}");
}

#[test]
fn without_retries_the_backlog_drains_by_what_is_to_spare() {
    let t = run(&stalled(secs(10), 90), NeverRetry, 1);
    let well = t.well_after(secs(20), secs(90)).expect("it comes back").as_secs();
    // 4,000 tries wait; 100 a second are to spare; users are served again when less than a second of work waits.
    assert!((30.0..42.0).contains(&well), "{well}");
    let first = t.span(secs(20), secs(21));
    let wait = first.waits_us as f64 / first.begun as f64 / 1e6;
    assert!((wait - 8.0).abs() < 0.5, "{wait}");
}

#[test]
fn retries_keep_it_down_when_they_need_more_than_the_capacity() {
    let end = 70;
    let calm = |rate, tries| {
        let system = System { rate, ..stalled(secs(3), end) };
        let t = run(&system, RetryUpTo::at_once(tries), 1);
        t.success(secs(end - 10), secs(end)) > 0.99
    };
    assert!(calm(400.0, 1));
    assert!(!calm(400.0, 2));
    assert!(calm(220.0, 2) && !calm(280.0, 2), "two tries a request: 500 ÷ 2");
    assert!(calm(110.0, 4) && !calm(140.0, 4), "four tries a request: 500 ÷ 4");
}

#[test]
fn pauses_put_the_load_off_and_do_not_remove_it() {
    let system = stalled(secs(10), 60);
    let pauses = RetryUpTo { pause: ms(200), ..RetryUpTo::at_once(4) };
    let sent = |t: &Totals| t.span(secs(40), secs(60)).tries() as f64;
    let (at_once, later) = (run(&system, RetryUpTo::at_once(4), 1), run(&system, pauses, 1));
    assert!((sent(&later) / sent(&at_once) - 1.0).abs() < 0.02);
    assert_eq!(later.span(secs(40), secs(60)).useful, 0);
}

#[test]
fn a_limit_holds_in_every_ten_seconds() {
    let t = run(&stalled(secs(10), 60), within(10.0), 2);
    for from in 10..50 {
        let s = t.span(secs(from), secs(from + 10));
        // One more a process, and what an edge of the window lets through.
        assert!(s.retries as f64 <= 0.1 * s.first_tries as f64 + 30.0, "{from}: {s:?}");
    }
    assert!(t.well_after(secs(20), secs(60)).is_none());
}

#[test]
fn a_bounded_queue_lets_even_unlimited_retries_come_back() {
    let system = System { queue: 250, ..stalled(secs(10), 40) };
    let t = run(&system, RetryUpTo::at_once(4), 1);
    assert!(t.well_after(secs(20), secs(40)).is_some_and(|w| w <= secs(3)));
    assert!(t.span(secs(10), secs(20)).queue_full > 0);
}

#[test]
fn a_breaker_that_counts_holds_back_what_would_succeed() {
    let system = System { dead_shard: true, end: secs(60), ..System::default() };
    let held = |opens| {
        let s = run(&system, Breaker { tries: 3, opens }, 1).span(secs(20), secs(60));
        s.good_held_back as f64 / s.good as f64
    };
    assert!(held(Opens::AtFailures(20)) > 0.5);
    assert!(held(Opens::AtShare(percent(50))) < 0.01);
}

#[test]
fn nobody_is_served_after_he_has_gone() {
    let system = System { patience: ms(300), end: secs(20), ..System::default() };
    let t = run(&system, NeverRetry, 1);
    assert!(t.users.quantile(1.0) <= ms(300).scale(1.002));
    let missed = 1.0 - t.success(secs(5), secs(20));
    // e^−3 = 5 % of the work takes longer than 300 ms.
    assert!((missed - 0.05).abs() < 0.015, "{missed}");
}

/// Writes down what it sees.
struct Watching(Arc<Mutex<Vec<Seen>>>);

impl Policy for Watching {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        self.0.lock().unwrap().push(*seen);
        Gate::Send
    }

    fn on_failure(&mut self, seen: &Seen) -> Next {
        self.0.lock().unwrap().push(*seen);
        Next::Retry(Time::ZERO)
    }
}

#[test]
fn a_policy_sees_its_own_process_and_is_asked_a_bounded_number_of_times() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let system = System { processes: 1, rate: 20.0, failing: 1.0, end: secs(30), ..System::default() };
    let t = SystemRun::new(&system, &mut || Box::new(Watching(seen.clone())), 1)
        .finish()
        .totals();
    let all = t.span(Time::ZERO, secs(30));
    assert_eq!(all.retries, 9 * all.requests, "10 tries a request at most");
    let seen = seen.lock().unwrap();
    for s in seen.iter() {
        assert!(s.shard < 10 && (0.0..1.0).contains(&s.random) && s.tries <= 10);
        assert!(s.this_shard.failures <= s.process.failures);
        assert_eq!(s.process.successes, 0);
        assert!(s.process.first_tries < 350, "ten seconds at 20 a second: {s:?}");
    }
    let failed: Vec<&Seen> = seen.iter().filter(|s| s.failure != Failure::None).collect();
    assert!(
        failed
            .iter()
            .all(|s| s.failure == Failure::Failed && s.process.failures >= 1)
    );
    assert!(seen.iter().any(|s| s.process.first_tries > 150));
    let before: Vec<f64> = seen
        .iter()
        .filter(|s| s.failure == Failure::None)
        .map(|s| s.random)
        .collect();
    let mean = before.iter().sum::<f64>() / before.len() as f64;
    assert!((0.45..0.55).contains(&mean), "may_send can throw dice as well: {mean}");
}

#[test]
fn the_system_is_the_briefs() {
    let m = designs::retry_storm::DESIGN.manifest().unwrap();
    let given = |key: &str| {
        m.given
            .iter()
            .find(|g| g.key == key)
            .unwrap_or_else(|| panic!("no given {key}"))
            .value
    };
    let s = System::default();
    assert_eq!(f64::from(s.processes), given("processes"));
    assert_eq!(s.rate, given("rate"));
    assert_eq!(s.slots as f64, given("slots"));
    assert_eq!(s.work.as_ms(), given("work"));
    assert_eq!(s.capacity(), given("capacity"));
    assert_eq!(100.0 * s.rate / s.capacity(), given("load"));
    assert_eq!(s.time_out.as_ms(), given("time_out"));
    assert_eq!(s.patience.as_secs(), given("patience"));
    assert_eq!(f64::from(s.shards), given("shards"));
    assert_eq!(s.network.as_ms(), given("network"));
    assert_eq!(100.0 * designs::retry_storm::system::WELL, given("well"));
}
