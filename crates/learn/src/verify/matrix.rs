//! The confusion matrix: every wrong answer is rejected with its own belief, or with none.

use super::generated::Workspace;
use super::margins::Margins;
use super::programs::Programs;
use super::texts::rust_files;
use super::{Part, Problem};
use crate::files;
use crate::place::Place;
use crate::runner::Ran;
use crate::steps::Entry;
use crate::verdict::tests_in_order;
use anyhow::Result;
use judge::Verdict;
use outline::manifest::StepKind;
use std::path::PathBuf;

/// Fewest beliefs a design holds.
const LEAST_BELIEFS: usize = 8;
/// Of these, on the day step.
const LEAST_ON_DAY_STEP: usize = 4;
/// Fewest wrong answers outside the catalogue of beliefs.
const LEAST_OTHERS: usize = 10;

/// One wrong answer.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    /// Step: `step4_operate`.
    pub(super) step: String,
    /// Stem of the file: the belief's key, or `other_…`.
    pub(super) name: String,
    /// The file.
    pub(super) path: PathBuf,
    /// The tests of its step, as they stand in their file.
    tests: Vec<String>,
    /// What its head says.
    head: Head,
}

/// The head of a misconception's file.
#[derive(Clone, Debug, Default, PartialEq)]
struct Head {
    believes: String,
    seen_in: String,
    rejected_by: String,
    must_hear: String,
}

impl Wrong {
    /// Its module in the generated crate.
    pub(super) fn module(&self) -> String {
        format!("{}__{}", self.step, self.name)
    }

    /// A plausible wrong answer that no belief explains: the verdict stays neutral.
    fn is_other(&self) -> bool {
        self.name.starts_with("other_")
    }
}

/// The wrong answers of a design, in order of step and name.
pub(super) fn read(place: &Place, entry: &Entry) -> Result<Vec<Wrong>> {
    let base = place.root.join("solutions").join(&entry.folder).join("misconceptions");
    let mut out = Vec::new();
    for i in 0..entry.manifest.steps.len() {
        let step = entry.test(i);
        let source = files::read_if_there(&place.exercise(&entry.folder).join(format!("tests/{step}.rs")))?;
        let tests = tests_in_order(&String::from_utf8_lossy(&source.unwrap_or_default()));
        for path in rust_files(&base.join(&step)) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let head = head_of(&files::read_text(&path)?);
            let (step, tests) = (step.clone(), tests.clone());
            out.push(Wrong { step, name, path, tests, head });
        }
    }
    Ok(out)
}

/// The four entries of a file's head; an entry may go on over several lines.
fn head_of(source: &str) -> Head {
    let mut head = Head::default();
    let mut current = None;
    for line in source.lines().map_while(|l| l.strip_prefix("//!")).map(str::trim) {
        let entry = [
            ("Believes:", 0),
            ("Outside the catalogue:", 0),
            ("Seen in:", 1),
            ("Rejected by:", 2),
            ("Must hear:", 3),
        ]
        .into_iter()
        .find_map(|(key, i)| line.strip_prefix(key).map(|rest| (i, rest)));
        let text = match entry {
            Some((i, rest)) => {
                current = Some(i);
                rest
            }
            None => line,
        };
        let field = match current {
            Some(0) => &mut head.believes,
            Some(1) => &mut head.seen_in,
            Some(2) => &mut head.rejected_by,
            Some(3) => &mut head.must_hear,
            _ => continue,
        };
        if !field.is_empty() && !text.trim().is_empty() {
            field.push(' ');
        }
        field.push_str(text.trim());
    }
    head.rejected_by = head.rejected_by.trim_matches(['`', '.']).to_owned();
    head
}

/// Are there enough wrong answers, and do their heads say what they must?
pub(super) fn headers(place: &Place, entry: &Entry, out: &mut Vec<Problem>) -> Result<()> {
    let all = read(place, entry)?;
    let beliefs = |step: &str| {
        all.iter()
            .filter(|w| !w.is_other() && (step.is_empty() || w.step == step))
            .count()
    };
    let mut least = |have: usize, want: usize, what: &str| {
        if have < want {
            out.push(format!(
                "solutions/{}/misconceptions: {have} {what}; at least {want}: add a file for each",
                entry.folder
            ));
        }
    };
    least(beliefs(""), LEAST_BELIEFS, "misconceptions");
    least(
        all.iter().filter(|w| w.is_other()).count(),
        LEAST_OTHERS,
        "wrong answers outside the catalogue (other_*.rs)",
    );
    for (i, step) in entry
        .manifest
        .steps
        .iter()
        .enumerate()
        .filter(|(_, s)| s.kind != StepKind::Predict)
    {
        let name = entry.test(i);
        let want = if step.kind == entry.manifest.day_step {
            LEAST_ON_DAY_STEP
        } else {
            1
        };
        least(beliefs(&name), want, &format!("misconceptions of {name}"));
    }
    for wrong in &all {
        let path = place.shown(&wrong.path);
        if !wrong
            .name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            out.push(format!(
                "{path}: the file's name is the belief's key; write it in snake_case"
            ));
        }
        let h = &wrong.head;
        let wanted = if wrong.is_other() {
            vec![("Outside the catalogue", &h.believes), ("Rejected by", &h.rejected_by)]
        } else {
            vec![
                ("Believes", &h.believes),
                ("Seen in", &h.seen_in),
                ("Rejected by", &h.rejected_by),
                ("Must hear", &h.must_hear),
            ]
        };
        for (key, text) in wanted {
            if text.is_empty() {
                out.push(format!("{path}: the head has no line `//! {key}: …`; write it"));
            }
        }
    }
    Ok(())
}

