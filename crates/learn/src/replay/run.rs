//! Takes the run that a page shows: builds the step, chooses the test, runs it with the seed, and reads what it drew.

use super::Wish;
use crate::check::{self, Session};
use crate::files;
use crate::near::near;
use crate::runner::{self, Build, Ran};
use crate::show;
use crate::steps::At;
use crate::term::{Tone, say};
use crate::verdict::{self, Finding, tests_in_order};
use anyhow::{Context, Result, bail};
use judge::Verdict;
use judge::replay::Replay;
use judge::verdict::{Kind, Place};
use outline::replay::Shown;
use std::path::Path;
use std::time::Duration;

/// How long a test may take: to judge, then to draw, and to look for the least faults.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a page is made of.
pub(super) struct Taken {
    /// The verdict on the test.
    pub(super) verdict: Verdict,
    /// Where the learner's code stopped, as `path:line`.
    pub(super) place: Option<String>,
    /// What the test drew; `None` when its process ended before.
    pub(super) replay: Option<Replay<Shown>>,
    /// Seed of the run.
    pub(super) seed: u64,
}

impl Taken {
    /// What the run shows, when there is one.
    pub(super) fn shown(&self) -> Option<&Shown> {
        self.replay.as_ref()?.shown.as_ref()
    }
}

/// The names of a step's tests, in the order of the file.
fn tests(session: &Session, at: At) -> Result<Vec<String>> {
    let entry = session.catalogue.entry(at);
    let file = session.place.exercise(&entry.folder).join(entry.tests(at.step));
    let tests = tests_in_order(&files::read_text(&file)?);
    if tests.is_empty() {
        bail!("{} has no test", session.place.shown(&file));
    }
    Ok(tests)
}

/// Refuses the name of a test that the step has not.
pub(super) fn known(session: &Session, at: At, test: Option<&str>) -> Result<()> {
    let tests = tests(session, at)?;
    let Some(name) = test.filter(|name| !tests.iter().any(|t| t == name)) else {
        return Ok(());
    };
    let short = session.catalogue.short(at);
    if let Some(meant) = near(name, tests.iter().map(String::as_str)) {
        bail!("{short} has no test {name:?}; did you mean {meant}?");
    }
    bail!("{short} has no test {name:?}; its tests are {}", tests.join(", "))
}

/// Takes the run. `None` when there is nothing to run yet; the reader was told why.
pub(super) fn take(session: &Session, at: At, wish: &Wish) -> Result<Option<Taken>> {
    let short = session.catalogue.short(at);
    say(&session
        .term
        .tone(Tone::Faint, &format!("· {short}  compiling and running …\n")));
    let Build::Built(program) = check::compile(session, at, &|| false)? else {
        return Ok(None);
    };
    let tests = tests(session, at)?;
    let outcome = match &wish.test {
        Some(test) => one(session, at, &program, test, wish.seed)?,
        None => unnamed(session, at, &program, &tests, wish.seed)?,
    };
    if outcome.is_without_run() {
        let test = &outcome.verdict.test;
        let others: Vec<&str> = tests.iter().map(String::as_str).filter(|t| t != test).collect();
        bail!(
            "{test} judges reasons by many short runs, each with something changed, so there is no one run to show; `cargo learn check {short}` gives its verdict, and --test shows one of {}",
            others.join(", ")
        );
    }
    if outcome.verdict.kind == Kind::Todo {
        say(&outcome.not_written(session, at)?);
        return Ok(None);
    }
    Ok(Some(outcome.taken(wish.seed)))
}

/// The first test that does not hold now; the first of all when every one holds, or only the claim does not.
fn unnamed(session: &Session, at: At, program: &Path, tests: &[String], seed: Option<u64>) -> Result<Outcome> {
    let first = &tests[0];
    let unkept = if tests.len() > 1 {
        first_unkept(session, at, program, tests)?
    } else {
        None
    };
    let Some(failure) = unkept else {
        return one(session, at, program, first, seed);
    };
    // An endless loop has no end the second time either, and takes its time.
    if failure.verdict.kind == Kind::Timeout {
        let verdict = failure.verdict.clone();
        return Ok(Outcome { verdict, failure: Some(failure), judged: false, replay: None });
    }
    let test = &failure.verdict.test;
    let outcome = one(session, at, program, test, seed)?;
    if !outcome.is_without_run() || test == first {
        return Ok(outcome);
    }
    let text = format!("· {test} has no run of its own; this is {first}\n");
    say(&session.term.tone(Tone::Faint, &text));
    one(session, at, program, first, seed)
}

