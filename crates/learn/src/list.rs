//! `cargo learn list --format json`, or `--out FILE`: every step for programs.
//!
//! One object: `schema` (1; it changes when a field goes or changes its meaning) and `steps`, each with `design`, `step` (its name
//! on the command line), `kind`, `minutes`, `day_step` (it is done in the taught day), `state` (`open`, `begun` or `solved`),
//! `solved` (when, or `null`), `tries`, `hints`, and `current` (plain `cargo learn` goes on there).

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::term;
use anyhow::{Context, Result};
use outline::manifest::StepKind;
use serde::Serialize;
use std::path::Path;

/// Version of the document.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    steps: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    design: &'a str,
    step: String,
    kind: StepKind,
    minutes: u32,
    day_step: bool,
    state: &'static str,
    solved: Option<String>,
    tries: u32,
    hints: u32,
    current: bool,
}

/// Hands over the list as JSON.
pub(crate) fn json(session: &Session) -> Result<Outcome> {
    term::keep_output_for_a_document();
    term::hand_over(&document(session)?);
    Ok(Outcome::Done)
}

/// Writes the same to a file, which the book imports. A shell's `>` would do, were it not that one of them writes UTF-16.
pub(crate) fn file(session: &Session, path: &Path) -> Result<Outcome> {
    files::write_atomically(path, &document(session)?)?;
    term::say(&format!(
        "{}  your steps, as JSON; the book imports it under “How to use this workbook”, “What is recorded”\n",
        path.display()
    ));
    Ok(Outcome::Done)
}

fn document(session: &Session) -> Result<String> {
    let progress = session.store.read()?;
    let current = session.current(None)?;
    let catalogue = &session.catalogue;
    let steps = catalogue
        .all()
        .map(|at| {
            let record = progress.step(&catalogue.key(at));
            let step = catalogue.step(at);
            Row {
                design: &catalogue.entry(at).folder,
                step: catalogue.short(at),
                kind: step.kind,
                minutes: step.minutes,
                day_step: step.kind == catalogue.entry(at).manifest.day_step,
                state: match (&record.solved, record.tries) {
                    (Some(_), _) => "solved",
                    (None, 0) => "open",
                    (None, _) => "begun",
                },
                solved: record.solved,
                tries: record.tries,
                hints: record.hints,
                current: current == Some(at),
            }
        })
        .collect();
    let text = serde_json::to_string_pretty(&Document { schema: SCHEMA, steps })
        .context("the list cannot be written as JSON")?;
    Ok(text + "\n")
}
