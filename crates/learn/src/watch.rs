//! Checks on every save.
//!
//! What counts is what the files hold, not when they were written: our own writes, a touched file or an editor's
//! temporary files start nothing, and a file that keeps growing is checked once for each content it had, one run at a time.

use crate::Outcome;
use crate::check::{self, Checked, Session};
use crate::keys::{self, Key, Single};
use crate::page;
use crate::show;
use crate::steps::{At, Target};
use crate::term::{self, Tone, say};
use anyhow::{Context, Result};
use notify::{RecursiveMode, Watcher};
use std::cell::{Cell, RefCell};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Quiet time after a change before it counts: many editors write a file in several steps, empty it first, or move it away.
const SETTLE: Duration = Duration::from_millis(100);
/// Longest wait for that quiet; it is part of the time from a save to its verdict.
const SETTLE_AT_MOST: Duration = Duration::from_millis(300);
/// How often the files are looked at while a check runs.
const LOOK_MEANWHILE: Duration = Duration::from_millis(150);
/// How often the files are looked at where the system reports no changes (network folders, some containers).
const LOOK: Duration = Duration::from_secs(1);

/// What can wake the watcher.
enum Event {
    /// Something below the exercise changed.
    Changed,
    /// A key, or a line.
    Key(Key),
    /// Ctrl-C, or the system asks to end.
    Quit,
}

impl From<Key> for Event {
    fn from(key: Key) -> Event {
        Event::Key(key)
    }
}

/// Plain `cargo learn`: the task that is next; then it watches, where there is a terminal to watch from.
pub(crate) fn resume(session: &Session, once: bool) -> Result<Outcome> {
    let Some(at) = session.current(None)? else {
        say(&show::all_solved(session));
        return Ok(Outcome::Done);
    };
    if once {
        say(&show::task(session, at)?);
        say("\n");
        return check::check(session, Some(Target::Step(at)), false, "human");
    }
    if session.term.terminal && term::can_ask() {
        return watch(session, None);
    }
    say(&show::task(session, at)?);
    say(&show::how_to_go_on(session, at));
    Ok(Outcome::Done)
}

/// `cargo learn watch`.
pub(crate) fn watch(session: &Session, target: Option<Target>) -> Result<Outcome> {
    let Some(at) = first(session, target)? else {
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
    let single = Single::begin();
    let (keys, one_key) = (send.clone(), single.is_some());
    thread::spawn(move || keys::listen(one_key, &keys));
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
    let inbox = Inbox { events, waiting: RefCell::default(), quit };
    let mut watch = Watch { session, target, one_key, told, inbox, at, answers: answers(session) };
    watch.shows_task()?;
    watch.run()?;
    say("\nYour place is kept; `cargo learn` goes on from here.\n");
    Ok(Outcome::Done)
}

/// What has happened and was not looked at yet.
struct Inbox {
    events: Receiver<Event>,
    /// Came while a check was running.
    waiting: RefCell<VecDeque<Event>>,
    quit: Arc<AtomicBool>,
}

impl Inbox {
    /// Should everything end? What else came is kept for later.
    fn quits(&self) -> bool {
        for event in self.events.try_iter() {
            if matches!(event, Event::Quit | Event::Key(Key::Quit)) {
                self.quit.store(true, Ordering::SeqCst);
            }
            self.waiting.borrow_mut().push_back(event);
        }
        self.quit.load(Ordering::SeqCst)
    }

    /// The next event, or `None` after this time.
    fn next(&self, patience: Duration) -> Option<Event> {
        if let Some(event) = self.waiting.borrow_mut().pop_front() {
            return Some(event);
        }
        match self.events.recv_timeout(patience) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Event::Quit),
        }
    }
}

/// What ended a wait.
enum Woken {
    /// The files changed, or a check was asked for.
    Check,
    /// Another step was asked for.
    Moved,
    /// The end.
    Quit,
}

/// A watcher at work.
struct Watch<'a> {
    session: &'a Session,
    /// What was asked for.
    target: Option<Target>,
    /// Keys need no Enter.
    one_key: bool,
    /// The system reports changes.
    told: bool,
    inbox: Inbox,
    /// The step that is watched.
    at: At,
    /// What the answers of all steps held when they were looked at last.
    answers: Vec<(At, u64)>,
}

