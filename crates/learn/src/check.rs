//! Checking a step: compile it, run its tests, show one verdict, remember it.

mod all;
mod bar;
mod builds;
mod json;
mod judged;
mod junit;
mod lines;

pub(crate) use all::judge_until;
pub(crate) use judged::Judged;

use crate::Outcome;
use crate::clock;
use crate::files;
use crate::place::Place;
use crate::progress::{Progress, Store};
use crate::runner::{self, Build};
use crate::sheet::OnDisk;
use crate::show;
use crate::steps::{At, Catalogue, Target};
use crate::term::{self, Term, Tone, say};
use crate::verdict;
use anyhow::{Context, Result};
use designs::manifest::StepKind;
use judge::worksheet::{Interval, Sheet};
use judged::State;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

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

/// `cargo learn check`: one step, a design's steps in order, or the current step; with `all`, every step whatever the others
/// do. In another format than for people the document is all that goes to standard output.
pub(crate) fn check(session: &Session, target: Option<Target>, all: bool, format: &str) -> Result<Outcome> {
    if format != "human" {
        term::keep_output_for_a_document();
    }
    let judged = if all {
        all::judge(session, target)?
    } else {
        in_order(session, target)?
    };
    match format {
        "json" => term::hand_over(&json::document(&session.catalogue, &judged)?),
        "junit" => term::hand_over(&junit::document(&session.catalogue, &judged)),
        _ => {}
    }
    let holds = judged.iter().all(|j| j.state == State::Holds);
    Ok(if holds { Outcome::Done } else { Outcome::NotYet })
}

/// One step, or a design's until the first that does not hold.
fn in_order(session: &Session, target: Option<Target>) -> Result<Vec<Judged>> {
    let never = || false;
    let steps: Vec<At> = match target {
        Some(Target::Step(at)) => vec![at],
        Some(Target::Design(design)) => session.catalogue.of_design(design).collect(),
        None => match session.current(None)? {
            Some(at) => vec![at],
            None => {
                say(&show::all_solved(session));
                return Ok(Vec::new());
            }
        },
    };
    let mut all = Vec::new();
    for at in &steps {
        let judged = judge_step(session, *at, &never)?.expect("nobody stops it");
        let holds = judged.state == State::Holds;
        all.push(judged);
        if !holds {
            return Ok(all);
        }
    }
    if let Some(last) = steps.last() {
        say(&show::after_pass(session, *last)?);
    }
    Ok(all)
}

/// Checks one step and shows the verdict. What comes after a pass is left to the caller.
pub(crate) fn check_step(session: &Session, at: At, stop: &dyn Fn() -> bool) -> Result<Checked> {
    Ok(match judge_step(session, at, stop)? {
        None => Checked::Stopped,
        Some(judged) if judged.state == State::Holds => Checked::Holds,
        Some(_) => Checked::NotYet,
    })
}

/// Checks one step and shows the verdict; `None` when it was stopped.
fn judge_step(session: &Session, at: At, stop: &dyn Fn() -> bool) -> Result<Option<Judged>> {
    let short = session.catalogue.short(at);
    let entry = session.catalogue.entry(at);
    let test = entry.test(at.step);
    let folder = session.place.exercise(&entry.folder);
    if session.catalogue.kind(at) == StepKind::Predict
        && let Some(why) = commit(session, at)?
    {
        return Ok(Some(unjudged(session, at, State::NotCommitted, why)?));
    }
    // Said before cargo begins: nobody looks at an empty line.
    say(&session
        .term
        .tone(Tone::Faint, &format!("· {short}  compiling and judging …\n")));
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
            let why = "the compiler's messages say why".to_owned();
            return Ok(Some(unjudged(session, at, State::DoesNotCompile, why)?));
        }
        Build::Stopped => return Ok(None),
    };
    let begun = Instant::now();
    let ran = runner::run(&program, &folder, &[], &[], runner::PATIENCE, stop)?;
    if ran.stopped {
        return Ok(None);
    }
    let source = files::read_text(&folder.join("tests").join(format!("{test}.rs")))?;
    let finding = verdict::find(&ran, &entry.folder, &test, &source);
    let mut judged = Judged::of(at, finding, begun.elapsed());
    let recorded = record(session, std::slice::from_mut(&mut judged), &BTreeMap::new());
    if let Some(failure) = &judged.failure {
        let text = match judged.state {
            State::NotWritten => show::not_written(session, at, failure)?,
            _ => verdict::render(&session.term, &short, failure),
        };
        say(&text);
        recorded.context("the verdict stands, and could not be recorded")?;
        if judged.counted && judged.tries > 1 {
            say(&session.term.tone(
                Tone::Faint,
                &format!(
                    "\n  try {}; `cargo learn hint {short}` helps a step further\n",
                    judged.tries
                ),
            ));
        }
    } else {
        say(&passed_line(session, &short, &judged));
        for line in &judged.observed {
            say(&format!("  {line}\n"));
        }
        if judged.just_solved {
            say(&show::just_solved(session, at));
        }
        recorded.context("it holds, and could not be recorded")?;
    }
    Ok(Some(judged))
}

