//! What can be told from the files alone.

use super::{Problem, folders, hints, manifest, matrix, rust_level, styles};
use crate::files;
use crate::place::Place;
use crate::steps::Entry;
use anyhow::Result;
use judge::worksheet::Sheet;
use outline::manifest::StepKind;
use std::path::Path;

/// Everything that can be told from the files of one design.
pub(super) fn check(place: &Place, entry: &Entry) -> Result<Vec<Problem>> {
    let mut out = Vec::new();
    manifest::design(place, entry, &mut out)?;
    manifest::packages(place, entry, &mut out)?;
    instructions(place, entry, &mut out);
    let solution = place.root.join("solutions").join(&entry.folder);
    let starter = super::starters::folder(place, entry);
    folders::check(place, entry, &mut out);
    let numbers: String = entry.manifest.given.iter().map(|g| format!("{}\n", g.value)).collect();
    worksheets(place, entry, &starter, &solution, &mut out)?;
    for (i, step) in entry.manifest.steps.iter().enumerate() {
        if step.kind != StepKind::Predict {
            let test = entry.test(i);
            rust(place, &starter, &solution, &test, &mut out)?;
            let text = |path: &Path| {
                files::read_if_there(path).map(|b| String::from_utf8_lossy(&b.unwrap_or_default()).into_owned())
            };
            let name = format!("src/{test}.rs");
            let (given, answer) = (text(&starter.join(&name))?, text(&solution.join(&name))?);
            let tests = text(&place.exercise(&entry.folder).join(format!("tests/{test}.rs")))?;
            let known = [given.as_str(), &tests, &step.task, &numbers].join("\n");
            out.extend(hints::gives_away(
                step.kind.word(),
                &step.hints,
                &given,
                &answer,
                &known,
            ));
        }
    }
    matrix::headers(place, entry, &mut out)?;
    styles::headers(place, entry, &mut out)?;
    Ok(out)
}

/// What `new-design` left for the author to write.
fn instructions(place: &Place, entry: &Entry, out: &mut Vec<Problem>) {
    let module = format!("crates/designs/src/{}", entry.manifest.slug.replace('-', "_"));
    let mut files = Vec::new();
    for room in ["src/designs", "exercises", "solutions"] {
        files_below(&place.root.join(room).join(&entry.folder), &mut files);
    }
    files_below(&place.root.join(module), &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut lines = text.lines().enumerate().filter(|(_, l)| l.contains("AUTHOR:"));
        if let Some((first, _)) = lines.next() {
            out.push(format!(
                "{}:{}: the first of {} instructions to the author that still stand there (AUTHOR: …); do what each says, and remove it",
                place.shown(&path),
                first + 1,
                1 + lines.count()
            ));
        }
    }
}

/// Every file below a folder but hidden ones, in order of path.
fn files_below(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.file_name().is_some_and(|n| !n.to_string_lossy().starts_with('.')))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files_below(&path, out);
        } else {
            out.push(path);
        }
    }
}

fn worksheets(place: &Place, entry: &Entry, starter: &Path, solution: &Path, out: &mut Vec<Problem>) -> Result<()> {
    let questions = &entry.manifest.questions;
    for (folder, whole) in [(starter, false), (solution, true)] {
        let path = folder.join("worksheet.toml");
        let Some(bytes) = files::read_if_there(&path)? else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let sheet = match Sheet::parse(&text, &entry.folder, questions) {
            Ok(sheet) => sheet,
            Err(e) => {
                out.push(format!("{}: {e}; mend that line", place.shown(&path)));
                continue;
            }
        };
        let mut from = 0;
        for q in questions {
            match text[from..].find(&format!("[answers.{}]", q.id)) {
                Some(at) => from += at,
                None => out.push(format!(
                    "{}: [answers.{}] is missing, or not in design.toml's order; move or add it",
                    place.shown(&path),
                    q.id
                )),
            }
        }
        if whole {
            out.extend(
                sheet
                    .refusals(questions)
                    .into_iter()
                    .map(|why| format!("{}: {why}; the reference answers every question", place.shown(&path))),
            );
            if sheet.answers.iter().all(|a| a.mechanism.is_empty()) {
                out.push(format!("{}: no mechanism is picked; let the reference miss at least one question and explain it, so that this is tried too", place.shown(&path)));
            }
        } else if sheet.answered() > 0
            || sheet
                .answers
                .iter()
                .any(|a| !a.reason.is_empty() || !a.mechanism.is_empty())
        {
            out.push(format!("{}: a pristine sheet has no answers; empty them in exercises/{}, then `cargo learn verify {} --accept-starters`", place.shown(&path), entry.folder, entry.number()));
        }
    }
    Ok(())
}

fn rust(place: &Place, starter: &Path, solution: &Path, test: &str, out: &mut Vec<Problem>) -> Result<()> {
    let name = format!("src/{test}.rs");
    let (Some(a), Some(b)) = (
        files::read_if_there(&starter.join(&name))?,
        files::read_if_there(&solution.join(&name))?,
    ) else {
        return Ok(()); // said already
    };
    let (a, b) = (String::from_utf8_lossy(&a), String::from_utf8_lossy(&b));
    if !a.contains("todo!(") {
        out.push(format!(
            "{}: no todo!; a starter says with one what is to be written",
            place.shown(&starter.join(&name))
        ));
    }
    let path = place.shown(&solution.join(&name));
    let lines = rust_level::written_code(&a, &b);
    if lines.len() > rust_level::MOST_LINES {
        out.push(format!(
            "{path}: {} lines to write; a step asks for at most {}: give more in the starter",
            lines.len(),
            rust_level::MOST_LINES
        ));
    }
    for (line, what) in rust_level::beyond(&b) {
        if lines.contains(&line) {
            out.push(format!(
                "{path}:{}: {what}; a learner needs none: move it into the starter's given part, or do without",
                line + 1
            ));
        }
    }
    Ok(())
}

/// The Rust files of a folder, in order of name.
pub(crate) fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "rs"))
        .collect();
    files.sort();
    files
}
