//! The folders of exercise and solution: what must be there is, and nothing else.

use super::Problem;
use crate::kept;
use crate::place::Place;
use crate::steps::Entry;
use crate::verdict::tests_in_order;
use outline::manifest::StepKind;
use std::fs;
use std::path::{Path, PathBuf};

/// What systems put beside every file, and git ignores.
const IGNORED: [&str; 2] = [".DS_Store", "Thumbs.db"];

/// Missing files, strays, and tests that judge nothing.
pub(super) fn check(place: &Place, entry: &Entry, out: &mut Vec<Problem>) {
    let exercise = place.exercise(&entry.folder);
    let solution = place.root.join("solutions").join(&entry.folder);
    missing(place, entry, &exercise, &solution, out);
    strays(place, entry, &exercise, &solution, out);
    for test in tests(entry) {
        let path = exercise.join(format!("tests/{test}.rs"));
        if fs::read_to_string(&path).is_ok_and(|t| tests_in_order(&t).is_empty()) {
            out.push(format!(
                "{}: no #[test]; a step without a test is solved by nothing: add one",
                place.shown(&path)
            ));
        }
    }
}

/// The steps by the names of their tests, in order.
fn tests(entry: &Entry) -> Vec<String> {
    (0..entry.manifest.steps.len()).map(|i| entry.test(i)).collect()
}

/// The steps that are written in Rust.
fn written(entry: &Entry) -> impl Iterator<Item = String> + '_ {
    let steps = entry.manifest.steps.iter().enumerate();
    steps
        .filter(|(_, s)| s.kind != StepKind::Predict)
        .map(|(i, _)| entry.test(i))
}

fn missing(place: &Place, entry: &Entry, exercise: &Path, solution: &Path, out: &mut Vec<Problem>) {
    let mut must = |path: &Path| {
        if !path.is_file() {
            out.push(format!(
                "{} is missing; another design's, or `cargo learn new-design`, shows what stands in it",
                place.shown(path)
            ));
        }
    };
    for name in ["Cargo.toml", "README.md", "worksheet.toml", "src/lib.rs"] {
        must(&exercise.join(name));
        if name != "README.md" {
            must(&solution.join(name));
        }
    }
    for test in tests(entry) {
        must(&exercise.join(format!("tests/{test}.rs")));
    }
    for step in written(entry) {
        must(&exercise.join(format!("src/{step}.rs")));
        must(&solution.join(format!("src/{step}.rs")));
    }
}

/// Files that nothing reads: a step that was renamed, an answer in the wrong folder, what an editor left.
fn strays(place: &Place, entry: &Entry, exercise: &Path, solution: &Path, out: &mut Vec<Problem>) {
    let tests = tests(entry);
    for (folder, is_solution) in [(exercise, false), (solution, true)] {
        let given = modules(folder);
        let mut files = Vec::new();
        below(folder, &mut files);
        for path in files {
            let name = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            let known = if is_solution {
                in_solution(&name, entry, &given)
            } else {
                in_exercise(&name, entry, &given)
            };
            if !known {
                out.push(format!(
                    "{}: nothing reads this file; the steps are {}. Remove it, or name it after a step; is it your own, verify in a clean clone",
                    place.shown(&path),
                    tests.join(", ")
                ));
            }
        }
    }
}

/// The modules that a folder's library names.
fn modules(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
    text.lines()
        .filter_map(|l| {
            l.trim()
                .trim_start_matches("pub ")
                .strip_prefix("mod ")?
                .strip_suffix(';')
        })
        .map(str::to_owned)
        .collect()
}

fn in_exercise(name: &str, entry: &Entry, modules: &[String]) -> bool {
    // The pristine copies have the same places as what a learner edits.
    let (name, pristine) = match name.strip_prefix(".starter/") {
        Some(rest) => (rest, true),
        None => (name, false),
    };
    match name {
        "worksheet.toml" => true,
        "Cargo.toml" | "README.md" => !pristine,
        // What `reset` and others kept of a learner's.
        _ if name.split_once('/').is_some_and(|(first, _)| first == kept::FOLDER) => !pristine,
        _ => is_source(name, modules) || (!pristine && is_one_of(name, "tests/", tests(entry))),
    }
}

fn in_solution(name: &str, entry: &Entry, modules: &[String]) -> bool {
    let answer = |room: &str| {
        let below = name
            .strip_prefix(room)
            .and_then(|rest| rest.strip_suffix(".rs")?.split_once('/'));
        below.is_some_and(|(step, file)| !file.contains('/') && written(entry).any(|s| s == step))
    };
    matches!(name, "Cargo.toml" | "worksheet.toml" | "mutants.toml")
        || is_source(name, modules)
        || answer("misconceptions/")
        || answer("styles/")
}

fn is_source(name: &str, modules: &[String]) -> bool {
    name == "src/lib.rs" || is_one_of(name, "src/", modules.iter().cloned())
}

fn is_one_of(name: &str, room: &str, stems: impl IntoIterator<Item = String>) -> bool {
    let stem = name.strip_prefix(room).and_then(|rest| rest.strip_suffix(".rs"));
    stem.is_some_and(|stem| stems.into_iter().any(|s| s == stem))
}

/// Every file below a folder, hidden ones too, in order of path.
fn below(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| !p.file_name().is_some_and(|n| IGNORED.iter().any(|i| n == *i)))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            below(&path, out);
        } else {
            out.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::Catalogue;

    #[test]
    fn every_file_has_a_reader() {
        let catalogue = Catalogue::load(&crate::place::here()).unwrap();
        let entry = &catalogue.entries[catalogue.design("02").unwrap()];
        let modules = ["step2_calculate".to_owned(), "step4_operate".to_owned()];
        let exercise = |name: &str| in_exercise(name, entry, &modules);
        for good in [
            "Cargo.toml",
            "worksheet.toml",
            "src/lib.rs",
            "src/step4_operate.rs",
            "tests/step1_predict.rs",
            "kept/step4_operate.1.rs",
            ".starter/worksheet.toml",
            ".starter/src/step2_calculate.rs",
        ] {
            assert!(exercise(good), "{good}");
        }
        for stray in [
            "notes.txt",
            "src/step9_old.rs",
            "tests/step4_other.rs",
            ".starter/Cargo.toml",
            ".starter/tests/step1_predict.rs",
            "src/.step4_operate.rs.swp",
            "styles/step4_operate/x.rs",
        ] {
            assert!(!exercise(stray), "{stray}");
        }
        let solution = |name: &str| in_solution(name, entry, &modules);
        for good in [
            "mutants.toml",
            "styles/step4_operate/x.rs",
            "misconceptions/step2_calculate/y.rs",
        ] {
            assert!(solution(good), "{good}");
        }
        for stray in [
            "README.md",
            "styles/step1_predict/x.rs",
            "styles/x.rs",
            "misconceptions/step4_operate/x.txt",
            "misconceptions/step4_operate/deep/x.rs",
        ] {
            assert!(!solution(stray), "{stray}");
        }
    }
}
