//! The share of answers over time, as curves.

use super::{Distribution, Series, View, axis_labels};
use crate::canvas::{Anchor, Canvas};
use crate::curves::{self, Curve, SERIES};
use crate::labels::Rect;
use crate::scale::Scale;
use crate::{short, text};

impl Distribution {
    /// The curves between two pixels from `top` down, with `plot` pixels for the curves; gives where they end.
    pub(super) fn curves(
        &self,
        canvas: &mut Canvas,
        (left, right): (f64, f64),
        top: f64,
        plot: f64,
        alone: bool,
    ) -> f64 {
        let (log, lo, hi) = self.time_range();
        let x = Scale::new(log, lo, hi, left, right);
        let words = match self.view {
            View::NotLater => "share of answers not later than x",
            View::Later => "share of answers later than x, log scale",
        };
        let title = (
            (left - 44.0).max(0.0),
            top,
            (left - 44.0).max(0.0) + text::width(words, 11.0) + 8.0,
            top + 14.0,
        );
        let deadline = self
            .deadline
            .as_ref()
            .map(|(label, at)| (format!("{label} {}", short(*at, &self.unit)), x.at(*at)));
        // The deadline's name stands beside the title, or below it when the page is too narrow.
        let named = deadline.as_ref().filter(|_| alone);
        let below = named.is_some_and(|(label, _)| title.2 + 8.0 + text::width_strong(label, 12.0) > right);
        let upper = top + if below { 50.0 } else { 32.0 };
        let bottom = upper + plot;
        let (y, ticks) = match self.view {
            View::NotLater => {
                let y = Scale::new(false, 0.0, 100.0, bottom, upper);
                let ticks = y.ticks_up(30.0);
                (y, ticks)
            }
            View::Later => {
                let y = Scale::new(true, self.least_share() * 100.0, 100.0, bottom, upper);
                let ticks = y.ticks_up(26.0);
                (y, ticks)
            }
        };
        let x_ticks = self.time_ticks(&x, canvas.width());
        for tick in &x_ticks {
            canvas.line("f-grid", (x.at(tick.value), upper), (x.at(tick.value), bottom));
        }
        for tick in &ticks {
            let at = y.at(tick.value);
            canvas.line("f-grid", (left, at), (right, at));
            let label = format!("{}\u{202f}%", tick.label);
            canvas.text("f-minor", Anchor::End, (left - 6.0, at + 4.0), &label);
        }
        canvas.line("f-axis", (left, bottom), (right, bottom));
        canvas.text("f-minor", Anchor::Start, ((left - 44.0).max(0.0), top + 10.0), words);
        let lines: Vec<Curve<'_>> = self
            .series
            .iter()
            .enumerate()
            .map(|(i, s)| Curve { name: &s.name, class: SERIES[i.min(1)], points: self.curve(s, &x, &y, right) })
            .collect();
        let mut taken: Vec<Rect> = vec![title];
        if let Some((_, at)) = &deadline {
            canvas.line("f-limit", (*at, upper), (*at, bottom));
            taken.push((at - 3.0, upper, at + 3.0, bottom));
        }
        if let Some((label, at)) = named {
            let (free, line) = if below {
                (left, top + 18.0)
            } else {
                (title.2 + 8.0, top)
            };
            curves::limit_label(canvas, label, *at, (free, right), line + 12.0);
            canvas.line("f-limit", (*at, line + 17.0), (*at, upper));
            taken.push((free, line, right, line + 15.0));
        }
        // Names may stand above the frame: a curve that rises steeply leaves room for its name nowhere else.
        curves::draw(canvas, (left + 4.0, top, right, bottom - 3.0), &lines, &taken);
        for (i, series) in self.series.iter().enumerate() {
            for (p, time) in series.marks() {
                let share = match self.view {
                    View::NotLater => p,
                    View::Later => 100.0 - p,
                };
                canvas.dot(&format!("f-dot {}", SERIES[i.min(1)]), (x.at(time), y.at(share)), 2.6);
            }
        }
        let below = axis_labels(canvas, &x, &x_ticks, bottom);
        canvas.text("f-minor", Anchor::End, (right, below + 12.0), &self.axis_title(log));
        below + 18.0
    }

    /// A series as a line in pixels.
    fn curve(&self, series: &Series, x: &Scale, y: &Scale, right: f64) -> Vec<(f64, f64)> {
        let (Some(&(first, _)), Some(&(_, last))) = (series.points.first(), series.points.last()) else {
            return Vec::new();
        };
        let height = |share: f64| match self.view {
            View::NotLater => y.at(share * 100.0),
            View::Later => y.at((1.0 - share) * 100.0),
        };
        let start = [
            (x.at(f64::MIN_POSITIVE.min(first)), height(0.0)),
            (x.at(first), height(0.0)),
        ];
        let line = series.points.iter().map(|p| (x.at(p.0), height(p.1)));
        let end = (self.view == View::NotLater || last < 1.0).then_some((right, height(last)));
        curves::thin(start.into_iter().chain(line).chain(end))
    }

    /// The least share that the logarithmic view shows: the rarest that some series has, between 1 % and 0.01 %.
    fn least_share(&self) -> f64 {
        let rarest = self
            .series
            .iter()
            .flat_map(|s| s.points.iter().map(|p| 1.0 - p.1))
            .filter(|later| *later > 1e-9)
            .fold(1.0, f64::min);
        [0.01, 0.001]
            .into_iter()
            .find(|floor| *floor <= rarest * 1.0001)
            .unwrap_or(0.0001)
    }
}
