//! Arrows: where they run and how they are drawn.

use super::{Architecture, Tone};
use crate::canvas::{Anchor, Canvas, joined};
use crate::labels::Rect;
use crate::text;

/// A side of a box, at which an arrow starts or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The middle of the left side.
    Left,
    /// The middle of the right side.
    Right,
    /// The middle of the upper side.
    Top,
    /// The middle of the lower side.
    Bottom,
}

/// An arrow between two boxes.
#[derive(Clone, Debug)]
pub struct Arrow {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) label: String,
    tone: Tone,
    dashed: bool,
    both: bool,
    elbow: bool,
    shift: f64,
    sides: (Option<Side>, Option<Side>),
}

impl Arrow {
    /// A solid arrow from one box to another, by their keys.
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Arrow {
            from: from.into(),
            to: to.into(),
            label: String::new(),
            tone: Tone::Plain,
            dashed: false,
            both: false,
            elbow: false,
            shift: 0.0,
            sides: (None, None),
        }
    }

    /// Writes a label beside its middle.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Dashed: something that happens only sometimes.
    pub fn dashed(mut self) -> Self {
        self.dashed = true;
        self
    }

    /// With a head at both ends: a request and its answer.
    pub fn both(mut self) -> Self {
        self.both = true;
        self
    }

    /// In words: where it leads, and what is said of it.
    pub(super) fn told(&self, to: &str) -> String {
        let label = self.label.as_str();
        match (label.is_empty(), self.dashed) {
            (true, false) => to.to_owned(),
            (true, true) => format!("{to} (dashed)"),
            (false, false) => format!("{to} ({label})"),
            (false, true) => format!("{to} ({label}; dashed)"),
        }
    }

    pub(super) fn is_both(&self) -> bool {
        self.both
    }

    /// With right angles instead of a straight line.
    pub fn elbow(mut self) -> Self {
        self.elbow = true;
        self
    }

    /// Moved sideways by some pixels, so that two arrows between the same boxes stand apart.
    pub fn shift(mut self, pixels: f64) -> Self {
        self.shift = pixels;
        self
    }

    /// Sets what it stands for.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Sets the sides at which it starts and ends; without, the nearer sides are taken.
    pub fn sides(mut self, from: Side, to: Side) -> Self {
        self.sides = (Some(from), Some(to));
        self
    }
}

impl Architecture {
    pub(super) fn draw_arrow(&self, canvas: &mut Canvas, arrow: &Arrow, width: f64) {
        let Some(path) = self.path(arrow, width) else {
            return;
        };
        let class = joined(if arrow.dashed { "f-dashed" } else { "" }, arrow.tone.class());
        canvas.arrow(&class, &path);
        if arrow.both {
            // The second head alone, on a shaft of its own length.
            let (tip, next) = (path[0], path[1]);
            let (dx, dy) = (next.0 - tip.0, next.1 - tip.1);
            let length = libm::hypot(dx, dy).max(1e-6);
            let back = (tip.0 + dx / length * 9.0, tip.1 + dy / length * 9.0);
            canvas.arrow(&class, &[back, tip]);
        }
    }

    /// The points of an arrow, from the edge of one box to the edge of the other.
    pub(super) fn path(&self, arrow: &Arrow, width: f64) -> Option<Vec<(f64, f64)>> {
        let find = |key: &str| {
            self.parts
                .iter()
                .find(|p| p.key == key)
                .map(|p| self.rect(p.place, width))
        };
        let (a, b) = (find(&arrow.from)?, find(&arrow.to)?);
        let (from, to) = match arrow.sides {
            (Some(from), Some(to)) => (from, to),
            _ if b.0 >= a.2 => (Side::Right, Side::Left),
            _ if b.2 <= a.0 => (Side::Left, Side::Right),
            _ if b.1 >= a.3 => (Side::Bottom, Side::Top),
            _ => (Side::Top, Side::Bottom),
        };
        let (start, end) = (port(a, from, arrow.shift), port(b, to, arrow.shift));
        // A hair's breadth between the tip and the box keeps both edges clear.
        let end = outward(end, to, 1.5);
        let start = if arrow.both { outward(start, from, 1.5) } else { start };
        let across = |side| matches!(side, Side::Left | Side::Right);
        let mut points = vec![start];
        if arrow.elbow {
            match (across(from), across(to)) {
                (true, true) => {
                    let middle = (start.0 + end.0) / 2.0;
                    points.extend([(middle, start.1), (middle, end.1)]);
                }
                (false, false) => {
                    let middle = (start.1 + end.1) / 2.0;
                    points.extend([(start.0, middle), (end.0, middle)]);
                }
                (true, false) => points.push((end.0, start.1)),
                (false, true) => points.push((start.0, end.1)),
            }
        }
        points.push(end);
        points.dedup_by(|a, b| (a.0 - b.0).abs() < 0.5 && (a.1 - b.1).abs() < 0.5);
        (points.len() > 1).then_some(points)
    }
}

fn port(rect: Rect, side: Side, shift: f64) -> (f64, f64) {
    let middle = ((rect.0 + rect.2) / 2.0, (rect.1 + rect.3) / 2.0);
    match side {
        Side::Left => (rect.0, middle.1 + shift),
        Side::Right => (rect.2, middle.1 + shift),
        Side::Top => (middle.0 + shift, rect.1),
        Side::Bottom => (middle.0 + shift, rect.3),
    }
}

fn outward((x, y): (f64, f64), side: Side, by: f64) -> (f64, f64) {
    match side {
        Side::Left => (x - by, y),
        Side::Right => (x + by, y),
        Side::Top => (x, y - by),
        Side::Bottom => (x, y + by),
    }
}

/// Writes an arrow's label at the middle of its longest segment: above a flat one, right of a steep one.
pub(super) fn arrow_label(canvas: &mut Canvas, arrow: &Arrow, path: &[(f64, f64)]) {
    let longest = path.windows(2).max_by(|s, t| {
        let length = |w: &[(f64, f64)]| libm::hypot(w[1].0 - w[0].0, w[1].1 - w[0].1);
        length(s).total_cmp(&length(t))
    });
    let Some([a, b]) = longest else { return };
    let middle = ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    let class = joined("f-minor", arrow.tone.class());
    if (b.1 - a.1).abs() > (b.0 - a.0).abs() {
        let room = canvas.width() - middle.0 - 8.0;
        let (anchor, x) = if text::width(&arrow.label, 11.0) <= room {
            (Anchor::Start, middle.0 + 8.0)
        } else {
            (Anchor::End, middle.0 - 8.0)
        };
        canvas.text(&class, anchor, (x, middle.1 + 4.0), &arrow.label);
    } else {
        // A sloping line rises into the label's corner: lift it by what the slope takes over half its width.
        let half = text::width(&arrow.label, 11.0) / 2.0;
        let slope = (b.1 - a.1).abs() / (b.0 - a.0).abs().max(1e-6);
        let lift = 6.0 + slope * half.min((b.0 - a.0).abs() / 2.0);
        canvas.text(&class, Anchor::Middle, (middle.0, middle.1 - lift), &arrow.label);
    }
}
