//! What the learner has done: one small file, written whole or not at all.

use crate::files::{self, Lock};
use anyhow::{Context, Result, bail};
use judge::worksheet::Interval;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A damaged file was moved aside: whoever only looks at the exit code hears of it too.
static DAMAGED: AtomicBool = AtomicBool::new(false);

/// Was a damaged record moved aside?
pub(crate) fn was_damaged() -> bool {
    DAMAGED.load(Ordering::Relaxed)
}

/// Version of the file's format.
const SCHEMA: u32 = 1;

/// The whole record. Keys are `02-fan-out-search/operate` for steps and `02-fan-out-search` for designs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Progress {
    schema: u32,
    /// Key of the step that was worked on last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(default)]
    steps: BTreeMap<String, StepRecord>,
    #[serde(default)]
    designs: BTreeMap<String, DesignRecord>,
}

/// What is remembered of one step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StepRecord {
    /// Verdicts so far, until it was solved.
    pub(crate) tries: u32,
    /// Mark of the answer that was judged last: the same answer, judged again, is no new try.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) answer: String,
    /// Hints shown, 0 to 3.
    pub(crate) hints: u32,
    /// When it was solved first; none while it is to be solved, also again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) solved: Option<String>,
    /// It was solved, and the answer that was judged last does not hold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) fallen: bool,
    /// For a step that was put back to its starter: when it was solved first, until it is solved again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before_reset: Option<String>,
    /// The learner chose to see the solution before the step was solved.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) solution_shown: bool,
}

impl StepRecord {
    /// Takes in a verdict on an answer, known by its mark. True when this made it solved, be it again.
    ///
    /// Tries count how long it took to solve it first, so what comes later is none.
    pub(crate) fn judged(&mut self, passed: bool, answer: String, now: impl FnOnce() -> String) -> bool {
        if self.solved.is_some() {
            self.fallen = !passed;
            return false;
        }
        if self.before_reset.is_none() && (self.tries == 0 || self.answer != answer) {
            self.tries += 1;
            self.answer = answer;
        }
        if passed {
            self.answer.clear();
            self.solved = self.before_reset.take().or_else(|| Some(now()));
        }
        passed
    }

    /// Is there something left to do?
    pub(crate) fn is_open(&self) -> bool {
        self.solved.is_none() || self.fallen
    }

    /// It is to be solved again. Tries and hints stay, and so does the date at which it was solved first.
    pub(crate) fn reset(&mut self) {
        if let Some(when) = self.solved.take() {
            self.before_reset = Some(when);
            self.fallen = false;
        }
    }
}

/// What is remembered of one design.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct DesignRecord {
    /// When the sheet was committed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) committed: Option<String>,
    /// The learner chose to see results before committing.
    pub(crate) shown_anyway: bool,
    /// The first commit, question by question: it survives a worksheet that was replaced.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) first: BTreeMap<String, [f64; 2]>,
}

impl DesignRecord {
    /// The first commit of a question.
    pub(crate) fn first_of(&self, question: &str) -> Option<Interval> {
        self.first
            .get(question)
            .map(|[low, high]| Interval { low: *low, high: *high })
    }
}

impl Progress {
    /// The record of a step.
    pub(crate) fn step(&self, key: &str) -> StepRecord {
        self.steps.get(key).cloned().unwrap_or_default()
    }

    /// Key of the step that was worked on last.
    pub(crate) fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// The record of a step, to change it: it is the one that was worked on last.
    pub(crate) fn step_mut(&mut self, key: &str) -> &mut StepRecord {
        self.go_on_at(key);
        self.step_in_passing(key)
    }

    /// Makes a step the one that was worked on last.
    pub(crate) fn go_on_at(&mut self, key: &str) {
        self.last = Some(key.to_owned());
    }

    /// The record of a step, to change it without saying that somebody works on its design.
    pub(crate) fn step_in_passing(&mut self, key: &str) -> &mut StepRecord {
        self.steps.entry(key.to_owned()).or_default()
    }

    /// The record of a design.
    pub(crate) fn design(&self, key: &str) -> DesignRecord {
        self.designs.get(key).cloned().unwrap_or_default()
    }

    /// The record of a design, to change it.
    pub(crate) fn design_mut(&mut self, key: &str) -> &mut DesignRecord {
        self.designs.entry(key.to_owned()).or_default()
    }
}

/// The file that holds the record.
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in a folder, which need not exist yet.
    pub(crate) fn new(folder: &Path) -> Store {
        Store { folder: folder.to_owned() }
    }

    fn file(&self) -> PathBuf {
        self.folder.join("progress.toml")
    }

    /// Reads the record. A damaged file is moved aside, with a message.
    pub(crate) fn read(&self) -> Result<Progress> {
        let path = self.file();
        let Some(bytes) = files::read_if_there(&path)? else {
            return Ok(Progress { schema: SCHEMA, ..Progress::default() });
        };
        let why = match parse(&bytes) {
            Ok(progress) if progress.schema == SCHEMA => return Ok(progress),
            Ok(progress) => bail!(
                "{} has schema = {}, this version reads {SCHEMA}: use the version that wrote it, or move the file away to begin a new record",
                path.display(),
                progress.schema
            ),
            Err(why) => why,
        };
        let aside = self.move_aside(&path)?;
        DAMAGED.store(true, Ordering::Relaxed);
        crate::term::warn(&format!(
            "note: {} is damaged ({why}); it now is {}, and a new record begins. Your answers are untouched. To keep the old record: mend it and move it back. To fill the new one: cargo learn check --all",
            path.display(),
            aside.display()
        ));
        Ok(Progress { schema: SCHEMA, ..Progress::default() })
    }

    /// Changes the record: reads it afresh, so that two programs at once lose nothing, and writes it in one step.
    pub(crate) fn update<T>(&self, change: impl FnOnce(&mut Progress) -> T) -> Result<T> {
        fs::create_dir_all(&self.folder).with_context(|| {
            format!(
                "cannot make {}: make its parent writable, or point DSR_LEARN_DIR at a folder that is",
                self.folder.display()
            )
        })?;
        let _lock = Lock::take(&self.folder)?;
        files::sweep(&self.folder);
        let before = self.read()?;
        let mut after = before.clone();
        let result = change(&mut after);
        if after != before {
            let text = toml::to_string(&after).context("the record cannot be written as TOML")?;
            let head = "# Written by `cargo learn`. Delete it to begin anew; your answers stay.\n";
            files::write_atomically(&self.file(), &format!("{head}{text}"))?;
        }
        Ok(result)
    }

    fn move_aside(&self, path: &Path) -> Result<PathBuf> {
        let free = (1..)
            .map(|n| self.folder.join(format!("progress.damaged-{n}.toml")))
            .find(|p| !p.exists())
            .expect("there are enough numbers");
        fs::rename(path, &free).with_context(|| {
            format!(
                "{} is damaged and cannot be moved aside; move it away by hand",
                path.display()
            )
        })?;
        Ok(free)
    }
}

