//! The first commit of a worksheet, which is frozen.

use super::Session;
use super::record::remember;
use crate::sheet::{self, OnDisk};
use crate::steps::At;
use crate::term::{Tone, say};
use anyhow::{Context, Result};
use judge::worksheet::Interval;

/// Freezes the first commit of a sheet that is whole and valid. Where there is something left to answer nothing is frozen, the
/// reader is told what is missing, and a line about it is returned.
pub(super) fn commit(session: &Session, at: At) -> Result<Option<String>> {
    let entry = session.catalogue.entry(at);
    let questions = &entry.manifest.questions;
    let mut disk = OnDisk::read(&session.place, entry)?;
    let short = session.catalogue.short(at);
    let shown = session.place.shown(&disk.path);
    let remembered = session.store.read()?.design(&entry.folder);

    let back = disk.put_back(entry, &remembered)?;
    if !back.is_empty() {
        say(&sheet::back_again(&short, &shown, &back));
    }

    let refusals = disk.sheet.refusals(questions);
    if !refusals.is_empty() {
        // An answer that says nothing, or cannot be, is none.
        let answered = questions.len() - refusals.len();
        let mut out = format!(
            "○ {}  not committed: {answered} of {} questions answered\n\n",
            session.term.tone(Tone::Strong, &short),
            questions.len()
        );
        let parts: Vec<(&str, &str)> = refusals.iter().map(|r| r.split_once(": ").unwrap_or((r, ""))).collect();
        let wide = parts.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
        for (id, why) in parts {
            let line = disk.line_of(id);
            let place = session.term.file(&disk.path, &format!("{shown}:{line:<3}"));
            out += &format!("  {place}  {id:<wide$}  {why}\n");
        }
        out += "\n  Nothing is frozen before the whole sheet is answered, each question by [low, high].\n";
        say(&out);
        return Ok(Some(format!("{answered} of {} questions answered", questions.len())));
    }

    let missing: Vec<(String, Interval)> = disk
        .sheet
        .answers
        .iter()
        .filter(|a| a.first.is_none())
        .filter_map(|a| a.answer.map(|i| (a.id.clone(), i)))
        .collect();
    if !missing.is_empty() {
        disk.write_first(entry, &missing)?;
        say(&format!(
            "· {short}  committed: your {} answers now stand as `first` in {shown} (reload it in your editor)\n",
            questions.len()
        ));
        if let Some(unsaid) = sheet::unsaid(&disk.sheet) {
            let line = session
                .term
                .hang(&format!("· {short}  "), short.chars().count() + 4, &unsaid);
            say(&session.term.tone(Tone::Faint, &line));
        }
    }
    session
        .store
        .update(|p| remember(p, &entry.folder, &disk.sheet))
        .context("your answers are committed in worksheet.toml, and the date could not be recorded")?;
    if disk
        .sheet
        .answers
        .iter()
        .any(|a| a.answer.is_some() && a.answer != a.first)
    {
        say(&format!(
            "· {short}  judged by your first commit; answers changed since then are kept, and not scored\n"
        ));
    }
    Ok(None)
}
