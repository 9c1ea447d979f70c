//! Labels of a space–time diagram: spans and marks first, then lost messages, then the others as far as there is room.

use super::plane::Plane;
use super::{Mark, Stretch};
use crate::canvas::{Anchor, Canvas, joined};
use crate::labels::Rect;
use crate::placer::{Patience, Placer};
use crate::text;

/// Height of a line of text.
const LINE: f64 = 14.0;

/// A label that may be broken into lines.
struct Block {
    lines: Vec<String>,
    size: (f64, f64),
}

impl Block {
    fn new(lines: Vec<String>, measure: fn(&str) -> f64) -> Self {
        let wide = lines.iter().map(|l| measure(l)).fold(0.0, f64::max);
        let size = (wide, LINE * lines.len() as f64);
        Block { lines, size }
    }

    /// In one line, or in as many as a narrower room needs.
    fn shapes(label: &str, room: f64, measure: fn(&str) -> f64) -> Vec<Block> {
        let one = Block::new(vec![label.to_string()], measure);
        let lines = text::wrap(label, room, measure);
        if lines.len() > 1 {
            vec![one, Block::new(lines, measure)]
        } else {
            vec![one]
        }
    }

    fn write(&self, canvas: &mut Canvas, class: &str, rect: Rect, anchor: Anchor) {
        let x = match anchor {
            Anchor::Start => rect.0,
            Anchor::Middle => (rect.0 + rect.2) / 2.0,
            Anchor::End => rect.2,
        };
        for (i, line) in self.lines.iter().enumerate() {
            canvas.text(class, anchor, (x, rect.1 + LINE * (i + 1) as f64 - 3.0), line);
        }
    }
}

fn strong(t: &str) -> f64 {
    text::width_strong(t, 12.0)
}

fn plain(t: &str) -> f64 {
    text::width(t, 12.0)
}

fn minor(t: &str) -> f64 {
    text::width(t, 11.0)
}

/// Writes a span's label beside its band, near its beginning.
pub(super) fn span(canvas: &mut Canvas, placer: &mut Placer, plane: &Plane, span: &Stretch, band: Rect) {
    for block in Block::shapes(&span.label, 96.0, strong) {
        let (w, h) = block.size;
        let mut choices = Vec::new();
        for (i, share) in [0.0, 0.15, 0.3, 0.5, 0.7].into_iter().enumerate() {
            for far in 0..3 {
                let price = 4.0 * i as f64 + 14.0 * f64::from(far);
                let off = 5.0 + LINE * f64::from(far);
                if plane.down {
                    let y = (band.1 + share * (band.3 - band.1)).max(plane.start);
                    choices.push((from((band.2 + off, y), (w, h)), price));
                    choices.push((from((band.0 - off - w, y), (w, h)), price + 1.0));
                } else {
                    let x = (band.0 + share * (band.2 - band.0)).max(plane.start);
                    choices.push((from((x, band.1 - off - h), (w, h)), price));
                    choices.push((from((x, band.3 + off), (w, h)), price + 1.0));
                    choices.push((from((band.2 - w, band.1 - off - h), (w, h)), price + 9.0));
                }
            }
        }
        if let Some(rect) = placer.place(None, Patience::Any, &choices) {
            let left = plane.down && rect.2 <= band.0;
            let anchor = if left { Anchor::End } else { Anchor::Start };
            block.write(canvas, &joined("f-strong", span.what.class()), rect, anchor);
            return;
        }
    }
}

