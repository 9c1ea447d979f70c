//! One result over two settings: a grid of cells from pale to strong.

use crate::canvas::{About, Anchor, Canvas, Strokes, fit};
use crate::{Svg, short, text};

/// Shades between the lowest and the highest value: more cannot be told apart.
const STEPS: usize = 7;
const GAP: f64 = 2.0;
/// Room for the marks beside the grid.
const MARK: f64 = 9.0;

/// A result over two settings, as a grid. Shades rise evenly in lightness, so that they can be told without colour vision;
/// values stand in the cells where they fit, and always in the table.
#[derive(Clone, Debug)]
pub struct Heatmap {
    about: About,
    quantity: String,
    unit: String,
    across: (String, Vec<String>),
    down: (String, Vec<String>),
    values: Vec<Option<f64>>,
    here: Option<(f64, f64)>,
}

/// A cell: its column, its row, and the value in it.
pub type Cell = (usize, usize, f64);

impl Heatmap {
    /// A grid of a quantity in a unit, with a title and the values of the setting that grows to the right and of the one
    /// that grows downwards. Cells have no value yet.
    pub fn new(
        about: About,
        (quantity, unit): (&str, &str),
        across: (&str, Vec<String>),
        down: (&str, Vec<String>),
    ) -> Self {
        let cells = across.1.len() * down.1.len();
        Heatmap {
            about,
            quantity: quantity.into(),
            unit: unit.into(),
            across: (across.0.into(), across.1),
            down: (down.0.into(), down.1),
            values: vec![None; cells],
            here: None,
        }
    }

    /// The cells, row by row; what is missing or not finite has no value.
    pub fn values(mut self, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        for (cell, value) in self.values.iter_mut().zip(values) {
            *cell = value.filter(|v| v.is_finite());
        }
        self
    }

    /// Marks the current setting, by column and row: 2.0 is in the third column, 2.5 between the third and the fourth. A setting in a
    /// cell is framed; marks beside the grid show both.
    pub fn here(mut self, column: f64, row: f64) -> Self {
        let within = |at: f64, count: usize| (-0.5..=count as f64 - 0.5).contains(&at);
        self.here = (within(column, self.columns()) && within(row, self.rows_of_cells())).then_some((column, row));
        self
    }

    /// The cell that the current setting is in, if it is in one.
    fn framed(&self) -> Option<(usize, usize)> {
        let whole = |at: f64| (at == libm::floor(at)).then_some(at as usize);
        let (column, row) = self.here?;
        Some((whole(column)?, whole(row)?))
    }

    /// The cells with the lowest and the highest value, the first of each; `None` when no cell has one.
    pub fn ends(&self) -> Option<(Cell, Cell)> {
        let mut ends: Option<(Cell, Cell)> = None;
        for (i, value) in self.values.iter().enumerate() {
            let Some(v) = *value else { continue };
            let cell = (i % self.columns(), i / self.columns(), v);
            let (low, high) = ends.get_or_insert((cell, cell));
            if v < low.2 {
                *low = cell;
            }
            if v > high.2 {
                *high = cell;
            }
        }
        ends
    }

    /// The heads of the columns of [`Heatmap::rows`].
    pub fn head(&self) -> Vec<String> {
        let corner = format!("{} ↓, {} →", self.down.0, self.across.0);
        std::iter::once(corner).chain(self.across.1.iter().cloned()).collect()
    }

