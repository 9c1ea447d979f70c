//! Where a lane and a moment are in the drawing, whichever way time runs.

use super::SpaceTime;
use crate::canvas::{Anchor, Canvas};
use crate::scale::{Scale, Tick};
use crate::{distribution, text};

/// Widths from which time runs to the right.
const ACROSS: f64 = 560.0;
/// What a lane's name may take at the left.
const NAME: f64 = 130.0;

/// The plane of lanes and time.
pub(super) struct Plane {
    pub(super) down: bool,
    /// The lanes' coordinates across time.
    pub(super) lanes: Vec<f64>,
    /// Pixels of the window's beginning and end.
    pub(super) start: f64,
    pub(super) end: f64,
    window: (f64, f64),
    ticks: Vec<Tick>,
    scale: Scale,
    /// Seconds or milliseconds, and how many of them a second has.
    unit: (&'static str, f64),
    width: f64,
}

impl Plane {
    pub(super) fn new(figure: &SpaceTime, width: f64) -> Self {
        let window = figure.shown();
        let down = width < ACROSS;
        let unit = if window.1 - window.0 < 0.5 {
            ("ms", 1000.0)
        } else {
            ("s", 1.0)
        };
        let (lo, hi) = (window.0 * unit.1, window.1 * unit.1);
        let n = figure.lanes.len();
        let names = figure.lanes.iter().map(|l| text::width_strong(l, 12.0));
        if down {
            let things = figure.messages.len() + figure.marks.len() + figure.spans.len();
            let long = (120.0 + 17.0 * things as f64).clamp(260.0, 900.0);
            let ticks = Scale::new(false, lo, hi, 0.0, long).ticks_up(52.0);
            let (left, right) = columns(figure, &ticks, width);
            let step = if n > 1 { (right - left) / (n - 1) as f64 } else { 0.0 };
            let lanes: Vec<f64> = (0..n)
                .map(|i| {
                    if n > 1 {
                        left + step * i as f64
                    } else {
                        (left + right) / 2.0
                    }
                })
                .collect();
            let start = 18.0 + NAME_LINE * Names::new(figure, width, &lanes).rows() as f64;
            let end = start + long;
            let scale = Scale::new(false, lo, hi, start, end);
            return Plane { down, lanes, start, end, window, ticks, scale, unit, width };
        }
        let (start, end) = (names.fold(0.0, f64::max).min(NAME) + 20.0, width - 14.0);
        // As many rows of labels between two lanes as the busiest gap may need.
        let row = ((end - start) / 80.0).max(1.0);
        let busiest = (1..n)
            .map(|gap| {
                let over = figure
                    .messages
                    .iter()
                    .filter(|m| m.from.min(m.to) < gap && m.from.max(m.to) >= gap);
                over.count()
            })
            .max()
            .unwrap_or(0);
        let rows = libm::ceil(busiest as f64 / row).clamp(1.0, 4.0);
        let most = 420.0 / (n.max(2) - 1) as f64;
        let step = (46.0 + 15.0 * rows).min(most.max(60.0));
        let lanes = (0..n).map(|i| 42.0 + step * i as f64).collect();
        let scale = Scale::new(false, lo, hi, start, end);
        Plane { down, lanes, start, end, window, ticks: scale.ticks("", width), scale, unit, width }
    }

    /// The pixel of a moment along the time axis, also outside the window.
    fn along(&self, at: f64) -> f64 {
        self.scale.beyond(at * self.unit.1)
    }

    /// A point on a lane.
    pub(super) fn at(&self, lane: usize, at: f64) -> (f64, f64) {
        self.turned(self.along(at), self.lanes[lane])
    }

    /// A point by its coordinates along and across time.
    pub(super) fn turned(&self, along: f64, across: f64) -> (f64, f64) {
        if self.down { (across, along) } else { (along, across) }
    }

    /// A point's coordinate along time.
    pub(super) fn time(&self, (x, y): (f64, f64)) -> f64 {
        if self.down { y } else { x }
    }

    /// The line between two lanes and moments, as far as the window shows it, and whether its end is in there.
    pub(super) fn line(&self, a: (usize, f64), b: (usize, f64)) -> Option<([(f64, f64); 2], bool)> {
        let (from, to) = self.window;
        if b.1 < from || a.1 > to {
            return None;
        }
        let (p, q) = (self.at(a.0, a.1), self.at(b.0, b.1));
        let share = |t: f64| if b.1 > a.1 { (t - a.1) / (b.1 - a.1) } else { 0.0 };
        let on = |s: f64| (p.0 + s * (q.0 - p.0), p.1 + s * (q.1 - p.1));
        let begin = if a.1 < from { on(share(from)) } else { p };
        let inside = b.1 <= to;
        Some(([begin, if inside { q } else { on(share(to)) }], inside))
    }

    /// Lanes between which messages may be seen: the drawing's frame for labels.
    pub(super) fn frame(&self) -> (f64, f64, f64, f64) {
        let (first, last) = (self.lanes[0], self.lanes[self.lanes.len() - 1]);
        if self.down {
            let ticks = self.tick_room();
            (ticks, self.start - 4.0, self.width, self.end + 12.0)
        } else {
            (self.start - 4.0, first - 40.0, self.width, last + 30.0)
        }
    }

