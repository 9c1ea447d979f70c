//! The simulator, which is a program of its own: asked only where a simulation is wanted, and compiled then.
//!
//! All else in `cargo learn` needs no design's code, so nobody who starts waits for it to be compiled.

use crate::check::Session;
use crate::place::Place;
use crate::runner::{self, Build};
use crate::steps::Entry;
use crate::term;
use anyhow::{Context, Result, bail};
use outline::lab::{Lab, Run, Truth};
use serde::de::DeserializeOwned;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// Its package, and its program.
const NAME: &str = "simulate";

/// The simulator, compiled.
pub(crate) struct Simulator {
    program: PathBuf,
    root: PathBuf,
}

impl Simulator {
    /// Sees to it that it is compiled. Where that takes time a line says so, and cargo shows how far it is, on standard error.
    pub(crate) fn ready(session: &Session) -> Result<Simulator> {
        let fresh = is_fresh();
        if !fresh {
            term::warn("· the simulator is compiled now, which is needed once; the next time it answers at once");
        }
        match build(&session.place, fresh)? {
            Build::Built(program) => Ok(Simulator { program, root: session.place.root.clone() }),
            _ => bail!(
                "the simulator does not compile; what cargo says stands above. By hand: cargo build --package {NAME}"
            ),
        }
    }

    /// A design's lab, with `name=value` words turned.
    pub(crate) fn lab(&self, entry: &Entry, knobs: &[String]) -> Result<Lab> {
        self.asks(&["lab", &entry.number()], knobs)
    }

    /// A complete run of it.
    pub(crate) fn run(&self, entry: &Entry, knobs: &[String], seed: u64) -> Result<Run> {
        self.asks(&["run", &entry.number(), &seed.to_string()], knobs)
    }

    /// What it gives for each question of the worksheet, in their order and units; not a number where it gives nothing.
    pub(crate) fn truths(&self, entry: &Entry) -> Result<Vec<f64>> {
        let told: Vec<Truth> = self.asks(&["truths", &entry.number()], &[])?;
        let of = |id: &str| told.iter().find(|t| t.id == id)?.value.parse().ok();
        let questions = &entry.manifest.questions;
        Ok(questions.iter().map(|q| of(&q.id).unwrap_or(f64::NAN)).collect())
    }

    fn asks<T: DeserializeOwned>(&self, words: &[&str], knobs: &[String]) -> Result<T> {
        let done = Command::new(&self.program)
            .args(words)
            .args(knobs)
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        if !done.status.success() {
            bail!(
                "the simulator ended with {}; what it says stands above. By hand: cargo run --package {NAME} -- {}",
                done.status,
                words.join(" ")
            );
        }
        serde_json::from_slice(&done.stdout).with_context(|| {
            format!(
                "the simulator's answer cannot be read: is {} from the same clone as `cargo learn`?",
                self.program.display()
            )
        })
    }
}

/// Compiles it, or asks cargo whether it is: then without a word.
fn build(place: &Place, fresh: bool) -> Result<Build> {
    let mut arguments = vec!["build", "--message-format=json-render-diagnostics"];
    if fresh {
        arguments.push("--quiet");
    }
    arguments.extend(["--package", NAME]);
    let waiting = |passed: Duration| {
        if fresh {
            term::warn(&format!(
                "· still waiting for cargo after {} s (another cargo, an editor's for example, may hold the lock)",
                passed.as_secs()
            ));
        }
    };
    let fault = format!(
        "cargo could not build the simulator; what it says stands above. By hand: cargo build --package {NAME}"
    );
    runner::cargo_builds(place, &arguments, NAME, &fault, &waiting, &|| false)
}

/// Is it compiled, and no source of it newer? Cargo decides; this only says beforehand whether it will take a while.
fn is_fresh() -> bool {
    // We stand in `debug` or `release` of the target folder; what we let cargo build goes to `debug`.
    let us = env::current_exe().unwrap_or_default();
    let Some(debug) = us.ancestors().nth(2).map(|target| target.join("debug")) else {
        return false;
    };
    let program = debug.join(format!("{NAME}{}", env::consts::EXE_SUFFIX));
    let sources = std::fs::read_to_string(debug.join(format!("{NAME}.d"))).unwrap_or_default();
    let changed = |path: &Path| path.metadata().and_then(|m| m.modified());
    changed(&program).is_ok_and(|built| is_newer_than_all(built, &sources, &|path| changed(path).ok()))
}

/// Is this moment later than the last change of every file that cargo's list of sources names?
fn is_newer_than_all(moment: SystemTime, list: &str, changed: &dyn Fn(&Path) -> Option<SystemTime>) -> bool {
    let Some((_, files)) = list.trim_end().split_once(": ") else {
        return false;
    };
    // A space within a path has a backslash before it.
    let files = files.replace("\\ ", "\0");
    files
        .split(' ')
        .map(|file| file.replace('\0', " "))
        .all(|file| changed(Path::new(&file)).is_some_and(|then| then <= moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_changed_or_is_gone_is_noticed() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let changed = |path: &Path| match path.to_str()? {
            "/c/old.rs" => Some(at(1)),
            "/c/with space.rs" => Some(at(5)),
            _ => None,
        };
        let fresh = |moment, list: &str| is_newer_than_all(at(moment), list, &changed);
        assert!(fresh(5, "/t/simulate: /c/old.rs /c/with\\ space.rs\n"));
        assert!(!fresh(4, "/t/simulate: /c/old.rs /c/with\\ space.rs\n"));
        assert!(!fresh(9, "/t/simulate: /c/old.rs /c/gone.rs\n"));
        assert!(!fresh(9, ""), "never compiled");
    }
}