fn parse(bytes: &[u8]) -> Result<Progress, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    // A file of another version may differ in everything but its schema.
    #[derive(Deserialize)]
    struct Head {
        schema: u32,
    }
    let short = |e: toml::de::Error| {
        let what = e.message().lines().next().unwrap_or_default();
        let before = e.span().and_then(|span| text.get(..span.start));
        let line = before.map(|b| format!("line {}: ", b.matches('\n').count() + 1));
        format!("{}{what}", line.unwrap_or_default())
    };
    let head: Head = toml::from_str(text).map_err(short)?;
    if head.schema != SCHEMA {
        return Ok(Progress { schema: head.schema, ..Progress::default() });
    }
    toml::from_str(text).map_err(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(store: &Store, key: &str) {
        store
            .update(|p| {
                let step = p.step_mut(key);
                step.tries += 1;
                step.solved = Some("2026-01-01T00:00:00Z".into());
            })
            .unwrap();
    }

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(&folder.path().join("new/.learn"));
        assert_eq!(store.read().unwrap().step("a/b"), StepRecord::default());
        solve(&store, "a/b");
        store
            .update(|p| p.design_mut("a").first.insert("busy".into(), [5.0, 20.5]))
            .unwrap();
        let p = store.read().unwrap();
        assert_eq!((p.step("a/b").tries, p.step("a/b").solved.is_some()), (1, true));
        assert_eq!(p.design("a").first["busy"], [5.0, 20.5]);
    }

    #[test]
    fn a_reset_step_is_solved_again_and_keeps_its_first_date() {
        let mut step = StepRecord::default();
        assert!(!step.judged(false, "a".into(), || unreachable!()));
        assert!(
            !step.judged(false, "a".into(), || unreachable!()),
            "the same answer is no new try"
        );
        assert!(step.judged(true, "b".into(), || "first".into()));
        assert!(
            !step.judged(true, "c".into(), || "second".into()),
            "it was solved already"
        );
        let solved = step.clone();
        assert_eq!((solved.tries, solved.solved.as_deref()), (2, Some("first")));
        step.reset();
        step.reset();
        assert_eq!(step.solved, None);
        assert!(!step.judged(false, "d".into(), || unreachable!()));
        assert!(step.judged(true, "b".into(), || "third".into()));
        assert_eq!(step, solved);
    }

    #[test]
    fn a_file_without_the_newer_marks_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        fs::write(
            store.file(),
            "schema = 1\n[steps.\"a/b\"]\ntries = 2\nhints = 1\nsolved = \"x\"\n",
        )
        .unwrap();
        let step = store.read().unwrap().step("a/b");
        assert_eq!(
            (step.tries, step.solved.as_deref(), step.solution_shown),
            (2, Some("x"), false)
        );
    }

    #[test]
    fn a_damaged_file_is_moved_aside_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        for (n, damage) in [
            (1, &b"schema = 1\n[steps"[..]),
            (2, b""),
            (3, b"\xff\xfe"),
            (4, b"schema = 1\nsteps = 3\n"),
        ] {
            fs::write(store.file(), damage).unwrap();
            solve(&store, "a/b");
            assert_eq!(
                fs::read(folder.path().join(format!("progress.damaged-{n}.toml"))).unwrap(),
                damage
            );
            assert!(store.read().unwrap().step("a/b").solved.is_some());
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        let text = "schema = 2\nsteps = \"other\"\n";
        fs::write(store.file(), text).unwrap();
        assert!(store.read().unwrap_err().to_string().contains("schema = 2"));
        assert!(store.update(|p| p.step_mut("x").tries += 1).is_err());
        assert_eq!(fs::read_to_string(store.file()).unwrap(), text);
    }

    #[test]
    fn what_a_killed_program_left_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        fs::write(folder.path().join(".dsr-Ab12.tmp"), "half").unwrap();
        fs::write(folder.path().join("notes.tmp"), "mine").unwrap();
        solve(&store, "a/b");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["lock", "notes.tmp", "progress.toml"]);
    }

    #[test]
    fn writers_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| {
                    let store = Store::new(folder.path());
                    for _ in 0..25 {
                        store.update(|p| p.step_mut("a/b").tries += 1).unwrap();
                    }
                });
            }
        });
        assert_eq!(Store::new(folder.path()).read().unwrap().step("a/b").tries, 100);
    }
}
