//! Other right answers: the judge rejects beliefs, never styles, so answers unlike the solution must pass as well.

use super::generated::Workspace;
use super::margins::Margins;
use super::programs::Programs;
use super::texts::rust_files;
use super::{Part, Problem};
use crate::files;
use crate::place::Place;
use crate::runner::Ran;
use crate::steps::Entry;
use anyhow::Result;
use outline::manifest::StepKind;
use std::path::PathBuf;

/// Fewest styles of a policy: one rule can be written in many ways, and a judge that knows only ours is found out by these.
const LEAST_OF_A_POLICY: usize = 3;

/// One right answer besides the solution's.
#[derive(Clone, Debug)]
pub(super) struct Style {
    /// Step: `step4_operate`.
    pub(super) step: String,
    /// Stem of the file.
    pub(super) name: String,
    /// The file.
    pub(super) path: PathBuf,
    /// What its head says is different.
    differs: String,
}

impl Style {
    /// Its module in the generated crate.
    pub(super) fn module(&self) -> String {
        // The step last: a filter for `step4_operate__x::` must not find it.
        format!("style__{}__{}", self.name, self.step)
    }
}

/// The styles of a design, in order of step and name.
pub(super) fn read(place: &Place, entry: &Entry) -> Result<Vec<Style>> {
    let base = place.root.join("solutions").join(&entry.folder).join("styles");
    let mut out = Vec::new();
    for step in (0..entry.manifest.steps.len()).map(|i| entry.test(i)) {
        for path in rust_files(&base.join(&step)) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let source = files::read_text(&path)?;
            let head = source.lines().next().and_then(|l| l.strip_prefix("//! Another way:"));
            let differs = head.unwrap_or_default().trim().to_owned();
            out.push(Style { step: step.clone(), name, path, differs });
        }
    }
    Ok(out)
}

/// Are there enough of them, and do their heads say what is different?
pub(super) fn headers(place: &Place, entry: &Entry, out: &mut Vec<Problem>) -> Result<()> {
    let all = read(place, entry)?;
    let operate = entry.manifest.steps.iter().position(|s| s.kind == StepKind::Operate);
    if let Some(step) = operate.map(|i| entry.test(i)) {
        let have = all.iter().filter(|s| s.step == step).count();
        if have < LEAST_OF_A_POLICY {
            out.push(format!(
                "solutions/{}/styles/{step}: {have} other right answers; at least {LEAST_OF_A_POLICY}, each unlike the solution",
                entry.folder
            ));
        }
    }
    out.extend(all.iter().filter(|s| s.differs.is_empty()).map(|s| {
        format!(
            "{}: the first line must be `//! Another way: …`, with what is different",
            place.shown(&s.path)
        )
    }));
    Ok(())
}

/// Runs styles: each must pass every test of its step, on every pool.
pub(super) fn check(made: &Workspace, styles: &[&Style], pools: u64) -> Result<Part> {
    let mut part = Part::default();
    let programs = Programs::compile(&made.root, &made.wrong, Some(&made.target))?;
    if !programs.errors.is_empty() {
        part.problems
            .push("the styles do not compile, or the wrong answers in the same crate; the part above, or shard, has the compiler's words".into());
        return Ok(part);
    }
    for style in styles {
        let filter = format!("{}::", style.module());
        let name = format!("{}/{}", style.step, style.name);
        let mut margins = Margins::default();
        let mut failed: Vec<(u64, Ran)> = Vec::new();
        for pool in 0..pools {
            let settings = [("DSR_POOL", pool.to_string())];
            let ran = programs.run("all", &made.root.join("wrong"), &[&filter], &settings)?;
            ran.verdicts.iter().for_each(|v| margins.add(v));
            if !ran.passed {
                failed.push((pool, ran));
            }
        }
        part.problems.extend(problem(&name, pools, &failed));
        // For information: a style is not ours to tune, and a judge with less room than this turns good answers away.
        let nearest = margins.nearest().unwrap_or_else(|| "no limit was measured".into());
        let near = margins.problems("").len();
        let note = if near > 0 {
            format!("; {near} nearer than 20 %")
        } else {
            String::new()
        };
        part.report += &format!("      {name}: {nearest}{note}\n");
    }
    Ok(part)
}

fn problem(name: &str, pools: u64, failed: &[(u64, Ran)]) -> Option<Problem> {
    let (first, ran) = failed.first()?;
    let said = match ran.verdicts.iter().find(|v| !v.passed) {
        Some(v) => format!("{} says {:?}, {:?} ({:?})", v.test, v.observed, v.instead, v.kind),
        None => ran.output.lines().rev().take(8).collect::<Vec<_>>().join(" | "),
    };
    Some(format!(
        "{name}: fails on {} of {pools} pools, first on pool {first}: {said}.\nIf it is right, the judge is too narrow; if it is not, it belongs under misconceptions/",
        failed.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use judge::Verdict;
    use judge::verdict::{Kind, Place as At};

    #[test]
    fn a_style_that_fails_is_reported_with_what_it_was_told() {
        assert_eq!(problem("step4_operate/x", 5, &[]), None);
        let place = At { step: "step4_operate".into(), test: "keeps_within".into() };
        let mut verdict = Verdict::fail("02-x", &place, Kind::Trade);
        verdict.observed = "12 % more requests".into();
        let failed = [
            (3, Ran { verdicts: vec![verdict], ..Ran::default() }),
            (4, Ran::default()),
        ];
        let said = problem("step4_operate/x", 5, &failed).unwrap();
        assert!(
            said.contains("2 of 5 pools, first on pool 3: keeps_within says \"12 % more requests\""),
            "{said}"
        );
        let silent = [(0, Ran { output: "no module".into(), ..Ran::default() })];
        assert!(problem("x", 1, &silent).unwrap().contains("no module"));
    }
}
