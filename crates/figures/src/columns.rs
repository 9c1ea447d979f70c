//! One amount for each of many alike, for one or two series: a strip of columns a series, on one scale.

use crate::canvas::{About, Anchor, Canvas, fit};
use crate::curves::SERIES;
use crate::scale::{Scale, nice_end};
use crate::{Svg, short};

/// Strips of columns, one above the other: who got how much, under each of two policies.
#[derive(Clone, Debug)]
pub struct Columns {
    about: About,
    /// What a column stands for: `server`.
    each: String,
    quantity: String,
    unit: String,
    strips: Vec<(String, Vec<f64>)>,
    marked: Vec<(usize, String)>,
    level: Option<(String, f64)>,
}

impl Columns {
    /// A figure whose columns stand for `each` (“server”), numbered from 1, and have a unit, for example `%`.
    pub fn new(about: About, each: impl Into<String>, quantity: impl Into<String>, unit: impl Into<String>) -> Self {
        Columns {
            about,
            each: each.into(),
            quantity: quantity.into(),
            unit: unit.into(),
            strips: Vec::new(),
            marked: Vec::new(),
            level: None,
        }
    }

    /// Adds a strip. A value below zero, or that is not a number, is drawn as zero.
    ///
    /// # Panics
    /// When there are two already: a third has no colour of its own.
    pub fn strip(mut self, name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        assert!(self.strips.len() < 2, "a figure of columns holds two strips at most");
        let plain = |v: f64| if v.is_finite() { v.max(0.0) } else { 0.0 };
        self.strips.push((name.into(), values.into_iter().map(plain).collect()));
        self
    }

    /// Marks a column, counted from 0, with a word: “broken”.
    pub fn mark(mut self, column: usize, word: impl Into<String>) -> Self {
        self.marked.push((column, word.into()));
        self
    }

    /// Draws a line across at a value: `("equal shares", 5.0)`.
    pub fn level(mut self, label: impl Into<String>, at: f64) -> Self {
        self.level = (at.is_finite() && at > 0.0).then(|| (label.into(), at));
        self
    }

    /// The heads of the columns of [`Columns::rows`].
    pub fn head(&self) -> Vec<String> {
        let names = self.strips.iter().map(|(name, _)| name.clone());
        std::iter::once(self.each.clone()).chain(names).collect()
    }

    /// Every column with its amounts.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let most = self.strips.iter().map(|(_, v)| v.len()).max().unwrap_or(0);
        let row = |i: usize| {
            let word = self.marked.iter().find(|(at, _)| *at == i);
            let name = word.map_or_else(|| format!("{}", i + 1), |(_, word)| format!("{} ({word})", i + 1));
            let amount =
                |(_, values): &(String, Vec<f64>)| values.get(i).map_or_else(String::new, |v| short(*v, &self.unit));
            std::iter::once(name).chain(self.strips.iter().map(amount)).collect()
        };
        (0..most).map(row).collect()
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        let width = fit(width);
        let values = || self.strips.iter().flat_map(|(_, v)| v.iter().copied());
        let level = self.level.as_ref().map_or(0.0, |(_, at)| *at);
        let top_value = nice_end(values().fold(level, f64::max) * 1.05, 4.0);
        let (left, right, high) = (2.0, width - 2.0, 96.0);
        let mut canvas = Canvas::new(&self.about, width, 0.0);
        canvas.text("f-minor", Anchor::Start, (left, 11.0), &self.quantity);
        let mut top = 24.0;
        for (k, (name, values)) in self.strips.iter().enumerate() {
            let class = SERIES[k];
            canvas.text(&format!("f-strong {class}"), Anchor::Start, (left, top + 12.0), name);
            let (head, foot) = (top + 34.0, top + 34.0 + high);
            let y = Scale::new(false, 0.0, top_value, foot, head);
            let pitch = (right - left) / values.len().max(1) as f64;
            let wide = (pitch * 0.72).max(2.0);
            let x = |i: usize| left + (i as f64 + 0.5) * pitch;
            for (i, value) in values.iter().enumerate() {
                let at = y.at(*value);
                // A column of nothing is still a line on the ground.
                let tall = (foot - at).max(1.0);
                canvas.rect(
                    &format!("f-bar {class}"),
                    (x(i) - wide / 2.0, foot - tall),
                    (wide, tall),
                    0.0,
                );
            }
            canvas.line("f-axis", (left, foot), (right, foot));
            if let Some((label, at)) = &self.level {
                canvas.line("f-limit", (left, y.at(*at)), (right, y.at(*at)));
                // Said once; it lies at the same height in both.
                if k == 0 {
                    let label = format!("{label} {}", short(*at, &self.unit));
                    canvas.text("f-minor", Anchor::End, (right, y.at(*at) - 5.0), &label);
                }
            }
            // The amounts of marked columns, and of the greatest where none is marked.
            let greatest = (0..values.len()).max_by(|a, b| values[*a].total_cmp(&values[*b]));
            let told: Vec<(usize, &str)> = if self.marked.is_empty() {
                greatest.map(|i| (i, "")).into_iter().collect()
            } else {
                self.marked
                    .iter()
                    .take(1)
                    .map(|(i, word)| (*i, word.as_str()))
                    .collect()
            };
            for (i, word) in told.into_iter().filter(|(i, _)| *i < values.len()) {
                let text = format!("{} {word}", short(values[i], &self.unit));
                let anchor = if x(i) < width / 2.0 { Anchor::Start } else { Anchor::End };
                let at = x(i)
                    + if anchor == Anchor::Start {
                        -wide / 2.0
                    } else {
                        wide / 2.0
                    };
                canvas.text("f-strong", anchor, (at, y.at(values[i]) - 5.0), text.trim_end());
            }
            for i in (0..values.len()).filter(|i| *i == 0 || (i + 1) % 5 == 0) {
                canvas.text(
                    "f-minor",
                    Anchor::Middle,
                    (x(i).max(left + 4.0), foot + 14.0),
                    &format!("{}", i + 1),
                );
            }
            top = foot + 26.0;
        }
        canvas.text("f-minor", Anchor::Middle, (width / 2.0, top), &self.each);
        canvas.set_height(top + 6.0);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Columns {
        Columns::new(About::new("x", "t", "d"), "server", "share", "%")
            .strip("in turn", [5.0, 5.0])
            .strip("fewest", [50.0, f64::NAN])
            .mark(0, "broken")
            .level("equal", 5.0)
    }

    #[test]
    fn every_column_is_told_with_its_mark() {
        assert_eq!(figure().head(), ["server", "in turn", "fewest"]);
        let rows = figure().rows();
        assert_eq!(rows[0], ["1 (broken)", "5\u{202f}%", "50\u{202f}%"]);
        assert_eq!(rows[1], ["2", "5\u{202f}%", "0\u{202f}%"]);
    }

    #[test]
    fn both_strips_have_one_scale() {
        let svg = figure().draw(320.0).0;
        let tall = |class: &str| -> f64 {
            let rect = svg.lines().find(|l| l.contains(&format!("f-bar {class}\""))).unwrap();
            let after = rect.split("height=\"").nth(1).unwrap();
            after.split('"').next().unwrap().parse().unwrap()
        };
        assert!((tall("f-b") / tall("f-a") - 10.0).abs() < 0.5, "{svg}");
        assert!(svg.contains("50\u{202f}% broken"), "{svg}");
    }
}
