//! A small clone with a cargo that answers at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

pub(crate) const DESIGN: &str = "02-fan-out-search";
/// The file of its step 4.
pub(crate) const OPERATE: &str = "src/step4_operate.rs";

/// The designs that the clone offers, so that what these tests say stays true when the book grows.
const OFFERED: &str = "02,04,08";

/// The same.
pub(crate) fn offered() -> impl Iterator<Item = &'static designs::Design> {
    OFFERED
        .split(',')
        .map(|number| designs::find(number).expect("a design").0)
}

/// A clone with one exercise in its pristine state.
pub(crate) struct Clone {
    pub(crate) folder: TempDir,
}

/// What a command did.
pub(crate) struct Did {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Clone {
    pub(crate) fn new() -> Clone {
        let folder = tempfile::tempdir().unwrap();
        let clone = Clone { folder };
        clone.adds(DESIGN);
        clone.knows_its_designs();
        fs::create_dir_all(clone.path("crates/learn")).unwrap();
        fs::write(clone.path("crates/learn/Cargo.toml"), "").unwrap();
        fs::create_dir_all(clone.path("fake")).unwrap();
        clone.script("fake/cargo", FAKE_CARGO);
        fs::write(clone.path("fake/simulator"), simulator()).unwrap();
        clone.script("fake/program", FAKE_PROGRAM);
        clone.plays("", 0, &[]);
        clone
    }

    /// Puts an exercise into the clone; one but the first has its sheet filled in.
    pub(crate) fn adds(&self, folder: &str) {
        let to = self.path("exercises").join(folder);
        if to.exists() {
            return;
        }
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../exercises")
            .join(folder);
        copy(&from.join(".starter"), &to);
        copy(&from.join("tests"), &to.join("tests"));
        if folder != DESIGN {
            let sheet = to.join("worksheet.toml");
            let text = fs::read_to_string(&sheet).unwrap();
            fs::write(sheet, text.replace("answer = []", "answer = [10, 20]")).unwrap();
        }
    }

    /// Every design's manifest, where the clone has it.
    fn knows_its_designs(&self) {
        for design in designs::DESIGNS {
            let name = design.manifest().unwrap().slug.replace('-', "_");
            let folder = self.path("crates/designs/src").join(name);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("design.toml"), design.manifest_toml).unwrap();
        }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn exercise(&self, below: &str) -> PathBuf {
        self.path("exercises").join(DESIGN).join(below)
    }

    pub(crate) fn script(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        fs::write(self.path(name), text).unwrap();
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// What the test program prints, how it ends, and the verdicts that the judge writes, as (file, JSON).
    pub(crate) fn plays(&self, output: &str, code: i32, verdicts: &[(&str, String)]) {
        fs::write(self.path("fake/output"), output).unwrap();
        fs::write(self.path("fake/code"), code.to_string()).unwrap();
        let folder = self.path("fake/verdicts");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in verdicts {
            fs::write(folder.join(name), text).unwrap();
        }
    }

    /// How often cargo was called for an exercise.
    pub(crate) fn calls(&self) -> usize {
        fs::read_to_string(self.path("fake/log")).map_or(0, |t| t.lines().count())
    }

    pub(crate) fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_learn"));
        command
            .args(arguments)
            .current_dir(folder)
            .env("CARGO", self.path("fake/cargo"))
            .env("FAKE", self.path("fake"))
            .env("DSR_DESIGNS", OFFERED)
            .env_remove("DSR_LEARN_DIR");
        command
    }

    pub(crate) fn learn(&self, arguments: &[&str]) -> Did {
        self.learn_in(self.folder.path(), arguments)
    }

    pub(crate) fn learn_in(&self, folder: &Path, arguments: &[&str]) -> Did {
        did(self.command(folder, arguments).stdin(Stdio::null()))
    }

    /// A clone whose exercise has its pristine starter and its solution beside it.
    pub(crate) fn with_solution() -> Clone {
        let clone = Clone::new();
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let starter = here.join("exercises").join(DESIGN).join(".starter");
        copy(&starter, &clone.exercise(".starter"));
        let solution = Path::new("solutions").join(DESIGN);
        copy(&here.join(&solution), &clone.folder.path().join(&solution));
        clone
    }