    /// Every value, with its unit; a cell without one is a dash.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let cell = |v: &Option<f64>| v.map_or_else(|| "–".into(), |v| short(v, &self.unit));
        let rows = self.values.chunks(self.columns().max(1)).zip(&self.down.1);
        rows.map(|(row, head)| std::iter::once(head.clone()).chain(row.iter().map(cell)).collect())
            .collect()
    }

    fn columns(&self) -> usize {
        self.across.1.len()
    }

    fn rows_of_cells(&self) -> usize {
        self.down.1.len()
    }

    /// Draws the figure.
    pub fn draw(&self, width: f64) -> Svg {
        let width = fit(width);
        let mut canvas = Canvas::new(&self.about, width, 0.0);
        let left = self.row_room(width) + 4.0 + MARK;
        let size = (
            (width - left - 2.0) / self.columns().max(1) as f64,
            if width < 480.0 { 32.0 } else { 38.0 },
        );
        let mut y = 12.0;
        for line in text::wrap(&format!("{} ↓", self.down.0), width, |t| text::width(t, 11.0)) {
            canvas.text("f-minor", Anchor::Start, (0.0, y), &line);
            y += 15.0;
        }
        let top = y - 7.0 + MARK;
        self.cells(&mut canvas, (left, top), size);
        self.row_names(&mut canvas, (left, top), size.1);
        y = top + size.1 * self.rows_of_cells() as f64;
        y = self.column_names(&mut canvas, left, size.0, y);
        y = self.legend(&mut canvas, y + 12.0);
        canvas.set_height(y);
        canvas.finish()
    }

    /// What the names of the rows take: a third of the width at most, unless one needs more for its longest word or for two lines.
    fn row_room(&self, width: f64) -> f64 {
        let measure = |t: &str| text::width(t, 11.0);
        let names = &self.down.1;
        let whole = names.iter().map(|t| measure(t)).fold(0.0, f64::max);
        let word = names.iter().flat_map(|t| t.split(' ')).map(measure).fold(0.0, f64::max);
        let mut room = whole.min(width / 3.0 - 4.0).max(word);
        while room < whole && names.iter().any(|t| text::wrap(t, room + 0.1, measure).len() > 2) {
            room += 4.0;
        }
        room
    }

    fn cells(&self, canvas: &mut Canvas, (left, top): (f64, f64), (w, h): (f64, f64)) {
        let scale = self.scale();
        let texts: Vec<Option<String>> = self.values.iter().map(|v| v.map(|v| short(v, ""))).collect();
        let written = texts.iter().flatten().all(|t| text::width(t, 11.0) <= w - GAP - 2.0);
        for (i, value) in self.values.iter().enumerate() {
            let at = (
                left + w * (i % self.columns()) as f64,
                top + h * (i / self.columns()) as f64,
            );
            let inner = (w - GAP, h - GAP);
            let Some(value) = *value else {
                canvas.rect("f-grid", at, inner, 0.0);
                canvas.hatch("f-hatch", at, inner, Strokes::Rising, 7.0);
                continue;
            };
            let step = scale.map_or(0, |s| s.step(value));
            canvas.rect(&format!("f-heat f-heat-{step}"), at, inner, 0.0);
            if let (true, Some(text)) = (written, &texts[i]) {
                let middle = (at.0 + inner.0 / 2.0, at.1 + inner.1 / 2.0 + 4.0);
                canvas.text(&format!("f-minor f-on-{step}"), Anchor::Middle, middle, text);
            }
        }
        // Last, so that no neighbour covers it.
        if let Some((column, row)) = self.framed() {
            let at = (left + w * column as f64, top + h * row as f64);
            canvas.rect("f-here", at, (w - GAP, h - GAP), 0.0);
        }
        if let Some((column, row)) = self.here {
            let (x, y) = (left + w * (column + 0.5) - GAP / 2.0, top + h * (row + 0.5) - GAP / 2.0);
            canvas.polygon("f-head", &[(x, top - 1.0), (x - 4.5, top - 8.0), (x + 4.5, top - 8.0)]);
            canvas.polygon(
                "f-head",
                &[(left - 1.0, y), (left - 8.0, y - 4.5), (left - 8.0, y + 4.5)],
            );
        }
    }

    fn row_names(&self, canvas: &mut Canvas, (left, top): (f64, f64), h: f64) {
        for (i, name) in self.down.1.iter().enumerate() {
            let right = left - MARK - 4.0;
            let lines = text::wrap(name, right + 0.1, |t| text::width(t, 11.0));
            let first = top + h * (i as f64 + 0.5) + 3.0 - 6.5 * (lines.len() as f64 - 1.0);
            for (line, text) in lines.iter().enumerate() {
                canvas.text("f-minor", Anchor::End, (right, first + 13.0 * line as f64), text);
            }
        }
    }

    /// Names below the columns, whole, on as many lines in turn as keep them apart, and the setting's own name.
    fn column_names(&self, canvas: &mut Canvas, left: f64, w: f64, bottom: f64) -> f64 {
        let names = &self.across.1;
        // The frame pushes names at the edges towards their neighbours.
        let spans: Vec<(f64, f64)> = names
            .iter()
            .enumerate()
            .map(|(i, name)| {
                let half = text::width(name, 11.0) / 2.0;
                let middle = (left + w * (i as f64 + 0.5) - GAP / 2.0)
                    .min(canvas.width() - half)
                    .max(half);
                (middle, half)
            })
            .collect();
        let apart = |lines: usize| {
            (lines..spans.len()).all(|i| spans[i].0 - spans[i].1 > spans[i - lines].0 + spans[i - lines].1 + 3.0)
        };
        let lines = (1..names.len().max(2))
            .find(|lines| apart(*lines))
            .unwrap_or(names.len().max(1));
        for (i, (name, (middle, _))) in names.iter().zip(&spans).enumerate() {
            let line = bottom + 13.0 + 14.0 * (i % lines) as f64;
            canvas.text("f-minor", Anchor::Middle, (*middle, line), name);
        }
        let mut y = bottom + 13.0 + 14.0 * lines as f64 + 2.0;
        let right = canvas.width();
        for line in text::wrap(&format!("{} →", self.across.0), right, |t| text::width(t, 11.0)) {
            canvas.text("f-minor", Anchor::End, (right, y), &line);
            y += 15.0;
        }
        y - 15.0
    }

    /// The quantity, its shades with the values at their ends, and what the marks mean; gives where it ends.
    fn legend(&self, canvas: &mut Canvas, top: f64) -> f64 {
        let width = canvas.width();
        let mut y = top + 12.0;
        let unit = if self.unit.is_empty() {
            String::new()
        } else {
            format!(", {}", self.unit)
        };
        let scale = self.scale();
        let log = if scale.is_some_and(|s| s.log) {
            ", log scale"
        } else {
            ""
        };
        let title = format!("{}{unit}{log}", self.quantity);
        for line in text::wrap(&title, width, |t| text::width_strong(t, 12.0)) {
            canvas.text("f-strong", Anchor::Start, (0.0, y), &line);
            y += 16.0;
        }
        if let Some(scale) = scale {
            let (w, h) = ((width / STEPS as f64).min(44.0), 14.0);
            for step in 0..STEPS {
                let at = (1.0 + w * step as f64, y - 8.0);
                canvas.rect(&format!("f-heat f-heat-{step}"), at, (w, h), 0.0);
            }
            let end = 1.0 + w * STEPS as f64;
            y += h + 6.0;
            canvas.text("f-minor", Anchor::Start, (0.0, y), &short(scale.low, &self.unit));
            canvas.text("f-minor", Anchor::End, (end, y), &short(scale.high, &self.unit));
            y += 16.0;
        }
        let here = self.here.map(|_| match self.framed() {
            Some(_) => "Framed: the knobs as they stand.",
            None => "Triangles: where the knobs stand, between these values.",
        });
        let empty = self.values.iter().any(Option::is_none).then_some("Hatched: no value.");
        let notes: Vec<&str> = here.into_iter().chain(empty).collect();
        for line in text::wrap(&notes.join(" "), width, |t| text::width(t, 11.0)) {
            canvas.text("f-minor", Anchor::Start, (0.0, y), &line);
            y += 15.0;
        }
        y - 10.0
    }

    fn scale(&self) -> Option<Shades> {
        let (low, high) = self.ends()?;
        let (low, high) = (low.2, high.2);
        Some(Shades { low, high, log: low > 0.0 && high > 20.0 * low })
    }
}

