//! `cargo learn solution`: what differs from the learner's answer, and why.

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::steps::At;
use crate::term::{self, Term, Tone, say};
use crate::verify;
use anyhow::{Result, bail};
use outline::manifest::StepKind;
use similar::{ChangeTag, TextDiff};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Lines that stay the same and are shown around a change.
const AROUND: usize = 3;

/// `cargo learn solution`.
pub(crate) fn solution(session: &Session, at: At, anyway: bool) -> Result<Outcome> {
    let entry = session.catalogue.entry(at);
    if session.catalogue.kind(at) == StepKind::Predict {
        let text = format!(
            "A prediction has no solution: what counts is what you thought before. Commit it with `cargo learn check {}/predict`; then the debrief says what the numbers were and why: designs/{}/debrief.html (`cargo book`).",
            entry.number(),
            entry.folder
        );
        say(&session.term.hang("", 0, &text));
        return Ok(Outcome::Done);
    }
    let file = entry.file(at.step);
    let folder = session.place.root.join("solutions").join(&entry.folder);
    let path = folder.join(&file);
    // Before the question: what cannot be shown was not seen either.
    let Some(solution) = files::read_if_there(&path)? else {
        bail!(
            "this copy of the project has no {}: take the folder solutions/ from a whole one",
            session.place.shown(&path)
        );
    };
    let solution = String::from_utf8_lossy(&solution);
    if !may_show(session, at, anyway)? {
        return Ok(Outcome::NotYet);
    }
    let own = session.place.exercise(&entry.folder).join(&file);
    // An answer need not be valid text to be compared with.
    let yours = files::read_if_there(&own)?.unwrap_or_default();
    let yours = String::from_utf8_lossy(&yours);
    let starter = files::read_if_there(&session.place.pristine(&entry.folder).join(&file))?.unwrap_or_default();
    let starter = String::from_utf8_lossy(&starter);

    let short = session.catalogue.short(at);
    let mut out = format!("{}  a solution\n\n", session.term.tone(Tone::Strong, &short));
    for line in head(&solution) {
        out += &session.term.hang("", 2, line);
    }
    let names = (session.place.shown(&own), session.place.shown(&path));
    out.push('\n');
    out += &difference(
        &session.term,
        (&names.0, &names.1),
        &without_comments_of(&starter, &yours),
        &solution,
    );
    out.push('\n');
    out += &session
        .term
        .whole("  whole file   ", &session.term.file(&path, &names.1));
    out += &other_ways(session, &folder.join("styles").join(entry.test(at.step)))?;
    out += &read_on(session, at)?;
    say(&out);
    Ok(Outcome::Done)
}

/// Asks once before the solution of a step that is not solved is seen; remembers the answer.
fn may_show(session: &Session, at: At, anyway: bool) -> Result<bool> {
    let key = session.catalogue.key(at);
    let record = session.store.read()?.step(&key);
    if record.solved.is_some() || record.solution_shown {
        return Ok(true);
    }
    let short = session.catalogue.short(at);
    if !anyway && !term::can_ask() {
        bail!(
            "{short} is not solved yet, and this shows a solution; `cargo learn hint {short}` helps a step further, --anyway shows it all the same"
        );
    }
    if !anyway && !term::ask(&format!("{short} is not solved yet: show a solution anyway?")) {
        say(&format!(
            "Nothing shown. `cargo learn hint {short}` helps a step further.\n"
        ));
        return Ok(false);
    }
    session.store.update(|p| p.step_mut(&key).solution_shown = true)?;
    Ok(true)
}

/// What the head of a file says, line by line.
fn head(source: &str) -> Vec<&str> {
    let lines = source.lines().map_while(|l| l.strip_prefix("//!"));
    lines.map(str::trim).filter(|l| !l.is_empty()).collect()
}

/// The learner's lines, each with its number in the file, without the comments that came with the starter: a solution does not
/// repeat the task, and nobody wants to read it as a difference.
fn without_comments_of<'a>(starter: &str, yours: &'a str) -> Vec<(usize, &'a str)> {
    let comment = |l: &str| l.trim_start().starts_with("//");
    let given: HashSet<&str> = starter.lines().filter(|l| comment(l)).collect();
    let lines = yours.lines().enumerate().map(|(i, l)| (i + 1, l));
    lines.filter(|(_, l)| !given.contains(l)).collect()
}