    fn tick_room(&self) -> f64 {
        self.ticks
            .iter()
            .map(|t| text::width(&t.label, 11.0))
            .fold(16.0, f64::max)
            + 6.0
    }

    /// Grid, time axis and lane names. Gives where the drawing ends so far.
    pub(super) fn draw(&self, canvas: &mut Canvas, figure: &SpaceTime) -> f64 {
        let title = format!("time, {}", self.unit.0);
        if self.down {
            let (left, right) = (self.tick_room() + 4.0, self.width - 2.0);
            canvas.text("f-minor", Anchor::Start, (0.0, self.start - 20.0), &title);
            for tick in &self.ticks {
                let y = self.scale.at(tick.value);
                canvas.line("f-grid", (left, y), (right, y));
                canvas.text("f-minor", Anchor::End, (left - 6.0, y + 4.0), &tick.label);
            }
            self.names_above(canvas, figure);
            return self.end + 14.0;
        }
        let (top, bottom) = (self.lanes[0] - 16.0, self.lanes[self.lanes.len() - 1] + 34.0);
        for tick in &self.ticks {
            let x = self.scale.at(tick.value);
            canvas.line("f-grid", (x, top), (x, bottom));
        }
        canvas.line("f-axis", (self.start, bottom), (self.end, bottom));
        for (name, y) in figure.lanes.iter().zip(&self.lanes) {
            let lines = text::wrap(name, NAME, strong);
            let first = y + 4.0 - NAME_LINE / 2.0 * (lines.len() as f64 - 1.0);
            for (i, line) in lines.iter().enumerate() {
                canvas.text(
                    "f-strong",
                    Anchor::End,
                    (self.start - 14.0, first + NAME_LINE * i as f64),
                    line,
                );
            }
        }
        let below = distribution::axis_labels(canvas, &self.scale, &self.ticks, bottom);
        canvas.text("f-minor", Anchor::End, (self.end, below + 12.0), &title);
        below + 18.0
    }

    /// Every name whole: its words below one another where they need it, and names in turn higher where words are still too wide.
    fn names_above(&self, canvas: &mut Canvas, figure: &SpaceTime) {
        let names = Names::new(figure, self.width, &self.lanes);
        for (i, lines) in names.lines.iter().enumerate() {
            let half = lines.iter().map(|l| strong(l)).fold(0.0, f64::max) / 2.0;
            let x = names.middle(i, half);
            let up = if names.two && i % 2 == 0 { names.tallest } else { 0 };
            for (row, line) in lines.iter().rev().enumerate() {
                let y = self.start - 18.0 - NAME_LINE * (up + row) as f64;
                canvas.text("f-strong", Anchor::Middle, (x, y), line);
            }
        }
    }
}

/// Height of a line of a lane's name.
const NAME_LINE: f64 = 14.0;

fn strong(text: &str) -> f64 {
    text::width_strong(text, 12.0)
}

/// The lanes' names above a drawing with time downwards.
struct Names {
    lanes: Vec<f64>,
    width: f64,
    lines: Vec<Vec<String>>,
    /// Lines of the name that has most.
    tallest: usize,
    /// Does every other name stand above its neighbours?
    two: bool,
}

impl Names {
    fn new(figure: &SpaceTime, width: f64, lanes: &[f64]) -> Names {
        let step = if lanes.len() > 1 { lanes[1] - lanes[0] } else { width };
        let lines: Vec<Vec<String>> = figure.lanes.iter().map(|l| text::wrap(l, step - 8.0, strong)).collect();
        let tallest = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let mut names = Names { lanes: lanes.to_vec(), width, lines, tallest, two: false };
        let span = |i: usize| {
            let half = names.lines[i].iter().map(|l| strong(l)).fold(0.0, f64::max) / 2.0;
            let x = names.middle(i, half);
            (x - half, x + half)
        };
        let two = (1..lanes.len()).any(|i| span(i).0 < span(i - 1).1 + 4.0);
        names.two = two;
        names
    }

    /// Where a name of half this width is centred: on its lane, as far as the edge and the time axis's title allow.
    fn middle(&self, i: usize, half: f64) -> f64 {
        let left = text::width("time, ms", 11.0) + 6.0;
        self.lanes[i].min(self.width - half).max(left + half)
    }

    fn rows(&self) -> usize {
        self.tallest * if self.two { 2 } else { 1 }
    }
}

/// First and last lane of a drawing with time downwards: names are centred on their lanes as far as the edges allow.
fn columns(figure: &SpaceTime, ticks: &[Tick], width: f64) -> (f64, f64) {
    let half = |name: Option<&String>| name.map_or(0.0, |n| text::width_strong(n, 12.0) / 2.0);
    let ticks = ticks.iter().map(|t| text::width(&t.label, 11.0)).fold(16.0, f64::max) + 20.0;
    let title = text::width("time, ms", 11.0) + 6.0;
    let left = (title + half(figure.lanes.first())).max(ticks).min(width * 0.28);
    let right = width - half(figure.lanes.last()).clamp(16.0, width * 0.16);
    (left, right)
}
