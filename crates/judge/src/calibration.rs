//! Calibration: how often 90 % intervals hold what they should hold, and how much they say.
//!
//! Two measures, over the first commits of all designs. The *share inside* says whether “90 % sure” means nine out of ten; wide
//! intervals make it easy. The *interval score* asks for both: an interval costs its width, and a miss costs more, the farther the
//! truth lies outside. Lower is better.

use crate::worksheet::{Interval, Scale, Side};
use std::ops::RangeInclusive;

/// The share of truths that the intervals should hold.
pub const SURE: f64 = 0.9;
/// The share that may lie outside.
const ALPHA: f64 = 1.0 - SURE;
/// How seldom a calibrated person may fall outside [`expected`], at either end.
const TAIL: f64 = 0.025;

/// A value on the scale on which a question is scored: log₁₀ of a positive number, so that being wrong by a factor costs the same for
/// milliseconds and for hours; a share as a fraction.
///
/// On this scale, [`score`] of an interval from 5 to 10 that holds is log₁₀ 2 = 0.30.
pub fn on_scale(value: f64, scale: Scale) -> f64 {
    match scale {
        Scale::Ratio => libm::log10(value),
        Scale::Share => value / 100.0,
    }
}

/// The interval score at 90 %, on the question's scale: width + (2 ÷ α) · distance to the interval when it was missed, α = 0.1.
///
/// Gneiting and Raftery, “Strictly proper scoring rules, prediction, and estimation”, Journal of the American Statistical Association
/// 102 (2007), 359–378, equation 43. It is proper: nobody scores better, on average, by saying other than what they believe.
pub fn score(interval: Interval, truth: f64, scale: Scale) -> f64 {
    let [low, high, truth] = [interval.low, interval.high, truth].map(|v| on_scale(v, scale));
    let outside = (low - truth).max(truth - high).max(0.0);
    (high - low) + 2.0 / ALPHA * outside
}

/// First commits, held against the truths one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Intervals.
    pub count: usize,
    /// Truths below their interval.
    pub below: usize,
    /// Truths above their interval.
    pub above: usize,
    total: f64,
}

impl Calibration {
    /// Adds one interval, and says where its truth lies.
    ///
    /// # Errors
    /// Says why the interval has no score: it is not valid, or the truth has no place on the scale. Then it does not count.
    pub fn add(&mut self, interval: Interval, truth: f64, scale: Scale) -> Result<Side, String> {
        interval.check(scale)?;
        if !on_scale(truth, scale).is_finite() {
            return Err("what the run gives has no place on this question's scale".into());
        }
        let side = interval.side(truth);
        self.count += 1;
        self.below += usize::from(side == Side::Below);
        self.above += usize::from(side == Side::Above);
        self.total += score(interval, truth, scale);
        Ok(side)
    }

    /// Adds what others hold.
    pub fn join(&mut self, other: &Calibration) {
        self.count += other.count;
        self.below += other.below;
        self.above += other.above;
        self.total += other.total;
    }

    /// Truths inside their interval.
    pub fn inside(&self) -> usize {
        self.count - self.below - self.above
    }

    /// Share of the truths inside, 0 to 1; `None` before the first interval.
    pub fn share(&self) -> Option<f64> {
        (self.count > 0).then(|| self.inside() as f64 / self.count as f64)
    }

    /// Mean interval score; `None` before the first interval.
    pub fn score(&self) -> Option<f64> {
        (self.count > 0).then(|| self.total / self.count as f64)
    }

    /// How the number inside compares with chance.
    pub fn reading(&self) -> Reading {
        let expected = expected(self.count);
        if self.inside() < *expected.start() {
            Reading::TooSure
        } else if self.inside() > *expected.end() {
            Reading::TooWide
        } else {
            Reading::Fits
        }
    }
}

/// What a number of truths inside says about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Fewer than a calibrated person has, but for bad luck: the intervals are too narrow.
    TooSure,
    /// As many as a calibrated person may have. With few questions that is nearly every number.
    Fits,
    /// More than a calibrated person has, but for good luck: the intervals are too wide.
    TooWide,
}

