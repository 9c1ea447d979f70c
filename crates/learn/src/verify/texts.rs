//! What can be told from the files alone.

use super::rust_level;
use super::{Problem, matrix, styles};
use crate::files;
use crate::place::Place;
use crate::steps::Entry;
use crate::verdict::tests_in_order;
use anyhow::Result;
use designs::manifest::StepKind;
use judge::worksheet::Sheet;
use std::path::Path;

/// Everything that can be told from the files of one design.
pub(super) fn check(place: &Place, entry: &Entry) -> Result<Vec<Problem>> {
    let mut out = Vec::new();
    manifest(entry, &mut out);
    instructions(place, entry, &mut out);
    let exercise = place.exercise(&entry.folder);
    let solution = place.root.join("solutions").join(&entry.folder);
    let starter = super::starters::folder(place, entry);
    folders(place, entry, &exercise, &solution, &mut out);
    worksheets(place, entry, &starter, &solution, &mut out)?;
    for (i, step) in entry.manifest.steps.iter().enumerate() {
        if step.kind != StepKind::Predict {
            rust(place, &starter, &solution, &entry.test(i), &mut out)?;
        }
    }
    matrix::headers(place, entry, &mut out)?;
    styles::headers(place, entry, &mut out)?;
    Ok(out)
}

fn manifest(entry: &Entry, out: &mut Vec<Problem>) {
    let m = &entry.manifest;
    for step in &m.steps {
        let kind = step.kind.word();
        for (i, hint) in step.hints.iter().enumerate() {
            if hint.trim().is_empty() {
                out.push(format!(
                    "design.toml, step {kind}: hint {} is empty; write {}",
                    i + 1,
                    ["a question", "the idea", "nearly the answer"][i]
                ));
            }
            if !hint.trim().is_empty() && step.hints[..i].contains(hint) {
                out.push(format!(
                    "design.toml, step {kind}: hint {} says the same as an earlier one",
                    i + 1
                ));
            }
        }
        if step.task.trim().is_empty() {
            out.push(format!(
                "design.toml, step {kind}: the task is empty; say in a few lines what is to be written"
            ));
        }
        if step.minutes == 0 {
            out.push(format!(
                "design.toml, step {kind}: 0 minutes; measure how long it takes"
            ));
        }
        if step.kind == m.day_step && step.minutes > 15 {
            out.push(format!(
                "design.toml, step {kind}: {} minutes; the day step takes 15 at most",
                step.minutes
            ));
        }
    }
    for (what, text) in [("title", &m.title), ("promise", &m.promise), ("moral", &m.moral)] {
        if text.trim().is_empty() {
            out.push(format!("design.toml: {what} is empty"));
        }
    }
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
                "{}:{}: the first of {} instructions to the author that still stand there (AUTHOR: …)",
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

fn folders(place: &Place, entry: &Entry, exercise: &Path, solution: &Path, out: &mut Vec<Problem>) {
    let mut must = |path: &Path| {
        if !path.is_file() {
            out.push(format!("{} is missing", place.shown(path)));
        }
    };
    for name in ["Cargo.toml", "README.md", "worksheet.toml", "src/lib.rs"] {
        must(&exercise.join(name));
        if name != "README.md" {
            must(&solution.join(name));
        }
    }
    let mut names = Vec::new();
    for (i, step) in entry.manifest.steps.iter().enumerate() {
        let test = entry.test(i);
        must(&exercise.join(format!("tests/{test}.rs")));
        if step.kind != StepKind::Predict {
            must(&exercise.join(format!("src/{test}.rs")));
            must(&solution.join(format!("src/{test}.rs")));
        }
        names.push(test);
    }
    for folder in [exercise.join("src"), exercise.join("tests"), solution.join("src")] {
        for file in rust_files(&folder) {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if stem.starts_with("step") && !names.contains(&stem) {
                out.push(format!(
                    "{}: design.toml has no such step; it has {}",
                    place.shown(&file),
                    names.join(", ")
                ));
            }
        }
    }
    for kind in ["misconceptions", "styles"] {
        for path in std::fs::read_dir(solution.join(kind))
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
        {
            let stem = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !names.contains(&stem) {
                out.push(format!(
                    "{}: design.toml has no such step, so nothing in it is looked at; the steps are {}",
                    place.shown(&path),
                    names.join(", ")
                ));
            }
        }
    }
    for test in &names {
        let path = exercise.join(format!("tests/{test}.rs"));
        if std::fs::read_to_string(&path).is_ok_and(|t| tests_in_order(&t).is_empty()) {
            out.push(format!(
                "{}: no #[test]; a step without a test is solved by nothing",
                place.shown(&path)
            ));
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
                out.push(format!("{}: {e}", place.shown(&path)));
                continue;
            }
        };
        let mut from = 0;
        for q in questions {
            match text[from..].find(&format!("[answers.{}]", q.id)) {
                Some(at) => from += at,
                None => out.push(format!(
                    "{}: [answers.{}] is missing, or not in design.toml's order",
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
                    .map(|why| format!("{}: {why}", place.shown(&path))),
            );
            if sheet.answers.iter().all(|a| a.mechanism.is_empty()) {
                out.push(format!("{}: the reference misses at least one question and picks its mechanism, so that explaining a miss is tried", place.shown(&path)));
            }
        } else if sheet.answered() > 0
            || sheet
                .answers
                .iter()
                .any(|a| !a.reason.is_empty() || !a.mechanism.is_empty())
        {
            out.push(format!("{}: a pristine sheet has no answers", place.shown(&path)));
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
