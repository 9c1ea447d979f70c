//! `cargo learn dispute`: all that somebody needs who is to look at a verdict, in one file.

mod scrub;

use crate::Outcome;
use crate::check::{self, Session};
use crate::files;
use crate::git;
use crate::runner::{self, Build, Ran};
use crate::sheet::{self, OnDisk};
use crate::steps::At;
use crate::term::{Term, Tone, say};
use crate::verdict::{self, Failure, Finding};
use anyhow::{Context, Result};
use judge::Verdict;
use judge::verdict::Kind;
use outline::manifest::StepKind;
use std::path::Path;
use std::process::Command;

/// How much of what the tests printed goes into the file, in bytes.
const MOST_OUTPUT: usize = 16 * 1024;

/// `cargo learn dispute`. It judges as a check does, and records nothing.
pub(crate) fn dispute(session: &Session, at: At) -> Result<Outcome> {
    let short = session.catalogue.short(at);
    let entry = session.catalogue.entry(at);
    if session.catalogue.kind(at) == StepKind::Predict {
        let mut disk = OnDisk::read(&session.place, entry)?;
        // Judged as a check judges it: by the recorded commit.
        let back = disk.put_back(entry, &session.store.read()?.design(&entry.folder))?;
        if !back.is_empty() {
            say(&sheet::back_again(
                &session.term,
                &short,
                &session.place.shown(&disk.path),
                &back,
            ));
        }
        if !disk.committed() {
            say(&session.term.message(&format!(
                "○ {short}  is not committed, so there is no verdict yet: `cargo learn check {short}` gives one"
            )));
            return Ok(Outcome::NotYet);
        }
    }
    let Some(ran) = judged(session, at)? else {
        return Ok(Outcome::NotYet);
    };
    let test = entry.test(at.step);
    let exercise = session.place.exercise(&entry.folder);
    let source = files::read_text(&exercise.join(entry.tests(at.step)))?;
    let finding = verdict::find(&ran, &entry.folder, &test, &source);
    if let Finding::Fails(failure) = &finding
        && matches!(failure.verdict.kind, Kind::Todo | Kind::Uncommitted)
    {
        say(&session.term.message(&format!(
            "○ {short}  not written yet, so there is no verdict to dispute"
        )));
        return Ok(Outcome::NotYet);
    }
    let answer = files::read_if_there(&exercise.join(entry.file(at.step)))?.unwrap_or_default();
    let text = Report { session, at, ran: &ran, finding: &finding, answer: &String::from_utf8_lossy(&answer) }.text();
    let text = scrub::scrub(&text, &session.place.root);
    let name = |n| format!("{}-{}-{n}.md", entry.number(), session.catalogue.kind(at).word());
    let path = files::write_numbered(&session.place.records.join("disputes"), name, text.as_bytes())?;
    let shown = session.place.shown(&path);
    let term = &session.term;
    let head = term.tone(Tone::Strong, &short);
    let mut out = term.whole(&format!("{head}  "), &term.file(&path, &shown)) + "\n";
    for (n, text) in [
        (1, "Say in it why the verdict is wrong; the place for that comes first."),
        (
            2,
            "Read it once: your whole answer stands in it. No name and no folder of yours should.",
        ),
        (
            3,
            "Report it as src/errata.md says, under “Report an error” (errata.html in the book).",
        ),
    ] {
        out += &term.hang(&format!("  {n}."), 5, text);
    }
    say(&out);
    Ok(Outcome::Done)
}

/// Compiles the step and runs its tests. `None` when the compiler refuses.
fn judged(session: &Session, at: At) -> Result<Option<Ran>> {
    let entry = session.catalogue.entry(at);
    let short = session.catalogue.short(at);
    let line = |text: String| say(&session.term.tone(Tone::Faint, &text));
    line(format!("· {short}  compiling and judging, without a record …\n"));
    let Build::Built(program) = check::compile(session, at, &|| false)? else {
        return Ok(None);
    };
    let folder = session.place.exercise(&entry.folder);
    runner::run(&program, &folder, &[], &[], runner::PATIENCE, &|| false).map(Some)
}

/// What the file is made of.
struct Report<'a> {
    session: &'a Session,
    at: At,
    ran: &'a Ran,
    finding: &'a Finding,
    answer: &'a str,
}

