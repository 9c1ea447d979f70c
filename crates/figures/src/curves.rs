//! What figures with axes share: curves with direct labels, and a vertical or horizontal limit.

use crate::canvas::{Anchor, Canvas};
use crate::labels::{Rect, crossing, overlap};
use crate::text;

/// The classes of the series, in order: an unbroken, a dashed and a dash-dotted line. Only a time series has a third.
pub(crate) const SERIES: [&str; 3] = ["f-a", "f-b", "f-c"];

/// A named curve in pixels.
pub(crate) struct Curve<'a> {
    pub(crate) name: &'a str,
    pub(crate) class: &'static str,
    pub(crate) points: Vec<(f64, f64)>,
}

/// Leaves out points that lie within half a pixel of the last one kept: they cannot be seen.
pub(crate) fn thin(points: impl IntoIterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    let mut last = None;
    for p in points {
        if kept
            .last()
            .is_none_or(|k| (k.0 - p.0).abs() >= 0.5 || (k.1 - p.1).abs() >= 0.5)
        {
            kept.push(p);
        }
        last = Some(p);
    }
    // The end of a line is always its last point.
    if let Some(end) = last.filter(|end| kept.last() != Some(end)) {
        if kept.len() > 1 {
            kept.pop();
        }
        kept.push(end);
    }
    kept
}