/// Which shade a value has: equal differences, or equal factors where the values differ by more than twenty times.
#[derive(Clone, Copy)]
struct Shades {
    low: f64,
    high: f64,
    log: bool,
}

impl Shades {
    fn step(self, value: f64) -> usize {
        let place = |v: f64| if self.log { libm::log(v) } else { v };
        let (low, high) = (place(self.low), place(self.high));
        if high <= low {
            return 0;
        }
        let share = (place(value) - low) / (high - low);
        ((share * STEPS as f64) as usize).min(STEPS - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| n.to_string()).collect()
    }

    fn map(values: [f64; 4]) -> Heatmap {
        let about = About::new("x", "t", "d");
        let (across, down) = (names(&["1", "2"]), names(&["off", "on"]));
        Heatmap::new(about, ("p99", "ms"), ("Leaves", across), ("Hedge", down))
            .values(values.map(|v| (v >= 0.0).then_some(v)))
    }

    fn steps(map: &Heatmap) -> Vec<char> {
        let svg = map.draw(320.0).0;
        let cells = svg.lines().filter(|l| l.starts_with("<rect class=\"f-heat ")).take(4);
        cells
            .map(|l| l.split("f-heat-").nth(1).unwrap().chars().next().unwrap())
            .collect()
    }

    #[test]
    fn the_lowest_cell_is_palest_and_the_highest_strongest() {
        assert_eq!(steps(&map([10.0, 40.0, 70.0, 25.0])), ['0', '3', '6', '1']);
        assert_eq!(map([10.0, 40.0, 70.0, 5.0]).ends(), Some(((1, 1, 5.0), (0, 1, 70.0))));
    }

