use super::*;

fn near(a: f64, b: f64, relative: f64) {
    assert!((a - b).abs() <= relative * b.abs(), "{a} is not {b}");
}

/// Uniform numbers, the same on every machine.
struct Uniform(u64);

impl Uniform {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }
}

#[test]
fn layers_multiply_as_published() {
    // Three layers that make three retries each, so four tries: 64 at the database.
    assert_eq!(amplification(3, 4), 64.0);
    // Five layers that make three tries each: 243. With three retries each it would be 1,024.
    assert_eq!(AMPLIFICATION.call(&[5.0, 3.0]).unwrap(), [243.0, 3.0]);
    assert_eq!(amplification(5, 4), 1024.0);
    assert_eq!(amplification(7, 1), 1.0);
    assert_eq!(amplification(1, 9), 9.0);
}

#[test]
fn tries_have_their_limits() {
    assert_eq!(expected_tries(0.0, 5), 1.0);
    assert_eq!(expected_tries(1.0, 5), 6.0);
    assert_eq!(expected_tries(0.7, 0), 1.0);
    near(expected_tries(0.5, 2), 1.75, 1e-14);
    // With retries without end, 1 / (1 − p).
    near(expected_tries(0.2, 60), 1.25, 1e-14);
    // So near to certain failure that p^(r+1) and 1 − p lose their digits: still nearly all of the tries.
    near(expected_tries(1.0 - 1e-14, 9), 10.0, 1e-12);
    assert_eq!(all_fail(0.1, 0), 0.1);
    near(all_fail(0.1, 2), 0.001, 1e-12);
    near(TRIES.call(&[50.0, 2.0]).unwrap()[1], 75.0, 1e-12);
    near(TRIES.call(&[50.0, 2.0]).unwrap()[2], 12.5, 1e-12);
}

#[test]
fn tries_grow_with_failures_and_with_retries() {
    let mut before = 0.0;
    for percent in 0..=100 {
        let now = expected_tries(f64::from(percent) / 100.0, 3);
        assert!(now > before);
        assert!(percent == 0 || expected_tries(f64::from(percent) / 100.0, 4) > now);
        before = now;
    }
}

#[test]
fn tries_agree_with_counting() {
    let mut u = Uniform(5);
    let (mut made, mut failed) = (0u32, 0u32);
    const REQUESTS: u32 = 200_000;
    for _ in 0..REQUESTS {
        let mut left = 4;
        loop {
            made += 1;
            left -= 1;
            let fails = u.next() < 0.4;
            if !fails || left == 0 {
                failed += u32::from(fails);
                break;
            }
        }
    }
    near(f64::from(made) / f64::from(REQUESTS), expected_tries(0.4, 3), 0.01);
    near(f64::from(failed) / f64::from(REQUESTS), all_fail(0.4, 3), 0.03);
}

#[test]
fn a_backlog_drains_at_the_rate_of_the_spare_capacity() {
    // 600,000 at 500/s while 400/s still arrive: 100 minutes, and not the 20 of 600,000 / 500.
    let out = DRAIN.call(&[6e5, 500.0, 400.0, 1.0]).unwrap();
    near(out[0], 100.0 * 60.0, 1e-12);
    near(out[2], 20.0 * 60.0, 1e-12);
    // What is done is what waited and what came: nothing else.
    near(out[1], 6e5 + 400.0 * out[0], 1e-12);
    assert_eq!(drain_time(0.0, 10.0, 9.0, 1.0).unwrap(), 0.0);
    near(drain_time(100.0, 10.0, 0.0, 7.0).unwrap(), 10.0, 1e-12);
}

#[test]
fn a_backlog_that_never_drains_is_refused_in_words() {
    for (arrivals, tries) in [(1000.0, 1.0), (500.0, 2.0), (400.0, 3.0)] {
        let why = DRAIN.call(&[5.0, 1000.0, arrivals, tries]).unwrap_err();
        assert!(why.ends_with("the backlog never drains"), "{why}");
    }
    assert!(DRAIN.call(&[5.0, 1000.0, 499.9, 2.0]).is_ok());
}

#[test]
fn draining_slows_down_towards_never() {
    let mut before = 0.0;
    for tries in [1.0, 1.2, 1.5, 1.9, 1.99, 1.999] {
        let now = drain_time(1000.0, 1000.0, 500.0, tries).unwrap();
        assert!(now > before);
        before = now;
    }
    near(before, 2000.0, 1e-9);
}

