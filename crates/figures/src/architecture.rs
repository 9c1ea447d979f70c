//! Boxes, groups and arrows on a grid.

mod arrow;

pub use arrow::{Arrow, Side};

use crate::canvas::{About, Anchor, Canvas, fit, joined};
use crate::labels::Rect;
use crate::{Svg, text};
use arrow::arrow_label;

/// A place on the grid: columns and rows from the top left, in cells; halves are allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    column: f64,
    row: f64,
    wide: f64,
    high: f64,
}

impl Place {
    /// The cell in a column and a row, counted from 0.
    pub const fn at(column: f64, row: f64) -> Self {
        Place { column, row, wide: 1.0, high: 1.0 }
    }

    /// As many cells wide and high.
    pub const fn span(mut self, wide: f64, high: f64) -> Self {
        self.wide = wide;
        self.high = high;
        self
    }
}

/// What a box, an arrow or a bar stands for. It is never colour alone: the label says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// A part like any other.
    #[default]
    Plain,
    /// Belongs to series A.
    A,
    /// Belongs to series B.
    B,
    /// Is about cost.
    Cost,
    /// Is about performance.
    Perf,
    /// Has failed, or fails.
    Fail,
    /// Is well.
    Good,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::A => "f-a",
            Tone::B => "f-b",
            Tone::Cost => "f-cost",
            Tone::Perf => "f-perf",
            Tone::Fail => "f-fail",
            Tone::Good => "f-good",
        }
    }
}

#[derive(Clone, Debug)]
struct Node {
    key: String,
    label: String,
    detail: String,
    place: Place,
    tone: Tone,
    copies: usize,
}

/// A drawing of parts and what flows between them, on a grid of equal columns and rows.
///
/// A wide and a narrow arrangement are two values with the same boxes at different places:
///
/// ```
/// use figures::{About, Architecture, Arrow, Place};
/// fn search(width: f64) -> figures::Svg {
///     let about = About::new("search", "A root asks its leaves", "The root sends a query to each leaf and waits for all.");
///     let narrow = width < 480.0;
///     let leaf = |i: f64| if narrow { Place::at(i, 1.0) } else { Place::at(1.0, i) };
///     let root = if narrow { Place::at(0.5, 0.0) } else { Place::at(0.0, 0.5) };
///     let grid = if narrow { Architecture::new(about, 2.0, 2.0) } else { Architecture::new(about, 2.0, 2.0).gaps(90.0, 16.0) };
///     grid.part("root", "root", "merges", root)
///         .part("leaf-1", "leaf 1", "shard 1", leaf(0.0))
///         .part("leaf-2", "leaf 2", "shard 2", leaf(1.0))
///         .arrow(Arrow::new("root", "leaf-1"))
///         .arrow(Arrow::new("root", "leaf-2"))
///         .draw(width)
/// }
/// assert_ne!(search(320.0), search(720.0));
/// ```
#[derive(Clone, Debug)]
pub struct Architecture {
    about: About,
    columns: f64,
    rows: f64,
    gaps: Option<(f64, f64)>,
    row_height: f64,
    parts: Vec<Node>,
    groups: Vec<(String, Place)>,
    notes: Vec<(String, Place)>,
    arrows: Vec<Arrow>,
}

const EDGE: f64 = 6.0;

impl Architecture {
    /// An empty grid of columns and rows.
    pub fn new(about: About, columns: f64, rows: f64) -> Self {
        Architecture {
            about,
            columns: columns.max(1.0),
            rows: rows.max(1.0),
            gaps: None,
            row_height: 48.0,
            parts: Vec::new(),
            groups: Vec::new(),
            notes: Vec::new(),
            arrows: Vec::new(),
        }
    }

    /// Sets the space between columns and between rows, in pixels; unless set, the columns' grows with the
    /// width (24 to 72 px, so that arrows have a length), and the rows' is 28.
    pub fn gaps(mut self, across: f64, down: f64) -> Self {
        self.gaps = Some((across, down));
        self
    }

    /// Sets the height of a row, in pixels; 48 unless set.
    pub fn row_height(mut self, pixels: f64) -> Self {
        self.row_height = pixels;
        self
    }

    /// Adds a box with a key, a label and a line below it (which may be empty).
    pub fn part(
        self,
        key: impl Into<String>,
        label: impl Into<String>,
        detail: impl Into<String>,
        place: Place,
    ) -> Self {
        self.add(key.into(), label.into(), detail.into(), place, Tone::Plain, 0)
    }

