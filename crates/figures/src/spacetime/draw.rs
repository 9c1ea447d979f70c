//! The drawing of a space–time diagram.

use super::plane::Plane;
use super::{Message, SpaceTime, Span, writing};
use crate::canvas::{Anchor, Canvas, Strokes, fit, joined};
use crate::labels::Rect;
use crate::placer::{Patience, Placer};
use crate::{Svg, text};

/// Half the thickness of a band on a lane.
const BAND: f64 = 6.0;
/// Above so many messages, lines are thinner and equal labels keep a distance.
const MANY: usize = 24;
/// The distance between equal labels then, in pixels.
const APART: f64 = 80.0;
/// How far before its aim a lost message ends, in lanes: between two, so that no lane seems to have received it.
const SHORT_OF: f64 = 0.42;

/// A message in pixels.
struct Stroke<'a> {
    message: &'a Message,
    line: [(f64, f64); 2],
    number: usize,
}

pub(super) fn draw(figure: &SpaceTime, width: f64) -> Svg {
    let width = fit(width);
    let plane = Plane::new(figure, width);
    let mut canvas = Canvas::new(&figure.about, width, 0.0);
    let mut placer = Placer::new(plane.frame());
    let mut below = plane.draw(&mut canvas, figure);
    for lane in &plane.lanes {
        canvas.line(
            "f-lane",
            plane.turned(plane.start, *lane),
            plane.turned(plane.end, *lane),
        );
    }
    let bands = spans(&mut canvas, &mut placer, figure, &plane);
    let strokes = messages(&mut canvas, &mut placer, figure, &plane);
    let (from, to) = figure.shown();
    let marks = || figure.marks.iter().filter(|m| m.at >= from && m.at <= to);
    for mark in marks() {
        let (x, y) = plane.at(mark.lane, mark.at);
        canvas.dot("f-moment", (x, y), 4.0);
        placer.take((x - 5.0, y - 5.0, x + 5.0, y + 5.0));
    }
    for mark in marks().filter(|m| !m.label.is_empty()) {
        writing::mark(&mut canvas, &mut placer, &plane, mark);
    }
    for (i, band) in bands {
        if !figure.spans[i].label.is_empty() {
            writing::span(&mut canvas, &mut placer, &plane, &figure.spans[i], band);
        }
    }
    if let Some(note) = labels(&mut canvas, &mut placer, &plane, &strokes) {
        let words = text::wrap(&note, width - 70.0, |t| text::width(t, 11.0));
        // On a wide page the note stands left of the axis's title.
        let mut y = if plane.down { below + 8.0 } else { below - 6.0 };
        for line in words {
            canvas.text(
                "f-minor",
                Anchor::Start,
                (if plane.down { 0.0 } else { plane.start }, y),
                &line,
            );
            below = below.max(y + 6.0);
            y += 14.0;
        }
    }
    canvas.set_height(below);
    canvas.finish()
}

/// Draws the bands; gives each one's number and rectangle.
fn spans(canvas: &mut Canvas, placer: &mut Placer, figure: &SpaceTime, plane: &Plane) -> Vec<(usize, Rect)> {
    let (from, to) = figure.shown();
    let mut order: Vec<usize> = (0..figure.spans.len())
        .filter(|i| figure.spans[*i].to > from && figure.spans[*i].from < to)
        .collect();
    // What a part believes to be lies below what it is.
    order.sort_by_key(|i| match figure.spans[*i].what {
        Span::Leads => 0,
        Span::Other => 1,
        Span::Stopped => 2,
        Span::Down => 3,
    });
    let mut bands = Vec::new();
    for i in order {
        let span = &figure.spans[i];
        let half = if span.what == Span::Leads { BAND + 2.0 } else { BAND };
        let (a, b) = (
            plane.at(span.lane, span.from.max(from)),
            plane.at(span.lane, span.to.min(to)),
        );
        let band = if plane.down {
            (a.0 - half, a.1, a.0 + half, b.1.max(a.1 + 3.0))
        } else {
            (a.0, a.1 - half, b.0.max(a.0 + 3.0), a.1 + half)
        };
        let (at, size) = ((band.0, band.1), (band.2 - band.0, band.3 - band.1));
        canvas.rect("f-ground", at, size, 0.0);
        canvas.rect(&joined("f-slab", span.what.class()), at, size, 0.0);
        match span.what {
            Span::Stopped => {
                let strokes = if plane.down { Strokes::Level } else { Strokes::Upright };
                canvas.hatch("f-hatch f-cost", at, size, strokes, 4.0);
            }
            Span::Down => {
                canvas.hatch("f-hatch f-fail", at, size, Strokes::Rising, 5.0);
                canvas.hatch("f-hatch f-fail", at, size, Strokes::Falling, 5.0);
            }
            Span::Leads | Span::Other => {}
        }
        placer.take(band);
        bands.push((i, band));
    }
    bands.sort_by_key(|b| b.0);
    bands
}

