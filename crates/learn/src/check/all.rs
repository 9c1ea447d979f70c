//! Every step at once: compile all test programs, run them side by side, one line a step.
//!
//! Nothing is frozen here: a worksheet is judged by its recorded first commit, which is put back where the sheet says something
//! else, as for a single step. A sheet without a whole first commit is not run at all, so that nobody sees on which side a guess
//! lies before it counts.

use super::bar::Bar;
use super::builds::{self, Builds, Name};
use super::{Judged, Session, State, fault, lines, record};
use crate::files;
use crate::runner::{self, Ran};
use crate::sheet::{self, OnDisk};
use crate::steps::{At, Target};
use crate::term::say;
use crate::verdict;
use anyhow::{Context, Result, bail};
use judge::worksheet::Sheet;
use outline::manifest::StepKind;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Judges every step of what is named, or of everything, and shows a line for each, until Ctrl-C.
pub(super) fn judge(session: &Session, target: Option<Target>) -> Result<Vec<Judged>> {
    let quit = Arc::new(AtomicBool::new(false));
    {
        let quit = Arc::clone(&quit);
        ctrlc::set_handler(move || quit.store(true, Ordering::SeqCst)).context("cannot listen for Ctrl-C")?;
    }
    match judge_until(session, target, &|| quit.load(Ordering::SeqCst))? {
        Some(judged) => Ok(judged),
        None => bail!("stopped; nothing was recorded"),
    }
}