#[test]
fn the_stable_load_is_the_published_one() {
    // A database of 300/s, 280/s of requests, one retry: below 150/s it is stable; 560/s arrive when all time out; and
    // limiting retries to fewer than 20/s is the other way out.
    let out = STABLE_LOAD.call(&[300.0, 2.0, 280.0]).unwrap();
    assert_eq!(out, [150.0, 50.0, 560.0, 20.0]);
    assert_eq!(
        STABLE_LOAD.call(&[300.0, 1.0, 400.0]).unwrap(),
        [300.0, 100.0, 400.0, 0.0]
    );
}

#[test]
fn the_stable_load_is_where_draining_ends() {
    for tries in [1.0, 1.7, 4.0] {
        let edge = stable_load(900.0, tries);
        assert!(drain_time(1.0, 900.0, edge * 0.999, tries).is_ok());
        assert!(drain_time(1.0, 900.0, edge * 1.001, tries).is_err());
    }
}

#[test]
fn the_last_useful_place_is_answered_in_time() {
    let out = USEFUL_QUEUE.call(&[1000.0, 50.0, 100.0]).unwrap();
    assert_eq!(out[0], 45.0);
    near(out[1], 900.0, 1e-12);
    // By stepping through: one call done each 1/µ seconds. Place q is answered after q/µ + S, the next one too late.
    for (timeout, capacity, service) in [(0.8, 250.0, 0.06), (2.0, 7.0, 0.3), (0.05, 990.0, 0.0)] {
        let q = useful_queue(timeout, capacity, service).unwrap();
        assert!(q / capacity + service <= timeout + 1e-9);
        assert!((q + 1.0) / capacity + service > timeout);
    }
    // A binary fraction a hair below 3 does not cost a place.
    assert_eq!(useful_queue(0.4, 10.0, 0.1).unwrap(), 3.0);
    assert!(useful_queue(0.1, 50.0, 0.1).unwrap_err().contains("of use to nobody"));
}

#[test]
fn budgets_give_the_published_growth() {
    // Three tries a request: nearly three times the load when everything fails; with a budget of 10 %, 1.1 times.
    let out = BUDGET_GROWTH.call(&[100.0, 3.0, 10.0]).unwrap();
    near(out[0], 3.0, 1e-12);
    near(out[1], 1.1, 1e-12);
    near(out[2], 1.111_111, 1e-6);
    assert_eq!(out[3..], [0.0, 0.0]);
}

#[test]
fn a_budget_costs_nothing_until_it_binds() {
    let rare = BUDGET_GROWTH.call(&[5.0, 3.0, 10.0]).unwrap();
    assert_eq!(rare[0], rare[1]);
    assert_eq!(rare[3], rare[4]);
    near(rare[4], 100.0 * (1.0 - 0.05f64 * 0.05 * 0.05), 1e-12);
    let often = BUDGET_GROWTH.call(&[40.0, 3.0, 10.0]).unwrap();
    assert!(often[1] < often[0] && often[4] < often[3]);
    near(often[4], 66.0, 1e-12);
    // A budget of nothing is one try; a share of 100 % of all tries is no budget.
    assert_eq!(budgeted(0.3, 5, 0.0).tries, 1.0);
    assert_eq!(BUDGET_GROWTH.call(&[100.0, 5.0, 100.0]).unwrap()[2], 5.0);
}

#[test]
fn budgets_agree_with_a_token_bucket() {
    // Each request deposits a tenth of a token, each retry takes one; 40 % of tries fail, three tries at most.
    let mut u = Uniform(17);
    let (mut tokens, mut made, mut good) = (0.0, 0u32, 0u32);
    const REQUESTS: u32 = 200_000;
    for _ in 0..REQUESTS {
        tokens = f64::min(tokens + 0.1, 10.0);
        for attempt in 0..3 {
            if attempt > 0 {
                if tokens < 1.0 {
                    break;
                }
                tokens -= 1.0;
            }
            made += 1;
            if u.next() >= 0.4 {
                good += 1;
                break;
            }
        }
    }
    let now = budgeted(0.4, 3, 0.1);
    near(f64::from(made) / f64::from(REQUESTS), now.tries, 0.005);
    near(f64::from(good) / f64::from(REQUESTS), now.succeed, 0.01);
}