/// How one wrong answer fared.
#[derive(Debug, PartialEq)]
struct Row {
    /// The first test of the file that rejected it: the one that a learner is shown.
    rejected_by: String,
    /// The beliefs that it was told, without repetition.
    told: Vec<String>,
    /// What is wrong with that.
    problems: Vec<Problem>,
}

/// Runs wrong answers and compares.
pub(super) fn check(entry: &Entry, made: &Workspace, answers: &[&Wrong], pools: u64) -> Result<Part> {
    let programs = Programs::compile(&made.root, &made.wrong, Some(&made.target))?;
    if !programs.errors.is_empty() {
        return Ok(programs
            .errors
            .into_iter()
            .map(|e| {
                format!("the wrong answers and styles do not compile; mend the file that the compiler names:\n{e}")
            })
            .collect::<Vec<_>>()
            .into());
    }
    let mut part = Part::default();
    let mut rows = Vec::new();
    for wrong in answers {
        let filter = format!("{}::", wrong.module());
        let mut margins = Margins::default();
        let mut first = None;
        for pool in 0..pools {
            let settings = [("DSR_POOL", pool.to_string())];
            let ran = programs.run("all", &made.root.join("wrong"), &[&filter], &settings)?;
            let mut row = judge(wrong, &ran, &wrong.tests);
            let found = std::mem::take(&mut row.problems).into_iter();
            part.problems
                .extend(found.map(|p| if pool == 0 { p } else { format!("{p} (pool {pool})") }));
            let rejecting = ran.verdicts.iter().filter(|v| !v.passed && v.test == row.rejected_by);
            rejecting.for_each(|v| margins.add(v));
            first.get_or_insert(row);
        }
        // What is outside the catalogue stands for answers that nobody thought of: near misses among them are welcome.
        if !wrong.is_other() {
            part.problems
                .extend(margins.problems(&format!("{}/{}", wrong.step, wrong.name)));
        }
        let Some(row) = first else { continue };
        rows.push((*wrong, row));
    }
    part.report = table(entry, &rows);
    Ok(part)
}

/// `order` holds the tests of the step as they stand in their file: a learner is shown the first that fails.
fn judge(wrong: &Wrong, ran: &Ran, order: &[String]) -> Row {
    let mut failed: Vec<&Verdict> = ran.verdicts.iter().filter(|v| !v.passed).collect();
    failed.sort_by_key(|v| order.iter().position(|t| *t == v.test));
    let mut told: Vec<String> = failed.iter().filter_map(|v| v.belief.clone()).collect();
    told.sort();
    told.dedup();
    let rejected_by = failed.first().map_or_else(String::new, |v| v.test.clone());
    let place = format!("{}/{}", wrong.step, wrong.name);
    let mut problems = Vec::new();
    if ran.passed {
        problems.push(format!("{place}: is not rejected; a test must be added or sharpened"));
    } else if failed.is_empty() {
        let end: String = ran
            .output
            .lines()
            .rev()
            .take(12)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join("\n");
        problems.push(format!(
            "{place}: fails without a verdict; let its test end in one (`.or_explain()`), or mend the answer:\n{end}"
        ));
    } else {
        let v = failed[0];
        if v.test != wrong.head.rejected_by {
            problems.push(format!(
                "{place}: {:?} should reject it; a learner is shown {} first: correct the head's `Rejected by`, or the order of the tests",
                wrong.head.rejected_by, v.test
            ));
        }
        if wrong.is_other() {
            for v in failed.iter().filter(|v| v.belief.is_some()) {
                problems.push(format!(
                    "{place}: {} tells it the belief {:?}, which it does not hold; narrow that belief's signature",
                    v.test,
                    v.belief.as_deref().unwrap_or_default()
                ));
            }
        } else {
            problems.extend(own_belief(wrong, v, &place, &told));
        }
    }
    Row { rejected_by, told, problems }
}

/// A misconception is told its own belief, in its own words, and no other.
fn own_belief(wrong: &Wrong, v: &Verdict, place: &str, told: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    match v.belief.as_deref() {
        Some(own) if own == wrong.name => {
            if !same_words(&v.ask, &wrong.head.must_hear) {
                problems.push(format!(
                    "{place}: must hear {:?}; it is asked {:?}: let the head and the belief (beliefs.rs) say the same",
                    wrong.head.must_hear, v.ask
                ));
            }
        }
        told => {
            let told = told.map_or("no belief".into(), |b| format!("{b:?}"));
            problems.push(format!(
                "{place}: {} tells it {told}; its own belief is {:?}: mend that belief's signature (beliefs.rs)",
                v.test, wrong.name
            ));
        }
    }
    for other in told.iter().filter(|b| **b != wrong.name) {
        problems.push(format!(
            "{place}: is also told {other:?}, another's belief; narrow that belief's signature"
        ));
    }
    problems
}