/// Writes a mark's label around its dot, with a lead when it stands off.
pub(super) fn mark(canvas: &mut Canvas, placer: &mut Placer, plane: &Plane, mark: &Mark) {
    let (x, y) = plane.at(mark.lane, mark.at);
    for block in Block::shapes(&mark.label, 96.0, plain) {
        let (w, h) = block.size;
        let mut choices = Vec::new();
        for far in [0.0, 8.0, 16.0, 26.0, 38.0] {
            let (side, over) = (12.0 + far, 11.0 + far);
            let (right, left, middle) = (x + side, x - side - w, x - w / 2.0);
            let (above, below, level) = (y - over - h, y + over, y - h / 2.0);
            let lean = if plane.down { 0.0 } else { 2.0 };
            for (at, price) in [
                ((right, level), if plane.down { 0.0 } else { 40.0 }),
                ((left, level), if plane.down { 1.0 } else { 40.0 }),
                ((right - 6.0, above), 2.0 - lean),
                ((right - 6.0, below), 2.0 - lean),
                ((left + 6.0, above), 3.0 - lean),
                ((left + 6.0, below), 3.0 - lean),
                ((middle, above), if plane.down { 40.0 } else { 1.0 }),
                ((middle, below), if plane.down { 40.0 } else { 1.0 }),
            ] {
                choices.push((from(at, (w, h)), price + 1.2 * far));
            }
        }
        if let Some(rect) = placer.place(None, Patience::Any, &choices) {
            let near = (x.clamp(rect.0, rect.2), y.clamp(rect.1 + 2.0, rect.3 - 2.0));
            if libm::hypot(near.0 - x, near.1 - y) > 14.0 {
                canvas.line("f-lead", (x, y), near);
            }
            let anchor = if rect.2 < x { Anchor::End } else { Anchor::Start };
            block.write(canvas, "", rect, anchor);
            return;
        }
    }
}

/// A message that wants a label.
pub(super) struct Wish<'a> {
    pub(super) label: &'a str,
    pub(super) lost: bool,
    pub(super) line: [(f64, f64); 2],
    /// The line's number in the placer.
    pub(super) number: usize,
    pub(super) patience: Patience,
    /// Where no message runs beyond the sender's lane: upwards (-1) or downwards (1).
    pub(super) outward: Option<f64>,
}

/// Writes a message's label beside its line, in one line or more. `None` when there is no room where one could see whose
/// it is.
pub(super) fn message(canvas: &mut Canvas, placer: &mut Placer, wish: &Wish<'_>) -> Option<Rect> {
    let class = if wish.lost { "f-minor f-fail" } else { "f-minor" };
    let blocks = Block::shapes(wish.label, 64.0, minor);
    for block in &blocks {
        if let Some(rect) = placer.place(Some(wish.number), wish.patience, &beside(wish.line, block.size)) {
            block.write(canvas, class, rect, Anchor::Middle);
            return Some(rect);
        }
    }
    let (block, (x, y), side) = (&blocks[0], wish.line[0], wish.outward?);
    let choices = [0.0, LINE].map(|far| {
        let middle = y + side * (10.0 + far + block.size.1 / 2.0);
        (
            from((x - block.size.0 / 2.0, middle - block.size.1 / 2.0), block.size),
            far,
        )
    });
    let rect = placer.place(Some(wish.number), wish.patience, &choices)?;
    let near = if side < 0.0 { rect.3 - 2.0 } else { rect.1 + 2.0 };
    canvas.line("f-lead", (x, y), (x, near));
    block.write(canvas, class, rect, Anchor::Middle);
    Some(rect)
}

/// Places for a label along both sides of a line, the middle first.
fn beside([a, b]: [(f64, f64); 2], (w, h): (f64, f64)) -> Vec<(Rect, f64)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = libm::hypot(dx, dy).max(1e-9);
    // Unit normal, turned upwards; of an upright line, to the right.
    let (nx, ny) = if dx.abs() < 1e-9 {
        (1.0, 0.0)
    } else {
        (dy / length * dx.signum(), -(dx / length).abs())
    };
    let reach = nx.abs() * w / 2.0 + ny.abs() * h / 2.0 + 2.0;
    let mut choices = Vec::new();
    for (i, share) in [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].into_iter().enumerate() {
        let (x, y) = (a.0 + share * dx, a.1 + share * dy);
        for (side, price) in [(1.0, 0.0), (-1.0, 1.0)] {
            let middle = (x + side * reach * nx, y + side * reach * ny);
            choices.push((
                from((middle.0 - w / 2.0, middle.1 - h / 2.0), (w, h)),
                price + 1.5 * i as f64,
            ));
        }
    }
    choices
}

fn from((x, y): (f64, f64), (w, h): (f64, f64)) -> Rect {
    (x, y, x + w, y + h)
}
