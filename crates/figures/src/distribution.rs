//! Latency distributions: histogram strips with percentiles, and the share of answers over time.

mod series;
mod shares;
mod strips;

pub use series::{Bucket, Series};

use crate::canvas::{About, Anchor, Canvas, fit};
use crate::scale::{Scale, Tick, nice_end, round_down, round_up};
use crate::{Svg, short, text};

/// The kind of the time axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From zero, equal steps.
    Linear,
    /// Equal factors: for heavy tails.
    Log,
    /// Logarithmic when some answer takes more than twelve times the median, else linear.
    Auto,
}

/// What the curves show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Share of answers not later than x, 0 to 100 %.
    NotLater,
    /// Share of answers later than x on a logarithmic axis, so that one in a thousand is as visible as one in ten.
    Later,
}

/// One or two latency distributions on a common time axis.
///
/// On a narrow page the strips stand above the curves; from 860 px they stand side by side.
#[derive(Clone, Debug)]
pub struct Distribution {
    about: About,
    series: Vec<Series>,
    axis: Axis,
    range: Option<(f64, f64)>,
    deadline: Option<(String, f64)>,
    unit: String,
    quantity: String,
    view: View,
}

/// Which parts to draw.
#[derive(Clone, Copy, PartialEq)]
enum Parts {
    Both,
    Strips,
    Curves,
}

impl Distribution {
    /// A figure of one series, with times in milliseconds and the axis chosen from the data.
    pub fn new(about: About, series: Series) -> Self {
        Distribution {
            about,
            series: vec![series],
            axis: Axis::Auto,
            range: None,
            deadline: None,
            unit: "ms".into(),
            quantity: "time to answer".into(),
            view: View::NotLater,
        }
    }

    /// Adds the second series.
    ///
    /// # Panics
    /// When there are two already: a third has no colour and no dash.
    pub fn and(mut self, series: Series) -> Self {
        assert!(self.series.len() < 2, "a distribution figure holds two series at most");
        self.series.push(series);
        self
    }

    /// Sets the kind of the time axis.
    pub fn axis(mut self, axis: Axis) -> Self {
        self.axis = axis;
        self
    }

    /// Fixes the ends of the time axis, so that pictures of different settings can be compared.
    pub fn range(mut self, lo: f64, hi: f64) -> Self {
        self.range = Some((lo, hi));
        self
    }

    /// Adds a vertical marker, for example `("deadline", 1000.0)`.
    pub fn deadline(mut self, label: impl Into<String>, at: f64) -> Self {
        self.deadline = at.is_finite().then(|| (label.into(), at));
        self
    }

    /// What the axis shows and in which unit: `("time to answer", "ms")` unless set.
    pub fn quantity(mut self, quantity: impl Into<String>, unit: impl Into<String>) -> Self {
        (self.quantity, self.unit) = (quantity.into(), unit.into());
        self
    }

    /// What the curves show.
    pub fn view(mut self, view: View) -> Self {
        self.view = view;
        self
    }

    /// The heads of the columns of [`Distribution::rows`].
    pub fn head(&self) -> Vec<String> {
        let names = self.series.iter().map(|s| s.name.clone());
        std::iter::once(self.quantity.clone()).chain(names).collect()
    }

