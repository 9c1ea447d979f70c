//! Random numbers: one independent stream for each entity.

use crate::Time;
use rand::Rng as _;
use rand_pcg::Pcg64Mcg;

/// One stream of random numbers (PCG, 128-bit multiplicative state, 64-bit output).
///
/// A stream belongs to one entity: a node, the network, a generator of load. An entity that draws more, or one
/// that is added, changes no other stream. So two policies compared under one seed meet the same luck.
///
/// The engine gives the entities from 0 up to nodes, by their id, and an odd large number to the network. For streams of your own,
/// count from `1 << 32` up or from `u64::MAX` down.
///
/// ```
/// use sim::Stream;
/// let (mut a, mut b) = (Stream::new(7, 0), Stream::new(7, 0));
/// assert_eq!(a.below(0, 100), b.below(0, 100));
/// ```
#[derive(Clone, Debug)]
pub struct Stream(Pcg64Mcg);

/// SplitMix64's step: a bijection of 64 bits that spreads every input bit over the output (Steele, Lea, Flood 2014).
const fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Stream {
    /// The stream of one entity under one seed. Neighbouring seeds and entities give unrelated streams.
    pub fn new(seed: u64, entity: u64) -> Self {
        // The two are mixed one after the other, so that (1, 2) and (2, 1) differ.
        let key = mix(mix(seed) ^ entity);
        let (high, low) = (mix(key), mix(key ^ 0xa5a5_a5a5_a5a5_a5a5));
        Stream(Pcg64Mcg::new((u128::from(high) << 64) | u128::from(low)))
    }

    /// Uniform whole number in `lo..hi`; `lo` when that range is empty. The bias is below (hi − lo) / 2⁶⁴.
    #[inline]
    pub fn below(&mut self, lo: u64, hi: u64) -> u64 {
        let width = hi.saturating_sub(lo);
        lo + ((u128::from(self.0.next_u64()) * u128::from(width)) >> 64) as u64
    }

    /// Uniform in [0, 1), a multiple of 2⁻⁵³.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// True with probability `p`: never for 0, always for 1.
    #[inline]
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// An exponentially distributed span with the given mean: the gaps of a Poisson stream of arrivals.
    #[inline]
    pub fn exponential(&mut self, mean: Time) -> Time {
        exponential_at(mean, self.unit())
    }
}

/// Inverse distribution function of the exponential: −mean · ln(1 − u).
#[inline]
pub(crate) fn exponential_at(mean: Time, u: f64) -> Time {
    Time::from_ns_f64(-(mean.as_ns() as f64) * libm::log(1.0 - u))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ms;

    #[test]
    fn streams_differ_by_seed_and_by_entity() {
        let mut first: Vec<u64> = Vec::new();
        for seed in 0..40 {
            for entity in (0..40).chain([u64::MAX]) {
                first.push(Stream::new(seed, entity).below(0, u64::MAX));
            }
        }
        let n = first.len();
        first.sort_unstable();
        first.dedup();
        assert_eq!(first.len(), n);
    }

    #[test]
    fn neighbours_are_uncorrelated() {
        // 1,000 pairs of neighbouring entities, first draw each: the correlation of uniform draws
        // has a standard error of 1/√1000 = 0.032.
        let u: Vec<f64> = (0..1_001).map(|e| Stream::new(1, e).unit() - 0.5).collect();
        let r: f64 = u.windows(2).map(|w| w[0] * w[1]).sum::<f64>() / 1_000.0 * 12.0;
        assert!(r.abs() < 0.13, "correlation {r}");
    }

    #[test]
    fn below_stays_in_range_and_is_even() {
        let mut s = Stream::new(3, 0);
        let mut seen = [0_u32; 7];
        for _ in 0..70_000 {
            seen[(s.below(10, 17) - 10) as usize] += 1;
        }
        // Each count is binomial: 10,000 ± 93 (one standard error).
        assert!(seen.iter().all(|n| n.abs_diff(10_000) < 400), "{seen:?}");
        assert_eq!(s.below(5, 5), 5);
        assert_eq!(s.below(5, 4), 5);
    }

    #[test]
    fn chance_has_exact_ends() {
        let mut s = Stream::new(4, 0);
        assert!((0..10_000).all(|_| !s.chance(0.0) && s.chance(1.0)));
        let hits = (0..100_000).filter(|_| s.chance(0.1)).count();
        assert!(hits.abs_diff(10_000) < 400, "{hits}"); // standard error 95
    }

    #[test]
    fn exponential_has_its_mean_and_its_tail() {
        let mut s = Stream::new(5, 0);
        let draws: Vec<f64> = (0..100_000).map(|_| s.exponential(ms(10)).as_ms()).collect();
        let mean = draws.iter().sum::<f64>() / 1e5;
        assert!((mean - 10.0).abs() < 0.13, "mean {mean} ms"); // standard error 0.032 ms
        let above = draws.iter().filter(|d| **d > 20.0).count() as f64 / 1e5;
        assert!((above - 0.1353).abs() < 0.005, "{above}"); // e⁻², standard error 0.001
    }

    #[test]
    fn the_generator_is_the_documented_one() {
        // A change here changes every published run.
        let mut s = Stream::new(1, 0);
        let drawn: Vec<u64> = (0..3).map(|_| s.below(0, 1_000_000)).collect();
        assert_eq!(drawn, [297_727, 86_891, 579_475]);
    }
}
