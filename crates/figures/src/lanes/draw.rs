//! The drawing of a timeline.

use super::{Bar, Lanes};
use crate::architecture::Tone;
use crate::canvas::{Anchor, Canvas, Strokes, fit, joined};
use crate::labels::spread;
use crate::scale::Scale;
use crate::{Svg, distribution, flags, text};

/// Height of a bar, and the space below it.
const BAR: f64 = 24.0;
const BELOW: f64 = 4.0;
/// Space between lanes.
const BETWEEN: f64 = 12.0;
/// Height of a row of labels.
const ROW: f64 = 16.0;
/// What a lane's name may take at the left.
const NAME: f64 = 130.0;

/// A lane with all that stands on it, in pixels.
struct Track<'a> {
    name: &'a str,
    top: f64,
    /// Where the bars begin.
    first: f64,
    /// Bars with the row they stand in.
    bars: Vec<(&'a Bar, usize)>,
    outside: Vec<Outside>,
    bottom: f64,
}

/// A label below the bars, for one that is too short to hold it.
struct Outside {
    text: String,
    middle: f64,
    row: usize,
    /// The middle of the bar's lower edge.
    under: (f64, f64),
}

fn plain(t: &str) -> f64 {
    text::width(t, 12.0)
}

fn strong(t: &str) -> f64 {
    text::width_strong(t, 12.0)
}

pub(super) fn draw(figure: &Lanes, width: f64) -> Svg {
    let width = fit(width);
    let names = figure.lanes.iter().map(|l| strong(l)).fold(0.0, f64::max);
    let beside = width >= 480.0 && names <= NAME;
    let (left, right) = (if beside { names + 14.0 } else { 2.0 }, width - 14.0);
    let (from, to) = figure.shown();
    let x = Scale::new(false, from, to, left, right);
    let mut canvas = Canvas::new(&figure.about, width, 0.0);

    // Above the lanes: moments.
    let moments: Vec<(f64, String)> = figure
        .events
        .iter()
        .filter(|e| e.0 >= from && e.0 <= to)
        .map(|(at, label)| (x.at(*at), text::clip(label, right - left, plain)))
        .collect();
    let sizes: Vec<(f64, f64)> = moments.iter().map(|m| (m.0, plain(&m.1))).collect();
    let places = flags::place(&sizes, left, right);
    let rows = places.iter().map(|p| p.row + 1).max().unwrap_or(0);
    let top = 6.0 + ROW * rows as f64;

    let mut tracks = Vec::new();
    let mut y = top;
    for lane in 0..figure.lanes.len() {
        let track = track(figure, lane, &x, y, beside);
        y = track.bottom + BETWEEN;
        tracks.push(track);
    }
    let bottom = y - BETWEEN + 8.0;

    let ticks = x.ticks("", width);
    for tick in &ticks {
        canvas.line("f-grid", (x.at(tick.value), top), (x.at(tick.value), bottom));
    }
    let shades: Vec<(f64, f64, &str)> = figure
        .shades
        .iter()
        .filter(|s| s.1 > from && s.0 < to)
        .map(|(a, b, label)| (x.at(*a), x.at(*b).max(x.at(*a) + 2.0), label.as_str()))
        .collect();
    for track in &tracks {
        for (bar, row) in &track.bars {
            slab(&mut canvas, bar, &x, track.first + *row as f64 * (BAR + BELOW));
        }
    }
    for (a, b, _) in &shades {
        canvas.rect("f-shade", (*a, top), (b - a, bottom - top), 0.0);
        canvas.hatch("f-apart", (*a, top), (b - a, bottom - top), Strokes::Falling, 9.0);
        canvas.line("f-edge", (*a, top), (*a, bottom));
        canvas.line("f-edge", (*b, top), (*b, bottom));
    }
    for (place, (at, _)) in places.iter().zip(&moments) {
        canvas.line(
            "f-mark f-dashed",
            (*at, top - ROW * (place.row + 1) as f64 + 2.0),
            (*at, bottom),
        );
    }
    for (place, (_, label)) in places.iter().zip(&moments) {
        let y = top - ROW * place.row as f64 - 5.0;
        canvas.text("", Anchor::Start, (place.left, y), label);
    }
    for track in &tracks {
        names_and_labels(&mut canvas, track, &x, (left, beside));
    }
    let below = shade_names(&mut canvas, &shades, (left, right), bottom);
    canvas.line("f-axis", (left, below), (right, below));
    let below = distribution::axis_labels(&mut canvas, &x, &ticks, below);
    canvas.text("f-minor", Anchor::End, (right, below + 12.0), "time, s");
    canvas.set_height(below + 18.0);
    canvas.finish()
}

