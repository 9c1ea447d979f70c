//! One design's part of a board: who is who, and what they disagree about.

use super::collect::Given;
use super::question::{Asked, Said, ask, said};
use crate::simulator::Simulator;
use crate::steps::{Catalogue, Entry};
use anyhow::Result;
use judge::worksheet::Sheet;

/// One design.
pub(super) struct Part<'a> {
    /// The design.
    pub(super) entry: &'a Entry,
    /// What each sheet is called, in their order.
    pub(super) people: Vec<String>,
    /// Questions, the most disagreement first.
    pub(super) asked: Vec<Asked<'a>>,
    /// The free texts, head by head; heads that nobody filled in are missing.
    pub(super) verdicts: Vec<(&'static str, Vec<Said>)>,
    /// Sheets that are committed.
    pub(super) committed: usize,
}

/// The parts of a board. Sheets are called by letters in an order that does not depend on their names, or by their names.
pub(super) fn parts<'a>(catalogue: &'a Catalogue, mut sheets: Vec<Given>, names: bool) -> Vec<Part<'a>> {
    if names {
        sheets.sort_by(|a, b| a.name.cmp(&b.name));
    } else {
        sheets.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
    }
    let mut parts = Vec::new();
    for (design, entry) in catalogue.entries.iter().enumerate() {
        let given: Vec<&Given> = sheets.iter().filter(|s| s.design == design).collect();
        if given.is_empty() {
            continue;
        }
        let called = |i: usize, g: &Given| if names { g.name.clone() } else { letters(i) };
        let people: Vec<String> = given.iter().enumerate().map(|(i, g)| called(i, g)).collect();
        let sheets: Vec<(&str, &Sheet)> = people
            .iter()
            .map(String::as_str)
            .zip(given.iter().map(|g| &g.sheet))
            .collect();
        parts.push(part(entry, &sheets));
    }
    parts
}

fn part<'a>(entry: &'a Entry, sheets: &[(&str, &Sheet)]) -> Part<'a> {
    let questions = entry.manifest.questions.iter().enumerate();
    let mut asked: Vec<Asked> = questions.map(|(i, q)| ask(entry, q, i, sheets)).collect();
    asked.sort_by(|a, b| {
        b.disagreement()
            .total_cmp(&a.disagreement())
            .then(b.spread.total_cmp(&a.spread))
    });
    Part {
        entry,
        people: sheets.iter().map(|s| s.0.to_owned()).collect(),
        asked,
        verdicts: verdicts(sheets),
        committed: sheets
            .iter()
            .filter(|s| s.1.answers.iter().all(|a| a.first.is_some()))
            .count(),
    }
}

fn verdicts(sheets: &[(&str, &Sheet)]) -> Vec<(&'static str, Vec<Said>)> {
    const HEADS: [&str; 5] = ["Strongest point", "Weakest point", "Swap", "Decision", "Reverses when"];
    let texts = |s: &Sheet| {
        let v = s.verdict.clone();
        [v.strongest, v.weakest, v.swap, v.decision, v.reverses_when]
    };
    let heads = HEADS.into_iter().enumerate().map(|(i, head)| {
        let said = sheets.iter().filter_map(|(who, sheet)| said(who, &texts(sheet)[i]));
        (head, said.collect::<Vec<_>>())
    });
    heads.filter(|(_, said)| !said.is_empty()).collect()
}

impl Part<'_> {
    /// Asks the simulator.
    pub(super) fn reveal(&mut self, simulator: &Simulator) -> Result<()> {
        let questions = &self.entry.manifest.questions;
        let truths = simulator.truths(self.entry)?;
        for asked in &mut self.asked {
            let place = questions.iter().position(|q| q.id == asked.question.id);
            asked.truth = place.map(|p| truths[p]).filter(|t| t.is_finite());
        }
        Ok(())
    }
}

/// A, B, …, Z, AA, AB, …
fn letters(place: usize) -> String {
    let mut rest = place + 1;
    let mut out = Vec::new();
    while rest > 0 {
        rest -= 1;
        out.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let some: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702]
            .iter()
            .map(|i| letters(*i))
            .collect();
        assert_eq!(some, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
