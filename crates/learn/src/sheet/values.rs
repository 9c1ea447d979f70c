//! All that a sheet says, written into a text that has a place for it.

use super::replaced;
use crate::progress::DesignRecord;
use crate::steps::Entry;
use judge::worksheet::{FreeText, Interval, Sheet};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

type Table = BTreeMap<String, Spanned<toml::Value>>;

/// The first commits of a design, in the order of its questions: those of the sheet, and for the rest those remembered.
pub(crate) fn first_commits(
    entry: &Entry,
    sheet: Option<&Sheet>,
    remembered: &DesignRecord,
) -> Vec<(String, Interval)> {
    let in_sheet = |id: &str| sheet?.answers.iter().find(|a| a.id == id)?.first;
    let questions = entry.manifest.questions.iter();
    questions
        .filter_map(|q| Some((q.id.clone(), in_sheet(&q.id).or_else(|| remembered.first_of(&q.id))?)))
        .collect()
}

/// The text with all that `sheet` says; comments and order stay. `None` when the text has no place for it.
pub(crate) fn with_values(text: &str, sheet: &Sheet, entry: &Entry) -> Option<String> {
    #[derive(Deserialize)]
    struct File {
        answers: BTreeMap<String, Table>,
        verdict: Table,
    }
    let file: File = toml::from_str(text).ok()?;
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let pair = |i: Option<Interval>| i.map_or("[]".into(), |i| format!("[{}, {}]", i.low, i.high));
    let mut edits = Vec::new();
    for a in &sheet.answers {
        let row = file.answers.get(&a.id)?;
        edits.extend([
            edit(row, "answer", pair(a.answer), a.answer.is_none())?,
            edit(row, "reason", quoted(&a.reason), a.reason.is_empty())?,
            edit(row, "mechanism", quoted(&a.mechanism), a.mechanism.is_empty())?,
            edit(row, "first", pair(a.first), a.first.is_none())?,
        ]);
    }
    let FreeText { strongest, weakest, swap, decision, reverses_when } = &sheet.verdict;
    for (key, words) in [
        ("strongest", strongest),
        ("weakest", weakest),
        ("swap", swap),
        ("decision", decision),
        ("reverses_when", reverses_when),
    ] {
        edits.push(edit(&file.verdict, key, quoted(words), words.is_empty())?);
    }
    let out = replaced(text, edits.into_iter().flatten().collect());
    // The proof that it says that and nothing else: read it again.
    let same = Sheet::parse(&out, &entry.folder, &entry.manifest.questions).is_ok_and(|read| read == *sheet);
    same.then_some(out)
}

/// The change that sets a value, none when a value that is not there is empty anyway; `None` when there is no place for one.
fn edit(table: &Table, key: &str, new: String, empty: bool) -> Option<Option<(usize, usize, String)>> {
    match table.get(key) {
        Some(old) => Some(Some((old.span().start, old.span().end, new))),
        None => empty.then_some(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::Catalogue;

    #[test]
    fn values_go_into_the_text_and_comments_stay() {
        let catalogue = Catalogue::load(&crate::place::here()).unwrap();
        let entry = &catalogue.entries[0];
        let questions = &entry.manifest.questions;
        let row = "answer = [] # here\nreason = \"\"\nmechanism = \"\"\nfirst = []\n";
        let rows = questions
            .iter()
            .map(|q| format!("# what is it?\n[answers.{}]\n{row}", q.id));
        let text = format!(
            "design = \"{}\"\nschema = 1\n{}[verdict]\nstrongest = \"\"\nweakest = \"\"\nswap = \"\"\ndecision = \"\"\nreverses_when = \"\"\n",
            entry.folder,
            rows.collect::<String>()
        );
        let mut sheet = Sheet::parse(&text, &entry.folder, questions).unwrap();
        assert_eq!(with_values(&text, &sheet, entry).as_deref(), Some(text.as_str()));
        for a in &mut sheet.answers {
            a.answer = Some(Interval { low: 2.5, high: 7.0 });
            a.first = Some(Interval { low: 1.0, high: 7.0 });
            a.reason = "a \"quoted\" word,\nand 'another' line \\ \u{202e}".into();
        }
        sheet.verdict.swap = "'''\"\"\"".into();
        let out = with_values(&text, &sheet, entry).unwrap();
        assert_eq!(
            out.matches("answer = [2.5, 7] # here\n").count(),
            questions.len(),
            "{out}"
        );
        assert_eq!(out.matches("# what is it?").count(), questions.len());
        // Values that no place is left for are not lost silently.
        assert_eq!(with_values(&text.replace("swap = \"\"\n", ""), &sheet, entry), None);
        assert_eq!(with_values("[answers]\n[verdict]\n", &sheet, entry), None);
        sheet.answers[0].answer = Some(Interval { low: f64::NAN, high: 1.0 });
        assert_eq!(with_values(&text, &sheet, entry), None);
    }

    #[test]
    fn a_first_commit_comes_from_the_sheet_before_the_record() {
        let catalogue = Catalogue::load(&crate::place::here()).unwrap();
        let entry = &catalogue.entries[0];
        let ids: Vec<&str> = entry.manifest.questions.iter().map(|q| q.id.as_str()).collect();
        let text = format!(
            "design = \"{}\"\nschema = 1\n[answers.{}]\nfirst = [1, 2]\n",
            entry.folder, ids[0]
        );
        let sheet = Sheet::parse(&text, &entry.folder, &entry.manifest.questions).unwrap();
        let first = BTreeMap::from([(ids[0].to_owned(), [3.0, 4.0]), (ids[1].to_owned(), [5.0, 6.0])]);
        let remembered = DesignRecord { first, ..DesignRecord::default() };
        let both = first_commits(entry, Some(&sheet), &remembered);
        assert_eq!(
            both,
            [
                (ids[0].to_owned(), Interval { low: 1.0, high: 2.0 }),
                (ids[1].to_owned(), Interval { low: 5.0, high: 6.0 })
            ]
        );
        assert_eq!(first_commits(entry, None, &remembered).len(), 2);
    }
}