/// Lays out a lane: rows for bars that overlap, and labels below for bars that are too short for theirs.
fn track<'a>(figure: &'a Lanes, lane: usize, x: &Scale, top: f64, beside: bool) -> Track<'a> {
    let (from, to) = figure.shown();
    let mut bars: Vec<&Bar> = figure
        .bars
        .iter()
        .filter(|b| b.lane == lane && b.to > from && b.from < to)
        .collect();
    bars.sort_by(|a, b| a.from.total_cmp(&b.from));
    let first = top + if beside { 2.0 } else { 19.0 };
    let mut ends: Vec<f64> = Vec::new();
    let mut rowed = Vec::new();
    for bar in bars {
        let row = ends
            .iter()
            .position(|end| *end <= bar.from + 1e-9)
            .unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(bar.to);
        } else {
            ends[row] = bar.to;
        }
        rowed.push((bar, row));
    }
    let bars_end = first + ends.len().max(1) as f64 * (BAR + BELOW) - BELOW;
    // Equal bars need their label once when there is no room inside.
    let told = |bar: &Bar| {
        let alike = |(o, _): &&(&Bar, usize)| (o.tone, &o.label) == (bar.tone, &bar.label);
        rowed.iter().filter(alike).any(|(o, _)| fits(o, x))
    };
    let mut wishes: Vec<Outside> = Vec::new();
    let mut written: Vec<(Tone, &str)> = Vec::new();
    for (bar, row) in &rowed {
        if bar.label.is_empty() || fits(bar, x) || told(bar) || written.contains(&(bar.tone, bar.label.as_str())) {
            continue;
        }
        written.push((bar.tone, &bar.label));
        let (a, b) = (x.at(bar.from), x.at(bar.to));
        let under = (((a + b) / 2.0), first + *row as f64 * (BAR + BELOW) + BAR);
        let text = text::clip(&bar.label, room(x), plain);
        wishes.push(Outside { text, middle: under.0, row: 0, under });
    }
    let (outside, rows) = outside(wishes, x);
    let bottom = bars_end + if rows > 0 { 4.0 + ROW * rows as f64 } else { 0.0 };
    Track { name: &figure.lanes[lane], top, first, bars: rowed, outside, bottom }
}

fn room(x: &Scale) -> f64 {
    let (lo, hi) = x.ends();
    x.at(hi) - x.at(lo)
}

/// Has a bar room for its label?
fn fits(bar: &Bar, x: &Scale) -> bool {
    plain(&bar.label) + 12.0 <= x.at(bar.to) - x.at(bar.from)
}

/// Spreads labels over as few rows as they need, each near the middle of its bar; gives the number of rows.
fn outside(mut labels: Vec<Outside>, x: &Scale) -> (Vec<Outside>, usize) {
    let (lo, hi) = x.ends();
    let (lo, hi) = (x.at(lo), x.at(hi));
    'more: for rows in 1..=labels.len() {
        for row in 0..rows {
            let mine = || (row..labels.len()).step_by(rows);
            let wishes: Vec<f64> = mine().map(|i| labels[i].under.0).collect();
            let wide: Vec<f64> = mine().map(|i| plain(&labels[i].text)).collect();
            let Some(middles) = spread(&wishes, &wide, 10.0, lo, hi) else {
                continue 'more;
            };
            for (i, middle) in (row..labels.len()).step_by(rows).zip(middles) {
                (labels[i].row, labels[i].middle) = (row, middle);
            }
        }
        return (labels, rows);
    }
    (Vec::new(), 0)
}