/// A unified difference from the learner's lines to the solution's.
fn difference(term: &Term, names: (&str, &str), yours: &[(usize, &str)], solution: &str) -> String {
    let old: Vec<&str> = yours.iter().map(|(_, l)| *l).collect();
    let new: Vec<&str> = solution.lines().collect();
    let diff = TextDiff::from_slices(&old, &new);
    let groups = diff.grouped_ops(AROUND);
    if groups.iter().flatten().all(|op| op.tag() == similar::DiffTag::Equal) {
        return "The same as yours, line by line.\n".into();
    }
    let mut out = term.tone(Tone::Bad, &format!("--- {}", names.0)) + "   (without the comments of the starter)\n";
    out += &(term.tone(Tone::Good, &format!("+++ {}", names.1)) + "\n");
    for group in groups {
        let (from, to) = group
            .first()
            .map_or((0, 0), |op| (op.old_range().start, op.new_range().start));
        let from = yours.get(from).or(yours.last()).map_or(0, |(line, _)| *line);
        out += &term.tone(
            Tone::Faint,
            &format!("@@ line {from} of yours, line {} of the solution @@", to + 1),
        );
        out.push('\n');
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let line = change.value().trim_end();
            out += &match change.tag() {
                ChangeTag::Delete => term.tone(Tone::Bad, &format!("-{line}")),
                ChangeTag::Insert => term.tone(Tone::Good, &format!("+{line}")),
                ChangeTag::Equal => format!(" {line}"),
            };
            out.push('\n');
        }
    }
    out
}

/// The other right answers, each with what its head says first.
fn other_ways(session: &Session, folder: &Path) -> Result<String> {
    let ways: Vec<PathBuf> = verify::rust_files(folder);
    let mut out = String::new();
    for (i, path) in ways.iter().enumerate() {
        let text = files::read_text(path)?;
        let says = head(&text).first().copied().unwrap_or_default().to_owned();
        if i == 0 {
            out += "  other ways\n";
        }
        out += &format!("    {}\n", session.term.file(path, &session.place.shown(path)));
        out += &session.term.hang("", 6, &says);
    }
    Ok(out)
}

/// Where the whole design is explained.
fn read_on(session: &Session, at: At) -> Result<String> {
    let entry = session.catalogue.entry(at);
    let text = match session.current(Some(at.design))? {
        None => format!("the debrief: designs/{}/debrief.html (`cargo book`)", entry.folder),
        Some(next) => format!(
            "the debrief, once the design is solved; next is {}",
            session.catalogue.short(next)
        ),
    };
    Ok(session.term.hang("  read on      ", 15, &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STARTER: &str = "//! The task.\n//! More.\n\nuse a;\n\n/// What to do.\nfn f() {\n    todo!()\n}\n";
    const YOURS: &str = "//! The task.\n//! More.\n\nuse a;\n\n/// What to do.\nfn f() {\n    // mine\n    1\n}\n";
    const SOLUTION: &str = "//! The idea.\n\nuse a;\n\nfn f() {\n    // Since two is more.\n    2\n}\n";

    #[test]
    fn a_difference_leaves_out_the_starter_s_comments_and_keeps_the_learner_s() {
        let yours = without_comments_of(STARTER, YOURS);
        assert_eq!(yours[0], (3, ""));
        let text = difference(&Term::PLAIN, ("a.rs", "b.rs"), &yours, SOLUTION);
        assert_eq!(
            text,
            "--- a.rs   (without the comments of the starter)\n+++ b.rs\n@@ line 3 of yours, line 1 of the solution @@\n+//! The idea.\n \n use a;\n \n fn f() {\n-    // mine\n-    1\n+    // Since two is more.\n+    2\n }\n"
        );
        let same = without_comments_of("", SOLUTION);
        assert!(difference(&Term::PLAIN, ("a", "b"), &same, SOLUTION).starts_with("The same"));
        let nothing = difference(&Term::PLAIN, ("a", "b"), &[], SOLUTION);
        assert!(nothing.contains("+fn f() {"), "{nothing}");
    }

    #[test]
    fn a_head_is_what_comes_first() {
        assert_eq!(
            head("//! One.\n//!\n//! Two.\nfn f() {}\n//! not this\n"),
            ["One.", "Two."]
        );
    }
}
