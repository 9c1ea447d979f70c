//! Checking a step: compile it, run its tests, show one verdict, remember it.

use crate::Outcome;
use crate::clock;
use crate::files;
use crate::place::Place;
use crate::progress::Store;
use crate::runner::{self, Build};
use crate::sheet::OnDisk;
use crate::show;
use crate::steps::{At, Catalogue, Target};
use crate::term::{Term, Tone, say};
use crate::verdict::{self, Finding};
use anyhow::{Context, Result};
use designs::manifest::StepKind;
use judge::verdict::Kind;
use judge::worksheet::Interval;
use std::time::Duration;

/// What every command needs.
pub(crate) struct Session {
    /// Where the clone is.
    pub(crate) place: Place,
    /// Designs and steps.
    pub(crate) catalogue: Catalogue,
    /// The record.
    pub(crate) store: Store,
    /// The terminal.
    pub(crate) term: Term,
}

/// How a check of one step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checked {
    /// Every test holds.
    Holds,
    /// One does not, or there is nothing to judge yet.
    NotYet,
    /// The caller stopped it.
    Stopped,
}

impl Session {
    /// Finds the clone and reads what there is to learn.
    pub(crate) fn open() -> Result<Session> {
        let place = Place::find()?;
        let store = Store::new(&place.records);
        Ok(Session { place, catalogue: Catalogue::load()?, store, term: Term::detect() })
    }

    /// The step to go on with: the first that is not solved, of one design, or of the design that was worked on last, or of all.
    pub(crate) fn current(&self, design: Option<usize>) -> Result<Option<At>> {
        let progress = self.store.read()?;
        let open = |at: &At| progress.step(&self.catalogue.key(*at)).solved.is_none();
        let first_of = |design: usize| self.catalogue.of_design(design).find(open);
        Ok(match design {
            Some(design) => first_of(design),
            None => {
                // A design whose folder is gone is nobody's last.
                let last = self
                    .catalogue
                    .entries
                    .iter()
                    .position(|e| Some(&e.folder) == progress.last());
                last.and_then(first_of).or_else(|| self.catalogue.all().find(open))
            }
        })
    }

    /// The next step after this one that is not solved, from the beginning again after the last.
    pub(crate) fn next_open(&self, at: At) -> Result<Option<At>> {
        let progress = self.store.read()?;
        let all: Vec<At> = self.catalogue.all().collect();
        let here = all.iter().position(|a| *a == at).unwrap_or_default();
        let (before, after) = all.split_at(here);
        let others = after.iter().skip(1).chain(before);
        Ok(others
            .copied()
            .find(|at| progress.step(&self.catalogue.key(*at)).solved.is_none()))
    }
}

/// `cargo learn check`: one step, a design's steps in order, or the current step.
pub(crate) fn check(session: &Session, target: Option<Target>, _all: bool, _format: &str) -> Result<Outcome> {
    let never = || false;
    let steps: Vec<At> = match target {
        Some(Target::Step(at)) => vec![at],
        Some(Target::Design(design)) => session.catalogue.of_design(design).collect(),
        None => match session.current(None)? {
            Some(at) => vec![at],
            None => {
                say(&show::all_solved(session));
                return Ok(Outcome::Done);
            }
        },
    };
    let last = steps.len() - 1;
    for (i, at) in steps.into_iter().enumerate() {
        if check_step(session, at, &never)? != Checked::Holds {
            return Ok(Outcome::NotYet);
        }
        if i == last {
            say(&show::after_pass(session, at)?);
        }
    }
    Ok(Outcome::Done)
}

/// Checks one step and shows the verdict. What comes after a pass is left to the caller.
pub(crate) fn check_step(session: &Session, at: At, stop: &dyn Fn() -> bool) -> Result<Checked> {
    let short = session.catalogue.short(at);
    if session.catalogue.kind(at) == StepKind::Predict && !commit(session, at)? {
        return Ok(Checked::NotYet);
    }
    // Said before cargo begins: nobody looks at an empty line.
    say(&session
        .term
        .tone(Tone::Faint, &format!("· {short}  compiling and judging …\n")));
    let entry = session.catalogue.entry(at);
    let test = entry.test(at.step);
    let waiting = |passed: Duration| {
        say(&session.term.tone(
            Tone::Faint,
            &format!(
                "· {short}  still compiling after {} s (the first time takes longest; another cargo, an editor's for example, may hold the lock)\n",
                passed.as_secs()
            ),
        ));
    };
    let program = match runner::build(&session.place, &entry.manifest.slug, &test, &waiting, stop)? {
        Build::Built(program) => program,
        Build::Refused => {
            say(&format!(
                "○ {short}  does not compile yet; the compiler says why above\n"
            ));
            return Ok(Checked::NotYet);
        }
        Build::Stopped => return Ok(Checked::Stopped),
    };
    let folder = session.place.exercise(&entry.folder);
    let ran = runner::run(&program, &folder, &[], &[], runner::PATIENCE, stop)?;
    if ran.stopped {
        return Ok(Checked::Stopped);
    }
    let source = files::read_text(&folder.join("tests").join(format!("{test}.rs")))?;
    match verdict::find(&ran, &entry.folder, &test, &source) {
        Finding::Holds { tests, observed } => {
            let ((tries, just_solved), recorded) = match record(session, at, true) {
                Ok(record) => (record, Ok(())),
                Err(e) => ((0, false), Err(e)),
            };
            say(&passed_line(session, &short, tests, tries));
            for line in observed {
                say(&format!("  {line}\n"));
            }
            if just_solved {
                say(&show::just_solved(session, at));
            }
            recorded.context("it holds, and could not be recorded")?;
            Ok(Checked::Holds)
        }
        Finding::Fails(failure) => {
            let kind = failure.verdict.kind;
            let text = match kind {
                Kind::Todo => show::not_written(session, at, &failure)?,
                _ => verdict::render(&session.term, &short, &failure),
            };
            say(&text);
            // What is not written yet was no try.
            if !matches!(kind, Kind::Todo | Kind::Uncommitted) {
                let (tries, _) = record(session, at, false).context("the verdict stands, and could not be recorded")?;
                if tries > 1 {
                    say(&session.term.tone(
                        Tone::Faint,
                        &format!("\n  try {tries}; `cargo learn hint {short}` helps a step further\n"),
                    ));
                }
            }
            Ok(Checked::NotYet)
        }
    }
}