/// A bar with its pattern.
fn slab(canvas: &mut Canvas, bar: &Bar, x: &Scale, top: f64) {
    let (a, b) = (x.at(bar.from), x.at(bar.to));
    let (at, size) = ((a, top), ((b - a).max(2.0), BAR));
    canvas.rect("f-ground", at, size, 0.0);
    canvas.rect(&joined("f-slab", bar.tone.class()), at, size, 0.0);
    let (strokes, step) = match bar.tone {
        Tone::Plain | Tone::Good | Tone::A | Tone::B => return,
        Tone::Cost => (Strokes::Level, 4.0),
        Tone::Perf => (Strokes::Upright, 5.0),
        Tone::Fail => (Strokes::Rising, 5.0),
    };
    canvas.hatch(&joined("f-hatch", bar.tone.class()), at, size, strokes, step);
}

/// Texts last, so that nothing is drawn over them.
fn names_and_labels(canvas: &mut Canvas, track: &Track<'_>, x: &Scale, (left, beside): (f64, bool)) {
    if beside {
        canvas.text("f-strong", Anchor::End, (left - 12.0, track.first + 16.0), track.name);
    } else {
        let name = text::clip(track.name, room(x), strong);
        canvas.text("f-strong", Anchor::Start, (left, track.top + 13.0), &name);
    }
    let rows = track.outside.iter().map(|o| o.row + 1).max().unwrap_or(0);
    for label in &track.outside {
        let bottom = track.bottom - ROW * (rows - 1 - label.row) as f64;
        canvas.line("f-lead", label.under, (label.middle, bottom - ROW + 4.0));
        canvas.text("", Anchor::Middle, (label.middle, bottom - 4.0), &label.text);
    }
    for (bar, row) in track.bars.iter().filter(|(b, _)| !b.label.is_empty() && fits(b, x)) {
        let middle = (x.at(bar.from) + x.at(bar.to)) / 2.0;
        let top = track.first + *row as f64 * (BAR + BELOW);
        // A plate keeps the pattern and other lines off the text.
        let wide = plain(&bar.label);
        canvas.rect(
            "f-plate",
            (middle - wide / 2.0 - 4.0, top + 4.0),
            (wide + 8.0, BAR - 8.0),
            2.0,
        );
        canvas.text("f-in", Anchor::Middle, (middle, top + 16.0), &bar.label);
    }
}

/// Names the hatched stretches below the lanes; gives where the axis's labels may begin.
fn shade_names(canvas: &mut Canvas, shades: &[(f64, f64, &str)], (lo, hi): (f64, f64), bottom: f64) -> f64 {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    for (a, b, label) in shades.iter().filter(|s| !s.2.is_empty()) {
        let label = text::clip(label, hi - lo, strong);
        let half = strong(&label) / 2.0;
        let middle = ((a + b) / 2.0).min(hi - half).max(lo + half);
        let (from, to) = ((middle - half).min(*a) - 6.0, (middle + half).max(*b) + 6.0);
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|r| r.0 >= to || r.1 <= from);
        let row = rows.iter().position(free).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(Vec::new());
        }
        rows[row].push((from, to));
        let y = bottom + 7.0 + 22.0 * row as f64;
        canvas.line("f-bracket", (*a, y), (*b, y));
        canvas.line("f-bracket", (*a, y - 4.0), (*a, y));
        canvas.line("f-bracket", (*b, y - 4.0), (*b, y));
        canvas.text("f-strong f-fail", Anchor::Middle, (middle, y + 14.0), &label);
    }
    bottom
        + if rows.is_empty() {
            0.0
        } else {
            4.0 + 22.0 * rows.len() as f64
        }
}