    #[test]
    fn values_of_many_sizes_are_shaded_by_factors_and_the_legend_says_so() {
        let wide = map([1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(steps(&wide), ['0', '2', '4', '6']);
        assert!(wide.draw(320.0).0.contains("p99, ms, log scale"));
        assert!(!map([0.0, 10.0, 100.0, 1000.0]).draw(320.0).0.contains("log scale"));
    }

    #[test]
    fn equal_values_are_all_palest() {
        assert_eq!(steps(&map([5.0; 4])), ['0'; 4]);
    }

    #[test]
    fn a_cell_without_a_value_is_hatched_and_a_dash_in_the_table() {
        let map = map([10.0, -1.0, f64::INFINITY, 20.0]);
        let svg = map.draw(320.0).0;
        assert_eq!(svg.matches("class=\"f-hatch\"").count(), 2);
        assert!(svg.contains("Hatched: no value."));
        assert_eq!(map.rows(), [["off", "10\u{202f}ms", "–"], ["on", "–", "20\u{202f}ms"]]);
        assert_eq!(map.head(), ["Hedge ↓, Leaves →", "1", "2"]);
    }

    #[test]
    fn the_current_setting_is_framed_in_its_cell_and_marked_beside_the_grid_elsewhere() {
        let drawn = |column, row| map([1.0, 2.0, 3.0, 4.0]).here(column, row).draw(320.0).0;
        let (framed, marks) = (
            |svg: &str| svg.contains("f-here"),
            |svg: &str| svg.matches("f-head").count(),
        );
        let (inside, between, outside) = (drawn(1.0, 1.0), drawn(0.5, 1.0), drawn(2.0, 0.0));
        assert!(framed(&inside) && !framed(&between) && !framed(&outside));
        assert_eq!((marks(&inside), marks(&between), marks(&outside)), (2, 2, 0));
        assert!(between.contains("between these values"));
    }

    #[test]
    fn no_name_is_cut_however_narrow_the_columns() {
        let long = ["never", "at-once", "pauses", "limit", "breaker-count", "breaker-share"];
        let about = About::new("x", "t", "d");
        let map = Heatmap::new(
            about,
            ("served", "%"),
            ("Retries", names(&long)),
            ("Against", names(&long)),
        );
        let svg = map.draw(280.0).0;
        for name in long {
            assert_eq!(svg.matches(&format!(">{name}<")).count(), 2, "{name}");
        }
    }

    #[test]
    fn values_are_written_only_where_all_fit() {
        let written = |values, width| map(values).draw(width).0.contains("f-on-0");
        assert!(written([1.0, 2.0, 3.0, 4.0], 320.0));
        assert!(!written([1.0, 2.0, 3.0, 1e24], 200.0));
    }

    #[test]
    fn an_empty_grid_still_draws() {
        let about = About::new("x", "t", "d");
        let none = Heatmap::new(about, ("p99", ""), ("a", vec![]), ("b", vec![])).here(0.0, 0.0);
        assert!(none.draw(320.0).0.starts_with("<svg"));
        assert_eq!((none.ends(), none.rows().len()), (None, 0));
    }
}
