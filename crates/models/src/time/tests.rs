use super::*;

fn near(a: f64, b: f64, relative: f64) {
    assert!((a - b).abs() <= relative * b.abs(), "{a} is not {b}");
}

#[test]
fn perfect_clocks_leave_the_difference() {
    assert_eq!(lease_margin(20.0, 30.0, 0.0, 0.0, 0.0), 10.0);
    assert_eq!(lease_margin(20.0, 30.0, 0.0, 0.0, 4.0), 6.0);
    assert_eq!(longest_fence(30.0, 0.0, 0.0, 4.0).unwrap(), 26.0);
}

#[test]
fn drift_eats_the_margin() {
    // A holder whose clock is slow by a tenth stops after 18 / 0.9 = 20 true seconds.
    near(lease_margin(18.0, 21.0, 0.1, 0.0, 0.0), 1.0, 1e-12);
    // A successor whose clock is fast by a tenth begins after 22 / 1.1 = 20.
    near(lease_margin(19.0, 22.0, 0.0, 0.1, 0.0), 1.0, 1e-12);
    assert!(lease_margin(18.0, 21.0, 0.2, 0.0, 0.0) < 0.0);
    let out = LEASE_MARGIN.call(&[18.0, 22.0, 100_000.0, 100_000.0, 0.5]).unwrap();
    near(out[1], 20.5, 1e-12);
    near(out[2], 20.0, 1e-12);
    near(out[0], -0.5, 1e-9);
}

#[test]
fn the_longest_fence_has_no_margin_left() {
    for waits in [1.0, 12.0, 600.0] {
        for slow in [0.0, 200e-6, 0.05] {
            for fast in [0.0, 100e-6, 0.3] {
                for late in [0.0, 0.2] {
                    let longest = longest_fence(waits, slow, fast, late).unwrap();
                    assert!(lease_margin(longest, waits, slow, fast, late).abs() < 1e-9 * waits);
                    assert!(lease_margin(longest * 1.001, waits, slow, fast, late) < 0.0);
                    assert!(longest <= waits);
                }
            }
        }
    }
}

#[test]
fn two_clocks_stepped_through_never_overlap() {
    // The holder's clock at its slowest, the successor's at its fastest, the holder told last: step through true time.
    let (waits, slow, fast, late) = (12.0, 0.03, 0.02, 0.25);
    let holds = longest_fence(waits, slow, fast, late).unwrap();
    let mut acting = [0u32; 3];
    for i in 0..20_000 {
        let t = f64::from(i) * 1e-3;
        let holder = (t - late) * (1.0 - slow) < holds;
        let successor = t * (1.0 + fast) >= waits;
        acting[usize::from(holder) + usize::from(successor)] += 1;
    }
    // Not a millisecond with two, and no more than a step or two with none: it is the longest.
    assert_eq!(acting[2], 0);
    assert!(acting[0] <= 2, "{acting:?}");
}

#[test]
fn no_lease_is_short_enough_for_slow_messages() {
    for (waits, late) in [(2.0, 2.0), (0.0, 0.0), (1.0, 5.0)] {
        let why = LONGEST_FENCE.call(&[waits, 0.0, 0.0, late]).unwrap_err();
        assert!(why.contains("no lease is short enough"), "{why}");
    }
}

#[test]
fn uncertainty_gives_the_published_sawtooth() {
    // Set every 30 s to within 1 ms, wrong by at most 200 µs a second: 1 to 7 ms, 4 ms on average; commits wait 8 ms.
    let out = UNCERTAINTY.call(&[1.0, 30.0, 200.0]).unwrap();
    for (value, published) in out.iter().zip([7.0, 4.0, 8.0]) {
        near(*value, published, 1e-12);
    }
    assert_eq!(uncertainty(0.001, 0.0, 0.5), 0.001);
    // The mean, drawn along the sawtooth.
    let mean: f64 = (0..1000)
        .map(|i| uncertainty(0.002, (f64::from(i) + 0.5) * 0.09, 1e-4))
        .sum::<f64>()
        / 1000.0;
    near(UNCERTAINTY.call(&[2.0, 90.0, 100.0]).unwrap()[1], mean * 1e3, 1e-9);
}

#[test]
fn ten_seconds_cut_the_traffic_to_a_tenth() {
    // 0.864 reads a second; a term of 10 s leaves about 10 % of the traffic.
    near(LEASE_TRAFFIC.call(&[1.0, 1.0, 0.864, 10.0]).unwrap()[1], 10.3734, 1e-5);
    assert_eq!(renewals(3.0, 0.0), 3.0);
    assert_eq!(renewals(0.0, 9.0), 0.0);
    // What is needed all the time is renewed once a term.
    near(renewals(1e9, 12.0), 1.0 / 12.0, 1e-9);
    // 3,000 processes that all look each other up, for 60 s each time: 150,000 a second.
    near(
        LEASE_TRAFFIC.call(&[3000.0, 3000.0, 1e6, 60.0]).unwrap()[0],
        150_000.0,
        1e-6,
    );
}

#[test]
fn longer_terms_cost_less_traffic_and_block_longer() {
    let mut before = LEASE_TRAFFIC.call(&[10.0, 1.0, 0.5, 0.0]).unwrap();
    for term in [1.0, 5.0, 60.0, 3600.0] {
        let now = LEASE_TRAFFIC.call(&[10.0, 1.0, 0.5, term]).unwrap();
        assert!(now[0] < before[0] && now[2] > before[2]);
        before = now;
    }
}

#[test]
fn renewals_agree_with_stepping_through() {
    // Needs at random times, two in three seconds on average; a renewal lasts 4 s.
    let mut state = 29u64;
    let mut uniform = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    };
    let (mut now, mut until, mut asked) = (0.0, 0.0, 0u32);
    while now < 400_000.0 {
        now -= 1.5 * libm::log(uniform());
        if now >= until {
            asked += 1;
            until = now + 4.0;
        }
    }
    near(f64::from(asked) / now, renewals(1.0 / 1.5, 4.0), 0.01);
}
