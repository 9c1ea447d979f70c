//! One run of an answer beside a built-in one, as `cargo learn replay` shows it.
//!
//! The exercise's test program draws it, since it alone knows the answer, and hands it over through [`judge::replay`];
//! `cargo learn` makes a page of it. A design gives a [`View`], the same that its lab draws.

use crate::lab::{Drawn, Fact, Table, View};
use serde::{Deserialize, Serialize};

/// Widths, in CSS pixels, that a figure is drawn for: a page, and a phone.
const WIDTHS: [f64; 2] = [720.0, 296.0];

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

impl Figure {
    /// A figure in both widths.
    pub fn of(drawn: &Drawn) -> Figure {
        let [wide, narrow] = WIDTHS.map(|width| drawn.drawing.draw(width).0);
        let (head, rows) = (drawn.drawing.head(), drawn.drawing.rows());
        let events = drawn.key == EVENTS;
        let table = Table { caption: drawn.caption.clone(), head, rows };
        Figure { caption: drawn.caption.clone(), wide, narrow, table, events }
    }
}

/// A situation's words as the beginning of a sentence: "On an ordinary day".
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Key of a figure whose rows are events in order of time.
pub const EVENTS: &str = "decision";

impl Shown {
    /// What a view shows of two runs. `columns` are what they are called, `labels` what their facts' labels end with.
    pub fn of(view: &View, columns: [&str; 2], labels: [&str; 2]) -> Shown {
        Shown {
            sides: columns.map(String::from),
            summary: view.summary.clone(),
            figures: view.drawn.iter().map(Figure::of).collect(),
            facts: beside(&view.facts, columns, labels),
            table: view.table.clone(),
            least: None,
        }
    }
}

/// Facts of two runs side by side: those whose labels differ only in the run that they end with make one row.
fn beside(facts: &[Fact], columns: [&str; 2], labels: [&str; 2]) -> Table {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for fact in facts {
        let ends = |label: &&str| fact.label.strip_suffix(*label)?.strip_suffix(", ");
        let Some((side, what)) = (0..2).find_map(|i| Some((i, ends(&labels[i])?))) else {
            continue;
        };
        let row = rows.iter().position(|r| r[0] == what).unwrap_or_else(|| {
            rows.push(vec![what.into(), String::new(), String::new()]);
            rows.len() - 1
        });
        rows[row][side + 1] = fact.text();
    }
    let head = std::iter::once("").chain(columns).map(String::from).collect();
    Table { caption: "The facts of both runs".into(), head, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use figures::{About, Bars};

    #[test]
    fn facts_of_both_runs_stand_side_by_side() {
        let fact = |label: &str, value| Fact::new("k", label, value, "ms", 0);
        let facts = [
            fact("p50, your policy", 1.0),
            fact("p99, your policy", 2.0),
            fact("p50, waiting", 3.0),
            fact("only here", 4.0),
        ];
        let t = beside(&facts, ["yours", "wait"], ["your policy", "waiting"]);
        assert_eq!(t.head, ["", "yours", "wait"]);
        assert_eq!(
            t.rows,
            [["p50", "1\u{202f}ms", "3\u{202f}ms"], ["p99", "2\u{202f}ms", ""]]
        );
    }

    #[test]
    fn a_figure_is_drawn_twice_with_ids_of_its_own_and_has_its_numbers() {
        let bars = Bars::new(About::new("x", "t", "d"), "%").bar("yours", 3.0);
        let figure = Figure::of(&Drawn::new("extra", "A caption.", bars));
        assert!(figure.wide.contains("x-720-title") && figure.narrow.contains("x-296-title"));
        assert_eq!(figure.table.rows, [["yours", "3\u{202f}%"]]);
        assert!(!figure.events);
    }
}

/// What every design's own tests ask of its replays.
#[cfg(test)]
pub(crate) mod checks {
    use super::Shown;
    use crate::lab::{Lab, read_knobs};

    /// The knobs that a replay names are the lab's.
    pub(crate) fn the_lab_knows(lab: &dyn Lab, replay: &judge::replay::Lab) {
        let knobs = replay.knobs.as_deref().expect("the lab shows it");
        let pairs = knobs.split_whitespace().map(|k| k.split_once('=').expect("name=value"));
        read_knobs(lab, pairs).unwrap_or_else(|e| panic!("{knobs}: {e}"));
    }

    /// Both sides have every number, and every figure is drawn twice and told.
    pub(crate) fn is_whole(shown: &Shown) {
        assert!(!shown.figures.is_empty() && !shown.facts.rows.is_empty());
        for f in &shown.figures {
            assert!(f.wide.starts_with("<svg") && f.narrow.starts_with("<svg") && f.wide != f.narrow);
            assert!(!f.table.rows.is_empty(), "{}", f.caption);
        }
        for t in [&shown.facts, &shown.table] {
            assert_eq!(t.head[1..], shown.sides);
            assert!(t.rows.iter().all(|r| r.len() == 3), "{:?}", t.rows);
        }
    }
}