    /// The text of a file in the exercise's folder.
    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.exercise(below)).unwrap_or_else(|e| panic!("{below}: {e}"))
    }

    pub(crate) fn sheet(&self) -> String {
        fs::read_to_string(self.exercise("worksheet.toml")).unwrap()
    }

    /// Answers every question by `[low, high]`.
    pub(crate) fn answer(&self, answer: &str) -> String {
        let text = self
            .sheet()
            .replace("answer = []", &format!("answer = {answer}   # a guess"));
        fs::write(self.exercise("worksheet.toml"), &text).unwrap();
        text
    }

    pub(crate) fn progress(&self) -> String {
        fs::read_to_string(self.path(".learn/progress.toml")).unwrap_or_default()
    }
}

/// What cargo says when it has built the simulator: the real one, since nothing but a simulation gives its numbers.
fn simulator() -> &'static str {
    static SAID: OnceLock<String> = OnceLock::new();
    SAID.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let done = Command::new(cargo)
            .args(["build", "--quiet", "--message-format=json", "--package", "simulate"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(done.status.success(), "the simulator does not compile");
        String::from_utf8(done.stdout).unwrap()
    })
}

const FAKE_CARGO: &str = r#"#!/bin/sh
case "$*" in *"--package simulate") echo "$@" >> "$FAKE/simulated"; cat "$FAKE/simulator"; exit ;; esac
echo "$@" >> "$FAKE/log"
while [ "$1" != "--test" ]; do shift; done
if [ -f "$FAKE/refuses" ]; then
  printf 'error[E0425]: \033[1mno such name\033[0m\n' >&2
  echo '{"reason":"build-finished","success":false}'
  exit 101
fi
if [ -f "$FAKE/lost" ]; then echo 'error: no such package' >&2; exit 101; fi
echo "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"$2\"},\"executable\":\"$FAKE/program\"}"
echo '{"reason":"build-finished","success":true}'
"#;

const FAKE_PROGRAM: &str = r#"#!/bin/sh
cp "$FAKE"/verdicts/* "$DSR_VERDICTS" 2>/dev/null
if [ -n "$DSR_REPLAY" ]; then
  cp "$FAKE"/runs/* "$DSR_REPLAY" 2>/dev/null
  echo "seed $DSR_SEED: $*" >> "$FAKE/replayed"
fi
cat "$FAKE/output"
exit "$(cat "$FAKE/code")"
"#;

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to)
        } else {
            fs::copy(&from, &to).map(drop).unwrap()
        }
    }
}

pub(crate) fn did(command: &mut Command) -> Did {
    let done = command.output().unwrap();
    Did {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// The tests of a step's file, in order.
pub(crate) fn tests_of(clone: &Clone, step: &str) -> Vec<String> {
    let text = fs::read_to_string(clone.exercise(&format!("tests/{step}.rs"))).unwrap();
    let names = text
        .split("#[test]\nfn ")
        .skip(1)
        .map(|t| t.split('(').next().unwrap().to_owned());
    names.collect()
}

pub(crate) fn results(tests: &[String], failed: &[&String]) -> String {
    let line = |t: &String| format!("test {t} ... {}\n", if failed.contains(&t) { "FAILED" } else { "ok" });
    let end = if failed.is_empty() { "ok" } else { "FAILED" };
    tests
        .iter()
        .map(line)
        .chain([format!("test result: {end}.\n")])
        .collect()
}

pub(crate) fn verdict(step: &str, test: &str, observed: &str) -> (String, String) {
    let json = serde_json::json!({
        "design": DESIGN, "step": step, "test": test, "passed": false, "kind": "belief", "belief": "no_budget",
        "observed": observed, "assumes": "slowness is one leaf's own", "instead": "every leaf was slow",
        "ask": "what then?", "replay": "cargo learn replay 02/operate --test t --seed 1",
    });
    (format!("{step}.{test}.json"), json.to_string())
}
