//! A few amounts against a limit.

use crate::canvas::{About, Anchor, Canvas, fit};
use crate::curves::{self, SERIES};
use crate::scale::{Scale, nice_end};
use crate::{Svg, short, text};

/// One or two horizontal bars with a limit: extra work against what the design allows.
#[derive(Clone, Debug)]
pub struct Bars {
    about: About,
    unit: String,
    bars: Vec<(String, f64, &'static str)>,
    limit: Option<(String, f64)>,
    end: Option<f64>,
}

impl Bars {
    /// A figure whose bars have a unit, for example `%`.
    pub fn new(about: About, unit: impl Into<String>) -> Self {
        Bars { about, unit: unit.into(), bars: Vec::new(), limit: None, end: None }
    }

    /// Adds a bar, of series A if it is the first, of series B if it is the second. A value below zero, or that is not a
    /// number, is drawn as zero.
    ///
    /// # Panics
    /// When there are two already: a third has no colour and no dash.
    pub fn bar(self, name: impl Into<String>, value: f64) -> Self {
        let class = SERIES[self.bars.len().min(1)];
        self.add(name.into(), value, class)
    }

    /// Adds a bar of series B, also when it is the only one: a policy keeps its colour in all figures of a page.
    ///
    /// # Panics
    /// When there are two already.
    pub fn bar_b(self, name: impl Into<String>, value: f64) -> Self {
        self.add(name.into(), value, SERIES[1])
    }

    fn add(mut self, name: String, value: f64, class: &'static str) -> Self {
        assert!(self.bars.len() < 2, "a bar figure holds two bars at most");
        self.bars
            .push((name, if value.is_finite() { value.max(0.0) } else { 0.0 }, class));
        self
    }

    /// Adds the limit: `("limit", 8.0)`.
    pub fn limit(mut self, label: impl Into<String>, at: f64) -> Self {
        self.limit = (at.is_finite() && at >= 0.0).then(|| (label.into(), at));
        self
    }

    /// Fixes the end of the axis, so that pictures of different settings can be compared.
    pub fn end(mut self, end: f64) -> Self {
        self.end = Some(end);
        self
    }

    /// The heads of the columns of [`Bars::rows`].
    pub fn head(&self) -> Vec<String> {
        vec![String::new(), "amount".into()]
    }

    /// Every bar with its amount, and the limit.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let bars = self.bars.iter().map(|(name, value, _)| (name, *value));
        let limit = self.limit.iter().map(|(label, at)| (label, *at));
        bars.chain(limit)
            .map(|(name, value)| vec![name.clone(), short(value, &self.unit)])
            .collect()
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        let width = fit(width);
        let names = self
            .bars
            .iter()
            .map(|b| text::width_strong(&b.0, 12.0))
            .fold(0.0, f64::max);
        let beside = width >= 480.0 && names <= width / 3.0;
        let left = if beside { names + 14.0 } else { 2.0 };
        let over = |value: f64| self.limit.as_ref().is_some_and(|(_, limit)| value > *limit);
        let words = |value: f64| {
            let amount = short(value, &self.unit);
            if over(value) {
                format!("{amount}, above the limit")
            } else {
                amount
            }
        };
        // The axis leaves room for the longest value after its bar.
        let room = self
            .bars
            .iter()
            .map(|b| text::width_strong(&words(b.1), 12.0))
            .fold(0.0, f64::max);
        let most = self
            .bars
            .iter()
            .map(|b| b.1)
            .chain(self.limit.iter().map(|l| l.1))
            .fold(0.0, f64::max);
        let x = Scale::new(
            false,
            0.0,
            self.end.unwrap_or_else(|| nice_end(most * 1.08, 5.0)),
            left,
            width - 14.0,
        );
        let head = if self.limit.is_some() { 24.0 } else { 4.0 };
        let (thick, gap, above) = (20.0, 14.0, if beside { 0.0 } else { 17.0 });
        let count = self.bars.len() as f64;
        let bottom = head + count * (thick + above) + (count - 1.0).max(0.0) * gap + 8.0;

        let mut canvas = Canvas::new(&self.about, width, 0.0);
        let ticks = x.ticks(&self.unit, width);
        for tick in &ticks {
            canvas.line("f-grid", (x.at(tick.value), head), (x.at(tick.value), bottom));
        }
        let top = |i: usize| head + 4.0 + above + i as f64 * (thick + above + gap);
        for (i, (_, value, class)) in self.bars.iter().enumerate() {
            let wide = (x.at(*value) - left).max(1.0);
            canvas.rect(&format!("f-bar {class}"), (left, top(i)), (wide, thick), 0.0);
        }
        canvas.line("f-axis", (left, head), (left, bottom));
        if let Some((label, at)) = &self.limit {
            canvas.line("f-limit", (x.at(*at), head - 5.0), (x.at(*at), bottom));
            let label = format!("{label} {}", short(*at, &self.unit));
            curves::limit_label(&mut canvas, &label, x.at(*at), (left, width), head - 10.0);
        }
        // Texts last: their halo keeps them readable where they stand on a bar or on the limit.
        for (i, (name, value, class)) in self.bars.iter().enumerate() {
            let (name_at, anchor) = if beside {
                ((left - 10.0, top(i) + 14.0), Anchor::End)
            } else {
                ((left, top(i) - 5.0), Anchor::Start)
            };
            canvas.text(&format!("f-strong {class}"), anchor, name_at, name);
            let end = x.at(*value);
            let class = if over(*value) { "f-strong f-fail" } else { "f-strong" };
            if end + 6.0 + room <= width {
                canvas.text(class, Anchor::Start, (end + 6.0, top(i) + 14.0), &words(*value));
            } else {
                canvas.text(class, Anchor::End, (end - 6.0, top(i) + 14.0), &words(*value));
            }
        }
        for tick in &ticks {
            let (from, to) = x.span(tick, width);
            canvas.text(
                "f-minor",
                Anchor::Middle,
                ((from + to) / 2.0, bottom + 14.0),
                &tick.label,
            );
        }
        canvas.set_height(bottom + 20.0);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars() -> Bars {
        Bars::new(About::new("x", "t", "d"), "%")
    }

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let svg = bars().bar("a", 5.0).bar("b", 10.0).end(10.0).draw(320.0).0;
        // 302 px for 10 %, from 2 px to 14 px before the edge, less a pixel here or there.
        let wide = |class: &str| {
            let rect = svg.lines().find(|l| l.contains(&format!("f-bar {class}\""))).unwrap();
            rect.split("width=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .parse::<f64>()
                .unwrap()
        };
        assert!((wide("f-b") - 2.0 * wide("f-a")).abs() < 0.2, "{svg}");
    }

    #[test]
    fn what_is_above_the_limit_is_said_in_words() {
        let above = |value: f64| {
            bars()
                .bar("a", value)
                .limit("limit", 8.0)
                .draw(720.0)
                .0
                .contains("above the limit")
        };
        assert!(above(8.1) && !above(8.0) && !above(0.0));
    }

    #[test]
    fn a_single_bar_can_belong_to_series_b() {
        let svg = bars().bar_b("ask again", 5.0).draw(320.0).0;
        assert!(svg.contains("f-bar f-b") && !svg.contains("f-a\""));
    }
}
