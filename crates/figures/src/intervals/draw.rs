//! How intervals are drawn.

use super::{Intervals, Row, amount, stands_before};
use crate::canvas::{Anchor, Canvas, fit};
use crate::distribution::axis_labels;
use crate::scale::Scale;
use crate::{Svg, text};

/// Rows up to which there is room to breathe.
const FEW: usize = 24;

/// Measures of the rows: how far apart, how thick, and how far the label's baseline lies below a row's middle.
struct Pitch {
    apart: f64,
    thick: f64,
    baseline: f64,
    class: &'static str,
}

pub(super) fn draw(figure: &Intervals, width: f64) -> Svg {
    let width = fit(width);
    let pitch = if figure.rows.len() <= FEW {
        Pitch { apart: 21.0, thick: 9.0, baseline: 4.0, class: "f-strong" }
    } else {
        Pitch { apart: 13.5, thick: 6.0, baseline: 3.8, class: "f-minor" }
    };
    let measure = |label: &str| text::width_strong(label, 12.0);
    let labels: Vec<String> = figure
        .rows
        .iter()
        .map(|r| text::clip(&head(&r.label), width / 3.0, measure))
        .collect();
    let left = labels.iter().map(|l| measure(l)).fold(16.0, f64::max) + 16.0;
    let right = width - 12.0;
    let (low, high) = figure.shown();
    let x = Scale::new(!figure.linear, low, high, left, right);
    let top = if figure.truth.is_some() { 22.0 } else { 4.0 };
    let bottom = top + figure.rows.len().max(2) as f64 * pitch.apart + 6.0;

    let mut canvas = Canvas::new(&figure.about, width, 0.0);
    let with_unit = x.ticks(&figure.unit, width);
    // Where the unit does not go with each tick it stands below the axis.
    let apart = stands_before(&figure.unit) || with_unit.len() < 2;
    let ticks = if apart { x.ticks("", width) } else { with_unit };
    for tick in &ticks {
        canvas.line("f-grid", (x.at(tick.value), top), (x.at(tick.value), bottom));
    }
    canvas.line("f-axis", (left, bottom), (right, bottom));
    if let Some((_, truth)) = &figure.truth {
        canvas.line("f-mark", (x.at(*truth), top - 4.0), (x.at(*truth), bottom));
    }
    for (i, (row, label)) in figure.rows.iter().zip(&labels).enumerate() {
        let y = top + 4.0 + pitch.apart * (i as f64 + 0.5);
        interval(&mut canvas, figure, row, &x, y, pitch.thick);
        canvas.text(pitch.class, Anchor::End, (left - 10.0, y + pitch.baseline), label);
    }
    if figure.rows.is_empty() {
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0 + 4.0);
        canvas.text("f-minor", Anchor::Middle, middle, "no intervals yet");
    }
    let axis = axis_labels(&mut canvas, &x, &ticks, bottom);
    let mut end = axis;
    if let Some((label, truth)) = &figure.truth {
        let label = format!("{label} {}", amount(*truth, &figure.unit));
        let label = text::clip(&head(&label), width - 4.0, measure);
        let half = measure(&label) / 2.0;
        let middle = x.at(*truth).min(width - half - 1.0).max(half + 1.0);
        canvas.text("f-strong", Anchor::Middle, (middle, top - 9.0), &label);
        end = legend(&mut canvas, left, end);
    }
    if apart && !figure.unit.is_empty() {
        // Below the legend where both do not fit in a line.
        let unit = if stands_before(&figure.unit) {
            format!("{} …", figure.unit)
        } else {
            figure.unit.clone()
        };
        let unit = text::clip(&head(&unit), width - 4.0, |t| text::width(t, 11.0));
        let wide = text::width(&unit, 11.0);
        let free = figure.truth.is_none() || right - wide > left.min(width / 3.0) + 150.0;
        let y = if free { axis } else { end } + 12.0;
        canvas.text("f-minor", Anchor::End, (right.max(wide), y), &unit);
        end = end.max(y + 6.0);
    }
    canvas.set_height(end);
    canvas.finish()
}

/// One interval, with its mark where the truth is known.
fn interval(canvas: &mut Canvas, figure: &Intervals, row: &Row, x: &Scale, y: f64, thick: f64) {
    let (low, high) = x.ends();
    let (from, to) = (x.at(row.low), x.at(row.high));
    let truth = figure.truth.as_ref().map(|t| t.1);
    let held = truth.is_none_or(|t| t >= row.low && t <= row.high);
    let class = if held { "f-bar f-a" } else { "f-bar f-b" };
    // The smallest interval is still seen.
    let wide = (to - from).max(3.0);
    let begin = (from + to - wide) / 2.0;
    let seen = row.high >= low && row.low <= high;
    if seen {
        canvas.rect(class, (begin, y - thick / 2.0), (wide, thick), 1.5);
    }
    let tip = |canvas: &mut Canvas, at: f64, way: f64| {
        let half = thick / 2.0 + 1.0;
        canvas.polygon("f-head", &[(at + way * 8.0, y), (at, y - half), (at, y + half)]);
    };
    if row.low < low * (1.0 - 1e-9) {
        tip(canvas, x.at(low), -1.0);
    }
    if row.high > high * (1.0 + 1e-9) {
        tip(canvas, x.at(high), 1.0);
    }
    let Some(truth) = truth else { return };
    let at = x.at(truth);
    if held {
        dot(canvas, at, y);
    } else {
        let end = if truth < row.low { begin } else { begin + wide };
        canvas.line("f-lead", (end, y), (at, y));
        cross(canvas, at, y);
    }
}

/// What dot and cross mean, in a line below the axis.
fn legend(canvas: &mut Canvas, left: f64, top: f64) -> f64 {
    let y = top + 12.0;
    let (held, missed) = ("holds it", "misses it");
    let wide = text::width(held, 11.0) + text::width(missed, 11.0) + 60.0;
    let left = left.min(canvas.width() - wide).max(6.0);
    dot(canvas, left + 4.0, y - 4.0);
    canvas.text("f-minor", Anchor::Start, (left + 13.0, y), held);
    let next = left + 13.0 + text::width(held, 11.0) + 22.0;
    cross(canvas, next, y - 4.0);
    canvas.text("f-minor", Anchor::Start, (next + 9.0, y), missed);
    y + 6.0
}

fn dot(canvas: &mut Canvas, x: f64, y: f64) {
    canvas.dot("f-moment", (x, y), 4.0);
}

fn cross(canvas: &mut Canvas, x: f64, y: f64) {
    let r = 3.5;
    canvas.line("f-cross", (x - r, y - r), (x + r, y + r));
    canvas.line("f-cross", (x - r, y + r), (x + r, y - r));
}

/// No more of a label than could ever be shown: clipping a very long one takes its time.
fn head(label: &str) -> String {
    label.chars().take(300).collect()
}
