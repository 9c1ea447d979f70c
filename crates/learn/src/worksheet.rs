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
    let mut out = format!("{}\n\n", session.term.tone(Tone::Strong, &head));
    let mut lines = Vec::new();
    for (a, q) in disk.sheet.answers.iter().zip(questions) {
        let refused = refusals.iter().find_map(|r| r.strip_prefix(&format!("{}: ", q.id)));
        // Words and no ticks: a tick would read as “right”, and nothing is judged here.
        let state = match (a.first, a.answer, refused) {
            (Some(_), _, _) => "committed",
            (None, None, _) => "open",
            (None, Some(_), Some(_)) => "refused",
            (None, Some(_), None) => "answered",
        };
        let says = match (a.first, a.answer, refused) {
            (Some(first), None, _) => format!("{} before; the sheet is empty again", with_unit(first, &q.unit)),
            (Some(first), Some(now), _) if now != first => {
                format!("{} before; now {}", with_unit(first, &q.unit), with_unit(now, &q.unit))
            }
            (_, Some(now), None) => with_unit(now, &q.unit),
            (_, Some(now), Some(why)) => format!("{}: {why}", with_unit(now, &q.unit)),
            (None, None, _) => "no answer yet".into(),
        };
        lines.push(("", disk.line_of(&q.id), format!("{:<wide$}  {state:<9}  {says}", q.id)));
    }
    out += &session.term.places(&disk.path, &shown, &lines);
    // Answers that stand and say something; before a commit one that is refused is none.
    let standing = if disk.committed() {
        disk.standing()
    } else {
        questions.len() - refusals.len()
    };
    let count = format!("{standing} of {} questions answered", questions.len());
    let number = entry.number();
    let committed = session.store.read()?.design(&entry.folder).committed;
    let end = match (disk.committed(), committed) {
        (true, when) => {
            let day = when.as_deref().map_or("before", |w| w.split('T').next().unwrap_or(w));
            let judges = format!("; `cargo learn check {number}/predict` judges it");
            let judges = if when.is_none() { judges } else { String::new() };
            match standing {
                0 => format!("committed {day}; the sheet is empty again{judges}"),
                _ => format!("{count}; committed {day}{judges}"),
            }
        }
        (false, _) if refusals.is_empty() => {
            format!("{count}, not committed; `cargo learn check {number}/predict` commits the sheet")
        }
        (false, _) => format!("{count}; what is open or refused stands between the sheet and its commit"),
    };
    out += &format!("\n{}", session.term.hang("", 2, &end));
    if disk.committed()
        && standing > 0
        && let Some(unsaid) = sheet::unsaid(&disk.sheet)
    {
        out += &session.term.tone(Tone::Faint, &session.term.hang("", 2, &unsaid));
    }
    say(&out);
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
    let mut wanted = sheet::parse(&text, entry).with_context(refused)?;

    let exercise = session.place.exercise(&entry.folder);
    let path = exercise.join("worksheet.toml");
    let there = files::read_if_there(&path)?;
    let there_text = there.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let old = Sheet::parse(&there_text, &entry.folder, questions).ok();
    let remembered = session.store.read()?.design(&entry.folder);
    let own = sheet::first_commits(entry, old.as_ref(), &remembered);
    let mut other = Vec::new();
    for (id, first) in &own {
        for a in wanted.answers.iter_mut().filter(|a| a.id == *id) {
            if a.first.replace(*first).is_some_and(|in_file| in_file != *first) {
                other.push(id.as_str());
            }
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
        let text = if other.is_empty() {
            format!("{shown} says all that already; nothing was changed")
        } else {
            format!("{shown} has the same answers already; nothing was changed")
        };
        say(&session.term.hang("", 0, &text));
        if !other.is_empty() {
            say(&first_stays(session, &own, &other));
        }
        return Ok(Outcome::Done);
    }
    let replaced = there.filter(|t| !reset::same(t, &starter));
    let kept = replaced.map(|t| kept::keep(&exercise, &path, &t)).transpose()?;
    files::write_atomically(&path, &new)?;

    let answered = wanted.answered();
    let text = format!(
        "{} is taken over into {} ({answered} of {} questions answered)",
        file.display(),
        session.term.file(&path, &shown),
        questions.len()
    );
    let mut out = session.term.hang("", 0, &text);
    if let Some(kept) = kept {
        let at = session.place.shown(&kept);
        let back = kept::way_back(&session.place, &kept, &path);
        out += &session
            .term
            .whole("  the sheet before  ", &session.term.file(&kept, &at));
        out += &session.term.whole_command("  to get it back    ", &back);
    }
    out += &first_stays(session, &own, &other);
    out += &format!("  next              cargo learn check {}/predict\n", entry.number());
    say(&out);
    Ok(Outcome::Done)
}

/// What is said of the first commit, when there is one: it stays, and where the file's is another one.
fn first_stays(session: &Session, own: &[(String, Interval)], other: &[&str]) -> String {
    let text = match (own, other) {
        ([], _) => return String::new(),
        (_, []) => "your first commit stays, and is what is judged".to_owned(),
        (_, other) => format!(
            "your first commit stays as it was made here, and is what is judged: the file has another one for {}, and a first commit is never changed",
            other.join(", ")
        ),
    };
    session.term.hang("", 2, &text)
}
