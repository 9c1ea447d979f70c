//! `cargo learn reset`: the pristine starter again, and the learner's version kept.

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::kept;
use crate::sheet;
use crate::steps::{At, Entry, Target};
use crate::term::{Tone, say};
use crate::verify;
use anyhow::{Context, Result};
use judge::worksheet::Sheet;
use std::path::{Path, PathBuf};

/// `cargo learn reset`.
///
/// Nothing asks, since nothing is lost: the learner's version is on the disk before the starter takes its place.
pub(crate) fn reset(session: &Session, target: Target) -> Result<Outcome> {
    let entry = &session.catalogue.entries[target.design()];
    let starter = session.place.pristine(&entry.folder);
    let files = match target {
        Target::Step(at) => vec![entry.file(at.step)],
        Target::Design(_) => verify::answer_files(&starter)?,
    };
    if files.is_empty() || !starter.join(&files[0]).is_file() {
        anyhow::bail!(
            "{} holds no pristine starter; take it from a fresh clone or download. Nothing was changed",
            session.place.shown(&starter)
        );
    }
    for file in &files {
        one(session, target, entry, file)?;
    }
    if let Target::Design(_) = target {
        for own in verify::answer_files(&session.place.exercise(&entry.folder))? {
            if !files.contains(&own) {
                let path = session.place.exercise(&entry.folder).join(&own);
                say(&format!("{} is yours alone and stays\n", session.place.shown(&path)));
            }
        }
    }
    Ok(Outcome::Done)
}

/// Puts one file back, and says what became of it.
fn one(session: &Session, target: Target, entry: &Entry, file: &Path) -> Result<()> {
    let at = session
        .catalogue
        .of_design(target.design())
        .find(|at| entry.file(at.step) == file);
    let back = put_back(session, entry, file)?;
    let again = match at {
        Some(at) => to_be_solved_again(session, at)?,
        None => false,
    };
    let path = session.place.exercise(&entry.folder).join(file);
    let shown = session.place.shown(&path);
    let name = at.map_or(String::new(), |at| {
        session.term.tone(Tone::Strong, &session.catalogue.short(at)) + "  "
    });
    let mut out = match &back {
        Back::WasPristine => {
            let text = format!("nothing to put back: {shown} is the pristine starter");
            session.term.hang(&name, 2, &text)
        }
        Back::Put { .. } => {
            let text = format!("the starter is back in {}", session.term.file(&path, &shown));
            session.term.hang(&name, 2, &text)
        }
    };
    if let Back::Put { kept, notes } = &back {
        if let Some(kept) = kept {
            let shown = session.place.shown(kept);
            let back = kept::way_back(&session.place, kept, &path);
            out += &session
                .term
                .whole("  yours is kept    ", &session.term.file(kept, &shown));
            out += &session.term.whole_command("  to get it back   ", &back);
        }
        for note in notes {
            out += &session.term.hang("", 2, note);
        }
    }
    if again {
        let text = "it is to be solved again: `cargo learn` comes back to it in its turn; the day on which you solved it first is kept";
        out += &session.term.hang("", 2, text);
    }
    say(&out);
    Ok(())
}

/// What became of one file.
enum Back {
    /// It was the starter already.
    WasPristine,
    /// The starter stands there again.
    Put {
        /// Where the learner's version is, when there was one.
        kept: Option<PathBuf>,
        /// What else there is to say.
        notes: Vec<String>,
    },
}

fn put_back(session: &Session, entry: &Entry, file: &Path) -> Result<Back> {
    let exercise = session.place.exercise(&entry.folder);
    let path = exercise.join(file);
    let starter = files::read_text(&session.place.pristine(&entry.folder).join(file))?;
    let there = files::read_if_there(&path)?;
    let mut notes = Vec::new();
    let wanted = if file == Path::new("worksheet.toml") {
        with_first_commits(session, entry, &starter, there.as_deref(), &mut notes)?
    } else {
        starter.clone()
    };
    if there.as_deref().is_some_and(|t| same(t, &wanted)) {
        return Ok(Back::WasPristine);
    }
    let own = there.filter(|t| !same(t, &starter));
    let kept = own.map(|own| kept::keep(&exercise, &path, &own)).transpose()?;
    files::write_atomically(&path, &wanted)?;
    Ok(Back::Put { kept, notes })
}

/// The starter's sheet with the first commit in it: a reset is no way to predict a second time.
fn with_first_commits(
    session: &Session,
    entry: &Entry,
    starter: &str,
    there: Option<&[u8]>,
    notes: &mut Vec<String>,
) -> Result<String> {
    let remembered = session.store.read()?.design(&entry.folder);
    let old = there.map(|bytes| {
        Sheet::parse(
            &String::from_utf8_lossy(bytes),
            &entry.folder,
            &entry.manifest.questions,
        )
    });
    let first = sheet::first_commits(entry, old.as_ref().and_then(|o| o.as_ref().ok()), &remembered);
    if !first.is_empty() {
        notes.push("your first commit stands in it, and is what is judged".into());
    } else if let Some(Err(why)) = old {
        let why = why.lines().next().unwrap_or_default();
        notes.push(format!(
            "the sheet that was there could not be read ({why}); a first commit in it stands in the kept version only"
        ));
    }
    sheet::with_first(starter, &first)
        .context("the starter's worksheet has no place for your first commit; nothing was changed")
}

/// The same text; line ends may differ between systems.
pub(crate) fn same(bytes: &[u8], text: &str) -> bool {
    let lines = |b: &[u8]| b.iter().copied().filter(|b| *b != b'\r').collect::<Vec<u8>>();
    lines(bytes) == lines(text.as_bytes())
}

/// The record no longer says that the step is solved. False when it did not say so before.
fn to_be_solved_again(session: &Session, at: At) -> Result<bool> {
    let key = session.catalogue.key(at);
    if session.store.read()?.step(&key).solved.is_none() {
        return Ok(false);
    }
    session
        .store
        .update(|p| p.step_mut(&key).reset())
        .context("the starter is back, and the record still says that the step is solved; the same command again sets that right")?;
    Ok(true)
}