#[test]
fn throttled_clients_send_k_times_what_is_accepted() {
    // Published with K = 2: one refused by the service for each one accepted.
    let out = CLIENT_THROTTLE.call(&[50_000.0, 1000.0, 2.0]).unwrap();
    assert_eq!(out, [2000.0, 1000.0, 48_000.0, 1.0]);
    near(CLIENT_THROTTLE.call(&[50_000.0, 1000.0, 1.1]).unwrap()[3], 0.1, 1e-9);
    // Nothing is held back while everything is accepted.
    assert_eq!(
        CLIENT_THROTTLE.call(&[900.0, 1000.0, 1.0]).unwrap(),
        [900.0, 0.0, 0.0, 0.0]
    );
    assert_eq!(CLIENT_THROTTLE.call(&[0.0, 1000.0, 2.0]).unwrap(), [0.0; 4]);
}

#[test]
fn throttled_clients_agree_with_counting() {
    // The published rule over a window of the last 1,000 calls, one client, a service that accepts 100 in each 1,000.
    let mut u = Uniform(23);
    let k = 2.0;
    let mut window = std::collections::VecDeque::from(vec![false; 1000]);
    let (mut accepted, mut sent, mut good) = (0u32, 0u32, 0u32);
    for call in 0..400_000u32 {
        let asked = window.len() as f64;
        let refuse = ((asked - k * f64::from(accepted)) / (asked + 1.0)).max(0.0);
        let mut ok = false;
        if u.next() >= refuse {
            sent += 1;
            // The service does one call in each tenth slot of time, if one came since the last.
            ok = good < call / 10;
            good += u32::from(ok);
        }
        accepted += u32::from(ok);
        window.push_back(ok);
        accepted -= u32::from(window.pop_front().expect("a full window"));
    }
    let steady = throttled(1000.0, 100.0, k);
    near(f64::from(sent) / 400.0, steady.sent, 0.06);
}

#[test]
fn five_in_a_hundred_that_hang_take_four_fifths() {
    // 1,000 threads, 1,000 calls a second at 100 ms; 5 % hang until a deadline of 100 s: 19.6 % are served.
    let out = HELD_SLOTS.call(&[1000.0, 1000.0, 100.0, 5.0, 100.0]).unwrap();
    near(out[0], 5095.0, 1e-12);
    near(out[1], 100.0, 1e-12);
    assert_eq!((out[2] * 10.0).round(), 196.0);
    // At the longest time-out that it names, exactly all slots are wanted.
    near(slots_held(1000.0, 0.1, 0.05, out[3]), 1000.0, 1e-12);
    assert_eq!(HELD_SLOTS.call(&[1000.0, 1000.0, 100.0, 5.0, 10.0]).unwrap()[2], 100.0);
}

#[test]
fn slots_that_no_time_out_can_save_are_refused_in_words() {
    assert!(
        HELD_SLOTS
            .call(&[99.0, 1000.0, 100.0, 5.0, 1.0])
            .unwrap_err()
            .contains("even if no call hung")
    );
    assert!(
        HELD_SLOTS
            .call(&[200.0, 1000.0, 100.0, 0.0, 1.0])
            .unwrap_err()
            .contains("no call hangs")
    );
}

#[test]
fn pauses_double_up_to_the_cap() {
    let pauses: Vec<f64> = (1..=6).map(|k| longest_pause(0.05, 1.0, k)).collect();
    assert_eq!(pauses, [0.05, 0.1, 0.2, 0.4, 0.8, 1.0]);
    // Three tries of 1 s with pauses of 50 and 100 ms between them.
    let out = BACKOFF.call(&[50.0, 20_000.0, 2.0, 1000.0]).unwrap();
    near(out[0], 3.15, 1e-12);
    near(out[1], 3.075, 1e-12);
    near(out[2], 0.1, 1e-12);
    assert_eq!(BACKOFF.call(&[50.0, 20_000.0, 0.0, 1000.0]).unwrap(), [1.0, 1.0, 0.0]);
    // A hundred doublings stay at the cap.
    assert_eq!(BACKOFF.call(&[50.0, 1000.0, 100.0, 0.0]).unwrap()[2], 1.0);
}
