//! The writer: a few SVG elements, with what every figure must have.

use crate::{Svg, text};
use std::fmt::Write as _;

/// What a figure must say about itself: an id for its parts, a title, and a description for those who do not see it.
///
/// The fields are private and the only constructor refuses empty texts, so a figure without them cannot be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    id: String,
    title: String,
    description: String,
}

impl About {
    /// An id (lower-case letters, digits, `-`), a short title, and one or more sentences that say what the figure shows.
    ///
    /// # Panics
    /// When one of them is empty, or the id holds other characters or does not begin with a letter: a figure that
    /// cannot be read aloud is a mistake of its author, not of its data.
    pub fn new(id: impl Into<String>, title: impl Into<String>, description: impl Into<String>) -> Self {
        let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (id, title, description) = (id.into(), one_line(title.into()), one_line(description.into()));
        assert!(
            id.starts_with(|c: char| c.is_ascii_lowercase())
                && id
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "figure id “{id}”: use lower-case letters, digits and hyphens, a letter first"
        );
        assert!(!title.is_empty(), "figure {id} has no title");
        assert!(!description.is_empty(), "figure {id} has no description");
        About { id, title, description }
    }

    /// The id prefix as given.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The description.
    pub fn description(&self) -> &str {
        &self.description
    }
}

/// Which point of a text its x coordinate means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// x is the left end.
    Start,
    /// x is the middle.
    Middle,
    /// x is the right end.
    End,
}

/// Which way the strokes of a hatching run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strokes {
    /// From the lower left to the upper right.
    Rising,
    /// From the upper left to the lower right.
    Falling,
    /// Up and down.
    Upright,
    /// From side to side.
    Level,
}

/// An SVG under construction. Coordinates are CSS pixels; colours are classes of [`crate::CSS`].
///
/// The figures of this crate are written with it; a design that needs a drawing of its own may use it directly.
#[derive(Clone, Debug)]
pub struct Canvas {
    about: About,
    width: f64,
    height: f64,
    body: String,
}

impl Canvas {
    /// An empty drawing. Widths below 200 px are drawn as 200 px: text of 11 px needs that much.
    pub fn new(about: &About, width: f64, height: f64) -> Self {
        Canvas { about: about.clone(), width: fit(width), height, body: String::new() }
    }

    /// The width in CSS pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Sets the height in CSS pixels, for drawings that know it only at the end.
    pub fn set_height(&mut self, height: f64) {
        self.height = height;
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let (x1, y1, x2, y2) = (px(x1), px(y1), px(x2), px(y2));
        self.element(format_args!(
            r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#
        ));
    }

