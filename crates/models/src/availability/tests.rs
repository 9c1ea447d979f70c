use super::*;

fn near(a: f64, b: f64, relative: f64) {
    assert!((a - b).abs() <= relative * b.abs(), "{a} is not {b}");
}

#[test]
fn nines_are_the_published_times() {
    let at = |up| DOWNTIME.call(&[up]).unwrap();
    near(at(99.9)[0] / 60.0, 8.76, 1e-9);
    near(at(99.9)[1], 43.2, 1e-9);
    near(at(99.9)[2], 10.08, 1e-9);
    near(at(99.9)[3], 86.4, 1e-9);
    near(at(99.99)[0], 52.56, 1e-9);
    near(at(99.999)[1] * 60.0, 25.92, 1e-6);
    assert_eq!(at(100.0), [0.0; 4]);
    assert_eq!(at(0.0)[3], 86_400.0);
}

#[test]
fn repair_counts_as_much_as_failures() {
    // Published: 150 days between failures and an hour of repair are 99.97 %.
    let out = REPAIR.call(&[150.0, 1.0]).unwrap();
    assert_eq!((out[0] * 100.0).round(), 9997.0);
    near(out[1], out[2], 1e-12);
    assert!(out[1] > out[0]);
    assert_eq!(REPAIR.call(&[5.0, 0.0]).unwrap()[0], 100.0);
}

#[test]
fn thirty_dependencies_are_the_published_two_hours() {
    let out = SERIES.call(&[100.0, 30.0, 99.99]).unwrap();
    assert_eq!((out[0] * 10.0).round(), 997.0);
    // Three million of a thousand million.
    near(out[1] * 1000.0, 3e6, 0.01);
    assert!(out[2] > 2.0 && out[2] < 2.2);
    // Two at 99.99 % under a service of 99.99 %: 99.97 %.
    near(SERIES.call(&[99.99, 2.0, 99.99]).unwrap()[0], 99.97, 1e-6);
}

#[test]
fn series_keep_their_limits() {
    near(series_down(1e-12, 1e-12, 9), 1e-11, 1e-9);
    assert_eq!(series_down(0.25, 0.5, 0), 0.25);
    assert_eq!(SERIES.call(&[0.0, 3.0, 99.0]).unwrap(), [0.0, 1e6, 720.0]);
    assert_eq!(SERIES.call(&[99.0, 3.0, 0.0]).unwrap(), [0.0, 1e6, 720.0]);
    near(SERIES.call(&[99.0, 0.0, 0.0]).unwrap()[0], 99.0, 1e-12);
    assert_eq!(series_down(0.0, 1.0, 1), 1.0);
    let mut before = 0.0;
    for n in 0..200 {
        let now = series_down(0.001, 0.002, n);
        assert!(now > before && now < 1.0);
        before = now;
    }
}

#[test]
fn two_copies_are_the_published_six_nines() {
    let out = PARALLEL.call(&[2.0, 99.9]).unwrap();
    near(out[0], 99.9999, 1e-9);
    near(out[1], 31.536, 1e-6);
    assert_eq!(PARALLEL.call(&[1.0, 40.0]).unwrap()[0], 40.0);
    assert_eq!(PARALLEL.call(&[5.0, 0.0]).unwrap()[0], 0.0);
}

#[test]
fn ten_dependencies_of_one_nine_more_use_up_the_target() {
    let out = DEPENDENCIES.call(&[99.99, 99.999]).unwrap();
    near(out[0], 10.0, 1e-6);
    near(out[1], 52.56 * 0.9, 1e-6);
    // A dependency that promises as little as the service leaves nothing for the service.
    let out = DEPENDENCIES.call(&[99.9, 99.9]).unwrap();
    assert_eq!(out, [1.0, 0.0]);
}