/// How long a message would have taken: as the middle one between the same lanes, or of all, or a thirtieth of the window
/// if none arrives.
fn usual_time(figure: &SpaceTime, lost: &Message) -> f64 {
    let middle = |like: fn(&Message, &Message) -> bool| {
        let alike = figure.messages.iter().filter(|m| like(m, lost));
        let mut times: Vec<f64> = alike.filter_map(|m| Some(m.received? - m.sent)).collect();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    };
    let (from, to) = figure.shown();
    middle(|m, lost| (m.from, m.to) == (lost.from, lost.to))
        .or_else(|| middle(|_, _| true))
        .unwrap_or((to - from) / 30.0)
}

/// Draws the messages; gives them in pixels.
fn messages<'a>(canvas: &mut Canvas, placer: &mut Placer, figure: &'a SpaceTime, plane: &Plane) -> Vec<Stroke<'a>> {
    let thin = if figure.messages.len() > MANY { "f-thin" } else { "" };
    let mut strokes = Vec::new();
    for message in &figure.messages {
        let end = message
            .received
            .unwrap_or_else(|| message.sent + usual_time(figure, message));
        let Some((mut line, inside)) = plane.line((message.from, message.sent), (message.to, end)) else {
            continue;
        };
        let tip = |placer: &mut Placer, (x, y): (f64, f64)| placer.take((x - 4.0, y - 4.0, x + 4.0, y + 4.0));
        if message.from == message.to {
            // A message to itself bows off its lane.
            let off = if message.from + 1 == plane.lanes.len() {
                -18.0
            } else {
                18.0
            };
            let bow = plane.turned(
                (plane.time(line[0]) + plane.time(line[1])) / 2.0,
                plane.lanes[message.from] + off,
            );
            canvas.arrow(thin, &[line[0], bow, line[1]]);
            tip(placer, line[1]);
            let number = placer.line(vec![line[0], bow, line[1]]);
            strokes.push(Stroke { message, line: [bow, line[1]], number });
            continue;
        }
        match (message.received, inside) {
            (Some(_), true) => {
                canvas.arrow(thin, &line);
                tip(placer, line[1]);
            }
            (Some(_), false) => canvas.polyline(&joined("f-flow", thin), &line),
            (None, _) => {
                let [a, b] = line;
                let share = 1.0 - SHORT_OF / message.from.abs_diff(message.to) as f64;
                line[1] = (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
                canvas.polyline("f-flow f-dashed f-fail", &line);
                let (x, y) = line[1];
                canvas.line("f-cross", (x - 4.5, y - 4.5), (x + 4.5, y + 4.5));
                canvas.line("f-cross", (x - 4.5, y + 4.5), (x + 4.5, y - 4.5));
                placer.take((x - 5.0, y - 5.0, x + 5.0, y + 5.0));
            }
        }
        let number = placer.line(line.to_vec());
        strokes.push(Stroke { message, line, number });
    }
    strokes
}

/// Labels the messages; gives a note when some have none.
fn labels(canvas: &mut Canvas, placer: &mut Placer, plane: &Plane, strokes: &[Stroke<'_>]) -> Option<String> {
    let named: Vec<&Stroke<'_>> = strokes.iter().filter(|s| !s.message.label.is_empty()).collect();
    // Each kind once, lost ones, then all others.
    let mut order: Vec<(u8, usize)> = Vec::new();
    for (i, s) in named.iter().enumerate() {
        let kind = |m: &Message| (m.label.clone(), m.received.is_none());
        let first = !named[..i].iter().any(|o| kind(o.message) == kind(s.message));
        let rank = match (first, s.message.received.is_none()) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        order.push((rank, i));
    }
    order.sort();
    let mut written: Vec<(&str, Rect)> = Vec::new();
    for (rank, i) in order {
        let s = named[i];
        let (label, lost) = (s.message.label.as_str(), s.message.received.is_none());
        let middle = ((s.line[0].0 + s.line[1].0) / 2.0, (s.line[0].1 + s.line[1].1) / 2.0);
        let near = |(other, at): &(&str, Rect)| {
            let (dx, dy) = ((at.0 + at.2) / 2.0 - middle.0, (at.1 + at.3) / 2.0 - middle.1);
            *other == label && libm::hypot(dx, dy) < APART
        };
        let crowded = rank == 3 && named.len() > MANY;
        if crowded && written.iter().any(near) {
            continue;
        }
        let outward = match s.message.from {
            _ if plane.down => None,
            0 => Some(-1.0),
            last if last + 1 == plane.lanes.len() => Some(1.0),
            _ => None,
        };
        // The cross says it too: where the word has no room, the label does without.
        let told = format!("{label} (lost)");
        let tries = if lost { vec![told.as_str(), label] } else { vec![label] };
        let rect = tries.into_iter().find_map(|label| {
            let patience = if crowded { Patience::None } else { Patience::One };
            let wish = writing::Wish { label, lost, line: s.line, number: s.number, patience, outward };
            writing::message(canvas, placer, &wish)
        });
        written.extend(rect.map(|r| (label, r)));
    }
    let missing = written.len() < named.len();
    missing.then(|| format!("{} of {} messages are labelled", written.len(), named.len()))
}
