//! Measured spans of time, as a histogram.

use crate::{Time, us};
use hdrhistogram::Histogram;

/// The longest span that is told apart, in microseconds: one hour.
const MOST_US: u64 = 3_600_000_000;

/// A histogram of spans: three significant digits, whole microseconds, up to one hour (longer counts as one hour).
///
/// ```
/// use sim::{ms, Latencies};
/// let mut l = Latencies::new();
/// for i in 1..=100 {
///     l.record(ms(i));
/// }
/// assert!((l.quantile(0.5).as_ms() - 50.0).abs() < 0.05);
/// assert_eq!(l.share_above(ms(90)), 0.1);
/// ```
#[derive(Clone, Debug)]
pub struct Latencies {
    histogram: Histogram<u64>,
    /// Exact sum, in nanoseconds: the mean does not suffer from the histogram's resolution.
    sum: u128,
    /// Exact extremes, in microseconds.
    least: u64,
    most: u64,
}

impl Default for Latencies {
    fn default() -> Self {
        Latencies::new()
    }
}

impl Latencies {
    /// Without any span.
    pub fn new() -> Self {
        // It grows with the largest span recorded: 16 kB for a few milliseconds, 200 kB for an hour.
        let histogram = Histogram::new(3).expect("three digits are within the histogram's limits");
        Latencies { histogram, sum: 0, least: u64::MAX, most: 0 }
    }

    /// Adds one span.
    #[inline]
    pub fn record(&mut self, span: Time) {
        let us = ((span.as_ns().saturating_add(500)) / 1_000).min(MOST_US);
        self.histogram.record(us).expect("the histogram grows up to one hour");
        self.sum += u128::from(span.as_ns());
        self.least = self.least.min(us);
        self.most = self.most.max(us);
    }

    /// The span that a share `q` of all recorded ones does not exceed: `quantile(0.99)` is the 99th percentile. It is the upper edge of the
    /// histogram's cell, so up to 0.1 % high. Zero when nothing was recorded.
    pub fn quantile(&self, q: f64) -> Time {
        // The histogram answers with the upper end of the cell, which can lie beyond everything recorded.
        us(self.histogram.value_at_quantile(q).min(self.most))
    }

    /// Number of spans recorded.
    pub fn len(&self) -> u64 {
        self.histogram.len()
    }

    /// Was nothing recorded?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The exact mean, rounded down to a nanosecond; zero when nothing was recorded.
    pub fn mean(&self) -> Time {
        let mean = self.sum.checked_div(u128::from(self.len())).unwrap_or(0);
        Time::from_ns_u128(mean)
    }

    /// Adds all spans of another histogram.
    pub fn merge(&mut self, other: &Latencies) {
        self.histogram
            .add(&other.histogram)
            .expect("the histogram grows up to one hour");
        self.sum += other.sum;
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }

    /// Share of the spans longer than `span`, to the histogram's resolution; 0 when nothing was recorded.
    pub fn share_above(&self, span: Time) -> f64 {
        share(self.count_above(span), self.len())
    }

    fn count_above(&self, span: Time) -> u64 {
        let cut = self.histogram.highest_equivalent(span.as_us().min(MOST_US));
        self.cells()
            .rev()
            .take_while(|(edge, _)| *edge > cut)
            .map(|(_, n)| n)
            .sum()
    }

    /// The distribution function at up to `points` spans, evenly apart in logarithm from the least to the largest recorded: pairs of a span
    /// and the share that does not exceed it. Shares rise to 1. Empty when nothing was recorded.
    pub fn cdf(&self, points: usize) -> Vec<(Time, f64)> {
        if self.is_empty() || points == 0 {
            return Vec::new();
        }
        let (low, high) = (libm::log(self.least.max(1) as f64), libm::log(self.most.max(1) as f64));
        let mut cells = self.cells().peekable();
        let (mut below, mut last, mut out) = (0, None, Vec::with_capacity(points));
        for i in 1..=points {
            let at = if i == points {
                self.most
            } else {
                libm::exp(low + (high - low) * i as f64 / points as f64) as u64
            };
            if last == Some(at) {
                continue;
            }
            last = Some(at);
            let cut = self.histogram.highest_equivalent(at);
            while let Some((_, n)) = cells.next_if(|(edge, _)| *edge <= cut) {
                below += n;
            }
            out.push((us(at), share(below, self.len())));
        }
        out
    }