impl Watch<'_> {
    /// Shows the task, and below it what the keys do: whoever begins with a step need not look further up.
    fn shows_task(&self) -> Result<()> {
        say(&show::task(self.session, self.at)?);
        let how = if self.told {
            ""
        } else {
            " (looking once a second: the system reports no changes here)"
        };
        let keys = format!("watching{how}: {}", keys::help(!self.one_key));
        let keys = self.session.term.hang("", 0, &keys);
        say(&format!("\n{}", self.session.term.tone(Tone::Faint, &keys)));
        Ok(())
    }

    /// What the files hold once they are quiet, or have been restless for long enough.
    fn settled(&self) -> Snapshot {
        let begun = Instant::now();
        let mut seen = snapshot(self.session, self.at);
        let mut since = begun;
        while since.elapsed() < SETTLE && begun.elapsed() < SETTLE_AT_MOST && !self.inbox.quits() {
            thread::sleep(SETTLE / 10);
            let now = snapshot(self.session, self.at);
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
        }
        seen
    }

    fn run(&mut self) -> Result<()> {
        loop {
            say("\n");
            self.answers = answers(self.session);
            let (checked, seen) = self.check_now()?;
            let mut seen = seen;
            // A check may write into the answer: a first commit.
            let (own, now) = (self.at, answer(self.session, self.at));
            self.answers.iter_mut().filter(|a| a.0 == own).for_each(|a| a.1 = now);
            if self.inbox.quits() {
                return Ok(());
            }
            if checked == Checked::Holds {
                match next_after(self.session, self.target)? {
                    Some(next) => {
                        if next.design != self.at.design {
                            say(&format!("\n{}", show::design_solved(self.session, self.at.design)));
                        }
                        if next != self.at {
                            self.at = next;
                            // Its file may be as the learner left it: nothing to check before a save, which may follow at once.
                            seen = snapshot(self.session, next);
                        }
                        say("\nnext: ");
                        self.shows_task()?;
                    }
                    None => {
                        say(&show::after_pass(self.session, self.at)?);
                        say("watching; q ends it\n");
                    }
                }
            }
            loop {
                match self.wait(&seen)? {
                    Woken::Check => break,
                    Woken::Moved => {
                        seen = snapshot(self.session, self.at);
                        say("\n");
                        self.shows_task()?;
                    }
                    Woken::Quit => return Ok(()),
                }
            }
        }
    }

    /// Another step whose answer was saved, and not this one's: whoever edits it works on it.
    fn saved_elsewhere(&mut self) -> Option<At> {
        let changed = |session| -> Vec<At> {
            let now = answers(session);
            let pairs = now.iter().zip(&self.answers);
            pairs
                .filter(|(now, before)| now.1 != before.1)
                .map(|(now, _)| now.0)
                .collect()
        };
        let first = changed(self.session);
        if first.is_empty() || first.contains(&self.at) {
            return None;
        }
        thread::sleep(SETTLE);
        // An editor may have moved the file away for a moment.
        let other = changed(self.session).into_iter().find(|at| first.contains(at));
        self.answers = answers(self.session);
        other
    }

    /// Waits until the files differ from `seen` and are quiet, or something is asked for.
    fn wait(&mut self, seen: &Snapshot) -> Result<Woken> {
        loop {
            match self.inbox.next(LOOK) {
                Some(Event::Quit) => return Ok(Woken::Quit),
                Some(Event::Key(key)) => {
                    if let Some(woken) = self.does(key)? {
                        return Ok(woken);
                    }
                }
                Some(Event::Changed) | None => {
                    if self.inbox.quits() {
                        return Ok(Woken::Quit);
                    }
                    if let Some(other) = self.saved_elsewhere() {
                        self.at = other;
                        say("\n");
                        self.shows_task()?;
                        return Ok(Woken::Check);
                    }
                    // An editor may put back what was there.
                    if snapshot(self.session, self.at) != *seen && self.settled() != *seen {
                        return Ok(Woken::Check);
                    }
                }
            }
        }
    }

    /// Does what a key asks for.
    fn does(&mut self, key: Key) -> Result<Option<Woken>> {
        let session = self.session;
        // What is shown stands apart from the verdict above it.
        if !matches!(key, Key::Again | Key::Quit | Key::Next) {
            say("\n");
        }
        match key {
            Key::Again => return Ok(Some(Woken::Check)),
            Key::Quit => return Ok(Some(Woken::Quit)),
            Key::Hint => show::hint(session, Some(Target::Step(self.at))).map(drop)?,
            Key::Task => self.shows_task()?,
            Key::List => show::list(session).map(drop)?,
            Key::Next => {
                return Ok(match session.next_open(self.at)? {
                    Some(next) => {
                        self.at = next;
                        // `cargo learn` goes on from here.
                        session.store.update(|p| p.go_on_at(&session.catalogue.key(next)))?;
                        Some(Woken::Moved)
                    }
                    None => {
                        say("No other step is open.\n");
                        None
                    }
                });
            }
            Key::All => {
                let design = Target::Design(self.at.design);
                match check::judge_until(session, Some(design), &|| self.inbox.quits()) {
                    // It may have put first commits back.
                    Ok(Some(_)) => self.answers = answers(session),
                    Ok(None) => return Ok(Some(Woken::Quit)),
                    Err(error) => say(&session.term.message(&format!("error: {error:#}"))),
                }
            }
            Key::Page => page::open(session, self.at),
            Key::Help => say(&session.term.hang("", 0, &keys::help(!self.one_key))),
            Key::Unknown(typed) => {
                let text = format!("{typed:?} means nothing here: {}", keys::help(!self.one_key));
                say(&session.term.hang("", 0, &text));
            }
        }
        Ok(None)
    }

    /// Checks the step as its files are now; a save while it runs ends the run, and it begins anew with what was saved.
    fn check_now(&self) -> Result<(Checked, Snapshot)> {
        let (session, at) = (self.session, self.at);
        loop {
            let before = snapshot(session, at);
            let next_look = Cell::new(Instant::now() + LOOK_MEANWHILE);
            // What the sheet holds once the check has written its first commit, which is before it first asks here.
            let sheet = Cell::new(None);
            // Only what the compiler reads ends a run.
            let stop = || {
                if sheet.get().is_none() {
                    sheet.set(Some(snapshot(session, at).sheet));
                }
                if self.inbox.quits() {
                    return true;
                }
                if Instant::now() < next_look.get() {
                    return false;
                }
                let changed = |seen: Snapshot| seen.source != before.source;
                // A file that is emptied or moved away for a moment is not another answer: what it comes to counts.
                let stops = changed(snapshot(session, at)) && changed(self.settled());
                next_look.set(Instant::now() + LOOK_MEANWHILE);
                stops
            };
            let checked = match check::check_step(session, at, &stop) {
                Ok(checked) => checked,
                // A sheet that cannot be read is part of learning: it is said, and the next save is waited for.
                Err(error) => {
                    say(&session.term.message(&format!("error: {error:#}")));
                    Checked::NotYet
                }
            };
            if checked == Checked::Stopped && !self.inbox.quits() {
                say(&session.term.tone(Tone::Faint, "· saved again: once more\n"));
                continue;
            }
            let sheet = sheet.get().unwrap_or(before.sheet);
            return Ok((checked, Snapshot { source: before.source, sheet }));
        }
    }
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

/// The step to go on with after a pass, of the design that was asked for; none when nothing is left.
fn next_after(session: &Session, target: Option<Target>) -> Result<Option<At>> {
    session.current(target.map(Target::design))
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

/// What the answers of all steps hold.
fn answers(session: &Session) -> Vec<(At, u64)> {
    session.catalogue.all().map(|at| (at, answer(session, at))).collect()
}

/// What a step's answer holds.
fn answer(session: &Session, at: At) -> u64 {
    let entry = session.catalogue.entry(at);
    hash_of(&session.place.exercise(&entry.folder).join(entry.file(at.step)))
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