/// A step that nothing was run of, with the tries that it took so far.
fn unjudged(session: &Session, at: At, state: State, note: String) -> Result<Judged> {
    let tries = session.store.read()?.step(&session.catalogue.key(at)).tries;
    Ok(Judged { tries, ..Judged::without_a_run(at, state, note) })
}

fn passed_line(session: &Session, short: &str, judged: &Judged) -> String {
    let count = match judged.tests {
        1 => "its test holds".to_owned(),
        n => format!("all {n} tests hold"),
    };
    let tries = if judged.counted && judged.tries > 1 {
        format!(", after {} tries", judged.tries)
    } else {
        String::new()
    };
    format!(
        "{} {}  {count}{tries}\n",
        session.term.tone(Tone::Good, "✓"),
        session.term.tone(Tone::Strong, short)
    )
}

/// Remembers what steps came to, all at once. What is not written or not compiled yet was no try. First commits that stand in
/// `sheets` and are not recorded yet are remembered too.
fn record(session: &Session, all: &mut [Judged], sheets: &BTreeMap<String, Sheet>) -> Result<()> {
    let progress = session.store.read()?;
    let counts = |j: &Judged| matches!(j.state, State::Holds | State::Fails);
    let new_sheet = |p: &Progress, folder: &str| p.design(folder).committed.is_none();
    let mut anything = sheets.keys().any(|folder| new_sheet(&progress, folder));
    for judged in all.iter_mut() {
        let before = progress.step(&session.catalogue.key(judged.at));
        judged.tries = before.tries;
        anything |= counts(judged) && before.solved.is_none();
    }
    if !anything {
        return Ok(()); // looking writes nothing
    }
    let alone = all.len() == 1;
    session.store.update(|p| {
        for judged in all.iter_mut().filter(|j| counts(j)) {
            let key = session.catalogue.key(judged.at);
            // Who has everything judged does not work on the last of it.
            let step = if alone {
                p.step_mut(&key)
            } else {
                p.step_in_passing(&key)
            };
            let before = step.tries;
            judged.just_solved = step.judged(judged.state == State::Holds, clock::now);
            judged.counted = step.tries > before;
            judged.tries = step.tries;
        }
        for (folder, sheet) in sheets {
            if new_sheet(p, folder) {
                remember(p, folder, sheet);
            }
        }
    })
}

/// Remembers the first commits that stand in a sheet, and when they were seen first.
fn remember(progress: &mut Progress, folder: &str, sheet: &Sheet) {
    let design = progress.design_mut(folder);
    design.committed.get_or_insert_with(clock::now);
    design.first = sheet
        .answers
        .iter()
        .filter_map(|a| a.first.map(|i| (a.id.clone(), [i.low, i.high])))
        .collect();
}

/// Freezes the first commit of a sheet that is whole and valid. Where there is something left to answer nothing is frozen, the
/// reader is told what is missing, and a line about it is returned.
fn commit(session: &Session, at: At) -> Result<Option<String>> {
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
        return Ok(Some(format!("{answered} of {} questions answered", questions.len())));
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
        .update(|p| remember(p, &entry.folder, &disk.sheet))
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
    Ok(None)
}