/// The first test that does not hold now.
fn first_unkept(session: &Session, at: At, program: &Path, tests: &[String]) -> Result<Option<Box<verdict::Failure>>> {
    let entry = session.catalogue.entry(at);
    let folder = session.place.exercise(&entry.folder);
    let ran = runner::run(program, &folder, &[], &[], runner::PATIENCE, &|| false)?;
    let source: String = tests.iter().map(|t| source_of(t)).collect();
    Ok(
        match verdict::find(&ran, &entry.folder, &entry.test(at.step), &source) {
            Finding::Fails(failure) => Some(failure),
            Finding::Holds { .. } => None,
        },
    )
}

/// The source of a test as far as its name is read from it.
fn source_of(test: &str) -> String {
    format!("#[test]\nfn {test}() {{}}\n")
}

/// What one test came to.
struct Outcome {
    verdict: Verdict,
    failure: Option<Box<verdict::Failure>>,
    /// Did the judge write the verdict, so that the test came to its end?
    judged: bool,
    replay: Option<Replay<Shown>>,
}

impl Outcome {
    /// Did the test come to its end without a run that could be shown?
    fn is_without_run(&self) -> bool {
        self.judged && self.replay.is_none()
    }

    fn not_written(&self, session: &Session, at: At) -> Result<String> {
        match &self.failure {
            Some(failure) => show::not_written(session, at, failure),
            None => Ok(format!("○ {}  not written yet\n", session.catalogue.short(at))),
        }
    }

    fn taken(self, wished: Option<u64>) -> Taken {
        let seed = self.replay.as_ref().map(|r| r.seed).or(wished);
        // A process that ended by itself has named no seed.
        let seed = seed.or_else(|| judge::pool::seeds(1).next()).unwrap_or(1);
        // Code that panics with this seed alone passes its pool: then this is what is to be said.
        let fault = self.replay.as_ref().and_then(|r| r.fault.clone());
        let verdict = if self.verdict.passed {
            fault.unwrap_or(self.verdict)
        } else {
            self.verdict
        };
        Taken { verdict, place: self.failure.and_then(|f| f.place), replay: self.replay, seed }
    }
}

/// Runs one test with a seed.
fn one(session: &Session, at: At, program: &Path, test: &str, seed: Option<u64>) -> Result<Outcome> {
    let entry = session.catalogue.entry(at);
    let step = entry.test(at.step);
    let drawn = tempfile::Builder::new()
        .prefix("dsr-replay-")
        .tempdir()
        .context("cannot make a folder for the run: is there room in the folder for temporary files (TMPDIR)?")?;
    let mut settings = vec![("DSR_REPLAY", drawn.path().display().to_string())];
    if let Some(seed) = seed {
        settings.push(("DSR_SEED", seed.to_string()));
    }
    let folder = session.place.exercise(&entry.folder);
    let ran = runner::run(program, &folder, &[test, "--exact"], &settings, PATIENCE, &|| false)?;
    let replay = match files::read_if_there(&judge::replay::file(drawn.path(), &step, test))? {
        Some(bytes) => Some(serde_json::from_slice(&bytes).with_context(|| {
            format!(
                "{test} wrote a run that cannot be read: was the exercise built from the same clone as `cargo learn`?"
            )
        })?),
        None => None,
    };
    Ok(outcome(&ran, &entry.folder, &step, test, replay))
}

fn outcome(ran: &Ran, design: &str, step: &str, test: &str, replay: Option<Replay<Shown>>) -> Outcome {
    let judged = ran.verdicts.iter().find(|v| v.test == test);
    let failure = match verdict::find(ran, design, step, &source_of(test)) {
        Finding::Fails(failure) if !judged.is_some_and(|v| v.passed) => Some(failure),
        _ => None,
    };
    let place = Place { step: step.into(), test: test.into() };
    let verdict = failure
        .as_ref()
        .map(|f| f.verdict.clone())
        .or_else(|| judged.cloned())
        .unwrap_or_else(|| Verdict::pass(design, &place));
    Outcome { verdict, failure, judged: judged.is_some(), replay }
}
