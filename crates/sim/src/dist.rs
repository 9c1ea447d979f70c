//! Distributions of spans of time.

use crate::rng::exponential_at;
use crate::{Quantiles, Stream, Time, normal};

/// How long something takes.
///
/// Every draw but a constant's uses one number of the stream, through the inverse of the distribution function. So two runs
/// that differ in a parameter alone stay comparable draw by draw.
///
/// ```
/// use sim::{ms, Dist, Stream};
/// let service = Dist::Exponential { mean: ms(10) };
/// let mut stream = Stream::new(1, 0);
/// assert!(service.sample(&mut stream) > sim::Time::ZERO);
/// assert!((service.survival(ms(10)) - (-1.0_f64).exp()).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Dist {
    /// Always the same span; draws nothing.
    Constant(Time),
    /// Uniform from the first span (included) to the second (excluded).
    Uniform(Time, Time),
    /// Exponential: memoryless, `survival(t) = e^(−t/mean)`.
    Exponential {
        /// The mean; the standard deviation is the same.
        mean: Time,
    },
    /// Log-normal: the logarithm of the span is normal.
    LogNormal {
        /// The median.
        median: Time,
        /// Standard deviation of the natural logarithm (no unit); 0.5 puts the 99th percentile at 3.2 medians.
        sigma: f64,
    },
    /// Pareto: a power-law tail, `survival(t) = (least/t)^alpha`.
    Pareto {
        /// The shortest span.
        least: Time,
        /// Exponent of the tail (no unit); the mean is infinite up to 1, the variance up to 2.
        alpha: f64,
    },
    /// Measured quantiles with straight lines between.
    Empirical(Quantiles),
    /// One distribution with a chance, and another otherwise: how measured latencies are often fitted.
    Mixture {
        /// Chance of the first (no unit, 0 to 1).
        share: f64,
        /// Drawn with that chance.
        first: Box<Dist>,
        /// Drawn otherwise.
        second: Box<Dist>,
    },
    /// A distribution, and a fixed span more: a distance on top of what it takes nearby.
    Later {
        /// The span that is added to every draw.
        by: Time,
        /// What it is added to.
        than: Box<Dist>,
    },
}

impl Dist {
    /// One draw.
    #[inline]
    pub fn sample(&self, stream: &mut Stream) -> Time {
        match self {
            Dist::Constant(t) => *t,
            Dist::Uniform(lo, hi) => crate::ns(stream.below(lo.as_ns(), hi.as_ns())),
            Dist::Exponential { mean } => stream.exponential(*mean),
            Dist::Mixture { share, first, second } => {
                // What is left of the number, once it has chosen, is uniform again.
                let u = stream.unit();
                if u < *share {
                    first.at(u / share)
                } else {
                    second.at((u - share) / (1.0 - share))
                }
            }
            Dist::Later { by, than } => *by + than.sample(stream),
            _ => self.at(stream.unit()),
        }
    }

    /// The span that a share `u` of the draws does not exceed (the inverse of the distribution function), for `u` in [0, 1].
    pub fn at(&self, u: f64) -> Time {
        let u = if u.is_nan() { 0.0 } else { u.clamp(0.0, 1.0) };
        match self {
            Dist::Constant(t) => *t,
            Dist::Uniform(lo, hi) => *lo + (*hi - *lo).scale(u),
            Dist::Exponential { mean } => exponential_at(*mean, u),
            Dist::LogNormal { median, sigma } => median.scale(libm::exp(sigma * normal::quantile(u))),
            Dist::Pareto { least, alpha } => least.scale(libm::pow(1.0 - u, -1.0 / alpha)),
            Dist::Empirical(q) => q.at(u),
            Dist::Mixture { first, second, .. } => self.between(u, first.at(u), second.at(u)),
            Dist::Later { by, than } => *by + than.at(u),
        }
    }

    /// The span that a share `u` of the draws does not exceed, when it lies between two spans: found by halving.
    fn between(&self, u: f64, one: Time, other: Time) -> Time {
        let (mut lo, mut hi) = (one.min(other).as_ns(), one.max(other).as_ns());
        while lo < hi {
            let middle = lo + (hi - lo) / 2;
            if self.survival(crate::ns(middle)) > 1.0 - u {
                lo = middle + 1;
            } else {
                hi = middle;
            }
        }
        crate::ns(lo)
    }

    /// Share of the draws longer than `t`.
    pub fn survival(&self, t: Time) -> f64 {
        let ns = |t: &Time| t.as_ns() as f64;
        match self {
            Dist::Constant(c) => f64::from(*c > t),
            Dist::Uniform(lo, hi) if t < *lo || hi <= lo => f64::from(*lo > t),
            Dist::Uniform(lo, hi) => (ns(hi) - ns(&t)).max(0.0) / (ns(hi) - ns(lo)),
            // Without any spread, all draws are one span.
            Dist::Exponential { mean: Time::ZERO } => 0.0,
            Dist::LogNormal { median, sigma } if *sigma == 0.0 || *median == Time::ZERO => f64::from(*median > t),
            Dist::Exponential { mean } => libm::exp(-ns(&t) / ns(mean)),
            Dist::LogNormal { median, sigma } => normal::survival(libm::log(ns(&t) / ns(median)) / sigma),
            Dist::Pareto { least, .. } if t <= *least => 1.0,
            Dist::Pareto { least, alpha } => libm::pow(ns(least) / ns(&t), *alpha),
            Dist::Empirical(q) => q.survival(t),
            Dist::Mixture { share, first, second } => share * first.survival(t) + (1.0 - share) * second.survival(t),
            Dist::Later { by, .. } if t < *by => 1.0,
            Dist::Later { by, than } => than.survival(t - *by),
        }
    }

