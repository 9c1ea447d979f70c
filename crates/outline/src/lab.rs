//! A lab and a run of it in words: what the program `simulate` answers, as JSON, and `cargo learn lab` shows.
//!
//! Numbers travel as they are printed, so that nothing is lost on the way.

use crate::replay::Table;
use serde::{Deserialize, Serialize};

/// A lab: what can be turned, and what was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lab {
    /// Its title.
    pub title: String,
    /// What is simulated, in a paragraph.
    pub setup: String,
    /// Every knob, settings first.
    pub knobs: Vec<Knob>,
    /// The knobs that do not stand at their default, or what is wrong with a wish.
    pub turned: Result<Vec<Turned>, String>,
}

/// One knob.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Knob {
    /// What is typed: `hedge_after`.
    pub name: String,
    /// Is it something that the model takes for granted? Else a choice that the designer makes.
    pub assumed: bool,
    /// Its default, and what it can be turned to: `18 ms; from 0 to 1000 ms`.
    pub range: String,
    /// What turning it does, and which values have a word of their own.
    pub help: String,
    /// Its default as it is typed: `18`.
    pub default: String,
}

/// A knob that was turned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turned {
    /// The knob's name.
    pub name: String,
    /// Where it stands, as it is typed.
    pub value: String,
    /// The same for a reader: `Second request after = 18 ms   (default off)`.
    pub words: String,
}

/// A run that is complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// One or two sentences.
    pub summary: String,
    /// Every result: its label, and its value with the unit.
    pub facts: Vec<[String; 2]>,
    /// The same as a table.
    pub table: Table,
}

/// What the simulator gives for a question of the worksheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// The question's id.
    pub id: String,
    /// The number in the question's unit, with every digit that it has; `NaN` when there is none.
    pub value: String,
}