    /// Adds a box that stands for something particular.
    pub fn toned(
        self,
        key: impl Into<String>,
        label: impl Into<String>,
        detail: impl Into<String>,
        place: Place,
        tone: Tone,
    ) -> Self {
        self.add(key.into(), label.into(), detail.into(), place, tone, 0)
    }

    /// Adds a box with the edges of two more behind it: many of the same kind.
    pub fn stack(
        self,
        key: impl Into<String>,
        label: impl Into<String>,
        detail: impl Into<String>,
        place: Place,
    ) -> Self {
        self.add(key.into(), label.into(), detail.into(), place, Tone::Plain, 2)
    }

    fn add(mut self, key: String, label: String, detail: String, place: Place, tone: Tone, copies: usize) -> Self {
        self.parts.push(Node { key, label, detail, place, tone, copies });
        self
    }

    /// Draws a frame around cells, with a label above its left corner. Leave 24 px between rows for it.
    pub fn group(mut self, label: impl Into<String>, place: Place) -> Self {
        self.groups.push((label.into(), place));
        self
    }

    /// Writes a text in the middle of a place, broken into lines that fit.
    pub fn note(mut self, words: impl Into<String>, place: Place) -> Self {
        self.notes.push((words.into(), place));
        self
    }

    /// Adds an arrow.
    pub fn arrow(mut self, arrow: Arrow) -> Self {
        self.arrows.push(arrow);
        self
    }

    /// What does not fit when drawn this wide: boxes whose text is wider or higher than they are, places outside the
    /// grid, and arrows to unknown keys. Empty when all is well; a design's test asks for that at each of its widths.
    pub fn faults(&self, width: f64) -> Vec<String> {
        let width = fit(width);
        let mut faults = Vec::new();
        for part in &self.parts {
            let rect = self.rect(part.place, width);
            let (w, h) = (rect.2 - rect.0 - 8.0, rect.3 - rect.1 - 4.0);
            let lines = part_lines(part, w);
            let widest = lines
                .iter()
                .map(|(strong, line)| line_width(*strong, line))
                .fold(0.0, f64::max);
            let height = lines.iter().map(|l| line_height(l.0)).sum::<f64>();
            if widest > w || height > h {
                faults.push(format!(
                    "box “{}” is {w:.0} × {h:.0} px inside, its text {widest:.0} × {height:.0} px",
                    part.key
                ));
            }
        }
        let places = self
            .parts
            .iter()
            .map(|p| (&p.key, p.place))
            .chain(self.groups.iter().map(|g| (&g.0, g.1)));
        for (name, p) in places {
            if p.column < 0.0
                || p.row < 0.0
                || p.column + p.wide > self.columns + 1e-9
                || p.row + p.high > self.rows + 1e-9
            {
                faults.push(format!(
                    "“{name}” lies outside the grid of {} × {} cells",
                    self.columns, self.rows
                ));
            }
        }
        for key in self.arrows.iter().flat_map(|a| [&a.from, &a.to]) {
            if !self.parts.iter().any(|p| &p.key == key) {
                faults.push(format!("an arrow names “{key}”, which is no box"));
            }
        }
        faults
    }

    fn group_edge(&self) -> f64 {
        if self.groups.is_empty() { 0.0 } else { 10.0 }
    }

    /// A place in pixels.
    fn rect(&self, place: Place, width: f64) -> Rect {
        let (across, down) = self.gaps.unwrap_or(((width * 0.085).clamp(24.0, 72.0), 28.0));
        let behind = if self.parts.iter().any(|p| p.copies > 0) {
            8.0
        } else {
            0.0
        };
        let left = EDGE + self.group_edge();
        let room = width - 2.0 * left - behind - across * (self.columns - 1.0);
        let cell = (room / self.columns).max(1.0);
        let top = EDGE + if self.groups.is_empty() { 0.0 } else { 24.0 };
        let x = left + place.column * (cell + across);
        let y = top + place.row * (self.row_height + down);
        let w = place.wide * cell + (place.wide - 1.0) * across;
        let h = place.high * self.row_height + (place.high - 1.0) * down;
        (x, y, x + w, y + h)
    }

