//! Checks on every save.
//!
//! What counts is what the files hold, not when they were written: our own writes, a touched file or an editor's
//! temporary files start nothing, and a file that keeps growing is checked once for each content it had, one run at a time.

use crate::Outcome;
use crate::check::{self, Checked, Session};
use crate::show;
use crate::steps::{At, Target};
use crate::term::{Tone, say};
use anyhow::{Context, Result};
use notify::{RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Quiet time after a change before a check begins: editors write in several steps.
const SETTLE: Duration = Duration::from_millis(150);
/// Longest wait for that quiet.
const SETTLE_AT_MOST: Duration = Duration::from_millis(1_500);
/// How often the files are looked at where the system reports no changes (network folders, some containers).
const LOOK: Duration = Duration::from_secs(1);

/// What can wake the watcher.
enum Event {
    /// Something below the exercise changed.
    Changed,
    /// A line was typed.
    Typed(String),
    /// Ctrl-C.
    Quit,
}

/// Plain `cargo learn`.
pub(crate) fn resume(session: &Session, _once: bool) -> Result<Outcome> {
    show::resume(session)
}

/// `cargo learn watch`.
pub(crate) fn watch(session: &Session, target: Option<Target>) -> Result<Outcome> {
    let Some(mut at) = first(session, target)? else {
        say(&show::all_solved(session));
        return Ok(Outcome::Done);
    };
    let (send, events) = mpsc::channel();
    let quit = Arc::new(AtomicBool::new(false));
    {
        let (send, quit) = (send.clone(), Arc::clone(&quit));
        ctrlc::set_handler(move || {
            quit.store(true, Ordering::SeqCst);
            let _ = send.send(Event::Quit);
        })
        .context("cannot listen for Ctrl-C")?;
    }
    let typed = send.clone();
    std::thread::spawn(move || {
        // At the end of the input (a script's, for example) the watcher goes on.
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if typed.send(Event::Typed(line)).is_err() {
                break;
            }
        }
    });
    let root = session.place.root.join("exercises");
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|e| !matches!(e.kind, notify::EventKind::Access(_))) {
            let _ = send.send(Event::Changed);
        }
    });
    // Where the system cannot tell, the look once a second does.
    let told = match &mut watcher {
        Ok(w) => w.watch(&root, RecursiveMode::Recursive).is_ok(),
        Err(_) => false,
    };
    say(&show::task(session, at)?);
    let how = if told {
        ""
    } else {
        " (looking once a second: the system reports no changes here)"
    };
    say(&session.term.tone(
        Tone::Faint,
        &format!("\nwatching{how}; h hint, n task, l list, q quit, each with Enter; Enter alone checks again\n"),
    ));
    loop {
        say("\n");
        let (checked, seen) = check_now(session, at, &quit)?;
        if quit.load(Ordering::SeqCst) {
            break;
        }
        if checked == Checked::Holds {
            match next_after(session, target)? {
                Some(next) => {
                    say(&format!("\nnext: {}\n", show::task(session, next)?));
                    if next != at {
                        at = next;
                        // Its file may be as the learner left it: nothing to check before a save.
                        if !wait(session, at, snapshot(session, at), &events, &quit)? {
                            break;
                        }
                        continue;
                    }
                }
                None => {
                    say(&show::after_pass(session, at)?);
                    say("watching; q and Enter ends it\n");
                }
            }
        }
        if !wait(session, at, seen, &events, &quit)? {
            break;
        }
    }
    say("\nYour place is kept; `cargo learn` goes on from here.\n");
    Ok(Outcome::Done)
}

/// The step to begin with.
fn first(session: &Session, target: Option<Target>) -> Result<Option<At>> {
    Ok(match target {
        Some(Target::Step(at)) => Some(at),
        Some(Target::Design(design)) => session
            .current(Some(design))?
            .or(session.catalogue.of_design(design).next()),
        None => session.current(None)?,
    })
}

/// The step to go on with after a pass: none when a single step was asked for or nothing is left.
fn next_after(session: &Session, target: Option<Target>) -> Result<Option<At>> {
    match target {
        Some(Target::Step(_)) => Ok(None),
        Some(Target::Design(design)) => session.current(Some(design)),
        None => session.current(None),
    }
}

