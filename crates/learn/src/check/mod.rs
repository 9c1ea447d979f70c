//! Checking a step: compile it, run its tests, show one verdict, remember it.

mod all;
mod bar;
mod builds;
mod commit;
mod fault;
mod json;
mod judged;
mod junit;
mod lines;
mod record;

pub(crate) use all::judge_until;
pub(crate) use judged::Judged;

use crate::Outcome;
use crate::files;
use crate::place::Place;
use crate::progress::Store;
use crate::runner::{self, Build};
use crate::show;
use crate::steps::{At, Catalogue, Target};
use crate::term::{self, Term, Tone, say};
use crate::verdict;
use anyhow::{Context, Result};
use commit::commit;
use judged::State;
use outline::manifest::StepKind;
use record::record;
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
        let catalogue = Catalogue::load(&place.root)?;
        catalogue.alone_in(&place.root.join("exercises"))?;
        Ok(Session { place, catalogue, store, term: Term::detect() })
    }

    /// The step to go on with: the one that was worked on last while it is not solved, then the first such of its design, then of all;
    /// or the first of one design.
    pub(crate) fn current(&self, design: Option<usize>) -> Result<Option<At>> {
        let progress = self.store.read()?;
        let open = |at: &At| progress.step(&self.catalogue.key(*at)).is_open();
        let first_of = |design: usize| self.catalogue.of_design(design).find(open);
        Ok(match design {
            Some(design) => first_of(design),
            None => {
                let last = self
                    .catalogue
                    .all()
                    .find(|at| Some(self.catalogue.key(*at).as_str()) == progress.last());
                last.filter(open)
                    .or_else(|| last.and_then(|at| first_of(at.design)))
                    .or_else(|| self.catalogue.all().find(open))
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
            .find(|at| progress.step(&self.catalogue.key(*at)).is_open()))
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

/// Compiles the tests of a step; says now and then that it still does, and when the compiler refuses.
pub(crate) fn compile(session: &Session, at: At, stop: &dyn Fn() -> bool) -> Result<Build> {
    let short = session.catalogue.short(at);
    let entry = session.catalogue.entry(at);
    let waiting = |passed: Duration| {
        let text = format!(
            "still compiling after {} s (the first time takes longest; another cargo, an editor's for example, may hold the lock)",
            passed.as_secs()
        );
        let line = session.term.hang(&format!("· {short}  "), 2, &text);
        say(&session.term.tone(Tone::Faint, &line));
    };
    let built = runner::build(
        &session.place,
        &entry.manifest.slug,
        &entry.test(at.step),
        &waiting,
        stop,
    )?;
    if matches!(built, Build::Refused) {
        let places = builds::faults(&session.place, &entry.manifest.slug, &all::name(session, at), stop);
        let state = State::DoesNotCompile;
        let head = format!(
            "{} {}  ",
            state.mark(&session.term),
            session.term.tone(Tone::Strong, &short)
        );
        let mut text = lines::words(&Judged::without_a_run(at, state, fault::note(session, at, &places)));
        if let Some(why) = fault::why_it_waits(session, at, &places) {
            text += &format!("; {why}");
        }
        say(&session.term.hang(&head, 2, &text));
    }
    Ok(built)
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
    let program = match compile(session, at, stop)? {
        Build::Built(program) => program,
        Build::Refused => {
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
    let source = files::read_text(&folder.join(entry.tests(at.step)))?;
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
            let text = format!("try {}; `cargo learn hint {short}` helps a step further", judged.tries);
            let line = session.term.hang("", 2, &text);
            say(&format!("\n{}", session.term.tone(Tone::Faint, &line)));
        }
    } else {
        say(&passed_line(session, &short, &judged));
        for line in &judged.observed {
            say(&session.term.hang("", 2, line));
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