/// Draws the curves and writes each one's name beside it, where it is near its own curve, far from the other, inside
/// the frame and clear of `taken`. Gives the rectangles that the names take.
pub(crate) fn draw(canvas: &mut Canvas, frame: Rect, curves: &[Curve<'_>], taken: &[Rect]) -> Vec<Rect> {
    for curve in curves {
        match curve.points[..] {
            [] => {}
            [only] => canvas.dot(&format!("f-dot {}", curve.class), only, 3.0),
            _ => canvas.polyline(&format!("f-line {}", curve.class), &curve.points),
        }
    }
    let mut taken = taken.to_vec();
    for (i, curve) in curves.iter().enumerate() {
        if curve.name.is_empty() || curve.points.is_empty() {
            continue;
        }
        let w = text::width_strong(curve.name, 12.0);
        let cheapest = |rects: Vec<Rect>| {
            let mut best: Option<(f64, Rect)> = None;
            for rect in rects {
                let most = best.map_or(f64::INFINITY, |b| b.0);
                if let Some(cost) = cost_below(most, rect, i, curves, &taken) {
                    best = Some((cost, rect));
                }
            }
            best.map(|b| b.1)
        };
        let hit = |rect: &Rect| taken.iter().any(|t| overlap(*rect, *t) > 0.0);
        let near = candidates(&curve.points, w, frame);
        // Where the near places are all taken, a name goes a line or two further off.
        let all = || {
            near.iter()
                .copied()
                .chain(near.iter().flat_map(|r| lifted(*r, frame)))
                .collect()
        };
        if let Some(rect) = cheapest(near.clone()).filter(|r| !hit(r)).or_else(|| cheapest(all())) {
            canvas.text(
                &format!("f-strong {}", curve.class),
                Anchor::Start,
                (rect.0, rect.3 - 3.0),
                curve.name,
            );
            taken.push(rect);
        }
    }
    taken
}

const HEIGHT: f64 = 14.0;

/// Places beside the curve: at points along it, on each side, pushed back into the frame.
fn candidates(points: &[(f64, f64)], w: f64, frame: Rect) -> Vec<Rect> {
    const STEPS: usize = 40;
    const OFF: f64 = 6.0;
    let total: f64 = points.windows(2).map(|s| length(s[0], s[1])).sum();
    let mut rects = Vec::new();
    for step in 0..=STEPS {
        let (x, y) = along(points, total * step as f64 / STEPS as f64);
        for (left, top) in [
            (x + OFF, y - OFF - HEIGHT),
            (x - OFF - w, y - OFF - HEIGHT),
            (x + OFF, y + OFF),
            (x - OFF - w, y + OFF),
            (x - w / 2.0, y - OFF - HEIGHT),
            (x - w / 2.0, y + OFF),
            (x - w / 2.0, y - OFF - 2.2 * HEIGHT),
            (x - w / 2.0, y + OFF + 1.2 * HEIGHT),
            (x + OFF, y - HEIGHT / 2.0),
            (x - OFF - w, y - HEIGHT / 2.0),
        ] {
            let left = left.min(frame.2 - w).max(frame.0);
            let top = top.min(frame.3 - HEIGHT).max(frame.1);
            rects.push((left, top, left + w, top + HEIGHT));
        }
    }
    rects
}

/// The same place one and two lines higher and lower, as far as the frame allows.
fn lifted(rect: Rect, frame: Rect) -> impl Iterator<Item = Rect> {
    [-2.4, -1.2, 1.2, 2.4].into_iter().map(move |lines| {
        let top = (rect.1 + lines * HEIGHT).min(frame.3 - HEIGHT).max(frame.1);
        (rect.0, top, rect.2, top + HEIGHT)
    })
}

/// What a place for a name costs, if that is less than `most`. Every part of it is at least zero, so a place is given up as soon as
/// the parts so far are too much: of the hundreds of places along a curve few are looked at whole.
fn cost_below(most: f64, rect: Rect, own: usize, curves: &[Curve<'_>], taken: &[Rect]) -> Option<f64> {
    let padded = (rect.0 - 3.0, rect.1 - 2.0, rect.2 + 3.0, rect.3 + 2.0);
    let middle = ((rect.0 + rect.2) / 2.0, (rect.1 + rect.3) / 2.0);
    let mut cost = taken.iter().map(|t| overlap(padded, *t)).sum::<f64>() * 10.0;
    for curve in curves {
        if cost >= most {
            return None;
        }
        cost += crossing(padded, &curve.points) * 20.0;
    }
    for (i, curve) in curves.iter().enumerate() {
        if cost >= most {
            return None;
        }
        let square = curve
            .points
            .windows(2)
            .map(|s| square_distance(middle, s[0], s[1]))
            .fold(f64::INFINITY, f64::min);
        let far = libm::sqrt(square);
        cost += if i == own {
            far.min(200.0)
        } else {
            (90.0 - far).max(0.0)
        };
    }
    (cost < most).then_some(cost)
}

fn length(a: (f64, f64), b: (f64, f64)) -> f64 {
    libm::hypot(b.0 - a.0, b.1 - a.1)
}

/// The point at a distance along a polyline.
fn along(points: &[(f64, f64)], mut distance: f64) -> (f64, f64) {
    for s in points.windows(2) {
        let l = length(s[0], s[1]);
        if distance <= l && l > 0.0 {
            let t = distance / l;
            return (s[0].0 + t * (s[1].0 - s[0].0), s[0].1 + t * (s[1].1 - s[0].1));
        }
        distance -= l;
    }
    points.last().copied().unwrap_or((0.0, 0.0))
}

/// Square of the distance from a point to a segment: one root is drawn for a whole curve.
fn square_distance(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (a.0 + t * dx - p.0, a.1 + t * dy - p.1);
    x * x + y * y
}

/// Writes the name and value of a vertical limit in the line above a frame, centred on it but inside the frame.
pub(crate) fn limit_label(canvas: &mut Canvas, label: &str, x: f64, (lo, hi): (f64, f64), baseline: f64) {
    let half = text::width_strong(label, 12.0) / 2.0;
    let x = x.min(hi - half).max(lo + half);
    canvas.text("f-strong f-fail", Anchor::Middle, (x, baseline), label);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::About;

    #[test]
    fn thinning_keeps_both_ends() {
        let line: Vec<_> = (0..1000).map(|i| (f64::from(i) * 0.01, 0.0)).collect();
        let kept = thin(line.clone());
        assert!(kept.len() < 25 && kept[0] == line[0] && kept.last() == line.last());
        assert_eq!(thin([(1.0, 1.0), (1.1, 1.0)]), [(1.0, 1.0), (1.1, 1.0)]);
        assert!(thin([]).is_empty());
    }

    #[test]
    fn names_keep_clear_of_both_curves_and_of_each_other() {
        let about = About::new("x", "t", "d");
        let mut canvas = Canvas::new(&about, 320.0, 200.0);
        let frame = (40.0, 10.0, 310.0, 190.0);
        let curves = [
            Curve { name: "no hedge", class: "f-a", points: vec![(40.0, 190.0), (200.0, 150.0), (310.0, 20.0)] },
            Curve {
                name: "hedge after 18 ms",
                class: "f-b",
                points: vec![(40.0, 190.0), (90.0, 30.0), (310.0, 12.0)],
            },
        ];
        let names = draw(&mut canvas, frame, &curves, &[]);
        assert_eq!(names.len(), 2);
        assert_eq!(overlap(names[0], names[1]), 0.0);
        for name in names {
            assert!(name.0 >= frame.0 && name.2 <= frame.2 && name.1 >= frame.1 && name.3 <= frame.3);
            for curve in &curves {
                assert_eq!(crossing(name, &curve.points), 0.0, "{}", curve.name);
            }
        }
    }
}
