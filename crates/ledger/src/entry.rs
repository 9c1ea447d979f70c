//! What an entry of the ledger says, after reading and checking.

use crate::quantity::Quantity;
use models::Model;
use serde::Serialize;
use std::path::PathBuf;

/// Where a figure was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// In the source itself.
    Primary,
    /// Quoted by somebody else.
    Quoted,
    /// Nowhere: known from memory or hearsay, not printed as a fact.
    NotSeen,
}

impl Seen {
    /// As it is written in an entry.
    pub const WORDS: [(&str, Seen); 3] = [
        ("primary", Seen::Primary),
        ("quoted", Seen::Quoted),
        ("not seen", Seen::NotSeen),
    ];

    /// For a reader.
    pub fn sentence(self) -> &'static str {
        match self {
            Seen::Primary => "figure seen in the source",
            Seen::Quoted => "figure seen as quoted by others",
            Seen::NotSeen => "figure not seen in the source",
        }
    }
}

/// How near a recomputed value must come.
#[derive(Clone, Debug, PartialEq)]
pub enum Tolerance {
    /// Equal but for rounding.
    Exact,
    /// Within a share of the published value.
    Relative(f64),
    /// Within an amount, in the published value's unit.
    Absolute(f64),
    /// At least the published value.
    AtLeast,
    /// At most the published value.
    AtMost,
    /// Further away than a share of the published value: it is a different thing that people take for the same.
    Contrast(f64),
    /// Nothing is published; the value is shown.
    Information,
}

impl Tolerance {
    /// Does a recomputed value agree with a published one? `None` where there is nothing to agree with.
    pub fn holds(&self, recomputed: f64, published: f64) -> Option<bool> {
        let (off, size) = ((recomputed - published).abs(), published.abs());
        // Rounding in a unit's conversion must not decide.
        let slack = size * 1e-9 + 1e-12;
        Some(match self {
            Tolerance::Exact => off <= slack,
            Tolerance::Relative(share) => off <= share * size + slack,
            Tolerance::Absolute(amount) => off <= amount + slack,
            Tolerance::AtLeast => recomputed >= published - slack,
            Tolerance::AtMost => recomputed <= published + slack,
            Tolerance::Contrast(share) => off > share * size + slack,
            Tolerance::Information => return None,
        })
    }
}

/// One value that a run gives, beside what is published.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What it is, for a reader; the output's own label if the entry says nothing else.
    pub what: String,
    /// Place of the output in the model's list.
    pub output: usize,
    /// The published value; `None` for information.
    pub published: Option<Quantity>,
    /// How near it must come.
    pub tolerance: Tolerance,
    /// The tolerance in words.
    pub tolerance_words: String,
    /// Where this figure was seen.
    pub seen: Seen,
    /// Why it does not agree, when it is known not to.
    pub fails: Option<String>,
}

/// An input of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// As the source states it.
    pub quantity: Quantity,
    /// Is it ours, since the source does not say?
    pub assumed: bool,
}

/// One computation of an entry.
#[derive(Clone, Debug)]
pub struct Run {
    /// What is computed, for a reader.
    pub what: Option<String>,
    /// What computes it.
    pub model: &'static Model,
    /// The inputs, in the model's order.
    pub given: Vec<Given>,
    /// The inputs' values, in the model's units.
    pub values: Vec<f64>,
    /// What is compared.
    pub checks: Vec<Check>,
}

/// A published result.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file it is in.
    pub file: PathBuf,
    /// The line it begins in.
    pub line: usize,
    /// Name, and anchor in the page.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Key in `sources.toml`.
    pub source: String,
    /// Place in the source.
    pub place: String,
    /// Where its figures were seen.
    pub seen: Seen,
    /// Who quotes it.
    pub quoted_by: Option<String>,
    /// The belief that it speaks against.
    pub against: String,
    /// What a reader should know about it.
    pub note: Option<String>,
    /// Pages that use it: `blocks/SLUG` or `designs/NN-SLUG`.
    pub used_by: Vec<String>,
    /// The design (`04`) whose worksheet must be committed before a reader should see it.
    pub after: Option<String>,
    /// What recomputes it.
    pub runs: Vec<Run>,
}