impl Report<'_> {
    fn text(&self) -> String {
        let catalogue = &self.session.catalogue;
        let entry = catalogue.entry(self.at);
        let file = format!("exercises/{}/{}", entry.folder, entry.file(self.at.step).display()).replace('\\', "/");
        let language = if file.ends_with(".toml") { "toml" } else { "rust" };
        let pool = std::env::var("DSR_POOL").unwrap_or_else(|_| "0, the usual one".into());
        let mut out = format!(
            "# Dispute of {}\n\n\
             Written by `cargo learn dispute`. Please fill in the first part, and read the rest once before you send it.\n\n\
             ## Why the verdict is wrong\n\n\
             <!-- Fill in, and keep it short. -->\n\n\
             - The verdict says:\n\
             - I hold to be true:\n\
             - Because (a calculation, a run of the lab with its knobs and its seed, a source with its place):\n\n\
             ## The verdict\n\n",
            catalogue.short(self.at)
        );
        out += &fenced("text", &self.verdict());
        out += &format!(
            "\nPool of seeds: {pool}. The seed of a run stands in its `replay` line. What each test measured is left out, for the claim's sake; the answer and the seeds give it again.\n"
        );
        out += &format!("\nEvery verdict of the step:\n\n{}", fenced("json", &self.verdicts()));
        if !self.ran.passed {
            out += &format!(
                "\nWhat the tests printed:\n\n{}",
                fenced("text", &beginning(&self.ran.output))
            );
        }
        out += &format!("\n## The answer\n\n`{file}`:\n\n{}", fenced(language, self.answer));
        out += &format!(
            "\n## Versions\n\n{}",
            fenced("text", &versions(&self.session.place.root, &entry.folder))
        );
        out
    }

    /// The verdict as the learner sees it.
    fn verdict(&self) -> String {
        let short = self.session.catalogue.short(self.at);
        match self.finding {
            Finding::Fails(failure) => verdict::render(&Term::PLAIN, &short, failure),
            Finding::Holds { tests, observed } => {
                let lines: String = observed.iter().map(|o| format!("  {o}\n")).collect();
                format!("✓ {short}  it holds ({tests} tests)\n{lines}")
            }
        }
    }

    /// What the judge wrote, and what was made of the output where it could not.
    fn verdicts(&self) -> String {
        let mut all: Vec<&Verdict> = self.ran.verdicts.iter().collect();
        if let Finding::Fails(failure) = self.finding {
            let Failure { verdict, .. } = &**failure;
            if !all.contains(&verdict) {
                all.push(verdict);
            }
        }
        as_shown(&all)
    }
}

/// Verdicts as a learner may read them: what each test measured is left out, since the verdict on a claim withholds it. Whoever
/// looks into the dispute has it again from the answer and the seeds.
fn as_shown(all: &[&Verdict]) -> String {
    let mut json = serde_json::json!(all);
    for verdict in json.as_array_mut().into_iter().flatten() {
        if let Some(fields) = verdict.as_object_mut() {
            fields.remove("measured");
        }
    }
    serde_json::to_string_pretty(&json).unwrap_or_default()
}

/// A block between fences that are longer than any run of backticks in it.
fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(usize::max(3, longest + 1));
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// The beginning of a long output.
fn beginning(output: &str) -> String {
    if output.len() <= MOST_OUTPUT {
        return output.to_owned();
    }
    let end = (0..=MOST_OUTPUT)
        .rev()
        .find(|i| output.is_char_boundary(*i))
        .unwrap_or(0);
    format!("{}\n… ({} bytes more)", &output[..end], output.len() - end)
}

fn versions(root: &Path, folder: &str) -> String {
    let first = |text: String| text.lines().next().unwrap_or_default().to_owned();
    let commit = if git::is_clone(root) {
        let changed = git::git(
            root,
            &[
                "status",
                "--porcelain",
                "--",
                "crates",
                &format!("exercises/{folder}/tests"),
            ],
        );
        match (git::git(root, &["rev-parse", "HEAD"]), changed) {
            (Ok(commit), Ok(changed)) if changed.is_empty() => commit,
            (Ok(commit), Ok(changed)) => format!("{commit}, and changed since, besides answers:\n{changed}"),
            (Err(why), _) | (_, Err(why)) => first(why),
        }
    } else {
        "a download without git".into()
    };
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    format!(
        "learn {}\ncommit {commit}\n{}\n{}",
        env!("CARGO_PKG_VERSION"),
        said(
            Command::new(runner::cargo()).arg("--version").current_dir(root),
            "cargo"
        ),
        said(Command::new(rustc).arg("-vV").current_dir(root), "rustc")
    )
}

/// What a tool says of itself.
fn said(command: &mut Command, name: &str) -> String {
    let done = command.output().context("cannot be started");
    match done {
        Ok(done) if done.status.success() => String::from_utf8_lossy(&done.stdout).trim().to_owned(),
        Ok(done) => format!("{name}: ended with {}", done.status),
        Err(e) => format!("{name}: {e:#}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        assert_eq!(fenced("rust", "a\n"), "```rust\na\n```\n");
        let text = fenced("rust", "//! ````\n//! x\n//! ````\n");
        assert!(text.starts_with("`````rust\n") && text.ends_with("\n`````\n"), "{text}");
    }

    #[test]
    fn what_a_claim_withholds_is_not_told_here() {
        let place = judge::verdict::Place { step: "step4_operate".into(), test: "t".into() };
        let mut verdict = Verdict::pass("02-x", &place);
        verdict.measured.push(judge::Measured {
            objective: "performance (users' p99)".into(),
            value: 61.25,
            limit: 90.0,
            at_most: true,
            success_share: false,
        });
        let json = as_shown(&[&verdict]);
        assert!(!json.contains("measured") && !json.contains("61.25"), "{json}");
        assert!(
            json.contains("\"test\": \"t\"") && json.contains("\"passed\": true"),
            "{json}"
        );
    }

    #[test]
    fn a_long_output_is_cut_at_a_letter() {
        let text = "ü".repeat(MOST_OUTPUT);
        let cut = beginning(&text);
        assert!(cut.len() < MOST_OUTPUT + 40 && cut.contains("bytes more"));
        assert_eq!(beginning("short"), "short");
    }
}