    /// The heads of the table that tells the drawing.
    pub const HEAD: [&'static str; 3] = ["Part", "What it is", "Leads to"];

    /// The drawing as a table: each box, its text, and where its arrows lead. Notes have a row of their own.
    pub fn rows(&self) -> Vec<[String; 3]> {
        let label = |key: &str| {
            let named = self.parts.iter().find(|p| p.key == key);
            named.map_or(key, |p| p.label.as_str()).to_owned()
        };
        let leads = |key: &str| {
            let out = self
                .arrows
                .iter()
                .filter(|a| a.from == key)
                .map(|a| a.told(&label(&a.to)));
            let back = self.arrows.iter().filter(|a| a.is_both() && a.to == key);
            let back = back.map(|a| a.told(&label(&a.from)));
            out.chain(back).collect::<Vec<_>>().join("; ")
        };
        let parts = self
            .parts
            .iter()
            .map(|p| [p.label.clone(), p.detail.clone(), leads(&p.key)]);
        let notes = self
            .notes
            .iter()
            .map(|(words, _)| ["note".into(), words.clone(), String::new()]);
        parts.chain(notes).collect()
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        let width = fit(width);
        let last = self.rect(Place::at(0.0, self.rows - 1.0), width);
        let mut canvas = Canvas::new(&self.about, width, last.3 + EDGE + self.group_edge());
        for (label, place) in &self.groups {
            let (x0, y0, x1, y1) = self.rect(*place, width);
            canvas.rect("f-group", (x0 - 10.0, y0 - 8.0), (x1 - x0 + 20.0, y1 - y0 + 18.0), 8.0);
            canvas.text("f-minor", Anchor::Start, (x0 - 8.0, y0 - 14.0), label);
        }
        for arrow in &self.arrows {
            self.draw_arrow(&mut canvas, arrow, width);
        }
        for part in &self.parts {
            let (x0, y0, x1, y1) = self.rect(part.place, width);
            for copy in (1..=part.copies).rev() {
                let off = 4.0 * copy as f64;
                canvas.rect("f-behind", (x0 + off, y0 - off + 4.0), (x1 - x0, y1 - y0 - 4.0), 5.0);
            }
            canvas.rect(&joined("f-box", part.tone.class()), (x0, y0), (x1 - x0, y1 - y0), 5.0);
            let lines = part_lines(part, x1 - x0 - 8.0);
            centred(&mut canvas, &lines, (x0 + x1) / 2.0, (y0 + y1) / 2.0);
        }
        for (words, place) in &self.notes {
            let (x0, y0, x1, y1) = self.rect(*place, width);
            let lines: Vec<(bool, String)> = text::wrap(words, x1 - x0, |t| line_width(false, t))
                .into_iter()
                .map(|l| (false, l))
                .collect();
            centred(&mut canvas, &lines, (x0 + x1) / 2.0, (y0 + y1) / 2.0);
        }
        // Labels of arrows last: their halo keeps them readable over lines.
        for arrow in self.arrows.iter().filter(|a| !a.label.is_empty()) {
            if let Some(path) = self.path(arrow, width) {
                arrow_label(&mut canvas, arrow, &path);
            }
        }
        canvas.finish()
    }
}

/// A box's text: label lines (strong) and detail lines.
fn part_lines(part: &Node, room: f64) -> Vec<(bool, String)> {
    let wrap = |strong: bool, words: &str| {
        text::wrap(words, room, |t| line_width(strong, t))
            .into_iter()
            .map(move |l| (strong, l))
            .collect::<Vec<_>>()
    };
    let mut lines = wrap(true, &part.label);
    lines.extend(wrap(false, &part.detail));
    lines
}

fn line_width(strong: bool, line: &str) -> f64 {
    if strong {
        text::width_strong(line, 12.0)
    } else {
        text::width(line, 11.0)
    }
}

fn line_height(strong: bool) -> f64 {
    if strong { 16.0 } else { 14.0 }
}

/// Writes lines one below the other around a middle.
fn centred(canvas: &mut Canvas, lines: &[(bool, String)], x: f64, y: f64) {
    let total: f64 = lines.iter().map(|l| line_height(l.0)).sum();
    let mut top = y - total / 2.0;
    for (strong, line) in lines {
        let height = line_height(*strong);
        let class = if *strong { "f-in f-strong" } else { "f-in f-minor" };
        canvas.text(class, Anchor::Middle, (x, top + height - 4.0), line);
        top += height;
    }
}
