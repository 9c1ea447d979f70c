use super::*;

fn near(a: f64, b: f64, relative: f64) {
    assert!((a - b).abs() <= relative * b.abs(), "{a} is not {b}");
}

#[test]
fn three_nodes_survive_one_and_five_survive_two() {
    assert_eq!((majority(3), tolerated(3)), (2, 1));
    assert_eq!((majority(5), tolerated(5)), (3, 2));
    // A fourth node makes the majority larger and no loss more bearable.
    assert_eq!((majority(4), tolerated(4)), (3, 1));
    assert_eq!((majority(1), tolerated(1)), (1, 0));
    for n in 1..100 {
        assert!(2 * majority(n) > n && 2 * (majority(n) - 1) <= n);
        assert_eq!(majority(n) + tolerated(n), n);
    }
}

#[test]
fn an_even_node_makes_it_worse() {
    // Each down for 1 % of the time: 3, 4 and 5 nodes are without a majority for 157, 311 and 5 minutes a year.
    let minutes = |n: f64| MAJORITY.call(&[n, 1.0]).unwrap()[2].round();
    assert_eq!([minutes(3.0), minutes(4.0), minutes(5.0)], [157.0, 311.0, 5.0]);
}

#[test]
fn no_majority_agrees_with_counting_every_case() {
    for nodes in 1..=10u32 {
        for down in [1e-6, 0.01, 0.3, 0.5, 0.9] {
            let all: f64 = (0..1u32 << nodes)
                .filter(|up: &u32| up.count_ones() < majority(nodes))
                .map(|up| {
                    let up = up.count_ones() as i32;
                    f64::powi(1.0 - down, up) * f64::powi(down, nodes as i32 - up)
                })
                .sum();
            near(no_majority(nodes, down), all, 1e-9);
        }
        assert_eq!(no_majority(nodes, 0.0), 0.0);
        assert_eq!(no_majority(nodes, 1.0), 1.0);
    }
    // An odd number whose nodes are down half of the time is without a majority half of the time.
    near(no_majority(101, 0.5), 0.5, 1e-9);
}

#[test]
fn phi_gives_the_published_mistakes_and_silence() {
    for (phi, in_a_million) in [(1.0, 100_000.0), (2.0, 10_000.0), (3.0, 1000.0)] {
        near(PHI.call(&[phi, 1.0]).unwrap()[1], in_a_million, 1e-12);
    }
    // Cassandra's threshold of 8 with gossip each second: about 18 s.
    near(phi_silence(8.0, 1.0), 18.4207, 1e-5);
    // The chance of a silence that long is the mistake that φ says.
    near(libm::exp(-phi_silence(5.0, 3.0) / 3.0), 1e-5, 1e-9);
    near(PHI.call(&[3.0, 3.6]).unwrap()[2], 1.0, 1e-12);
}

#[test]
fn light_takes_its_published_time() {
    // Singapore and São Paulo: 106.7 ms at the least.
    let out = DISTANCE.call(&[1.3521, 103.8198, -23.5505, -46.6333]).unwrap();
    near(out[1], 106.7, 0.002);
    near(LIGHT.call(&[out[0], 100.0, 1.0, 1.0]).unwrap()[1], out[1], 1e-12);
    near(round_trip(LIGHT_KM_PER_S, 1.0), 2.0, 1e-15);
    near(round_trip(300.0, 0.5), 2.0 * round_trip(300.0, 1.0), 1e-12);
    near(
        LIGHT.call(&[1000.0, 50.0, 2.0, 7.0]).unwrap()[2],
        28.0 * 2.0e6 / LIGHT_KM_PER_S,
        1e-12,
    );
}

#[test]
fn distances_over_the_ground() {
    let quarter = std::f64::consts::FRAC_PI_2 * 6371.0;
    near(great_circle_km((0.0, 0.0), (90.0, 0.0)), quarter, 1e-12);
    near(great_circle_km((0.0, -135.0), (0.0, 135.0)), quarter, 1e-12);
    near(great_circle_km((20.0, 30.0), (-20.0, -150.0)), 2.0 * quarter, 1e-12);
    assert_eq!(great_circle_km((48.0, 11.0), (48.0, 11.0)), 0.0);
    let (here, there) = ((59.3, 18.1), (-33.9, 151.2));
    assert_eq!(great_circle_km(here, there), great_circle_km(there, here));
}

#[test]
fn writes_that_wait_for_each_other() {
    // Ten a second at 100 ms, whatever the number of replicas.
    near(serial_commits(0.1, 1.0, 1.0), 10.0, 1e-12);
    near(SERIAL_COMMITS.call(&[100.0, 20.0, 3.0]).unwrap()[0], 600.0, 1e-12);
}

/// A cut of a minute; the primary's side has three quarters of 400 writes a second.
const CUT: Failover = Failover { rate: 400.0, near: 0.75, lag: 0.5, cut: 60.0, fence: 20.0, promote: 30.0 };