    /// An open line through points; fewer than two points draw nothing.
    pub fn polyline(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() > 1 {
            let points = list(points);
            self.element(format_args!(r#"<polyline class="{class}" points="{points}"/>"#));
        }
    }

    /// A filled polygon.
    pub fn polygon(&mut self, class: &str, points: &[(f64, f64)]) {
        let points = list(points);
        self.element(format_args!(r#"<polygon class="{class}" points="{points}"/>"#));
    }

    /// A rectangle with rounded corners of radius `r`.
    pub fn rect(&mut self, class: &str, (x, y): (f64, f64), (w, h): (f64, f64), r: f64) {
        let (x, y, w, h) = (px(x), px(y), px(w.max(0.0)), px(h.max(0.0)));
        let round = if r > 0.0 {
            format!(r#" rx="{}""#, px(r))
        } else {
            String::new()
        };
        self.element(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{w}" height="{h}"{round}/>"#
        ));
    }

    /// A disc.
    pub fn dot(&mut self, class: &str, (x, y): (f64, f64), r: f64) {
        let (x, y, r) = (px(x), px(y), px(r));
        self.element(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}"/>"#));
    }

    /// Parallel strokes `step` pixels apart inside a rectangle. They lie on one grid for the whole drawing, so that
    /// neighbours join. A `<pattern>` would need an id, and two figures in one page would share it.
    pub fn hatch(&mut self, class: &str, (x, y): (f64, f64), (w, h): (f64, f64), strokes: Strokes, step: f64) {
        let (x1, y1) = (x + w.max(0.0), y + h.max(0.0));
        let (first, last) = match strokes {
            Strokes::Rising => (x + y, x1 + y1),
            Strokes::Falling => (x - y1, x1 - y),
            Strokes::Upright => (x, x1),
            Strokes::Level => (y, y1),
        };
        let step = step.max(2.0);
        let (first, last) = (libm::floor(first / step) as i64 + 1, libm::ceil(last / step) as i64);
        let mut path = String::new();
        for k in first..last.min(first + 4000) {
            let c = k as f64 * step;
            let (from, to) = match strokes {
                Strokes::Rising => {
                    let (a, b) = (x.max(c - y1), x1.min(c - y));
                    ((a, c - a), (b, c - b))
                }
                Strokes::Falling => {
                    let (a, b) = (x.max(c + y), x1.min(c + y1));
                    ((a, a - c), (b, b - c))
                }
                Strokes::Upright => ((c, y), (c, y1)),
                Strokes::Level => ((x, c), (x1, c)),
            };
            let _ = write!(path, "M{} {}L{} {}", px(from.0), px(from.1), px(to.0), px(to.1));
        }
        if !path.is_empty() {
            self.element(format_args!(r#"<path class="{class}" d="{path}"/>"#));
        }
    }

    /// A text on the baseline `y`.
    pub fn text(&mut self, class: &str, anchor: Anchor, at: (f64, f64), content: &str) {
        self.spans(class, anchor, at, &[("", content)]);
    }

    /// A text made of parts, each with its own class (empty for none).
    pub fn spans(&mut self, class: &str, anchor: Anchor, (x, y): (f64, f64), parts: &[(&str, &str)]) {
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(r#" class="{class}""#)
        };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let mut content = String::new();
        for (part_class, part) in parts {
            let part = escape(part);
            if part_class.is_empty() {
                content.push_str(&part);
            } else {
                let _ = write!(content, r#"<tspan class="{part_class}">{part}</tspan>"#);
            }
        }
        let (x, y) = (px(x), px(y));
        self.element(format_args!(r#"<text{class}{anchor} x="{x}" y="{y}">{content}</text>"#));
    }

    /// An arrow through points: a line of class `f-flow` and a head of class `f-head` drawn as a polygon, each with
    /// `class` added. A marker would need an id, and two figures in one page would share it.
    pub fn arrow(&mut self, class: &str, points: &[(f64, f64)]) {
        const LENGTH: f64 = 8.0;
        const HALF: f64 = 3.6;
        let [.., before, tip] = points else { return };
        let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
        let length = libm::hypot(dx, dy);
        if length < 1e-6 {
            return;
        }
        let (ux, uy) = (dx / length, dy / length);
        let neck = (tip.0 - ux * LENGTH, tip.1 - uy * LENGTH);
        let mut shaft = points.to_vec();
        if let Some(end) = shaft.last_mut() {
            // The shaft ends inside the head, so that no dash or line cap shows beyond the tip.
            *end = (tip.0 - ux * (LENGTH - 1.0), tip.1 - uy * (LENGTH - 1.0));
        }
        let tone = class
            .split(' ')
            .filter(|c| *c != "f-dashed")
            .collect::<Vec<_>>()
            .join(" ");
        self.polyline(&joined("f-flow", class), &shaft);
        let (px, py) = (-uy * HALF, ux * HALF);
        self.polygon(
            &joined("f-head", &tone),
            &[*tip, (neck.0 + px, neck.1 + py), (neck.0 - px, neck.1 - py)],
        );
    }

    /// The finished `<svg>` element: no blank line in it, so that Markdown does not end the HTML block there; ids
    /// carry the width, so that the wide and the narrow version of a figure may stand in one page.
    pub fn finish(self) -> Svg {
        let Canvas { about, width, height, body } = self;
        let id = format!("{}-{}", about.id, width.round());
        let (title, description) = (escape(&about.title), escape(&about.description));
        let (w, h) = (px(width), px(height.ceil()));
        Svg(format!(
            "<svg class=\"fig\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">{title}</title>\n\
             <desc id=\"{id}-desc\">{description}</desc>\n{body}</svg>\n"
        ))
    }

    fn element(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.body, "{element}");
    }
}

/// The width that is really drawn.
pub(crate) fn fit(width: f64) -> f64 {
    if width.is_finite() {
        width.clamp(200.0, 4000.0).round()
    } else {
        720.0
    }
}

/// Two class lists as one.
pub(crate) fn joined(a: &str, b: &str) -> String {
    [a, b]
        .iter()
        .filter(|c| !c.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A coordinate: one decimal is finer than a screen shows, and keeps golden files stable.
fn px(value: f64) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let text = format!("{:.1}", value + 0.0);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".into() } else { text.into() }
}

fn list(points: &[(f64, f64)]) -> String {
    points
        .iter()
        .map(|(x, y)| format!("{},{}", px(*x), px(*y)))
        .collect::<Vec<_>>()
        .join(" ")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Draws `name` in strong type and `value` in plain type as one label; gives its width.
pub(crate) fn pair_width(name: &str, value: &str) -> f64 {
    text::width_strong(name, 12.0)
        + if value.is_empty() {
            0.0
        } else {
            text::width(&format!(" {value}"), 12.0)
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About::new("x", "A title", "What it shows.")
    }

    #[test]
    fn a_figure_names_and_describes_itself() {
        let svg = Canvas::new(&about(), 320.0, 50.0).finish().0;
        assert!(svg.contains(r#"aria-labelledby="x-320-title x-320-desc""#), "{svg}");
        assert!(svg.contains(r#"<title id="x-320-title">A title</title>"#));
        assert!(svg.contains(r#"<desc id="x-320-desc">What it shows.</desc>"#));
        assert!(svg.contains(r#"viewBox="0 0 320 50""#) && svg.contains(r#"width="320" height="50""#));
    }

    #[test]
    #[should_panic(expected = "no description")]
    fn a_figure_without_description_is_refused() {
        About::new("x", "A title", " \n ");
    }

    #[test]
    #[should_panic(expected = "figure id")]
    fn an_id_with_a_quote_is_refused() {
        About::new("x\"y", "A title", "What it shows.");
    }

    #[test]
    fn text_is_escaped_and_stays_on_one_line() {
        let about = About::new("x", "a < b\n\n& c", "d");
        let mut canvas = Canvas::new(&about, 320.0, 50.0);
        canvas.text("", Anchor::Start, (0.0, 0.0), "\"<\n\n>\"");
        let svg = canvas.finish().0;
        assert!(svg.contains("a &lt; b &amp; c") && svg.contains("&quot;&lt;  &gt;&quot;"));
        assert!(!svg.contains("\n\n"));
    }

    #[test]
    fn a_hatching_stays_inside_its_rectangle_and_fills_it() {
        for strokes in [Strokes::Rising, Strokes::Falling, Strokes::Upright, Strokes::Level] {
            let mut canvas = Canvas::new(&about(), 320.0, 50.0);
            canvas.hatch("f-hatch", (21.3, 7.0), (40.0, 18.0), strokes, 5.0);
            let svg = canvas.finish().0;
            let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
            let ends: Vec<(f64, f64)> = path
                .split(['M', 'L'])
                .filter_map(|p| p.split_once(' '))
                .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
                .collect();
            assert!(ends.len() >= 6, "{strokes:?}: {path}");
            for (x, y) in ends {
                assert!(
                    (21.2..=61.4).contains(&x) && (6.9..=25.1).contains(&y),
                    "{strokes:?}: {x} {y}"
                );
            }
        }
        let mut canvas = Canvas::new(&about(), 320.0, 50.0);
        canvas.hatch("f-hatch", (21.0, 7.0), (0.0, -1.0), Strokes::Rising, 5.0);
        assert!(!canvas.finish().0.contains("<path"));
    }

    #[test]
    fn coordinates_are_short_and_never_minus_zero() {
        assert_eq!(px(12.0), "12");
        assert_eq!(px(12.345), "12.3");
        assert_eq!(px(-0.01), "0");
        assert_eq!(px(f64::NAN), "0");
    }

    #[test]
    fn an_arrow_ends_at_its_tip_with_a_polygon() {
        let mut canvas = Canvas::new(&about(), 320.0, 50.0);
        canvas.arrow("f-dashed", &[(0.0, 10.0), (100.0, 10.0)]);
        let svg = canvas.finish().0;
        assert!(
            svg.contains(r#"<polyline class="f-flow f-dashed" points="0,10 93,10"/>"#),
            "{svg}"
        );
        assert!(svg.contains(r#"<polygon class="f-head" points="100,10 "#) && !svg.contains("marker"));
    }
}
