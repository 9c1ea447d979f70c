//! One to three lines over time, with a shaded interval.

use crate::canvas::{About, Anchor, Canvas, fit};
use crate::curves::{self, Curve, SERIES};
use crate::distribution::axis_labels;
use crate::labels::{Rect, crossing, overlap};
use crate::scale::{Scale, nice_end, round_down, round_up};
use crate::{Svg, short, text};

/// One to three quantities over time: what a storm does, and how long it takes to recover.
#[derive(Clone, Debug)]
pub struct TimeSeries {
    about: About,
    quantity: String,
    unit: String,
    across: String,
    lines: Vec<(String, Vec<(f64, f64)>)>,
    shade: Option<(f64, f64, String)>,
    limit: Option<(String, f64)>,
    log: bool,
    range: Option<(f64, f64)>,
}

impl TimeSeries {
    /// A figure of a quantity with its unit (`"p99 of answers"`, `"ms"`), over time in seconds.
    pub fn new(about: About, quantity: impl Into<String>, unit: impl Into<String>) -> Self {
        TimeSeries {
            about,
            quantity: quantity.into(),
            unit: unit.into(),
            across: "time, s".into(),
            lines: Vec::new(),
            shade: None,
            limit: None,
            log: false,
            range: None,
        }
    }

    /// Adds a line: a name and points (time, value) in order of time. A value that is not finite leaves a gap out.
    ///
    /// # Panics
    /// When there are three already: a fourth has no colour and no dash.
    pub fn line(mut self, name: impl Into<String>, points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        assert!(
            self.lines.len() < SERIES.len(),
            "a time series figure holds three lines at most"
        );
        let points = points
            .into_iter()
            .filter(|p| p.0.is_finite() && p.1.is_finite())
            .collect();
        self.lines.push((name.into(), points));
        self
    }

    /// Shades an interval and names it: `(20.0, 40.0, "storm")`.
    pub fn shade(mut self, from: f64, to: f64, name: impl Into<String>) -> Self {
        self.shade = (from.is_finite() && to > from).then(|| (from, to, name.into()));
        self
    }

    /// Adds a horizontal limit: `("limit", 8.0)`.
    pub fn limit(mut self, label: impl Into<String>, at: f64) -> Self {
        self.limit = at.is_finite().then(|| (label.into(), at));
        self
    }

    /// Names what runs along the axis, with its unit: `time, s` unless set.
    pub fn across(mut self, title: impl Into<String>) -> Self {
        self.across = title.into();
        self
    }

    /// Makes the value axis logarithmic.
    pub fn log(mut self) -> Self {
        self.log = true;
        self
    }

    /// Fixes the ends of the value axis, so that pictures of different settings can be compared.
    pub fn range(mut self, lo: f64, hi: f64) -> Self {
        self.range = Some((lo, hi));
        self
    }

    fn value_range(&self) -> (f64, f64) {
        if let Some(range) = self.range {
            return range;
        }
        let values = || {
            self.lines
                .iter()
                .flat_map(|l| &l.1)
                .map(|p| p.1)
                .chain(self.limit.iter().map(|l| l.1))
        };
        let most = values().fold(0.0, f64::max);
        if self.log {
            let least = values().filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
            let least = if least.is_finite() { least } else { 1.0 };
            return (round_down(least), round_up(most.max(least * 2.0) * 1.05));
        }
        let least = values().fold(0.0, f64::min);
        let lo = if least < 0.0 { -nice_end(-least, 4.0) } else { 0.0 };
        (lo, nice_end(most * 1.04, 4.0))
    }

    /// The heads of the columns of [`TimeSeries::rows`].
    pub fn head(&self) -> Vec<String> {
        let names = self.lines.iter().map(|(name, _)| format!("{name}: {}", self.quantity));
        std::iter::once(self.across.clone()).chain(names).collect()
    }

    /// Every moment at which a line has a value, with the values there; a line without one there has an empty cell.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut moments: Vec<f64> = self.lines.iter().flat_map(|l| &l.1).map(|p| p.0).collect();
        moments.sort_by(f64::total_cmp);
        moments.dedup();
        let value = |points: &[(f64, f64)], at: f64| {
            let point = points.iter().find(|p| p.0 == at);
            point.map_or_else(String::new, |p| short(p.1, &self.unit))
        };
        let row = |at: f64| {
            let values = self.lines.iter().map(|(_, points)| value(points, at));
            std::iter::once(crate::moment(at)).chain(values).collect()
        };
        moments.into_iter().map(row).collect()
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        let width = fit(width);
        let plot = if width < 480.0 { 150.0 } else { 190.0 };
        let (lo, hi) = self.value_range();
        let (top, bottom) = (40.0, 40.0 + plot);
        let y = Scale::new(self.log, lo, hi, bottom, top);
        let ticks = y.ticks_up(if self.log { 24.0 } else { 34.0 });
        let left = 8.0 + ticks.iter().map(|t| text::width(&t.label, 11.0)).fold(18.0, f64::max);
        let right = width - 14.0;
        let times = || self.lines.iter().flat_map(|l| &l.1).map(|p| p.0);
        let ends = self.shade.iter().flat_map(|s| [s.0, s.1]);
        let first = times().chain(ends.clone()).fold(f64::INFINITY, f64::min);
        let last = times().chain(ends).fold(f64::NEG_INFINITY, f64::max);
        let x = Scale::new(false, first, last, left, right);
        let x_ticks = x.ticks("", width);

