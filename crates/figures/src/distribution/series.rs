//! One latency distribution: its points, buckets and percentiles.

use crate::scale::Scale;

/// A bucket of a histogram: how many answers took longer than `from` and at most `to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Lower end, in the figure's unit.
    pub from: f64,
    /// Upper end, in the figure's unit.
    pub to: f64,
    /// Answers in it.
    pub count: f64,
}

/// The latencies of one policy.
#[derive(Clone, Debug)]
pub struct Series {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
    pub(super) buckets: Vec<Bucket>,
    pub(super) percentiles: Vec<(f64, f64)>,
}

impl Series {
    /// A name and points (time, share of answers not later than it, 0 to 1), in order of time. Points that are not
    /// finite are left out. No points at all means that there are no answers yet.
    pub fn new(name: impl Into<String>, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut points: Vec<(f64, f64)> = points
            .into_iter()
            .filter(|p| p.0.is_finite() && p.1.is_finite())
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for p in &mut points {
            p.1 = p.1.clamp(0.0, 1.0);
        }
        Series { name: name.into(), points, buckets: Vec::new(), percentiles: Vec::new() }
    }

    /// The histogram's buckets. Without them the strips are made from the points.
    pub fn buckets(mut self, buckets: impl IntoIterator<Item = Bucket>) -> Self {
        let usable = |b: &Bucket| b.from.is_finite() && b.to.is_finite() && b.to >= b.from && b.count > 0.0;
        self.buckets = buckets.into_iter().filter(usable).collect();
        self
    }

    /// The percentiles to mark, as (percentile, time): `(99.0, 259.0)`. Without them p50, p90 and p99 are read off the
    /// points.
    pub fn percentiles(mut self, percentiles: impl IntoIterator<Item = (f64, f64)>) -> Self {
        self.percentiles = percentiles
            .into_iter()
            .filter(|p| p.0.is_finite() && p.1.is_finite())
            .collect();
        self
    }

    /// Is there nothing to draw?
    pub(super) fn is_empty(&self) -> bool {
        self.points.is_empty() && self.buckets.is_empty()
    }

    /// Percentiles with their times.
    pub(super) fn marks(&self) -> Vec<(f64, f64)> {
        if !self.percentiles.is_empty() {
            return self.percentiles.clone();
        }
        [50.0, 90.0, 99.0]
            .into_iter()
            .filter_map(|p| Some((p, self.time_of(p / 100.0)?)))
            .collect()
    }

    /// The time by which a share of the answers is there.
    pub(super) fn time_of(&self, share: f64) -> Option<f64> {
        let i = self.points.iter().position(|p| p.1 >= share - 1e-12)?;
        let (x1, s1) = self.points[i];
        let Some(&(x0, s0)) = i.checked_sub(1).and_then(|j| self.points.get(j)) else {
            return Some(x1);
        };
        Some(if s1 > s0 {
            x0 + (x1 - x0) * ((share - s0) / (s1 - s0)).clamp(0.0, 1.0)
        } else {
            x1
        })
    }

    /// Columns in pixels on an axis: left end, right end, share of the answers.
    ///
    /// Buckets that are wide enough to see are drawn as they are; fine ones, and points, are put into `bins`.
    pub(super) fn columns(&self, x: &Scale, bins: &[f64]) -> Vec<(f64, f64, f64)> {
        let total: f64 = self.buckets.iter().map(|b| b.count).sum();
        let pieces: Vec<(f64, f64, f64)> = if self.buckets.is_empty() {
            let first = self.points.first().map(|p| (p.0, p.0, p.1));
            let rest = self
                .points
                .windows(2)
                .map(|w| (w[0].0, w[1].0, (w[1].1 - w[0].1).max(0.0)));
            first.into_iter().chain(rest).collect()
        } else {
            self.buckets.iter().map(|b| (b.from, b.to, b.count / total)).collect()
        };
        let (lo, hi) = x.ends();
        let (left, right) = (x.at(lo), x.at(hi));
        let inside = pieces.iter().filter(|p| p.1 >= lo && p.0 <= hi && p.2 > 0.0);
        // Ends in pixels, and what part of the piece lies on the axis.
        let pixels: Vec<(f64, f64, f64)> = inside
            .map(|&(from, to, share)| {
                let (a, b) = (x.beyond(from), x.beyond(to));
                let seen = if b > a {
                    ((b.min(right) - a.max(left)) / (b - a)).clamp(0.0, 1.0)
                } else {
                    1.0
                };
                (a.max(left), b.min(right), share * seen)
            })
            .collect();
        let wide = pixels.iter().map(|p| p.1 - p.0).sum::<f64>() >= 4.0 * pixels.len() as f64;
        if !self.buckets.is_empty() && wide {
            return pixels;
        }
        let mut columns: Vec<(f64, f64, f64)> = bins.windows(2).map(|w| (w[0], w[1], 0.0)).collect();
        for (a, b, share) in pixels {
            if b - a > 0.5 {
                for column in &mut columns {
                    column.2 += share * (b.min(column.1) - a.max(column.0)).max(0.0) / (b - a);
                }
            } else if let Some(column) = columns.iter_mut().find(|c| (a + b) / 2.0 <= c.1 + 0.3) {
                // A bin holds its right end: answers cut at a deadline stand left of its line.
                column.2 += share;
            }
        }
        columns
    }

