//! One run of an answer beside a built-in one, as `cargo learn replay` shows it.
//!
//! The exercise's test program draws it, since it alone knows the answer, and hands it over through [`judge::replay`];
//! `cargo learn` makes a page of it. A design gives a [`View`], the same that its lab draws.

use crate::lab::{Drawn, Fact, Table, View};

pub use outline::replay::{Figure, Least, Shown, sentence};

/// Widths, in CSS pixels, that a figure is drawn for: a page, and a phone.
const WIDTHS: [f64; 2] = [720.0, 296.0];

/// A figure in both widths.
pub fn figure(drawn: &Drawn) -> Figure {
    let [wide, narrow] = WIDTHS.map(|width| drawn.drawing.draw(width).0);
    let (head, rows) = (drawn.drawing.head(), drawn.drawing.rows());
    let events = drawn.key == EVENTS;
    let table = Table { caption: drawn.caption.clone(), head, rows };
    Figure { caption: drawn.caption.clone(), wide, narrow, table, events }
}

/// Key of a figure whose rows are events in order of time.
pub const EVENTS: &str = "decision";

/// What a view shows of two runs. `columns` are what they are called, `labels` what their facts' labels end with.
pub fn shown(view: &View, columns: [&str; 2], labels: [&str; 2]) -> Shown {
    Shown {
        sides: columns.map(String::from),
        summary: view.summary.clone(),
        figures: view.drawn.iter().map(figure).collect(),
        facts: beside(&view.facts, columns, labels),
        table: view.table.clone(),
        least: None,
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
        let figure = figure(&Drawn::new("extra", "A caption.", bars));
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