#[test]
fn stranded_writes_are_lag_and_what_came_after() {
    near(CUT.stranded(), 400.0 * 0.5 + 300.0 * 20.0, 1e-12);
    // Without a fence they grow with the cut; with one they do not.
    let unfenced = |cut| Failover { cut, fence: f64::INFINITY, ..CUT };
    near(unfenced(60.0).stranded(), 200.0 + 300.0 * 60.0, 1e-12);
    near(
        unfenced(90.0).stranded() - unfenced(60.0).stranded(),
        300.0 * 30.0,
        1e-12,
    );
    assert_eq!(Failover { cut: 1e6, ..CUT }.stranded(), CUT.stranded());
    // No promotion, nothing stranded.
    assert_eq!(Failover { promote: 60.0, ..CUT }.stranded(), 0.0);
    assert_eq!(Failover { cut: 25.0, ..CUT }.stranded(), 0.0);
}

#[test]
fn a_failover_by_hand() {
    // 100 writes a second, a quarter of them near, 2 s behind: 200 in flight; then 25 a second for 12 s.
    let out = STRANDED.call(&[100.0, 25.0, 2.0, 40.0, 12.0, 10.0]).unwrap();
    assert_eq!(out, [500.0, 200.0, 300.0, 2.0]);
    // Near: 40 − 12 = 28 s down; far: 10 s. A quarter of the one and three quarters of the other.
    let out = OUTAGE.call(&[25.0, 40.0, 12.0, 10.0]).unwrap();
    assert_eq!(out, [28.0, 10.0, 14.5, 10.0]);
    // A cut that ends before anybody acts: the near side notices nothing.
    assert_eq!(OUTAGE.call(&[25.0, 8.0, 12.0, 10.0]).unwrap(), [0.0, 8.0, 6.0, 10.0]);
}

#[test]
fn a_failover_agrees_with_going_through_it() {
    // A second is a thousand steps; each side takes its writes or does not.
    for now in [
        CUT,
        Failover { fence: 45.0, ..CUT },
        Failover { fence: f64::INFINITY, promote: 5.0, ..CUT },
        Failover { promote: 70.0, ..CUT },
        Failover { fence: 70.0, promote: 60.0, ..CUT },
    ] {
        let (mut alone, mut both, mut refused) = (0.0, 0.0, 0.0);
        let step = 1e-3;
        for i in 0..60_000 {
            let t = (f64::from(i) + 0.5) * step;
            let (old, new) = (t < now.fence, t >= now.promote);
            if old {
                alone += now.rate * now.near * step;
            } else {
                refused += now.rate * now.near * step;
            }
            if !new {
                refused += now.rate * (1.0 - now.near) * step;
            }
            both += if old && new { step } else { 0.0 };
        }
        let left_behind = if now.promotes() {
            alone + now.rate * now.lag
        } else {
            0.0
        };
        assert!((now.stranded() - left_behind).abs() < 1e-3, "{now:?}");
        assert!((now.both() - both).abs() < 1e-6, "{now:?}");
        assert!((now.weighted() * now.rate - refused).abs() < 1e-3, "{now:?}");
    }
}

#[test]
fn a_fence_before_the_promotion_keeps_histories_apart_in_time() {
    assert_eq!(CUT.both(), 0.0);
    assert_eq!(Failover { fence: 45.0, ..CUT }.both(), 15.0);
    assert_eq!(Failover { fence: f64::INFINITY, ..CUT }.both(), 30.0);
}

#[test]
fn a_copy_gets_level_at_the_rate_of_its_spare() {
    // An hour behind; half as many writes again as are made: two hours.
    let out = CATCH_UP.call(&[60.0, 900.0, 600.0]).unwrap();
    assert_eq!(out, [2_160_000.0, 120.0, 2.0]);
    assert_eq!(CATCH_UP.call(&[60.0, 900.0, 0.0]).unwrap(), [0.0, 0.0, 0.0]);
    assert!(
        CATCH_UP
            .call(&[60.0, 600.0, 600.0])
            .unwrap_err()
            .contains("never gets level")
    );
    let mut before = 0.0;
    for arrivals in 1..900 {
        let now = CATCH_UP.call(&[60.0, 900.0, f64::from(arrivals)]).unwrap()[1];
        assert!(now > before);
        before = now;
    }
}

#[test]
fn a_restored_copy_has_two_times_to_wait() {
    // 360 GB at 100 MB/s: an hour. The backup is 3 h old: 4 h of 200 writes a second, applied at 1,000: another hour.
    let out = RESTORE.call(&[360.0, 100.0, 3.0, 1000.0, 200.0]).unwrap();
    for (value, expected) in out.iter().zip([1.0, 2_880_000.0, 1.0, 2.0]) {
        near(*value, expected, 1e-12);
    }
    // By then it is level: what was applied is what was made since the backup.
    let now = restore(50.0, 20.0, 600.0, 70.0, 40.0).unwrap();
    near(70.0 * now.catch_up, 40.0 * (600.0 + now.load + now.catch_up), 1e-12);
    assert!(restore(50.0, 20.0, 600.0, 40.0, 40.0).is_err());
}
