//! One question of a board: everybody's intervals and reasons, and how much they differ.

use crate::steps::Entry;
use crate::words;
use figures::{About, Intervals};
use judge::calibration::on_scale;
use judge::worksheet::{Interval, Question, Scale, Sheet, Side};

/// Longest text of a learner that is shown, in characters.
const LONGEST: usize = 1000;
/// Rows of one figure; more are drawn as several, so that each fits a sheet of paper.
const ROWS: usize = 40;

/// One question with everybody's answers.
pub(super) struct Asked<'a> {
    /// The question.
    pub(super) question: &'a Question,
    /// Who gave which interval, from low to high.
    pub(super) intervals: Vec<(String, Interval)>,
    /// Who gave none.
    pub(super) silent: Vec<String>,
    /// Who gave one that cannot be drawn, and why.
    pub(super) refused: Vec<(String, String)>,
    /// Who said why, in the order of the intervals.
    pub(super) reasons: Vec<Said>,
    /// Pairs of intervals that do not overlap, of all pairs.
    pub(super) apart: (usize, usize),
    /// Mean distance of two intervals' middles, on the question's scale.
    pub(super) spread: f64,
    /// What the simulator gives, once revealed.
    pub(super) truth: Option<f64>,
    id: String,
}

/// Somebody's words, made visible and cut, not escaped.
pub(super) struct Said {
    /// Whose.
    pub(super) who: String,
    /// Which.
    pub(super) words: String,
}

/// Collects the answers to the question at a place.
pub(super) fn ask<'a>(entry: &Entry, question: &'a Question, place: usize, sheets: &[(&str, &Sheet)]) -> Asked<'a> {
    let (mut given, mut silent, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (who, sheet) in sheets {
        let answer = &sheet.answers[place];
        match answer.judged() {
            None => silent.push((*who, answer)),
            Some(interval) => match interval.check(question.scale) {
                Ok(()) => given.push((*who, interval, answer)),
                Err(why) => refused.push((*who, why, answer)),
            },
        }
    }
    let middle = |i: &Interval| middle(*i, question.scale);
    given.sort_by(|a, b| middle(&a.1).total_cmp(&middle(&b.1)));
    let in_order = given.iter().map(|g| (g.0, g.2));
    let in_order = in_order
        .chain(refused.iter().map(|r| (r.0, r.2)))
        .chain(silent.iter().copied());
    let reasons = in_order.filter_map(|(who, answer)| said(who, &answer.reason)).collect();
    let intervals: Vec<Interval> = given.iter().map(|g| g.1).collect();
    let id = format!("board-{}-{}", entry.folder, question.id).to_ascii_lowercase();
    Asked {
        question,
        apart: apart(&intervals),
        spread: spread(&intervals.iter().map(middle).collect::<Vec<_>>()),
        intervals: given.into_iter().map(|g| (g.0.to_owned(), g.1)).collect(),
        silent: silent.into_iter().map(|s| s.0.to_owned()).collect(),
        refused: refused.into_iter().map(|r| (r.0.to_owned(), r.1)).collect(),
        reasons,
        truth: None,
        id: id.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
    }
}

/// Words to show, if there are any.
pub(super) fn said(who: &str, text: &str) -> Option<Said> {
    let text = text.trim();
    (!text.is_empty()).then(|| Said { who: who.to_owned(), words: words::visible(text, LONGEST) })
}

fn middle(interval: Interval, scale: Scale) -> f64 {
    (on_scale(interval.low, scale) + on_scale(interval.high, scale)) / 2.0
}

/// Pairs of intervals that do not overlap, and all pairs.
fn apart(intervals: &[Interval]) -> (usize, usize) {
    let n = intervals.len();
    let mut lows: Vec<f64> = intervals.iter().map(|i| i.low).collect();
    lows.sort_by(f64::total_cmp);
    // Of two intervals that do not overlap exactly one begins after the other's end.
    let above = |i: &Interval| n - lows.partition_point(|low| *low <= i.high);
    (intervals.iter().map(above).sum(), n * n.saturating_sub(1) / 2)
}

/// Mean distance of two middles, which are sorted.
fn spread(middles: &[f64]) -> f64 {
    let n = middles.len() as f64;
    let sum: f64 = middles
        .iter()
        .enumerate()
        .map(|(i, m)| m * (2.0 * i as f64 + 1.0 - n))
        .sum();
    if n > 1.0 { sum / (n * (n - 1.0) / 2.0) } else { 0.0 }
}

