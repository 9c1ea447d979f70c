//! The manifests: `design.toml`, and the `Cargo.toml` of exercise and solution.

use super::{Problem, hints};
use crate::files;
use crate::place::Place;
use crate::steps::{Catalogue, Entry};
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::Path;

/// Most minutes of the step that is done in the day.
const DAY_STEP: u32 = 15;

/// Everything about `design.toml`.
pub(super) fn design(place: &Place, entry: &Entry, out: &mut Vec<Problem>) -> Result<()> {
    let m = &entry.manifest;
    for step in &m.steps {
        let kind = step.kind.word();
        out.extend(hints::levels(kind, &step.hints));
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
        if step.kind == m.day_step && step.minutes > DAY_STEP {
            out.push(format!(
                "design.toml, step {kind}: {} minutes; the day step takes {DAY_STEP} at most: give more in the starter, or make another step the day step",
                step.minutes
            ));
        }
    }
    let objectives = m.objectives.iter().map(|o| ("an objective", o));
    for (what, text) in [("title", &m.title), ("promise", &m.promise), ("moral", &m.moral)]
        .into_iter()
        .chain(objectives)
    {
        if text.trim().is_empty() {
            out.push(format!("design.toml: {what} is empty; write it in a sentence"));
        }
    }
    let steps: u32 = m.steps.iter().map(|s| s.minutes).sum();
    if m.self_study_minutes < steps {
        out.push(format!(
            "design.toml: self-study-minutes = {}, and the steps alone take {steps}; raise it, or shorten a step",
            m.self_study_minutes
        ));
    }
    if !is_month(&m.as_of) {
        out.push(format!("design.toml: as-of = {:?} is no month; write YYYY-MM", m.as_of));
    }
    twice("given", m.given.iter().map(|g| g.key.as_str()), out);
    twice("question", m.questions.iter().map(|q| q.id.as_str()), out);
    for q in &m.questions {
        let of = format!("question {}, mechanism", q.id);
        twice(&of, q.mechanisms.iter().map(|m| m.key.as_str()), out);
    }
    references(place, entry, out)
}

/// Keys that occur twice.
fn twice<'a>(what: &str, keys: impl Iterator<Item = &'a str>, out: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for key in keys.filter(|key| !seen.insert(*key)) {
        out.push(format!("design.toml: {what} {key:?} stands there twice; rename one"));
    }
}

fn is_month(text: &str) -> bool {
    let number = |t: &str, long: usize| (t.len() == long).then(|| t.parse::<u32>().ok()).flatten();
    text.split_once('-')
        .is_some_and(|(y, m)| number(y, 4).is_some() && number(m, 2).is_some_and(|m| (1..=12).contains(&m)))
}

/// What it names must be there: sources and building blocks.
fn references(place: &Place, entry: &Entry, out: &mut Vec<Problem>) -> Result<()> {
    let m = &entry.manifest;
    let blocks = place.root.join("src/blocks");
    // Those that `DSR_DESIGNS` leaves out too.
    let designs = Catalogue::all_in(&place.root)?;
    let pages = m.blocks.iter().map(|b| (b, "blocks", true));
    for (slug, list, only_blocks) in pages.chain(m.needs.iter().map(|n| (n, "needs", false))) {
        let is_design = || designs.entries.iter().any(|e| e.manifest.slug == *slug);
        if !blocks.join(format!("{slug}.md")).is_file() && (only_blocks || !is_design()) {
            let page = place.shown(&blocks.join(format!("{slug}.md")));
            out.push(format!(
                "design.toml, {list}: {slug:?} has no page {page}; write the page, or take the name out"
            ));
        }
    }
    let path = place.root.join("sources.toml");
    let text = files::read_if_there(&path)?.unwrap_or_default();
    match toml::from_str::<toml::Table>(&String::from_utf8_lossy(&text)) {
        Ok(known) => out.extend(m.sources.iter().filter(|s| !known.contains_key(*s)).map(|s| {
            format!(
                "design.toml, sources: {} has no {s:?}; add it there, or correct the key",
                place.shown(&path)
            )
        })),
        Err(e) => out.push(format!(
            "{}: {}; mend it, the book needs it too",
            place.shown(&path),
            e.message()
        )),
    }
    Ok(())
}

/// The packages of exercise and solution: names, dependencies, and that the same tests judge both.
pub(super) fn packages(place: &Place, entry: &Entry, out: &mut Vec<Problem>) -> Result<()> {
    let m = &entry.manifest;
    for (room, name) in [
        ("exercises", m.slug.clone()),
        ("solutions", format!("{}-solution", m.slug)),
    ] {
        let path = place.root.join(room).join(&entry.folder).join("Cargo.toml");
        let Some(bytes) = files::read_if_there(&path)? else {
            continue; // said already
        };
        let shown = place.shown(&path);
        let table: toml::Table = match toml::from_str(&String::from_utf8_lossy(&bytes)) {
            Ok(table) => table,
            Err(e) => {
                out.push(format!("{shown}: {}; mend it, cargo reads it too", e.message()));
                continue;
            }
        };
        let of = |table: &str, key: &str, text: &toml::Table| {
            let value = text.get(table).and_then(|t| t.get(key)).and_then(toml::Value::as_str);
            value.unwrap_or_default().to_owned()
        };
        if of("package", "name", &table) != name {
            out.push(format!("{shown}: package.name must be {name:?}; change it"));
        }
        let depends = table.get("dependencies").and_then(toml::Value::as_table);
        let others = depends.into_iter().flatten().map(|(k, _)| k);
        for other in others.filter(|k| !["designs", "judge"].contains(&k.as_str())) {
            out.push(format!(
                "{shown}: depends on {other:?}; an answer needs designs and judge alone: take it out, so that a first check compiles no more"
            ));
        }
        if room == "solutions" {
            let library = m.slug.replace('-', "_");
            if of("lib", "name", &table) != library {
                out.push(format!(
                    "{shown}: lib.name must be {library:?}, the exercise's; change it, so that the same tests judge both"
                ));
            }
            same_tests(place, entry, &path, &table, out);
        }
    }
    Ok(())
}

fn same_tests(place: &Place, entry: &Entry, manifest: &Path, table: &toml::Table, out: &mut Vec<Problem>) {
    let tests: Vec<&toml::Value> = table
        .get("test")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .collect();
    for test in (0..entry.manifest.steps.len()).map(|i| entry.test(i)) {
        let want = format!("../../exercises/{}/tests/{test}.rs", entry.folder);
        let named = tests.iter().any(|t| {
            let is = |key: &str, value: &str| t.get(key).and_then(toml::Value::as_str) == Some(value);
            is("name", &test) && is("path", &want)
        });
        if !named {
            out.push(format!(
                "{}: no [[test]] with name = {test:?} and path = {want:?}; add it, so that the same tests judge both",
                place.shown(manifest)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_year_and_a_month() {
        assert!(is_month("2013-02"));
        for bad in ["2013", "2013-13", "2013-2", "13-02", "2013-02-01", "", "abcd-ef"] {
            assert!(!is_month(bad), "{bad}");
        }
    }

    #[test]
    fn keys_that_occur_twice_are_named_once_each() {
        let mut out = Vec::new();
        twice("given", ["a", "b", "a"].into_iter(), &mut out);
        assert_eq!(out, ["design.toml: given \"a\" stands there twice; rename one"]);
    }
}