    /// The mean; [`Time::MAX`] when it is infinite.
    pub fn mean(&self) -> Time {
        match self {
            Dist::Constant(t) => *t,
            Dist::Uniform(lo, hi) => *lo + (*hi - *lo) / 2,
            Dist::Exponential { mean } => *mean,
            Dist::LogNormal { median, sigma } => median.scale(libm::exp(sigma * sigma / 2.0)),
            Dist::Pareto { alpha, .. } if *alpha <= 1.0 => Time::MAX,
            Dist::Pareto { least, alpha } => least.scale(alpha / (alpha - 1.0)),
            Dist::Empirical(q) => q.mean(),
            Dist::Mixture { share, first, second } => match (first.mean(), second.mean()) {
                (Time::MAX, _) | (_, Time::MAX) => Time::MAX,
                (a, b) => a.scale(*share) + b.scale(1.0 - share),
            },
            Dist::Later { by, than } => match than.mean() {
                Time::MAX => Time::MAX,
                mean => *by + mean,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ms, us};

    fn all() -> Vec<Dist> {
        vec![
            Dist::Constant(ms(7)),
            Dist::Uniform(ms(2), ms(6)),
            Dist::Exponential { mean: ms(10) },
            Dist::LogNormal { median: ms(10), sigma: 0.5 },
            Dist::Pareto { least: ms(3), alpha: 3.5 },
            Dist::Empirical(Quantiles::new(&[(0.0, ms(1)), (0.9, ms(4)), (1.0, ms(30))]).unwrap()),
            Dist::Mixture {
                share: 0.4,
                first: Box::new(Dist::Pareto { least: ms(3), alpha: 3.5 }),
                second: Box::new(Dist::Exponential { mean: ms(8) }),
            },
            Dist::Later { by: ms(5), than: Box::new(Dist::Exponential { mean: ms(4) }) },
        ]
    }

    #[test]
    fn draws_have_the_stated_mean() {
        for d in all() {
            let mut s = Stream::new(11, 0);
            let n = 400_000;
            let mean = (0..n).map(|_| d.sample(&mut s).as_ms()).sum::<f64>() / f64::from(n);
            let want = d.mean().as_ms();
            // The widest has a standard deviation of about its mean, so 1/√n = 0.16 % is one standard error.
            assert!((mean / want - 1.0).abs() < 0.006, "{d:?}: {mean} ms, not {want} ms");
        }
    }

    #[test]
    fn draws_exceed_a_time_as_often_as_survival_says() {
        for d in all() {
            let mut s = Stream::new(12, 0);
            let draws: Vec<Time> = (0..200_000).map(|_| d.sample(&mut s)).collect();
            for t in [ms(1), us(2_500), ms(4), ms(7), ms(12), ms(25)] {
                let share = draws.iter().filter(|x| **x > t).count() as f64 / 2e5;
                // One standard error is at most 0.0011.
                assert!(
                    (share - d.survival(t)).abs() < 0.005,
                    "{d:?} at {t}: {share}, not {}",
                    d.survival(t)
                );
            }
        }
    }

    #[test]
    fn at_is_the_inverse_of_survival() {
        for d in all().into_iter().skip(1) {
            for u in [0.01, 0.25, 0.5, 0.9, 0.99, 0.999] {
                assert!((1.0 - d.survival(d.at(u)) - u).abs() < 1e-5, "{d:?} at {u}");
            }
        }
    }

    #[test]
    fn known_values() {
        assert_eq!(Dist::Uniform(ms(2), ms(6)).at(0.5), ms(4));
        assert_eq!(Dist::Uniform(ms(2), ms(2)).sample(&mut Stream::new(1, 1)), ms(2));
        assert_eq!(Dist::Uniform(ms(2), ms(2)).survival(ms(2)), 0.0);
        assert_eq!(Dist::Uniform(ms(2), ms(2)).survival(ms(1)), 1.0);
        let log_normal = Dist::LogNormal { median: ms(10), sigma: 0.5 };
        assert_eq!(log_normal.at(0.5), ms(10));
        assert!((log_normal.at(0.99).as_ms() - 32.0).abs() < 0.01);
        assert_eq!(log_normal.survival(Time::ZERO), 1.0);
        assert_eq!(Dist::Pareto { least: ms(3), alpha: 1.0 }.mean(), Time::MAX);
        assert_eq!(Dist::Pareto { least: ms(3), alpha: 2.0 }.at(0.75), ms(6));
        assert_eq!(Dist::Exponential { mean: ms(1) }.at(1.0), Time::MAX);
        assert_eq!(Dist::Exponential { mean: ms(1) }.at(0.0), Time::ZERO);
    }

    #[test]
    fn no_spread_is_a_constant() {
        let flat = [
            (Dist::Exponential { mean: Time::ZERO }, Time::ZERO),
            (Dist::LogNormal { median: ms(3), sigma: 0.0 }, ms(3)),
            (Dist::LogNormal { median: Time::ZERO, sigma: 1.0 }, Time::ZERO),
            (Dist::Uniform(ms(3), ms(3)), ms(3)),
            (Dist::Constant(ms(3)), ms(3)),
        ];
        for (d, only) in flat {
            assert_eq!(d.sample(&mut Stream::new(1, 1)), only, "{d:?}");
            assert_eq!(d.survival(only), 0.0, "{d:?}");
            assert_eq!(d.survival(only - crate::ns(1)), f64::from(only > Time::ZERO), "{d:?}");
        }
    }

    #[test]
    fn each_draw_takes_one_number() {
        for d in all().into_iter().skip(1) {
            let (mut a, mut b) = (Stream::new(5, 5), Stream::new(5, 5));
            d.sample(&mut a);
            b.unit();
            assert_eq!(a.unit(), b.unit(), "{d:?}");
        }
    }
}