impl Asked<'_> {
    /// Share of the pairs of intervals that do not overlap.
    pub(super) fn disagreement(&self) -> f64 {
        if self.apart.1 == 0 {
            0.0
        } else {
            self.apart.0 as f64 / self.apart.1 as f64
        }
    }

    /// How much the answers differ, in words.
    pub(super) fn differ(&self) -> String {
        match self.apart {
            (_, 0) => "fewer than two intervals".into(),
            (0, _) => "all intervals overlap".into(),
            (1, 1) => "the two intervals do not overlap".into(),
            (apart, pairs) => format!(
                "{} of {} pairs of intervals do not overlap ({:.0} %)",
                figures::number(apart as f64, 0, ""),
                figures::number(pairs as f64, 0, ""),
                100.0 * self.disagreement()
            ),
        }
    }

    /// What the run gave, and how many intervals hold it.
    pub(super) fn revealed(&self) -> Option<String> {
        let truth = self.truth?;
        let held = self
            .intervals
            .iter()
            .filter(|(_, i)| i.side(truth) == Side::Inside)
            .count();
        let gave = self.figure(0, &[]).amount(truth);
        let of = self.intervals.len();
        Some(format!(
            "The run gave {gave}: {held} of {of} intervals hold{} it.",
            if of == 1 { "s" } else { "" }
        ))
    }

    /// All intervals as one figure.
    pub(super) fn whole(&self) -> Intervals {
        self.figure(0, &self.intervals)
    }

    /// The figures: one, or several on the same axis.
    pub(super) fn figures(&self) -> Vec<Intervals> {
        let (low, high) = self.whole().shown();
        let chunks = self.intervals.chunks(ROWS).enumerate();
        chunks.map(|(i, rows)| self.figure(i, rows).range(low, high)).collect()
    }

    fn figure(&self, place: usize, rows: &[(String, Interval)]) -> Intervals {
        let title = format!("Intervals of {}", self.question.id);
        let revealed = if self.truth.is_some() {
            " The truth is drawn as a line."
        } else {
            ""
        };
        let description = format!(
            "{} intervals from low to high, in {}; {}.{revealed} The values stand in the table below.",
            rows.len(),
            self.question.unit,
            self.differ()
        );
        let mut figure = Intervals::new(
            About::new(format!("{}-{place}", self.id), title, description),
            &self.question.unit,
        );
        if self.question.scale == Scale::Share {
            figure = figure.linear();
        }
        if let Some(truth) = self.truth {
            figure = figure.truth("the run", truth);
        }
        rows.iter().fold(figure, |f, (who, i)| f.row(who, i.low, i.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intervals(pairs: &[(f64, f64)]) -> Vec<Interval> {
        pairs
            .iter()
            .map(|(low, high)| Interval { low: *low, high: *high })
            .collect()
    }

    #[test]
    fn pairs_that_do_not_overlap_are_counted() {
        assert_eq!(apart(&intervals(&[])), (0, 0));
        assert_eq!(apart(&intervals(&[(1.0, 2.0)])), (0, 0));
        assert_eq!(
            apart(&intervals(&[(1.0, 2.0), (2.0, 3.0)])),
            (0, 1),
            "touching is overlapping"
        );
        assert_eq!(apart(&intervals(&[(1.0, 2.0), (3.0, 4.0), (1.5, 3.5)])), (1, 3));
        let mixed = intervals(&[
            (1.0, 9.0),
            (2.0, 3.0),
            (4.0, 5.0),
            (8.0, 12.0),
            (11.0, 11.0),
            (20.0, 30.0),
        ]);
        let slow = (0..mixed.len())
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .filter(|(i, j)| mixed[*i].low > mixed[*j].high || mixed[*j].low > mixed[*i].high)
            .count();
        assert_eq!(apart(&mixed), (slow, 15));
    }

    #[test]
    fn the_spread_is_the_mean_distance_of_two() {
        assert_eq!(spread(&[]), 0.0);
        assert_eq!(spread(&[5.0]), 0.0);
        assert!((spread(&[1.0, 3.0]) - 2.0).abs() < 1e-12);
        assert!((spread(&[0.0, 1.0, 5.0]) - 10.0 / 3.0).abs() < 1e-12);
    }
}
