//! The worksheet on disk: reading it, and writing the first commit into it without touching anything else.

mod values;

pub(crate) use values::{first_commits, with_values};

use crate::files;
use crate::place::Place;
use crate::progress::DesignRecord;
use crate::steps::Entry;
use crate::term::Term;
use anyhow::{Context, Result, anyhow, ensure};
use judge::worksheet::{FreeText, Interval, Sheet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::Spanned;

/// A worksheet with the text that it came from.
pub(crate) struct OnDisk {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// The text.
    pub(crate) text: String,
    /// What it says.
    pub(crate) sheet: Sheet,
}

impl OnDisk {
    /// Reads the sheet of a design.
    pub(crate) fn read(place: &Place, entry: &Entry) -> Result<OnDisk> {
        let path = place.exercise(&entry.folder).join("worksheet.toml");
        let text = files::read_text(&path).with_context(|| {
            let pristine = place.shown(&place.pristine(&entry.folder).join("worksheet.toml"));
            format!("the worksheet is not to be had; a page's export can take its place, or a copy of {pristine}")
        })?;
        let sheet = parse(&text, entry)
            .with_context(|| format!("{} cannot be read, nothing was changed", place.shown(&path)))?;
        Ok(OnDisk { path, text, sheet })
    }

    /// Puts the remembered first commits back where the sheet says something else, or nothing, and says of which questions. What
    /// one thought before cannot be thought again, so a sheet that was replaced or changed after its commit keeps its commit.
    pub(crate) fn put_back(&mut self, entry: &Entry, remembered: &DesignRecord) -> Result<Vec<String>> {
        let lost: Vec<(String, Interval)> = self
            .sheet
            .answers
            .iter()
            .filter_map(|a| {
                let first = remembered.first_of(&a.id)?;
                (a.first != Some(first)).then(|| (a.id.clone(), first))
            })
            .collect();
        if !lost.is_empty() {
            self.write_first(entry, &lost)?;
        }
        Ok(lost.into_iter().map(|(id, _)| id).collect())
    }

    /// How many questions have an answer in the sheet as it stands, committed or not.
    pub(crate) fn standing(&self) -> usize {
        self.sheet.answers.iter().filter(|a| a.answer.is_some()).count()
    }

    /// Is every question committed?
    pub(crate) fn committed(&self) -> bool {
        !self.sheet.answers.is_empty() && self.sheet.answers.iter().all(|a| a.first.is_some())
    }

    /// The line on which a question is answered, counted from 1.
    pub(crate) fn line_of(&self, id: &str) -> usize {
        let spans = spans(&self.text).unwrap_or_default();
        let at = spans
            .get(id)
            .map_or(0, |row| row.answer.as_ref().map_or(row.place, |a| a.0));
        line_at(&self.text, at)
    }

    /// Writes the given first commits into the file, all at once.
    pub(crate) fn write_first(&mut self, entry: &Entry, first: &[(String, Interval)]) -> Result<()> {
        let text = with_first(&self.text, first)?;
        let sheet = Sheet::parse(&text, &entry.folder, &entry.manifest.questions)
            .map_err(|e| anyhow!(e))
            .context(
                "the first commit finds no place; give each [answers.…] table a line `first = []`; nothing was written",
            )?;
        // The proof that nothing else was touched: undo the change in what was read, and compare.
        let mut same = sheet.clone();
        for (new, old) in same.answers.iter_mut().zip(&self.sheet.answers) {
            if let Some((_, interval)) = first.iter().find(|(id, _)| *id == new.id) {
                ensure!(
                    new.first == Some(*interval),
                    "{}: the first commit could not be written",
                    new.id
                );
                new.first = old.first;
            }
        }
        ensure!(
            same == self.sheet,
            "writing the first commit would change more than `first`; nothing was written"
        );
        files::write_atomically(&self.path, &text)?;
        (self.text, self.sheet) = (text, sheet);
        Ok(())
    }
}

/// Reads a sheet's text. Several things that are wrong with it stand below each other.
pub(crate) fn parse(text: &str, entry: &Entry) -> Result<Sheet> {
    Sheet::parse(text, &entry.folder, &entry.manifest.questions).map_err(|why| match why.lines().count() {
        1 => anyhow!(why),
        _ => anyhow!("\n  {}", why.replace('\n', "\n  ")),
    })
}

/// What is wrong with a sheet, where there is only one line for it.
pub(crate) fn on_one_line(why: &str) -> String {
    let lines: Vec<&str> = why.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.join("; ").replace(":; ", ": ")
}

/// What is said when [`OnDisk::put_back`] did something.
pub(crate) fn back_again(term: &Term, short: &str, shown: &str, questions: &[String]) -> String {
    let text = format!(
        "a first commit is never changed: that of {} was not the recorded one in {shown}; it stands there again",
        questions.join(", ")
    );
    term.hang(&format!("· {short}  "), 2, &text)
}

/// What a sheet leaves unsaid that a debrief lives on: reasons, and the strengths and weaknesses of the verdict. No fault.
pub(crate) fn unsaid(sheet: &Sheet) -> Option<String> {
    let empty = |text: &str| text.trim().is_empty();
    let reasons: Vec<&str> = sheet
        .answers
        .iter()
        .filter(|a| empty(&a.reason))
        .map(|a| a.id.as_str())
        .collect();
    let FreeText { strongest, weakest, reverses_when, .. } = &sheet.verdict;
    let verdict: Vec<&str> = [
        ("strongest", strongest),
        ("weakest", weakest),
        ("reverses_when", reverses_when),
    ]
    .into_iter()
    .filter(|(_, text)| empty(text))
    .map(|(key, _)| key)
    .collect();
    let mut parts = Vec::new();
    if !reasons.is_empty() {
        parts.push(format!("no reason yet for {}", reasons.join(", ")));
    }
    if !verdict.is_empty() {
        parts.push(format!("empty in [verdict]: {}", verdict.join(", ")));
    }
    (!parts.is_empty()).then(|| format!("{} (a reason makes the debrief worth more)", parts.join("; ")))
}

/// Where a row's values stand in the text, in bytes.
#[derive(Default)]
struct RowSpans {
    /// Start of the row's own value, for a row without an answer.
    place: usize,
    answer: Option<(usize, usize)>,
    first: Option<(usize, usize)>,
}

fn spans(text: &str) -> Result<BTreeMap<String, RowSpans>, toml::de::Error> {
    #[derive(Deserialize)]
    struct File {
        #[serde(default)]
        answers: BTreeMap<String, Spanned<Row>>,
    }
    #[derive(Deserialize)]
    struct Row {
        answer: Option<Spanned<toml::Value>>,
        first: Option<Spanned<toml::Value>>,
    }
    let file: File = toml::from_str(text)?;
    let span = |v: &Option<Spanned<toml::Value>>| v.as_ref().map(|v| (v.span().start, v.span().end));
    Ok(file
        .answers
        .into_iter()
        .map(|(id, row)| {
            let place = row.span().start;
            let row = row.into_inner();
            (
                id,
                RowSpans { place, answer: span(&row.answer), first: span(&row.first) },
            )
        })
        .collect())
}

/// The text with `first` of the given questions set; every other byte stays as it is.
pub(crate) fn with_first(text: &str, first: &[(String, Interval)]) -> Result<String> {
    let rows = spans(text)?;
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for (id, Interval { low, high }) in first {
        let pair = format!("[{low}, {high}]");
        let row = rows
            .get(id)
            .ok_or_else(|| anyhow!("worksheet.toml has no [answers.{id}]; add it, with first = []"))?;
        match (row.first, row.answer) {
            (Some((from, to)), _) => edits.push((from, to, pair)),
            // Without a `first` the line goes right below the answer's. In a table on one line this makes no valid
            // TOML, which the caller's comparison notices.
            (None, Some((_, end))) => {
                let end = text[end..].find('\n').map_or(text.len(), |n| end + n);
                let line = if text[..end].ends_with('\r') {
                    format!("first = {pair}\r")
                } else {
                    format!("first = {pair}")
                };
                edits.push((end, end, format!("\n{line}")));
            }
            (None, None) => {
                return Err(anyhow!("worksheet.toml, [answers.{id}]: add a line `first = []`"));
            }
        }
    }
    Ok(replaced(text, edits))
}

/// The text with other bytes in some places, `(from, to, new)`.
fn replaced(text: &str, mut edits: Vec<(usize, usize, String)>) -> String {
    edits.sort_by_key(|e| std::cmp::Reverse(e.0));
    let mut out = text.to_owned();
    for (from, to, new) in edits {
        out.replace_range(from..to, &new);
    }
    out
}

fn line_at(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "# my notes\ndesign = \"02-x\"\nschema = 1\n\n[answers.busy]   # one table a question\nanswer = [5, 20.5] # I think\nreason = \"first = [] is not this one\"\nmechanism = \"\"\nfirst = []         # by cargo learn\n\n[answers.p90]\nfirst = [ # odd\n]\nanswer = [600,\n  700]\n\n[verdict]\nstrongest = \"\"\"\nfirst = []\n\"\"\"\n";

    fn both() -> Vec<(String, Interval)> {
        vec![
            ("p90".into(), Interval { low: 600.0, high: 700.0 }),
            ("busy".into(), Interval { low: 5.0, high: 20.5 }),
        ]
    }

    #[test]
    fn only_first_changes_and_comments_survive() {
        let out = with_first(SHEET, &both()).unwrap();
        let want = SHEET
            .replace("first = []         # by", "first = [5, 20.5]         # by")
            .replace("first = [ # odd\n]", "first = [600, 700]");
        assert_eq!(out, want);
    }

    #[test]
    fn a_missing_first_goes_below_the_answer() {
        let text = "[answers.busy]\nanswer = [5, 20.5] # sure\nreason = \"r\"\n[answers.p90]\nanswer = [600, 700]";
        let out = with_first(text, &both()).unwrap();
        assert_eq!(
            out,
            "[answers.busy]\nanswer = [5, 20.5] # sure\nfirst = [5, 20.5]\nreason = \"r\"\n[answers.p90]\nanswer = [600, 700]\nfirst = [600, 700]"
        );
        let windows = "[answers.busy]\r\nanswer = [5, 20.5]\r\nreason = \"\"\r\n";
        let out = with_first(windows, &both()[1..]).unwrap();
        assert_eq!(
            out,
            "[answers.busy]\r\nanswer = [5, 20.5]\r\nfirst = [5, 20.5]\r\nreason = \"\"\r\n"
        );
    }

    #[test]
    fn a_sheet_without_the_question_is_refused() {
        assert!(
            with_first("[answers.busy]\nanswer = [5, 20.5]\n", &both())
                .unwrap_err()
                .to_string()
                .contains("p90")
        );
    }

    #[test]
    fn what_is_left_unsaid_is_named() {
        let answer = |id: &str, reason: &str| judge::worksheet::Answer {
            id: id.into(),
            answer: None,
            reason: reason.into(),
            mechanism: String::new(),
            first: None,
        };
        let answers = vec![answer("busy", " "), answer("p90", "the tail"), answer("off", "")];
        let verdict = FreeText { weakest: "a storm".into(), ..FreeText::default() };
        let mut sheet = Sheet { design: "02-x".into(), answers, verdict };
        assert_eq!(
            unsaid(&sheet).unwrap(),
            "no reason yet for busy, off; empty in [verdict]: strongest, reverses_when (a reason makes the debrief worth more)"
        );
        sheet.answers.iter_mut().for_each(|a| a.reason = "why".into());
        sheet.verdict.strongest = "cheap".into();
        sheet.verdict.reverses_when = "never".into();
        assert_eq!(unsaid(&sheet), None);
    }

    #[test]
    fn several_slips_fit_a_line() {
        assert_eq!(
            on_one_line("x cannot be read: \n  line 3: a\n  line 5: b"),
            "x cannot be read: line 3: a; line 5: b"
        );
        assert_eq!(on_one_line("line 3: a"), "line 3: a");
    }

    #[test]
    fn lines_are_found() {
        let disk = OnDisk {
            path: PathBuf::new(),
            text: SHEET.into(),
            sheet: Sheet { design: String::new(), answers: Vec::new(), verdict: Default::default() },
        };
        assert_eq!(disk.line_of("busy"), 6);
        assert_eq!(disk.line_of("p90"), 14);
        assert_eq!(disk.line_of("none"), 1);
        assert_eq!(line_at("a\nb", 99), 2);
    }
}