    /// Smallest and largest time.
    pub(super) fn ends(&self) -> Option<(f64, f64)> {
        // One answer in two thousand may lie left of the axis: a logarithmic axis would else begin at a stray first one.
        let early = self.points.iter().position(|p| p.1 > 0.0005);
        let first = early.map(|i| self.points[i.saturating_sub(usize::from(self.points[i].1 > 0.01))].0);
        let first = first.or(self.points.first().map(|p| p.0));
        let first = first
            .into_iter()
            .chain(self.buckets.iter().map(|b| b.from))
            .reduce(f64::min)?;
        let full = self.points.iter().position(|p| p.1 >= 1.0).map(|i| self.points[i].0);
        let last = full.or(self.points.last().map(|p| p.0));
        let last = last
            .into_iter()
            .chain(self.buckets.iter().map(|b| b.to))
            .reduce(f64::max)?;
        Some((first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINS: [f64; 11] = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0];

    fn axis() -> Scale {
        Scale::new(false, 0.0, 1000.0, 0.0, 100.0)
    }

    fn shares(columns: &[(f64, f64, f64)]) -> Vec<f64> {
        columns.iter().map(|c| (c.2 * 1e6).round() / 1e6).collect()
    }

    #[test]
    fn points_become_columns_that_hold_all_answers() {
        let series = Series::new("s", [(0.0, 0.0), (200.0, 0.5), (1000.0, 1.0)]);
        assert_eq!(
            shares(&series.columns(&axis(), &BINS)),
            [
                0.25, 0.25, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625
            ]
        );
    }

    #[test]
    fn answers_cut_at_a_bins_right_end_stand_left_of_it() {
        let cut = Series::new("s", [(0.0, 0.0), (500.0, 0.0), (500.0, 1.0)]);
        assert_eq!(shares(&cut.columns(&axis(), &BINS))[4], 1.0);
        let fine = cut.buckets([
            Bucket { from: 499.5, to: 500.5, count: 3.0 },
            Bucket { from: 0.0, to: 1.0, count: 1.0 },
        ]);
        assert_eq!(shares(&fine.columns(&axis(), &BINS))[..5], [0.25, 0.0, 0.0, 0.0, 0.75]);
    }

    #[test]
    fn wide_buckets_are_drawn_as_they_are_and_cut_at_the_frame() {
        let series = Series::new("s", []).buckets([
            Bucket { from: 0.0, to: 400.0, count: 1.0 },
            Bucket { from: 900.0, to: 1100.0, count: 2.0 },
            Bucket { from: 1200.0, to: 1300.0, count: 1.0 },
        ]);
        let columns = series.columns(&axis(), &BINS);
        let ends: Vec<_> = columns.iter().map(|c| (c.0, c.1)).collect();
        assert_eq!(
            (ends, shares(&columns)),
            (vec![(0.0, 40.0), (90.0, 100.0)], vec![0.25, 0.25])
        );
    }

    #[test]
    fn percentiles_are_read_off_the_points() {
        let series = Series::new("s", [(10.0, 0.0), (20.0, 0.5), (40.0, 1.0)]);
        let marks = series.marks();
        assert_eq!(marks.iter().map(|m| m.0).collect::<Vec<_>>(), [50.0, 90.0, 99.0]);
        assert!(
            marks
                .iter()
                .zip([20.0, 36.0, 39.6])
                .all(|(m, t)| (m.1 - t).abs() < 1e-9),
            "{marks:?}"
        );
        assert_eq!(
            Series::new("s", [(7.0, 1.0)]).marks(),
            [(50.0, 7.0), (90.0, 7.0), (99.0, 7.0)]
        );
        assert_eq!(Series::new("s", [(7.0, 0.6)]).marks(), [(50.0, 7.0)]);
    }
}
