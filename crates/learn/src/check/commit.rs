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
        say(&sheet::back_again(&session.term, &short, &shown, &back));
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
        let lines: Vec<(&str, usize, String)> = parts
            .into_iter()
            .map(|(id, why)| ("", disk.line_of(id), format!("{id:<wide$}  {why}")))
            .collect();
        out += &session.term.places(&disk.path, &shown, &lines);
        out.push('\n');
        let text = "Nothing is frozen before the whole sheet is answered, each question by [low, high].";
        out += &session.term.hang("", 2, text);
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
        let text = format!(
            "committed: your {} answers now stand as `first` in {shown} (reload it in your editor)",
            questions.len()
        );
        say(&session.term.hang(&format!("· {short}  "), 2, &text));
        if let Some(unsaid) = sheet::unsaid(&disk.sheet) {
            let line = session.term.hang(&format!("· {short}  "), 2, &unsaid);
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
        let text = "judged by your first commit; answers changed since then are kept, and not scored";
        say(&session.term.hang(&format!("· {short}  "), 2, text));
    }
    Ok(None)
}