/// The same text but for case, spaces and the last stop.
fn same_words(a: &str, b: &str) -> bool {
    let plain = |t: &str| {
        t.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .trim_end_matches('.')
            .to_lowercase()
    };
    plain(a) == plain(b)
}

/// The matrix as a table: wrong answer, test that rejects it, belief that it is told.
fn table(entry: &Entry, rows: &[(&Wrong, Row)]) -> String {
    let width = |f: fn(&(&Wrong, Row)) -> usize| rows.iter().map(f).max().unwrap_or(0);
    let wide = width(|(w, _)| w.step.len() + 1 + w.name.len());
    let wide_test = width(|(_, r)| r.rejected_by.len());
    let good = rows
        .iter()
        .filter(|(w, r)| {
            !r.rejected_by.is_empty()
                && if w.is_other() {
                    r.told.is_empty()
                } else {
                    r.told == [w.name.clone()]
                }
        })
        .count();
    let mut out = format!(
        "      {good} of {} wrong answers to {} are told what they should hear\n",
        rows.len(),
        entry.folder
    );
    for (wrong, row) in rows {
        let name = format!("{}/{}", wrong.step, wrong.name);
        let told = match row.told.as_slice() {
            [] => "–".to_owned(),
            [one] if *one == wrong.name => "its own".to_owned(),
            many => many.join(", "),
        };
        let by = if row.rejected_by.is_empty() {
            "not rejected"
        } else {
            &row.rejected_by
        };
        out += &format!("      {name:<wide$}  {by:<wide_test$}  {told}\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::judge::verdict::{Kind, Place};

    fn wrong(name: &str) -> Wrong {
        let head = head_of(
            "//! Believes: slowness is\n//! always one leaf's own.\n//! Seen in: advice.\n//! Rejected by: keeps_within\n//! Must hear: what then?\n\nuse x;\n//! Believes: not this\n",
        );
        Wrong {
            step: "step4_operate".into(),
            name: name.into(),
            path: PathBuf::new(),
            tests: vec!["keeps_within".into(), "b".into()],
            head,
        }
    }

    fn told(test: &str, belief: Option<&str>) -> Verdict {
        let place = Place { step: "step4_operate".into(), test: test.into() };
        let mut v = Verdict::fail("02-x", &place, Kind::Belief);
        (v.belief, v.ask) = (belief.map(str::to_owned), "What then?".into());
        v
    }

    fn problems(name: &str, verdicts: Vec<Verdict>) -> Vec<Problem> {
        let wrong = wrong(name);
        judge(&wrong, &Ran { verdicts, ..Ran::default() }, &wrong.tests).problems
    }

    #[test]
    fn a_head_is_read_over_several_lines() {
        let head = wrong("x").head;
        assert_eq!(head.believes, "slowness is always one leaf's own.");
        assert_eq!(
            (head.rejected_by.as_str(), head.must_hear.as_str()),
            ("keeps_within", "what then?")
        );
    }

    #[test]
    fn each_gets_its_own_belief_and_no_other_s() {
        assert_eq!(
            problems("mine", vec![told("keeps_within", Some("mine"))]),
            Vec::<String>::new()
        );
        assert_eq!(
            problems("mine", vec![told("keeps_within", Some("mine")), told("b", None)]).len(),
            0
        );
        assert!(problems("mine", vec![told("keeps_within", None)])[0].contains("no belief"));
        assert!(problems("mine", vec![told("keeps_within", Some("theirs"))])[0].contains("theirs"));
        assert!(problems("mine", vec![told("b", Some("mine"))])[0].contains("should reject it"));
        // What a learner is shown goes by the order of the file, not of the alphabet.
        let both = vec![told("b", None), told("keeps_within", Some("mine"))];
        assert_eq!(problems("mine", both), Vec::<String>::new());
        assert!(
            problems(
                "mine",
                vec![told("keeps_within", Some("mine")), told("b", Some("theirs"))]
            )[0]
            .contains("another's")
        );
        assert!(problems("mine", vec![])[0].contains("without a verdict"));
    }

    #[test]
    fn what_is_outside_the_catalogue_is_told_no_belief() {
        assert_eq!(
            problems("other_a", vec![told("keeps_within", None)]),
            Vec::<String>::new()
        );
        assert!(problems("other_a", vec![told("keeps_within", Some("mine"))])[0].contains("does not hold"));
        let ran = Ran { passed: true, ..Ran::default() };
        assert!(judge(&wrong("other_a"), &ran, &[]).problems[0].contains("not rejected"));
    }

    #[test]
    fn what_must_be_heard_must_be_said() {
        let mut v = told("keeps_within", Some("mine"));
        v.ask = "something else?".into();
        assert!(problems("mine", vec![v])[0].contains("must hear"));
    }
}