    /// The marked percentiles of each series; a series without answers has empty cells.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let marks: Vec<Vec<(f64, f64)>> = self.series.iter().map(Series::marks).collect();
        let mut percentiles: Vec<f64> = marks.iter().flatten().map(|m| m.0).collect();
        percentiles.sort_by(f64::total_cmp);
        percentiles.dedup();
        let time = |marks: &[(f64, f64)], p: f64| {
            let mark = marks.iter().find(|m| m.0 == p);
            mark.map_or_else(String::new, |m| short(m.1, &self.unit))
        };
        let row = |p: f64| {
            let head = format!("{} of 100 within", short(p, ""));
            std::iter::once(head).chain(marks.iter().map(|m| time(m, p))).collect()
        };
        percentiles.into_iter().map(row).collect()
    }

    /// Strips and curves.
    pub fn draw(&self, width: f64) -> Svg {
        self.render(width, Parts::Both)
    }

    /// The histogram strips alone.
    pub fn draw_strips(&self, width: f64) -> Svg {
        self.render(width, Parts::Strips)
    }

    /// The curves alone.
    pub fn draw_shares(&self, width: f64) -> Svg {
        self.render(width, Parts::Curves)
    }

    /// Is the time axis logarithmic, and from where to where does it go?
    fn time_range(&self) -> (bool, f64, f64) {
        let ends: Vec<(f64, f64)> = self.series.iter().filter_map(Series::ends).collect();
        let log = match self.axis {
            Axis::Linear => false,
            Axis::Log => true,
            Axis::Auto => self.series.iter().any(|s| {
                let (Some((_, last)), Some(median)) = (s.ends(), s.time_of(0.5)) else {
                    return false;
                };
                median > 0.0 && last > 12.0 * median
            }),
        };
        if let Some((lo, hi)) = self.range {
            return (log, lo, hi);
        }
        let first = ends.iter().map(|e| e.0).fold(f64::INFINITY, f64::min);
        let last = ends.iter().map(|e| e.1).fold(0.0, f64::max);
        let last = self.deadline.iter().map(|d| d.1).fold(last, f64::max);
        let last = self
            .series
            .iter()
            .flat_map(Series::marks)
            .map(|m| m.1)
            .fold(last, f64::max);
        // A deadline does not stand on the frame: answers cut there need a column to its right.
        let room = |end: f64, more: f64| match &self.deadline {
            Some((_, at)) if *at > end / more => end * more,
            _ => end,
        };
        if !log {
            return (false, 0.0, room(nice_end(last, 6.0), 1.03));
        }
        let last = if last > 0.0 { last } else { 1.0 };
        let least = if first.is_finite() && first > 0.0 {
            first
        } else {
            last / 1000.0
        };
        (true, round_down(least), room(round_up(last), 1.12))
    }

    /// Ticks of the time axis; none while there is nothing that could say how long it is.
    fn time_ticks(&self, x: &Scale, width: f64) -> Vec<Tick> {
        let known = self.range.is_some() || self.deadline.is_some() || self.series.iter().any(|s| !s.is_empty());
        if known { x.ticks("", width) } else { Vec::new() }
    }

    fn render(&self, width: f64, parts: Parts) -> Svg {
        let width = fit(width);
        let mut canvas = Canvas::new(&self.about, width, 0.0);
        let beside = parts == Parts::Both && width >= 860.0;
        let narrow = width < 480.0;
        // Names stand left of the strips when there is room, above them otherwise.
        let names = self
            .series
            .iter()
            .map(|s| text::width_strong(&s.name, 12.0))
            .fold(0.0, f64::max);
        let names_left = !narrow && parts != Parts::Curves && names <= 110.0;
        let left = if names_left { (names + 14.0).max(48.0) } else { 44.0 };
        let right = width - 14.0;
        let height = if beside {
            let middle = width / 2.0;
            let a = self.strips(&mut canvas, (left, middle - 24.0), 0.0, names_left, true);
            let b = self.curves(&mut canvas, (middle + 44.0, right), 0.0, (a - 70.0).max(120.0), true);
            a.max(b)
        } else {
            let mut y = 0.0;
            if parts != Parts::Curves {
                y = self.strips(&mut canvas, (left, right), y, names_left, parts == Parts::Strips);
            }
            if parts != Parts::Strips {
                y += if parts == Parts::Both { 14.0 } else { 0.0 };
                let plot = if narrow { 130.0 } else { 150.0 };
                y = self.curves(&mut canvas, (left, right), y, plot, parts == Parts::Curves);
            }
            y
        };
        canvas.set_height(height);
        canvas.finish()
    }

    fn axis_title(&self, log: bool) -> String {
        format!(
            "{}, {}{}",
            self.quantity,
            self.unit,
            if log { ", log scale" } else { "" }
        )
    }
}

/// Tick labels below an axis; gives where they end.
pub(crate) fn axis_labels(canvas: &mut Canvas, x: &Scale, ticks: &[Tick], bottom: f64) -> f64 {
    for tick in ticks {
        let at = x.at(tick.value);
        canvas.line("f-axis", (at, bottom), (at, bottom + 4.0));
        let (from, to) = x.span(tick, canvas.width());
        canvas.text(
            "f-minor",
            Anchor::Middle,
            ((from + to) / 2.0, bottom + 16.0),
            &tick.label,
        );
    }
    bottom + 20.0
}
