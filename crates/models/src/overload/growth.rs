//! How retries pile up above a service that refuses what is too much.

use crate::{Model, count, exactly, out, real};

/// Retries and all tries per second, `rounds` rounds after the load first exceeded the capacity, when each try that is
/// refused comes again in the next round.
///
/// In every round the same amount is too much, so the retries grow by it each time: they never come to rest.
///
/// Source: Beyer et al. (eds), *Site Reliability Engineering*, 2016, chapter 22 (10,100 a second for 10,000: 100, 200, 300 …).
pub fn retry_growth(load: f64, capacity: f64, rounds: u32) -> (f64, f64) {
    let retries = (load - capacity).max(0.0) * f64::from(rounds);
    (retries, load + retries)
}

/// `overload.retry_growth`
pub static RETRY_GROWTH: Model = Model {
    id: "overload.retry_growth",
    title: "How do retries grow when a little too much arrives?",
    tex: r"R_k = k\,\max(0,\; \lambda - \mu), \qquad \lambda_k = \lambda + R_k",
    source: "beyer2016 ch. 22",
    inputs: &[
        real(
            "load",
            r"\lambda",
            "Requests that arrive",
            "per second",
            (0.0, 2100.0, 1e9),
        ),
        real(
            "capacity",
            r"\mu",
            "Requests that can be done",
            "per second",
            (0.001, 2000.0, 1e9),
        ),
        count("rounds", "k", "Rounds of retries", (0.0, 5.0, 1_000_000.0)),
    ],
    outputs: &[
        out("retries", "Retries in that round", "per second", 1),
        out("tries", "First tries and retries together", "per second", 1),
        out("refused", "Of them too much", "%", 1),
    ],
    run: |values| {
        let [load, capacity, rounds] = exactly(values)?;
        let (retries, tries) = retry_growth(load, capacity, rounds as u32);
        let refused = if tries > 0.0 {
            (tries - capacity).max(0.0) / tries
        } else {
            0.0
        };
        Ok(vec![retries, tries, refused * 100.0])
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_grow_as_published() {
        let retries: Vec<f64> = (1..=3).map(|k| retry_growth(10_100.0, 10_000.0, k).0).collect();
        assert_eq!(retries, [100.0, 200.0, 300.0]);
    }

    #[test]
    fn they_agree_with_counting_round_by_round() {
        let (load, capacity) = (2350.0, 2000.0);
        let mut again: f64 = 0.0;
        for round in 1..200 {
            again = (load + again - capacity).max(0.0);
            assert_eq!(retry_growth(load, capacity, round), (again, load + again));
        }
    }

    #[test]
    fn below_the_capacity_nothing_comes_again() {
        assert_eq!(retry_growth(1999.0, 2000.0, 50), (0.0, 1999.0));
        assert_eq!(RETRY_GROWTH.call(&[2000.0, 2000.0, 9.0]).unwrap(), [0.0, 2000.0, 0.0]);
        assert_eq!(RETRY_GROWTH.call(&[0.0, 2000.0, 9.0]).unwrap(), [0.0, 0.0, 0.0]);
    }

    #[test]
    fn what_is_refused_tends_to_everything_above_the_capacity() {
        let refused = |k: f64| RETRY_GROWTH.call(&[1100.0, 1000.0, k]).unwrap()[2];
        assert!((refused(0.0) - 100.0 / 11.0).abs() < 1e-9);
        assert!((refused(9.0) - 50.0).abs() < 1e-9);
    }
}
