//! Compiles the test programs of many steps with one call of cargo, in which a step that does not compile hides no other.

use super::bar::Bar;
use crate::place::Place;
use crate::runner;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// A test program: the exercise's folder, and the test's name.
pub(super) type Name = (String, String);

/// What came of compiling.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Builds {
    /// The programs that there are, of those that are wanted.
    pub(super) programs: BTreeMap<Name, PathBuf>,
    /// The first error of each file that does not compile, by exercise: `src/step4_operate.rs:12`.
    pub(super) broken: BTreeMap<String, Vec<String>>,
    wanted: BTreeSet<Name>,
    finished: bool,
}

/// How long to wait for what is said about a fault.
const SOON: Duration = Duration::from_secs(3);
/// How long cargo may be gone before we hear of the Ctrl-C that ended it.
const RUMOUR: Duration = Duration::from_millis(100);

/// Compiles what is wanted, as (package, name). `None` when it was stopped.
///
/// `cargo build` and not `cargo test`: only the first goes on after an error. Both make the same programs, so that a plain
/// `cargo test` has nothing left to compile.
pub(super) fn build(
    place: &Place,
    wanted: &[(String, Name)],
    bar: &Bar<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Builds>> {
    let packages: BTreeSet<&str> = wanted.iter().map(|(package, _)| package.as_str()).collect();
    let tests: BTreeSet<&str> = wanted.iter().map(|(_, (_, test))| test.as_str()).collect();
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let rendered = if colour { ",json-diagnostic-rendered-ansi" } else { "" };
    let mut command = Command::new(runner::cargo());
    command
        .args(["build", "--keep-going", "--quiet"])
        .arg(format!("--message-format=json{rendered}"))
        .args(packages.iter().flat_map(|p| ["--package", p]))
        .args(tests.iter().flat_map(|t| ["--test", t]))
        .current_dir(&place.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| {
        format!(
            "cannot start {}: is Rust installed, and cargo on the PATH?",
            runner::cargo().to_string_lossy()
        )
    })?;
    let messages = child.stdout.take().expect("it is piped");
    let (send, lines) = mpsc::channel();
    let reader = thread::spawn(move || {
        read(messages, &mut |line| {
            let _ = send.send(line);
        });
    });
    let mut builds = Builds { wanted: wanted.iter().map(|(_, name)| name.clone()).collect(), ..Builds::default() };
    loop {
        match lines.recv_timeout(Duration::from_millis(50)) {
            Ok(message) => builds.takes(&message, bar),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
        bar.shows(builds.programs.len());
        if stop() {
            // It may have ended by itself in the meantime; there is nothing left to do then.
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
        }
    }
    let _ = reader.join();
    let status = child.wait()?;
    if !builds.finished && !status.success() {
        // In a terminal Ctrl-C reaches cargo too.
        thread::sleep(RUMOUR);
        if stop() {
            return Ok(None);
        }
        let named: Vec<&str> = packages.into_iter().collect();
        bail!(
            "cargo could not build the tests; what it says stands above. By hand: cargo test --no-run -p {}",
            named.join(" -p ")
        );
    }
    Ok(Some(builds))
}

/// The first error of each file of a step's exercise, after cargo refused it and the compiler has said why in its own words.
///
/// This asks cargo a second time and not in the first call: there cargo itself writes the compiler's messages to the terminal,
/// which keeps them, their colours and their order as they are everywhere else. Only what is broken is compiled again. Where no
/// answer comes soon, another cargo for example holds the lock, none is given.
pub(super) fn faults(place: &Place, package: &str, name: &Name, stop: &dyn Fn() -> bool) -> Vec<String> {
    let (folder, test) = name;
    let child = Command::new(runner::cargo())
        .args(["test", "--no-run", "--quiet", "--message-format=json"])
        .args(["--package", package, "--test", test])
        .current_dir(&place.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return Vec::new() };
    let messages = child.stdout.take().expect("it is piped");
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        read(messages, &mut |line| {
            let _ = send.send(line);
        });
    });
    let (mut builds, begun) = (Builds::default(), Instant::now());
    while begun.elapsed() < SOON && !stop() {
        match lines.recv_timeout(Duration::from_millis(20)) {
            Ok(message) => builds.notes(&message),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    // It has ended by itself, or is not waited for any longer.
    let _ = child.kill();
    let _ = child.wait();
    builds.broken.remove(folder).unwrap_or_default()
}

/// One line of what cargo tells, as far as it is of use here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(default)]
    target: Target,
    executable: Option<PathBuf>,
    message: Option<Diagnostic>,
}

#[derive(Default, Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

fn read(from: impl Read, each: &mut dyn FnMut(Message)) {
    for line in BufReader::new(from).lines().map_while(Result::ok) {
        if let Ok(message) = serde_json::from_str(&line) {
            each(message);
        }
    }
}

impl Builds {
    /// Notes what a line tells, and shows what the compiler says in it.
    fn takes(&mut self, message: &Message, bar: &Bar<'_>) {
        if let Some(text) = message.message.as_ref().and_then(|m| m.rendered.as_ref()) {
            bar.clear();
            eprint!("{text}");
        }
        self.notes(message);
    }

    fn notes(&mut self, message: &Message) {
        let folder = message.manifest_path.parent().and_then(Path::file_name);
        let folder = folder.unwrap_or_default().to_string_lossy().into_owned();
        match (message.reason.as_str(), &message.message) {
            ("compiler-artifact", _) => {
                let is_test = message.target.kind.iter().any(|k| k == "test");
                let name = (folder, message.target.name.clone());
                // A test that is wanted of one exercise is built for all that have one of that name.
                if let (true, Some(program)) = (is_test && self.wanted.contains(&name), &message.executable) {
                    self.programs.insert(name, program.clone());
                }
            }
            ("compiler-message", Some(said)) => {
                let place = said.spans.iter().find(|s| s.is_primary);
                if let (true, Some(span)) = (said.level.starts_with("error"), place) {
                    self.breaks(folder, span);
                }
            }
            ("build-finished", _) => self.finished = true,
            _ => {}
        }
    }

    /// Remembers the first error of a file.
    fn breaks(&mut self, folder: String, span: &Span) {
        let path = span.file_name.replace('\\', "/");
        let file = match path.split_once(&format!("{folder}/")) {
            Some((_, below)) => below.to_owned(),
            None => path,
        };
        let places = self.broken.entry(folder).or_default();
        if !places.iter().any(|p| p.starts_with(&format!("{file}:"))) {
            places.push(format!("{file}:{}", span.line_start));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::Term;

    #[test]
    fn programs_and_errors_are_told_apart_by_exercise() {
        let artifact = |folder: &str, name: &str, kind: &str| {
            serde_json::json!({
                "reason": "compiler-artifact", "manifest_path": format!("/c/exercises/{folder}/Cargo.toml"),
                "target": {"name": name, "kind": [kind]}, "executable": format!("/t/{folder}-{name}"),
            })
        };
        let error = |file: &str, line: usize, level: &str| {
            serde_json::json!({
                "reason": "compiler-message", "manifest_path": "/c/exercises/04-y/Cargo.toml",
                "target": {"name": "y", "kind": ["lib"]},
                "message": {"level": level, "rendered": null, "spans": [
                    {"file_name": "other.rs", "line_start": 1, "is_primary": false},
                    {"file_name": file, "line_start": line, "is_primary": true},
                ]},
            })
        };
        let lines = [
            "not json".to_owned(),
            artifact("02-x", "step4_operate", "test").to_string(),
            artifact("02-x", "step1_predict", "test").to_string(),
            artifact("02-x", "x", "lib").to_string(),
            error("exercises/04-y/src/step3_choose.rs", 12, "error").to_string(),
            error("exercises/04-y/src/step3_choose.rs", 40, "error").to_string(),
            error("exercises\\04-y\\src\\step4_operate.rs", 3, "error").to_string(),
            error("exercises/04-y/src/step5_attack.rs", 3, "warning").to_string(),
            r#"{"reason":"build-finished","success":false}"#.to_owned(),
        ];
        let program = ("02-x".to_owned(), "step4_operate".to_owned());
        let mut builds = Builds { wanted: [program.clone()].into(), ..Builds::default() };
        let bar = Bar::unsaid(&Term::PLAIN, "compiling", 2);
        read(lines.join("\n").as_bytes(), &mut |m| builds.takes(&m, &bar));
        assert_eq!(
            builds.programs.into_iter().collect::<Vec<_>>(),
            [(program, PathBuf::from("/t/02-x-step4_operate"))]
        );
        assert_eq!(
            builds.broken["04-y"],
            ["src/step3_choose.rs:12", "src/step4_operate.rs:3"]
        );
        assert!(builds.finished);
    }
}