/// How many of `count` truths lie inside the intervals of a calibrated person, 19 times out of 20: of 6, between 4 and 6.
///
/// Exact: each truth lies inside with probability 0.9 and independently of the others, so their number is binomial. The probability
/// of fewer, and that of more, is at most 2.5 % each.
pub fn expected(count: usize) -> RangeInclusive<usize> {
    let probability = |inside: usize| {
        let (n, k) = (count as f64, inside as f64);
        let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
        libm::exp(ways + k * libm::log(SURE) + (n - k) * libm::log(ALPHA))
    };
    let first_beyond = |sum: &mut f64, inside: usize| {
        *sum += probability(inside);
        *sum > TAIL
    };
    let mut sum = 0.0;
    let least = (0..=count).find(|k| first_beyond(&mut sum, *k)).unwrap_or(0);
    let mut sum = 0.0;
    let most = (0..=count).rev().find(|k| first_beyond(&mut sum, *k)).unwrap_or(count);
    least..=most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: f64, high: f64) -> Interval {
        Interval { low, high }
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn an_interval_costs_its_width_and_a_miss_twenty_times_its_distance() {
        let two = libm::log10(2.0);
        let ratio = |truth: f64| score(interval(5.0, 10.0), truth, Scale::Ratio);
        assert!(near(ratio(7.0), two) && near(ratio(5.0), two) && near(ratio(10.0), two));
        assert!(near(ratio(20.0), two + 20.0 * two), "missed by a factor of two");
        assert!(near(ratio(2.5), ratio(20.0)), "both sides alike");
        let share = |truth: f64| score(interval(10.0, 30.0), truth, Scale::Share);
        assert!(near(share(20.0), 0.2) && near(share(35.0), 0.2 + 20.0 * 0.05));
    }

    #[test]
    fn nobody_scores_better_by_saying_less_or_more_than_they_believe() {
        // Belief: log₁₀ of the truth is uniform on 0 to 1. Its central 90 % interval is 10^0.05 to 10^0.95.
        let mean = |low: f64, high: f64| {
            let steps = 2000;
            let at = |i: i32| {
                score(
                    interval(libm::exp10(low), libm::exp10(high)),
                    libm::exp10((f64::from(i) + 0.5) / f64::from(steps)),
                    Scale::Ratio,
                )
            };
            (0..steps).map(at).sum::<f64>() / f64::from(steps)
        };
        let honest = mean(0.05, 0.95);
        for (low, high) in [(0.0, 1.0), (0.1, 0.9), (0.4, 0.6), (0.0, 0.9), (0.1, 1.0)] {
            assert!(mean(low, high) > honest, "{low} {high}");
        }
    }

    #[test]
    fn sides_are_counted_and_scores_averaged() {
        let mut c = Calibration::default();
        assert_eq!((c.share(), c.score()), (None, None));
        for (truth, side) in [
            (7.0, Side::Inside),
            (1.0, Side::Below),
            (70.0, Side::Above),
            (9.0, Side::Inside),
        ] {
            assert_eq!(c.add(interval(5.0, 10.0), truth, Scale::Ratio), Ok(side));
        }
        assert_eq!((c.count, c.inside(), c.below, c.above), (4, 2, 1, 1));
        let want = libm::log10(2.0) + 20.0 * (libm::log10(5.0) + libm::log10(7.0)) / 4.0;
        assert!(near(c.score().unwrap(), want) && near(c.share().unwrap(), 0.5));
        let mut both = c;
        both.join(&c);
        assert_eq!((both.count, both.inside()), (8, 4));
        assert!(near(both.score().unwrap(), want));
    }

    #[test]
    fn what_has_no_score_does_not_count() {
        let mut c = Calibration::default();
        for (low, high, truth) in [(0.0, 5.0, 3.0), (5.0, 4.0, 4.5), (1.0, 99.0, 9.0), (f64::NAN, 1.0, 1.0)] {
            assert!(c.add(interval(low, high), truth, Scale::Ratio).is_err(), "{low} {high}");
        }
        for truth in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(c.add(interval(1.0, 2.0), truth, Scale::Ratio).is_err(), "{truth}");
        }
        assert_eq!(c, Calibration::default());
    }

    #[test]
    fn the_expected_range_is_exact() {
        // From the distribution, by hand: of 6, P(0 to 3) = 1.6 % and P(0 to 4) = 11.4 %.
        assert_eq!(expected(6), 4..=6);
        assert_eq!(expected(1), 0..=1);
        assert_eq!(expected(0), 0..=0);
        // P(0 to 7 of 12) = 0.4 %, P(0 to 8 of 12) = 2.6 %; all 36 of 36 has 2.3 %.
        assert_eq!(expected(12), 8..=12);
        assert_eq!(expected(36), 29..=35);
        let far = expected(10_000);
        assert!(
            (8_900..9_000).contains(far.start()) && (9_000..9_100).contains(far.end()),
            "{far:?}"
        );
    }

    #[test]
    fn few_intervals_say_little() {
        let of = |inside: usize, count: usize| {
            let mut c = Calibration::default();
            for i in 0..count {
                let truth = if i < inside { 1.5 } else { 3.0 };
                c.add(interval(1.0, 2.0), truth, Scale::Ratio).unwrap();
            }
            c.reading()
        };
        assert_eq!(of(0, 1), Reading::Fits);
        assert_eq!(
            (of(3, 6), of(4, 6), of(6, 6)),
            (Reading::TooSure, Reading::Fits, Reading::Fits)
        );
        assert_eq!(
            (of(35, 36), of(36, 36), of(0, 0)),
            (Reading::Fits, Reading::TooWide, Reading::Fits)
        );
    }
}