    /// The cells that hold at least one span: pairs of a cell's upper edge and its number of spans, shortest first.
    pub fn buckets(&self) -> impl Iterator<Item = (Time, u64)> + '_ {
        self.cells().map(|(edge, n)| (us(edge), n))
    }

    /// Non-empty cells: upper edge in microseconds, count.
    fn cells(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> + '_ {
        let cells: Vec<(u64, u64)> = self
            .histogram
            .iter_recorded()
            .map(|c| {
                (
                    self.histogram.highest_equivalent(c.value_iterated_to()),
                    c.count_at_value(),
                )
            })
            .collect();
        cells.into_iter()
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dist, Stream, ms, ns, secs};

    fn exponential(seed: u64, n: u64) -> (Latencies, Vec<Time>) {
        let (mut l, mut s) = (Latencies::new(), Stream::new(seed, 0));
        let d = Dist::Exponential { mean: ms(10) };
        let mut all: Vec<Time> = (0..n).map(|_| d.sample(&mut s)).collect();
        all.iter().for_each(|t| l.record(*t));
        all.sort_unstable();
        (l, all)
    }

    #[test]
    fn quantiles_match_a_sorted_list() {
        let (l, sorted) = exponential(1, 100_000);
        for q in [0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0] {
            let exact = sorted[((q * 1e5) as usize).clamp(1, 100_000) - 1];
            let error = l.quantile(q).as_ms() / exact.as_ms() - 1.0;
            assert!(
                error.abs() < 0.001 + 0.001 / exact.as_ms(),
                "{q}: {} {exact}",
                l.quantile(q)
            );
        }
        let mean = sorted.iter().map(|t| t.as_ns()).sum::<u64>() / 100_000;
        assert_eq!(l.mean(), ns(mean));
        assert_eq!(l.len(), 100_000);
    }

    #[test]
    fn shares_match_a_sorted_list() {
        let (l, sorted) = exponential(2, 50_000);
        for t in [ms(1), ms(10), ms(30), ms(70)] {
            let exact = sorted.iter().filter(|x| **x > t).count() as f64 / 5e4;
            assert!(
                (l.share_above(t) - exact).abs() < 0.001,
                "{t}: {} {exact}",
                l.share_above(t)
            );
        }
        assert_eq!(l.share_above(secs(10)), 0.0);
        let total: u64 = l.buckets().map(|(_, n)| n).sum();
        assert_eq!(total, 50_000);
    }

    #[test]
    fn merging_is_recording_both() {
        let ((mut a, mut all), (b, more)) = (exponential(3, 1_000), exponential(4, 2_000));
        a.merge(&b);
        all.extend(more);
        let mut both = Latencies::new();
        all.iter().for_each(|t| both.record(*t));
        assert!(a.buckets().eq(both.buckets()));
        assert_eq!(
            (a.len(), a.mean(), a.quantile(1.0)),
            (3_000, both.mean(), both.quantile(1.0))
        );
    }

    #[test]
    fn the_distribution_function_rises_to_one() {
        let (l, _) = exponential(5, 20_000);
        let cdf = l.cdf(80);
        assert!(cdf.len() > 60 && cdf.is_sorted(), "{}", cdf.len());
        assert_eq!(cdf.last(), Some(&(l.quantile(1.0), 1.0)));
        for (t, share) in cdf {
            assert!((share - (1.0 - l.share_above(t))).abs() < 1e-12, "{t}");
        }
    }

    #[test]
    fn nothing_recorded() {
        let l = Latencies::default();
        assert!(l.is_empty() && l.cdf(10).is_empty());
        assert_eq!(
            (l.quantile(0.99), l.mean(), l.share_above(ms(1))),
            (Time::ZERO, Time::ZERO, 0.0)
        );
    }

    #[test]
    fn the_ends_of_the_range() {
        let mut l = Latencies::new();
        l.record(Time::ZERO);
        l.record(Time::MAX);
        assert_eq!(
            (l.len(), l.quantile(0.5), l.quantile(1.0)),
            (2, Time::ZERO, secs(3_600))
        );
        assert_eq!(l.cdf(3).last(), Some(&(secs(3_600), 1.0)));
        let mut one = Latencies::new();
        one.record(ms(5));
        assert_eq!(one.cdf(10), [(ms(5), 1.0)]);
    }
}
