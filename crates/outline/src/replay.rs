//! One run of an answer beside a built-in one, as the exercise's test program hands it over and `cargo learn replay` shows it.
//!
//! The figures come drawn: who reads this needs neither the design nor the crate that draws.

use serde::{Deserialize, Serialize};

/// What a run shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What the two runs are called: heads of columns.
    pub sides: [String; 2],
    /// One or two sentences in words.
    pub summary: String,
    /// The figures, most important first.
    pub figures: Vec<Figure>,
    /// Every fact of both runs.
    pub facts: Table,
    /// What was counted in both.
    pub table: Table,
    /// In a run with several faults that goes wrong: the least of them that still does it.
    pub least: Option<Least>,
}

/// A figure, drawn for a page and for a phone, with its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// One sentence under it.
    pub caption: String,
    /// The drawing for a page.
    pub wide: String,
    /// The drawing for a phone.
    pub narrow: String,
    /// The numbers behind it, or what it shows in order of time.
    pub table: Table,
    /// Are its rows events in order of time, to be read one after the other?
    pub events: bool,
}

/// The fewest and mildest faults with which an answer still fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Least {
    /// What still goes wrong: "3 promotions".
    pub wrong: String,
    /// The faults of the run, one after the other.
    pub before: Vec<String>,
    /// Those that are left.
    pub after: Vec<String>,
    /// Simulated runs that the search took.
    pub runs: u32,
    /// The run with them.
    pub figure: Figure,
}

/// A table beside a figure, for readers who do not see it and for those who want the numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Column heads.
    pub head: Vec<String>,
    /// Rows; the first cell of each is its head.
    pub rows: Vec<Vec<String>>,
}

/// A situation's words as the beginning of a sentence: "On an ordinary day".
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
