//! Many settings as points: one result against another, with a few of them marked.

use crate::canvas::{About, Anchor, Canvas, fit};
use crate::curves::SERIES;
use crate::distribution::axis_labels;
use crate::placer::{Patience, Placer};
use crate::scale::{Scale, nice_end, round_down, round_up};
use crate::{Svg, short, text};

/// Points with names over two results: what every setting costs in one and brings in the other.
#[derive(Clone, Debug)]
pub struct Scatter {
    about: About,
    across: (String, String),
    up: (String, String),
    points: Vec<Point>,
    log: bool,
}

#[derive(Clone, Debug)]
struct Point {
    name: String,
    at: (f64, f64),
    /// Which of the two marked ones it is.
    mark: Option<usize>,
}

impl Scatter {
    /// A figure of two results, each with its unit: `("latency", "ms")` to the right, `("stale reads", "%")` upwards.
    pub fn new(about: About, across: (&str, &str), up: (&str, &str)) -> Self {
        let own = |(name, unit): (&str, &str)| (name.to_owned(), unit.to_owned());
        Scatter { about, across: own(across), up: own(up), points: Vec::new(), log: false }
    }

    /// Adds a point. One that is not finite is left out.
    pub fn point(mut self, name: impl Into<String>, at: (f64, f64)) -> Self {
        self.add(name.into(), at, None);
        self
    }

    /// Adds a point that is marked as the first (0) or the second (1) of those that are compared.
    pub fn marked(mut self, name: impl Into<String>, at: (f64, f64), which: usize) -> Self {
        self.add(name.into(), at, Some(which.min(1)));
        self
    }

    fn add(&mut self, name: String, at: (f64, f64), mark: Option<usize>) {
        if at.0.is_finite() && at.1.is_finite() {
            self.points.push(Point { name, at, mark });
        }
    }

    /// Makes the axis to the right logarithmic; points at zero stand at its beginning.
    pub fn log(mut self) -> Self {
        self.log = true;
        self
    }

    /// The heads of the columns of [`Scatter::rows`].
    pub fn head(&self) -> Vec<String> {
        vec![String::new(), self.across.0.clone(), self.up.0.clone()]
    }

