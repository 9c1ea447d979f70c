//! How far every limit is from what was measured: a verdict must not hang on the last per cent.

use super::Problem;
use judge::Verdict;
use judge::verdict::Measured;
use std::collections::BTreeMap;

/// Least distance between a limit and a measured value, as a share of the limit.
const LEAST: f64 = 0.2;

/// What one answer was measured at, by test and objective, over all pools.
#[derive(Default)]
pub(super) struct Margins(BTreeMap<(String, String), Vec<Measured>>);

impl Margins {
    /// Takes in what a verdict measured.
    pub(super) fn add(&mut self, verdict: &Verdict) {
        for m in &verdict.measured {
            let key = (verdict.test.clone(), m.objective.clone());
            self.0.entry(key).or_default().push(m.clone());
        }
    }

    /// The limits that are too near, for an answer of this name.
    pub(super) fn problems(&self, who: &str) -> Vec<Problem> {
        let near = self.rows().filter(|(_, _, mean)| distance(mean) < LEAST);
        near.map(|(test, objective, m)| {
            format!(
                "{who}: {test}, {objective}: {:.2} is only {:.0} % from the limit {}; at least {:.0} %: move the limit or the answer",
                m.value,
                100.0 * distance(&m),
                m.limit,
                100.0 * LEAST
            )
        })
        .collect()
    }

    /// The smallest distance, in words.
    pub(super) fn nearest(&self) -> Option<String> {
        let (test, objective, m) = self.rows().min_by(|a, b| distance(&a.2).total_cmp(&distance(&b.2)))?;
        Some(format!(
            "nearest limit: {:.0} % away ({test}, {objective}: {:.2}, limit {})",
            100.0 * distance(&m),
            m.value,
            m.limit
        ))
    }

    /// Test, objective, and the mean over the pools.
    fn rows(&self) -> impl Iterator<Item = (&str, &str, Measured)> {
        self.0.iter().filter_map(|((test, objective), pools)| {
            let mean = pools.iter().map(|m| m.value).sum::<f64>() / pools.len() as f64;
            let first = pools.first()?.clone();
            Some((test.as_str(), objective.as_str(), Measured { value: mean, ..first }))
        })
    }
}

/// Distance from the limit as a share of the limit; for a share of successes, of what may be missing to 100 %.
fn distance(m: &Measured) -> f64 {
    let from = |x: f64| if m.success_share { 100.0 - x } else { x };
    let (value, limit) = (from(m.value), from(m.limit));
    if limit == 0.0 {
        return if value == 0.0 { 0.0 } else { f64::INFINITY };
    }
    ((value - limit) / limit).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use judge::verdict::Place;

    fn measured(value: f64, limit: f64, success_share: bool) -> Measured {
        Measured { objective: "cost".into(), value, limit, at_most: !success_share, success_share }
    }

    #[test]
    fn a_success_share_is_measured_by_what_is_missing() {
        assert!((distance(&measured(6.0, 8.0, false)) - 0.25).abs() < 1e-9);
        assert!((distance(&measured(12.0, 8.0, false)) - 0.5).abs() < 1e-9);
        assert!((distance(&measured(99.0, 98.0, true)) - 0.5).abs() < 1e-9);
        assert_eq!(distance(&measured(1.0, 0.0, false)), f64::INFINITY);
    }

    #[test]
    fn the_mean_over_the_pools_counts() {
        let place = Place { step: "s".into(), test: "t".into() };
        let add = |values: &[f64]| {
            let mut margins = Margins::default();
            for v in values {
                let mut verdict = Verdict::pass("02-x", &place);
                verdict.measured = vec![measured(*v, 10.0, false)];
                margins.add(&verdict);
            }
            margins
        };
        assert_eq!(add(&[7.0, 8.5]).problems("x").len(), 0);
        let near = add(&[8.0, 9.0]);
        assert!(
            near.problems("x")[0].contains("8.50 is only 15 % from the limit 10"),
            "{:?}",
            near.problems("x")
        );
        assert!(near.nearest().unwrap().contains("15 % away"));
        assert_eq!(Margins::default().nearest(), None);
    }
}
