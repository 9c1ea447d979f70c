//! The pristine starters: committed copies in `.starter/` of each exercise, what they must do, and the solutions.

use super::generated::Workspace;
use super::margins::Margins;
use super::programs::Programs;
use super::{Part, Problem};
use crate::files;
use crate::place::Place;
use crate::runner::Ran;
use crate::steps::Entry;
use crate::verdict::{self, Finding};
use anyhow::{Context, Result};
use judge::verdict::Kind;
use outline::manifest::StepKind;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder of the pristine copies of a design.
pub(super) fn folder(place: &Place, entry: &Entry) -> PathBuf {
    place.pristine(&entry.folder)
}

/// What a learner edits, relative to an exercise's folder: the worksheet and the sources.
pub(super) fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    if folder.join("worksheet.toml").is_file() {
        out.push(PathBuf::from("worksheet.toml"));
    }
    for file in super::texts::rust_files(&folder.join("src")) {
        out.push(Path::new("src").join(file.file_name().unwrap_or_default()));
    }
    Ok(out)
}

/// Makes what stands in exercises/ the pristine copy; returns how many files there are.
pub(super) fn accept(place: &Place, folder: &str) -> Result<usize> {
    let (from, to) = (place.exercise(folder), place.pristine(folder));
    fs::create_dir_all(to.join("src")).with_context(|| format!("cannot make {}", to.display()))?;
    let wanted = files_of(&from)?;
    for file in &wanted {
        files::write_atomically(&to.join(file), &files::read_text(&from.join(file))?)?;
    }
    for file in files_of(&to)?.into_iter().filter(|f| !wanted.contains(f)) {
        fs::remove_file(to.join(&file)).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    Ok(wanted.len())
}

/// On a clean checkout exercises/ is the pristine copy.
pub(super) fn check(place: &Place, entry: &Entry) -> Result<Vec<Problem>> {
    let (exercise, pristine) = (place.exercise(&entry.folder), folder(place, entry));
    let (a, b) = (files_of(&exercise)?, files_of(&pristine)?);
    let number = entry.number();
    if b.is_empty() {
        return Ok(vec![format!(
            "{} is missing: `cargo learn verify {number} --accept-starters` makes it from exercises/{}",
            place.shown(&pristine),
            entry.folder
        )]);
    }
    let mut out = Vec::new();
    for file in a.iter().chain(b.iter().filter(|f| !a.contains(f))) {
        // Line ends may differ between systems.
        let read = |folder: &Path| {
            files::read_if_there(&folder.join(file)).map(|b| b.map(|b| String::from_utf8_lossy(&b).replace('\r', "")))
        };
        if read(&exercise)? != read(&pristine)? {
            out.push(format!(
                "{} differs from its pristine copy in {}.\nYour own answer? Verify in a clean clone. A better starter? `cargo learn verify {number} --accept-starters`, and commit both.",
                place.shown(&exercise.join(file)),
                place.shown(&pristine)
            ));
        }
    }
    Ok(out)
}

/// Compiles and runs the pristine starter: no warnings, and each step fails as it should.
pub(super) fn run(place: &Place, entry: &Entry, made: &Workspace) -> Result<Vec<Problem>> {
    let programs = Programs::compile(&made.root, &made.starter, Some(&made.target))?;
    if !programs.errors.is_empty() {
        return Ok(programs
            .errors
            .iter()
            .map(|e| format!("the starter does not compile; {}:\n{e}", accepting(entry)))
            .collect());
    }
    let mut out: Vec<_> = programs
        .warnings
        .iter()
        .map(|w| format!("the starter compiles with a warning; {}:\n{w}", accepting(entry)))
        .collect();
    for (i, step) in entry.manifest.steps.iter().enumerate() {
        let test = entry.test(i);
        let ran = programs.run(&test, &made.root.join("starter"), &[], &[])?;
        let source = files::read_text(&place.exercise(&entry.folder).join(format!("tests/{test}.rs")))?;
        let questions = entry.manifest.questions.len();
        out.extend(starter_problem(&ran, entry, step.kind, &test, &source, questions));
    }
    Ok(out)
}

/// How a starter is mended.
fn accepting(entry: &Entry) -> String {
    format!(
        "mend exercises/{}, then `cargo learn verify {} --accept-starters`",
        entry.folder,
        entry.number()
    )
}

fn starter_problem(
    ran: &Ran,
    entry: &Entry,
    kind: StepKind,
    test: &str,
    source: &str,
    questions: usize,
) -> Option<Problem> {
    let failure = match verdict::find(ran, &entry.folder, test, source) {
        Finding::Holds { .. } => {
            return Some(format!(
                "{test}: the pristine starter passes; its tests judge nothing: let each call the learner's answer, and the starter end in todo!"
            ));
        }
        Finding::Fails(failure) => failure,
    };
    let v = &failure.verdict;
    if kind == StepKind::Predict {
        let want = format!("not committed: 0 of {questions} questions answered");
        let said = v.kind == Kind::Uncommitted && (v.observed.contains(&want) || ran.output.contains(&want));
        return (!said).then(|| {
            format!(
                "{test}: the pristine sheet must be told {want:?}; it is told {:?} ({:?}): let the test judge `judge::worksheet!()`, and empty the sheet",
                v.observed, v.kind
            )
        });
    }
    if failure.holding > 0 {
        return Some(format!(
            "{test}: {} of {} tests pass on the pristine starter; each must call the learner's answer",
            failure.holding, failure.tests
        ));
    }
    (v.kind != Kind::Todo).then(|| {
        format!(
            "{test}, {}: must fail with the starter's own todo!; it says {:?} ({:?}): let nothing stop before the todo!",
            v.test, v.observed, v.kind
        )
    })
}

/// The solutions of these steps pass the same test files.
pub(super) fn solutions(place: &Place, entry: &Entry, steps: &[usize], pools: u64) -> Result<Part> {
    let folder = place.root.join("solutions").join(&entry.folder);
    let manifest: toml::Table = toml::from_str(&files::read_text(&folder.join("Cargo.toml"))?)
        .with_context(|| format!("{}", folder.join("Cargo.toml").display()))?;
    let package = manifest
        .get("package")
        .and_then(|p| p.get("name"))
        .and_then(toml::Value::as_str)
        .unwrap_or_default();
    let programs = Programs::compile(&place.root, package, None)?;
    if !programs.errors.is_empty() {
        let errors = programs
            .errors
            .iter()
            .map(|e| format!("the solution does not compile; mend the file that the compiler names:\n{e}"));
        return Ok(errors.collect::<Vec<_>>().into());
    }
    let mut out: Vec<_> = programs
        .warnings
        .iter()
        .map(|w| format!("the solution compiles with a warning; mend what it names:\n{w}"))
        .collect();
    let mut margins = Margins::default();
    for &i in steps {
        let test = entry.test(i);
        if !programs.has(&test) {
            out.push(format!(
                "{}: the package {package} has no test {test}; add a [[test]] with the exercise's path",
                place.shown(&folder.join("Cargo.toml"))
            ));
            continue;
        }
        let source = files::read_text(&place.exercise(&entry.folder).join(format!("tests/{test}.rs")))?;
        // Only a learner's Rust is run on the seeds of a pool; a worksheet is judged by the chapter's one run.
        let pools = if entry.manifest.steps[i].kind == StepKind::Predict {
            1
        } else {
            pools
        };
        for pool in 0..pools {
            let ran = programs.run(&test, &folder, &[], &[("DSR_POOL", pool.to_string())])?;
            ran.verdicts.iter().for_each(|v| margins.add(v));
            if let Finding::Fails(failure) = verdict::find(&ran, &entry.folder, &test, &source) {
                let v = &failure.verdict;
                out.push(format!(
                    "{test}, {}: the solution fails on pool {pool} ({:?}): {} {}\nMend the solution, or the limit in the test.",
                    v.test, v.kind, v.observed, v.instead
                ));
            }
        }
    }
    out.extend(margins.problems("the solution"));
    let report = margins.nearest().map_or_else(String::new, |m| format!("      {m}\n"));
    Ok(Part { problems: out, report })
}