    /// Every point with both results.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let row = |p: &Point| vec![p.name.clone(), short(p.at.0, &self.across.1), short(p.at.1, &self.up.1)];
        self.points.iter().map(row).collect()
    }

    fn across_range(&self) -> (f64, f64) {
        let most = self.points.iter().map(|p| p.at.0).fold(0.0, f64::max);
        if !self.log {
            return (0.0, nice_end(most * 1.04, 5.0));
        }
        let positive = self.points.iter().map(|p| p.at.0).filter(|x| *x > 0.0);
        let least = positive.fold(f64::INFINITY, f64::min);
        let least = if least.is_finite() { least } else { 1.0 };
        (round_down(least * 0.9), round_up(most.max(least * 2.0) * 1.1))
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        let width = fit(width);
        let plot = if width < 480.0 { 210.0 } else { 250.0 };
        let (top, bottom) = (24.0, 24.0 + plot);
        let most = self.points.iter().map(|p| p.at.1).fold(0.0, f64::max);
        let y = Scale::new(false, 0.0, nice_end(most.max(1e-9) * 1.08, 4.0), bottom - 8.0, top);
        let ticks = y.ticks_up(34.0);
        let left = 14.0 + ticks.iter().map(|t| text::width(&t.label, 11.0)).fold(18.0, f64::max);
        let right = width - 14.0;
        let (lo, hi) = self.across_range();
        let x = Scale::new(self.log, lo, hi, left + 8.0, right - 8.0);
        let x_ticks = x.ticks("", width);

        let mut canvas = Canvas::new(&self.about, width, 0.0);
        let titled = |(name, unit): &(String, String)| {
            if unit.is_empty() {
                name.clone()
            } else {
                format!("{name}, {unit}")
            }
        };
        canvas.text("f-minor", Anchor::Start, (0.0, 11.0), &titled(&self.up));
        for tick in &ticks {
            let at = y.at(tick.value);
            canvas.line("f-grid", (left, at), (right, at));
            canvas.text("f-minor", Anchor::End, (left - 6.0, at + 4.0), &tick.label);
        }
        canvas.line("f-axis", (left, bottom), (right, bottom));
        let at = |p: &Point| (x.at(p.at.0.max(lo)), y.at(p.at.1));
        let mut placer = Placer::new((left + 2.0, top - 8.0, right, bottom));
        for p in &self.points {
            let (px, py) = at(p);
            placer.take((px - 5.0, py - 5.0, px + 5.0, py + 5.0));
        }
        // Those that are marked come last: on top, and their names first.
        for p in self.points.iter().filter(|p| p.mark.is_none()) {
            canvas.dot("f-dot f-c", at(p), 3.5);
        }
        for p in &self.points {
            let Some(mark) = p.mark else { continue };
            let ((px, py), class) = (at(p), SERIES[mark]);
            if mark == 0 {
                canvas.dot(&format!("f-dot {class}"), (px, py), 5.5);
            } else {
                let corners = [
                    (px, py - 7.0),
                    (px + 7.0, py),
                    (px, py + 7.0),
                    (px - 7.0, py),
                    (px, py - 7.0),
                ];
                canvas.polyline(&format!("f-line {class}"), &corners);
            }
        }
        if self.points.is_empty() {
            let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
            canvas.text("f-minor", Anchor::Middle, middle, "no data yet");
        }
        let mut order: Vec<&Point> = self.points.iter().collect();
        order.sort_by_key(|p| p.mark.unwrap_or(2));
        for p in order {
            let (px, py) = at(p);
            let (w, class) = match p.mark {
                Some(mark) => (text::width_strong(&p.name, 12.0), format!("f-strong {}", SERIES[mark])),
                None => (text::width(&p.name, 11.0), "f-minor".into()),
            };
            let place = |dx: f64, dy: f64, price: f64| ((px + dx, py + dy, px + dx + w, py + dy + 14.0), price);
            let mut choices = Vec::new();
            for (far, price) in [(0.0, 0.0), (14.0, 30.0), (28.0, 60.0)] {
                choices.extend([
                    place(9.0, -7.0 - far, price),
                    place(9.0, -7.0 + far, price),
                    place(-9.0 - w, -7.0 - far, price + 2.0),
                    place(-9.0 - w, -7.0 + far, price + 2.0),
                    place(-w / 2.0, -22.0 - far, price + 1.0),
                    place(-w / 2.0, 8.0 + far, price + 1.0),
                ]);
            }
            let patience = if p.mark.is_some() {
                Patience::Any
            } else {
                Patience::None
            };
            if let Some(rect) = placer.place(None, patience, &choices) {
                canvas.text(&class, Anchor::Start, (rect.0, rect.3 - 3.0), &p.name);
            }
        }
        let below = axis_labels(&mut canvas, &x, &x_ticks, bottom);
        let title = titled(&self.across);
        let title = if self.log { format!("{title}, log scale") } else { title };
        canvas.text("f-minor", Anchor::End, (right, below + 12.0), &title);
        canvas.set_height(below + 18.0);
        canvas.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Scatter {
        Scatter::new(About::new("x", "t", "d"), ("latency", "ms"), ("stale reads", "%"))
            .point("R1 W3", (113.0, 0.0))
            .marked("R2 W1", (11.0, 2.0), 0)
            .marked("R2 W2", (21.0, 0.0), 1)
    }

    #[test]
    fn every_point_is_told_and_drawn() {
        let f = figure().log();
        assert_eq!(f.rows().len(), 3);
        assert_eq!(f.rows()[1], ["R2 W1", "11\u{202f}ms", "2\u{202f}%"]);
        for width in [320.0, 720.0] {
            let svg = f.draw(width).0;
            for name in ["R1 W3", "R2 W1", "R2 W2"] {
                assert!(svg.contains(name), "{name} at {width}");
            }
            assert!(svg.contains("f-dot f-a") && svg.contains("f-line f-b"));
        }
    }

    #[test]
    fn nothing_to_show_is_said() {
        let none = Scatter::new(About::new("x", "t", "d"), ("a", ""), ("b", "")).point("gone", (f64::NAN, 1.0));
        assert!(none.rows().is_empty());
        assert!(none.log().draw(320.0).0.contains("no data yet"));
    }
}