/// Judges every step of what is named, or of everything, and shows a line for each. `None` when it was stopped: then nothing
/// is recorded.
pub(crate) fn judge_until(
    session: &Session,
    target: Option<Target>,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Vec<Judged>>> {
    let steps: Vec<At> = match target {
        Some(Target::Step(at)) => vec![at],
        Some(Target::Design(design)) => session.catalogue.of_design(design).collect(),
        None => session.catalogue.all().collect(),
    };
    let mut sheets = BTreeMap::new();
    let mut told: Vec<Option<Judged>> = Vec::new();
    for at in &steps {
        told.push(before_a_run(session, *at, &mut sheets)?);
    }
    let to_run: Vec<At> = steps
        .iter()
        .zip(&told)
        .filter(|(_, told)| told.is_none())
        .map(|(at, _)| *at)
        .collect();
    let Some(builds) = compile(session, &to_run, stop)? else {
        return Ok(None);
    };
    let mut programs = Vec::new();
    for at in to_run {
        match builds.programs.get(&name(session, at)) {
            Some(program) => programs.push((at, program.clone())),
            None => {
                let place = steps.iter().position(|a| *a == at).expect("it came from there");
                told[place] = Some(refused(session, at, &builds));
            }
        }
    }
    let Some(ran) = run(session, &programs, stop)? else {
        return Ok(None);
    };
    let mut ran = ran.into_iter();
    let mut all: Vec<Judged> = told
        .into_iter()
        .map(|told| told.or_else(|| ran.next()).expect("what was not told before was run"))
        .collect();

    let recorded = record(session, &mut all, &sheets);
    say(&lines::all(session, &all));
    recorded.context("the verdicts stand, and could not be recorded")?;
    Ok(Some(all))
}

/// The name of a step's test program.
pub(super) fn name(session: &Session, at: At) -> Name {
    let entry = session.catalogue.entry(at);
    (entry.folder.clone(), entry.test(at.step))
}

/// What is known of a step without running it, if that is all that can be done. A whole commit goes to `sheets`.
fn before_a_run(session: &Session, at: At, sheets: &mut BTreeMap<String, Sheet>) -> Result<Option<Judged>> {
    let entry = session.catalogue.entry(at);
    let folder = session.place.exercise(&entry.folder);
    let told = |state, note| Ok(Some(Judged::without_a_run(at, state, note)));
    for file in ["Cargo.toml".into(), format!("tests/{}.rs", entry.test(at.step))] {
        let path = folder.join(file);
        if !path.is_file() {
            let shown = session.place.shown(&path);
            return told(
                State::Unreadable,
                format!("{shown} is missing; git or a fresh download has it"),
            );
        }
    }
    if session.catalogue.kind(at) != StepKind::Predict {
        return Ok(None);
    }
    let short = session.catalogue.short(at);
    let read = OnDisk::read(&session.place, entry).and_then(|mut disk| {
        let back = disk.put_back(entry, &session.store.read()?.design(&entry.folder))?;
        Ok((disk, back))
    });
    let disk = match read {
        Ok((disk, back)) => {
            if !back.is_empty() {
                say(&sheet::back_again(
                    &session.term,
                    &short,
                    &session.place.shown(&disk.path),
                    &back,
                ));
            }
            disk
        }
        Err(why) => return told(State::Unreadable, sheet::on_one_line(&format!("{why:#}"))),
    };
    if disk.committed() {
        sheets.insert(entry.folder.clone(), disk.sheet);
        return Ok(None);
    }
    let questions = &entry.manifest.questions;
    let refusals = disk.sheet.refusals(questions).len();
    let note = if refusals == 0 {
        format!("every question is answered, and `cargo learn check {short}` commits the answers")
    } else {
        // An answer that says nothing, or cannot be, is none.
        format!(
            "{} of {} questions answered",
            questions.len() - refusals,
            questions.len()
        )
    };
    told(State::NotCommitted, note)
}

/// Compiles the programs of these steps.
fn compile(session: &Session, steps: &[At], stop: &dyn Fn() -> bool) -> Result<Option<Builds>> {
    if steps.is_empty() {
        return Ok(Some(Builds::default()));
    }
    let wanted: Vec<(String, Name)> = steps
        .iter()
        .map(|at| (session.catalogue.entry(*at).manifest.slug.clone(), name(session, *at)))
        .collect();
    let bar = Bar::new(&session.term, "compiling", wanted.len());
    builds::build(&session.place, &wanted, &bar, stop)
}

/// A step that has no program: its own file is to blame, or another's with which it is compiled.
fn refused(session: &Session, at: At, builds: &Builds) -> Judged {
    let (folder, _) = name(session, at);
    let places = builds.broken.get(&folder).map_or(&[][..], Vec::as_slice);
    Judged::without_a_run(at, State::DoesNotCompile, fault::note(session, at, places))
}

/// Runs programs side by side, as many at once as there are processors. `None` when it was stopped.
fn run(session: &Session, programs: &[(At, PathBuf)], stop: &dyn Fn() -> bool) -> Result<Option<Vec<Judged>>> {
    if programs.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(programs.len());
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let bar = Bar::new(&session.term, "judging", programs.len());
    let mut all: Vec<Option<(Ran, Duration)>> = programs.iter().map(|_| None).collect();
    thread::scope(|scope| -> Result<()> {
        let (send, done) = mpsc::channel();
        for _ in 0..workers {
            let (send, next, stopped) = (send.clone(), &next, &stopped);
            scope.spawn(move || {
                while let Some((i, (at, program))) = {
                    let i = next.fetch_add(1, Ordering::SeqCst);
                    programs.get(i).map(|p| (i, p))
                } {
                    let begun = Instant::now();
                    let folder = session.place.exercise(&session.catalogue.entry(*at).folder);
                    let ended = || stopped.load(Ordering::SeqCst);
                    let ran = runner::run(program, &folder, &[], &[], runner::PATIENCE, &ended);
                    if ended() || send.send((i, ran, begun.elapsed())).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut count = 0;
        loop {
            match done.recv_timeout(Duration::from_millis(100)) {
                Ok((i, ran, took)) => {
                    // The others need not go on for nothing.
                    let ran = ran.inspect_err(|_| stopped.store(true, Ordering::SeqCst));
                    all[i] = Some((ran?, took));
                    count += 1;
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            }
            bar.shows(count);
            if stop() {
                stopped.store(true, Ordering::SeqCst);
            }
        }
    })?;
    let mut judged = Vec::new();
    for ((at, _), ran) in programs.iter().zip(all) {
        let Some((ran, took)) = ran.filter(|_| !stop()) else {
            return Ok(None);
        };
        let (folder, test) = name(session, *at);
        let source = files::read_text(&session.place.exercise(&folder).join(format!("tests/{test}.rs")))?;
        judged.push(Judged::of(*at, verdict::find(&ran, &folder, &test, &source), took));
    }
    Ok(Some(judged))
}