/// Checks the step as its files are now; a save while it runs ends the run, and it begins anew with what was saved.
fn check_now(session: &Session, at: At, quit: &AtomicBool) -> Result<(Checked, Snapshot)> {
    loop {
        let before = snapshot(session, at);
        let next_look = std::cell::Cell::new(Instant::now() + SETTLE);
        // What the sheet holds once the check has written its first commit, which is before it first asks here.
        let sheet = std::cell::Cell::new(None);
        // Only what the compiler reads ends a run.
        let stop = || {
            if sheet.get().is_none() {
                sheet.set(Some(snapshot(session, at).sheet));
            }
            if quit.load(Ordering::SeqCst) {
                return true;
            }
            if Instant::now() < next_look.get() {
                return false;
            }
            next_look.set(Instant::now() + SETTLE);
            snapshot(session, at).source != before.source
        };
        let checked = match check::check_step(session, at, &stop) {
            Ok(checked) => checked,
            // A sheet that cannot be read is part of learning: it is said, and the next save is waited for.
            Err(error) => {
                say(&format!("error: {error:#}\n"));
                Checked::NotYet
            }
        };
        if checked == Checked::Stopped && !quit.load(Ordering::SeqCst) {
            say(&session.term.tone(Tone::Faint, "· saved again: once more\n"));
            continue;
        }
        let sheet = sheet.get().unwrap_or(before.sheet);
        return Ok((checked, Snapshot { source: before.source, sheet }));
    }
}

/// Waits until the files differ from `seen` and are quiet, or a check is asked for. False when the watcher should end.
fn wait(session: &Session, at: At, seen: Snapshot, events: &Receiver<Event>, quit: &AtomicBool) -> Result<bool> {
    loop {
        match events.recv_timeout(LOOK) {
            Ok(Event::Quit) | Err(RecvTimeoutError::Disconnected) => return Ok(false),
            Ok(Event::Typed(line)) => match line.trim() {
                "" => return Ok(true),
                "q" | "quit" => return Ok(false),
                "h" | "hint" => show::hint(session, Some(Target::Step(at))).map(drop)?,
                "n" | "next" => say(&show::task(session, at)?),
                "l" | "list" => show::list(session).map(drop)?,
                other => say(&format!(
                    "{other:?}? h hint, n task, l list, q quit, Enter checks again\n"
                )),
            },
            Ok(Event::Changed) | Err(RecvTimeoutError::Timeout) => {
                if quit.load(Ordering::SeqCst) {
                    return Ok(false);
                }
                if snapshot(session, at) != seen {
                    settle(events, quit);
                    if quit.load(Ordering::SeqCst) {
                        return Ok(false);
                    }
                    // An editor may have put back what was there.
                    if snapshot(session, at) != seen {
                        return Ok(true);
                    }
                }
            }
        }
    }
}

/// Lets a burst of changes pass.
fn settle(events: &Receiver<Event>, quit: &AtomicBool) {
    let begun = Instant::now();
    while begun.elapsed() < SETTLE_AT_MOST && !quit.load(Ordering::SeqCst) {
        match events.recv_timeout(SETTLE) {
            Ok(Event::Changed) => {}
            // What was typed in this moment is lost, which is better than an order kept for later.
            Ok(Event::Typed(_)) => {}
            Ok(Event::Quit) => {
                quit.store(true, Ordering::SeqCst);
                return;
            }
            Err(_) => return,
        }
    }
}

/// What the files of an exercise hold.
#[derive(Clone, Debug, Default, PartialEq)]
struct Snapshot {
    /// What the compiler reads.
    source: BTreeMap<PathBuf, u64>,
    /// The worksheet.
    sheet: u64,
}

fn snapshot(session: &Session, at: At) -> Snapshot {
    snapshot_of(&session.place.exercise(&session.catalogue.entry(at).folder))
}

fn snapshot_of(folder: &Path) -> Snapshot {
    let mut out = Snapshot::default();
    for part in ["src", "tests"] {
        for entry in std::fs::read_dir(folder.join(part)).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "rs") {
                let hash = hash_of(&path);
                out.source.insert(path, hash);
            }
        }
    }
    out.source
        .insert(folder.join("Cargo.toml"), hash_of(&folder.join("Cargo.toml")));
    out.sheet = hash_of(&folder.join("worksheet.toml"));
    out
}

fn hash_of(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    // A file that is being replaced is not there for a moment; that differs too, and the next look sees the new one.
    std::fs::read(path).ok().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_content_of_the_exercise_counts() {
        let folder = tempfile::tempdir().unwrap();
        let f = folder.path();
        fs::create_dir_all(f.join("src")).unwrap();
        fs::write(f.join("src/a.rs"), "one").unwrap();
        fs::write(f.join("worksheet.toml"), "x = 1").unwrap();
        let before = snapshot_of(f);
        fs::write(f.join("src/a.rs"), "one").unwrap();
        fs::write(f.join("src/.a.rs.swp"), "noise").unwrap();
        fs::write(f.join("log.txt"), "growing").unwrap();
        assert_eq!(snapshot_of(f), before);
        fs::write(f.join("worksheet.toml"), "x = 2").unwrap();
        assert_ne!(snapshot_of(f), before);
        assert_eq!(snapshot_of(f).source, before.source);
        fs::write(f.join("src/a.rs"), "two").unwrap();
        assert_ne!(snapshot_of(f).source, before.source);
    }
}
