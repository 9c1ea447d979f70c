//! A map of one result over two knobs of a lab: the page asks for the grid, hands in the cells that it has, and gets figure, words
//! and table back. Which values stand in the grid is the knobs' matter alone ([`Knob::grid`]).

use designs::lab::{Knob, Lab, MOST_OF_A_MAP};
use figures::{About, Cell, Heatmap, Svg, number};
use serde::{Deserialize, Serialize};

/// Two knobs of a lab, by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The lab's number.
    pub(crate) lab: String,
    /// The knob that grows to the right, and the one that grows downwards.
    across: String,
    down: String,
}

/// The values of a map, without results.
#[derive(Serialize)]
pub struct Grid {
    across: Values,
    down: Values,
}

/// One knob's values.
#[derive(Serialize)]
struct Values {
    values: Vec<f64>,
    /// The same as phrases: "the East freezes after 4 s".
    said: Vec<String>,
}

/// What is to be drawn.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The lab's number, and the knobs of the grid.
    pub(crate) lab: String,
    across: String,
    down: String,
    /// What the cells hold.
    quantity: String,
    unit: String,
    digits: usize,
    /// Row by row; `null` where there is nothing to show.
    values: Vec<Option<f64>>,
    /// Where the two knobs stand, if the rest stands as it did.
    here: Option<(f64, f64)>,
    /// In CSS pixels.
    width: f64,
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

/// A knob with its values.
struct Side<'a> {
    knob: &'a Knob,
    values: Vec<f64>,
}

impl<'a> Side<'a> {
    fn of(lab: &'a dyn Lab, name: &str, most: usize) -> Result<Side<'a>, String> {
        let knob = lab
            .knobs()
            .iter()
            .find(|k| k.name == name)
            .ok_or_else(|| format!("this lab has no knob “{name}”"))?;
        Ok(Side { knob, values: knob.grid(most) })
    }

    fn both(lab: &'a dyn Lab, across: &str, down: &str) -> Result<[Side<'a>; 2], String> {
        Ok([
            Side::of(lab, across, MOST_OF_A_MAP.0)?,
            Side::of(lab, down, MOST_OF_A_MAP.1)?,
        ])
    }

    /// What stands along its axis, with the unit where all values have it.
    fn label(&self) -> String {
        if self.knob.unit.is_empty() {
            self.knob.label.to_owned()
        } else {
            format!("{}, {}", self.knob.label, self.knob.unit)
        }
    }

    fn ticks(&self) -> Vec<String> {
        self.values.iter().map(|v| self.knob.tick(*v)).collect()
    }

    fn values(&self) -> Values {
        let said = self.values.iter().map(|v| self.knob.said(*v)).collect();
        Values { values: self.values.clone(), said }
    }
}

impl Pair {
    /// The values of a map over these two knobs.
    ///
    /// # Errors
    /// Names the knob that the lab does not have.
    pub(crate) fn grid(&self, lab: &dyn Lab) -> Result<Grid, String> {
        let [across, down] = Side::both(lab, &self.across, &self.down)?;
        Ok(Grid { across: across.values(), down: down.values() })
    }
}

impl Map {
    /// Draws it, within these widths.
    ///
    /// # Errors
    /// Says what does not fit together.
    pub(crate) fn draw(self, lab: &dyn Lab, widths: (f64, f64)) -> Result<Drawn, String> {
        let [across, down] = Side::both(lab, &self.across, &self.down)?;
        let (columns, rows) = (across.values.len(), down.values.len());
        if self.values.len() != columns * rows {
            return Err(format!(
                "a map of {columns} columns and {rows} rows does not have {} cells",
                self.values.len()
            ));
        }
        let Map { lab: number, quantity, unit, digits, values, here, width, .. } = self;
        if quantity.trim().is_empty() {
            return Err("a map needs the name of what it shows".into());
        }
        let title = format!("{quantity}, by “{}” and “{}”", across.knob.label, down.knob.label);
        let grid = |description: &str| {
            let about = About::new(format!("lab-{number}-map"), title.as_str(), description);
            let map = Heatmap::new(
                about,
                (&quantity, &unit),
                (&across.label(), across.ticks()),
                (&down.label(), down.ticks()),
            );
            map.values(values.iter().copied())
        };
        let summary = words(
            grid("A grid.").ends(),
            &values,
            (digits.min(6), &unit),
            [&across, &down],
        );
        let mut map = grid(&summary);
        if let Some((x, y)) = here {
            map = map.here(across.knob.place(&across.values, x), down.knob.place(&down.values, y));
        }
        Ok(Drawn {
            svg: map.draw(width.clamp(widths.0, widths.1)),
            summary,
            head: map.head(),
            rows: map.rows(),
        })
    }
}

/// Where it is lowest and highest, as a person would say it.
fn words(
    ends: Option<(Cell, Cell)>,
    values: &[Option<f64>],
    (digits, unit): (usize, &str),
    [across, down]: [&Side<'_>; 2],
) -> String {
    let Some((low, high)) = ends else {
        return "No cell has a value yet.".into();
    };
    let print = |v: f64| number(v, digits, unit);
    if print(low.2) == print(high.2) {
        return format!("It is {} in every cell.", print(low.2));
    }
    let place = |(column, row, value): Cell| {
        let alike = values.iter().flatten().filter(|v| print(**v) == print(value)).count();
        let among = if alike > 1 { ", for example" } else { "" };
        format!(
            "{}{among} when {} and {}",
            print(value),
            across.knob.said(across.values[column]),
            down.knob.said(down.values[row])
        )
    };
    format!("Lowest: {}. Highest: {}.", place(low), place(high))
}
