//! `cargo learn worksheet`: the state of a sheet, and a sheet of the page taken over.

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::kept;
use crate::reset;
use crate::sheet::{self, OnDisk};
use crate::steps::Entry;
use crate::term::{Tone, say};
use anyhow::{Context, Result, anyhow};
use judge::worksheet::{Interval, Sheet};
use std::path::Path;

/// `cargo learn worksheet`.
pub(crate) fn worksheet(session: &Session, design: usize, import: Option<&Path>) -> Result<Outcome> {
    let entry = &session.catalogue.entries[design];
    match import {
        Some(file) => take_over(session, entry, file),
        None => state(session, entry),
    }
}

/// What is answered and committed. No result: those come with the check.
fn state(session: &Session, entry: &Entry) -> Result<Outcome> {
    let disk = OnDisk::read(&session.place, entry)?;
    let questions = &entry.manifest.questions;
    let refusals = disk.sheet.refusals(questions);
    let shown = session.place.shown(&disk.path);
    let wide = questions.iter().map(|q| q.id.chars().count()).max().unwrap_or(0);
    let head = format!("{}  {}", entry.number(), entry.manifest.title);
    let mut out = format!("{}   {shown}\n\n", session.term.tone(Tone::Strong, &head));
    for (a, q) in disk.sheet.answers.iter().zip(questions) {
        let refused = refusals.iter().find_map(|r| r.strip_prefix(&format!("{}: ", q.id)));
        let mark = match (refused, a.first) {
            (Some(_), _) => "○".to_owned(),
            (None, Some(_)) => session.term.tone(Tone::Good, "✓"),
            (None, None) => "·".to_owned(),
        };
        let mut says = a.answer.map_or("no answer".into(), |i| with_unit(i, &q.unit));
        match (a.first, refused) {
            (Some(first), _) if a.answer == Some(first) => says += ", committed",
            (Some(first), _) => says += &format!("; committed: {}", with_unit(first, &q.unit)),
            (None, Some(why)) if a.answer.is_some() => says += &format!("; refused: {why}"),
            (None, _) => {}
        }
        let line = disk.line_of(&q.id);
        let place = session.term.file(&disk.path, &format!("{shown}:{line:<3}"));
        out += &format!("  {mark} {place}  {:<wide$}  {says}\n", q.id);
    }
    let answered = disk.sheet.answered();
    let count = format!("{answered} of {} questions answered", questions.len());
    let number = entry.number();
    let committed = session.store.read()?.design(&entry.folder).committed;
    let end = match (disk.committed(), committed) {
        (true, Some(when)) => format!("{count}; committed {}", when.split('T').next().unwrap_or(&when)),
        (true, None) => format!("{count} and committed; `cargo learn check {number}/predict` judges it"),
        (false, _) if refusals.is_empty() => {
            format!("{count}, not committed; `cargo learn check {number}/predict` commits the sheet")
        }
        (false, _) => format!("{count}; what is marked ○ stands between the sheet and its commit"),
    };
    say(&format!("{out}\n  {end}\n"));
    Ok(Outcome::Done)
}

fn with_unit(interval: Interval, unit: &str) -> String {
    format!("[{}, {}] {unit}", interval.low, interval.high)
}

/// Puts the values of an exported sheet into the clone's.
fn take_over(session: &Session, entry: &Entry, file: &Path) -> Result<Outcome> {
    let questions = &entry.manifest.questions;
    let refused = || format!("{} was not taken over, nothing was changed", file.display());
    let text = files::read_text(file).with_context(refused)?;
    let mut wanted = Sheet::parse(&text, &entry.folder, questions)
        .map_err(|e| anyhow!(e))
        .with_context(refused)?;

    let exercise = session.place.exercise(&entry.folder);
    let path = exercise.join("worksheet.toml");
    let there = files::read_if_there(&path)?;
    let there_text = there.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let old = Sheet::parse(&there_text, &entry.folder, questions).ok();
    let remembered = session.store.read()?.design(&entry.folder);
    let own = sheet::first_commits(entry, old.as_ref(), &remembered);
    let mut stays = false;
    for (id, first) in &own {
        for a in wanted.answers.iter_mut().filter(|a| a.id == *id) {
            stays |= a.first != Some(*first);
            a.first = Some(*first);
        }
    }
    let starter =
        files::read_if_there(&session.place.pristine(&entry.folder).join("worksheet.toml"))?.unwrap_or_default();
    let starter = String::from_utf8_lossy(&starter);
    // The learner's own text first, for the notes in it; then the starter's, which explains each question.
    let new = [&*there_text, &*starter, &*text]
        .into_iter()
        .find_map(|base| sheet::with_values(base, &wanted, entry))
        .ok_or_else(|| anyhow!("its values cannot be written as they are: an interval needs two finite numbers"))
        .with_context(refused)?;

    let shown = session.place.shown(&path);
    if there.as_deref() == Some(new.as_bytes()) {
        say(&format!("{shown} says all that already; nothing was changed\n"));
        return Ok(Outcome::Done);
    }
    let replaced = there.filter(|t| !reset::same(t, &starter));
    let kept = replaced.map(|t| kept::keep(&exercise, &path, &t)).transpose()?;
    files::write_atomically(&path, &new)?;

    let answered = wanted.answered();
    let mut out = format!(
        "{} is taken over into {} ({answered} of {} questions answered)\n",
        file.display(),
        session.term.file(&path, &shown),
        questions.len()
    );
    if let Some(kept) = kept {
        let at = session.place.shown(&kept);
        out += &format!("  the sheet before  {}\n", session.term.file(&kept, &at));
        out += &format!("  to get it back    {}\n", kept::way_back(&session.place, &kept, &path));
    }
    if stays {
        out += "  your first commit here is the older one: it stays, and is what is judged\n";
    }
    out += &format!("  next              cargo learn check {}/predict\n", entry.number());
    say(&out);
    Ok(Outcome::Done)
}