fn passed_line(session: &Session, short: &str, tests: usize, tries: u32) -> String {
    let count = match tests {
        1 => "its test holds".to_owned(),
        n => format!("all {n} tests hold"),
    };
    let tries = if tries > 1 {
        format!(", after {tries} tries")
    } else {
        String::new()
    };
    format!(
        "{} {}  {count}{tries}\n",
        session.term.tone(Tone::Good, "✓"),
        session.term.tone(Tone::Strong, short)
    )
}

/// Remembers a verdict; returns how many tries it took so far, or 0 when it was solved before, and whether it is solved by this.
fn record(session: &Session, at: At, passed: bool) -> Result<(u32, bool)> {
    let key = session.catalogue.key(at);
    session.store.update(|p| {
        let step = p.step_mut(&key);
        let before = step.tries;
        let just_solved = step.judged(passed, clock::now);
        (if step.tries > before { step.tries } else { 0 }, just_solved)
    })
}

/// Freezes the first commit of a sheet that is whole and valid. False when there is something left to answer: then nothing
/// is frozen and the reader was told what is missing.
fn commit(session: &Session, at: At) -> Result<bool> {
    let entry = session.catalogue.entry(at);
    let questions = &entry.manifest.questions;
    let mut disk = OnDisk::read(&session.place, entry)?;
    let short = session.catalogue.short(at);
    let shown = session.place.shown(&disk.path);
    let remembered = session.store.read()?.design(&entry.folder).first;

    // A sheet that was replaced after its commit keeps its commit.
    let lost: Vec<(String, Interval)> = disk
        .sheet
        .answers
        .iter()
        .filter(|a| a.first.is_none())
        .filter_map(|a| {
            remembered
                .get(&a.id)
                .map(|[low, high]| (a.id.clone(), Interval { low: *low, high: *high }))
        })
        .collect();
    if !lost.is_empty() {
        disk.write_first(entry, &lost)?;
        say(&format!(
            "· {short}  your first commit was missing from {shown}; it stands there again\n"
        ));
    }

    let refusals = disk.sheet.refusals(questions);
    if !refusals.is_empty() {
        let answered = disk.sheet.answered();
        let mut out = format!(
            "○ {}  not committed: {answered} of {} questions answered\n\n",
            session.term.tone(Tone::Strong, &short),
            questions.len()
        );
        let parts: Vec<(&str, &str)> = refusals.iter().map(|r| r.split_once(": ").unwrap_or((r, ""))).collect();
        let wide = parts.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
        for (id, why) in parts {
            let line = disk.line_of(id);
            let place = session.term.file(&disk.path, &format!("{shown}:{line:<3}"));
            out += &format!("  {place}  {id:<wide$}  {why}\n");
        }
        out += "\n  Nothing is frozen before the whole sheet is answered, each question by [low, high].\n";
        say(&out);
        return Ok(false);
    }

    let missing: Vec<(String, Interval)> = disk
        .sheet
        .answers
        .iter()
        .filter(|a| a.first.is_none())
        .filter_map(|a| a.answer.map(|i| (a.id.clone(), i)))
        .collect();
    if !missing.is_empty() {
        disk.write_first(entry, &missing)?;
        say(&format!(
            "· {short}  committed: your {} answers now stand as `first` in {shown} (reload it in your editor)\n",
            questions.len()
        ));
    }
    session
        .store
        .update(|p| {
            let design = p.design_mut(&entry.folder);
            design.committed.get_or_insert_with(clock::now);
            design.first = disk
                .sheet
                .answers
                .iter()
                .filter_map(|a| a.first.map(|i| (a.id.clone(), [i.low, i.high])))
                .collect();
        })
        .context("your answers are committed in worksheet.toml, and the date could not be recorded")?;
    if disk
        .sheet
        .answers
        .iter()
        .any(|a| a.answer.is_some() && a.answer != a.first)
    {
        say(&format!(
            "· {short}  judged by your first commit; answers changed since then are kept, and not scored\n"
        ));
    }
    Ok(true)
}
