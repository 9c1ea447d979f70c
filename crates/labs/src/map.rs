//! A map of one result over two knobs: the page hands in the cells that it has, and gets figure, words and table back.

use figures::{About, Cell, Heatmap, Svg, number};
use serde::{Deserialize, Serialize};

/// More cells than anyone reads.
const MOST_CELLS: usize = 400;

/// What is to be drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Id of the figure in its page.
    name: String,
    /// What the cells hold.
    quantity: String,
    unit: String,
    digits: usize,
    /// The knob that grows to the right, and the one that grows downwards.
    across: Side,
    down: Side,
    /// Row by row; `null` where there is nothing to show.
    values: Vec<Option<f64>>,
    /// Column and row of the knobs as they stand.
    here: Option<(usize, usize)>,
    /// In CSS pixels.
    width: f64,
}

/// One knob of a map.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
    label: String,
    /// Its values as they are printed.
    ticks: Vec<String>,
}

/// A map as the page shows it.
#[derive(Serialize)]
pub struct Drawn {
    svg: Svg,
    /// Where it is lowest and highest, in words.
    summary: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Map {
    /// Draws it, within these widths.
    ///
    /// # Errors
    /// Says what does not fit together.
    pub(crate) fn draw(self, widths: (f64, f64)) -> Result<Drawn, String> {
        let (columns, rows) = (self.across.ticks.len(), self.down.ticks.len());
        let cells = columns.saturating_mul(rows);
        if cells == 0 || cells > MOST_CELLS || self.values.len() != cells {
            return Err(format!(
                "a map of {columns} columns and {rows} rows does not have {} cells",
                self.values.len()
            ));
        }
        let id_is_good = self.name.starts_with(|c: char| c.is_ascii_lowercase())
            && self
                .name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !id_is_good || self.quantity.trim().is_empty() {
            return Err("a map needs an id and the name of what it shows".into());
        }
        let Map { name, quantity, unit, digits, across, down, values, here, width } = self;
        let title = format!("{quantity}, over {} and {}", across.label, down.label);
        let grid = |description: &str| {
            let about = About::new(name.as_str(), title.as_str(), description);
            let map = Heatmap::new(
                about,
                (&quantity, &unit),
                (&across.label, across.ticks.clone()),
                (&down.label, down.ticks.clone()),
            );
            map.values(values.iter().copied())
        };
        let summary = words(grid("A grid.").ends(), (digits.min(6), &unit), &across, &down);
        let mut map = grid(&summary);
        if let Some((column, row)) = here {
            map = map.here(column, row);
        }
        Ok(Drawn {
            svg: map.draw(width.clamp(widths.0, widths.1)),
            summary,
            head: map.head(),
            rows: map.rows(),
        })
    }
}

fn words(ends: Option<(Cell, Cell)>, (digits, unit): (usize, &str), across: &Side, down: &Side) -> String {
    let Some((low, high)) = ends else {
        return "No cell has a value yet.".into();
    };
    let print = |v: f64| number(v, digits, unit);
    if print(low.2) == print(high.2) {
        return format!("It is {} in every cell.", print(low.2));
    }
    let place = |(column, row, value): Cell| {
        format!(
            "{} ({}: {}; {}: {})",
            print(value),
            across.label,
            across.ticks[column],
            down.label,
            down.ticks[row]
        )
    };
    format!("Lowest: {}. Highest: {}.", place(low), place(high))
}