        let mut canvas = Canvas::new(&self.about, width, 0.0);
        let title = if self.unit.is_empty() {
            self.quantity.clone()
        } else {
            format!("{}, {}", self.quantity, self.unit)
        };
        let title = if self.log { format!("{title}, log scale") } else { title };
        canvas.text("f-minor", Anchor::Start, (0.0, 11.0), &title);
        let mut taken: Vec<Rect> = Vec::new();
        if let Some((from, to, name)) = &self.shade {
            let (a, b) = (x.at(*from), x.at(*to));
            canvas.rect("f-shade", (a, top), (b - a, bottom - top), 0.0);
            canvas.line("f-edge", (a, top), (a, bottom));
            canvas.line("f-edge", (b, top), (b, bottom));
            curves::limit_label(&mut canvas, name, (a + b) / 2.0, (left, right), top - 6.0);
        }
        for tick in &ticks {
            let at = y.at(tick.value);
            canvas.line("f-grid", (left, at), (right, at));
            canvas.text("f-minor", Anchor::End, (left - 6.0, at + 4.0), &tick.label);
        }
        canvas.line("f-axis", (left, bottom), (right, bottom));
        let lines: Vec<Curve<'_>> = self
            .lines
            .iter()
            .enumerate()
            .map(|(i, (name, points))| Curve {
                name,
                class: SERIES[i.min(SERIES.len() - 1)],
                points: curves::thin(points.iter().map(|p| (x.at(p.0), y.at(p.1)))),
            })
            .collect();
        if let Some((label, at)) = &self.limit {
            let at_px = y.at(*at);
            canvas.line("f-limit", (left, at_px), (right, at_px));
            taken.push((left, at_px - 2.0, right, at_px + 2.0));
            taken.push(limit_name(
                &mut canvas,
                &format!("{label} {}", short(*at, &self.unit)),
                at_px,
                &lines,
                (left, top, right, bottom),
            ));
        }
        if lines.iter().all(|l| l.points.is_empty()) {
            // Somewhere in the middle that the limit leaves free.
            let (middle, half) = ((left + right) / 2.0, text::width("no data yet", 11.0) / 2.0 + 4.0);
            let rect = |y: f64| (middle - half, y - 12.0, middle + half, y + 6.0);
            let free = |y: &f64| taken.iter().all(|t| overlap(rect(*y), *t) == 0.0);
            let heights = [0.5, 0.25, 0.75].map(|share| top + share * plot);
            let y = heights.into_iter().find(free).unwrap_or(heights[0]);
            canvas.text("f-minor", Anchor::Middle, (middle, y), "no data yet");
        }
        curves::draw(
            &mut canvas,
            (left + 4.0, top + 2.0, right, bottom - 3.0),
            &lines,
            &taken,
        );
        let below = axis_labels(&mut canvas, &x, &x_ticks, bottom);
        canvas.text("f-minor", Anchor::End, (right, below + 12.0), &self.across);
        canvas.set_height(below + 18.0);
        canvas.finish()
    }
}

/// Writes the name of a horizontal limit above or below it, at the end that the curves leave free.
fn limit_name(canvas: &mut Canvas, label: &str, at: f64, lines: &[Curve<'_>], frame: Rect) -> Rect {
    let w = text::width_strong(label, 12.0);
    let places = [
        (frame.2 - w, at - 17.0),
        (frame.0 + 4.0, at - 17.0),
        (frame.2 - w, at + 4.0),
        (frame.0 + 4.0, at + 4.0),
    ];
    let rect = places
        .into_iter()
        .map(|(x, y)| (x, y, x + w, y + 14.0))
        .map(|r| {
            let out = if r.1 < frame.1 - 4.0 || r.3 > frame.3 {
                1000.0
            } else {
                0.0
            };
            (out + lines.iter().map(|l| crossing(r, &l.points)).sum::<f64>(), r)
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or((0.0, 0.0, 0.0, 0.0), |best| best.1);
    canvas.text("f-strong f-fail", Anchor::Start, (rect.0, rect.3 - 3.0), label);
    rect
}
