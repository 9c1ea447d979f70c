//! Runs cargo and a step's tests, so that nothing a learner writes can hang or flood the terminal.

use crate::place::Place;
use anyhow::{Context, Result, bail};
use judge::Verdict;
use judge::patience::Patience;
use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long a step's tests may run once they are compiled; on a busy machine longer, see [`Patience`].
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
/// How much of a test's output is kept.
const KEPT_BYTES: u64 = 1 << 20;

/// What came of compiling.
#[derive(Debug)]
pub(crate) enum Build {
    /// The program with the step's tests.
    Built(PathBuf),
    /// The compiler has said why not, on standard error.
    Refused,
    /// It was stopped.
    Stopped,
}

/// What came of running a step's tests.
#[derive(Debug, Default)]
pub(crate) struct Ran {
    /// Every test ran and passed.
    pub(crate) passed: bool,
    /// It was ended after [`PATIENCE`] or what the caller gave.
    pub(crate) timed_out: bool,
    /// It was stopped by the caller.
    pub(crate) stopped: bool,
    /// What the tests printed.
    pub(crate) output: String,
    /// What the judge wrote.
    pub(crate) verdicts: Vec<Verdict>,
    /// How the process ended, in words, when it ended before its tests did.
    pub(crate) abnormal: Option<String>,
}

/// The cargo that runs us, or the one of that name.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO")
        .filter(|c| !c.is_empty())
        .unwrap_or_else(|| "cargo".into())
}

/// Compiles one test of a package. Compiler messages go straight to standard error, as cargo writes them.
///
/// `waiting` is called every now and then with the time that has passed, `stop` often.
pub(crate) fn build(
    place: &Place,
    package: &str,
    test: &str,
    waiting: &dyn Fn(Duration),
    stop: &dyn Fn() -> bool,
) -> Result<Build> {
    let arguments = [
        "test",
        "--no-run",
        "--quiet",
        "--message-format=json-render-diagnostics",
        "--package",
        package,
        "--test",
        test,
    ];
    let fault = format!(
        "cargo could not build {test} of {package}; what it says stands above. By hand: cargo test -p {package} --test {test}"
    );
    cargo_builds(place, &arguments, test, &fault, waiting, stop)
}

/// Lets cargo build the program of a name, by these arguments. `fault` is what is said when cargo itself could not.
pub(crate) fn cargo_builds(
    place: &Place,
    arguments: &[&str],
    name: &str,
    fault: &str,
    waiting: &dyn Fn(Duration),
    stop: &dyn Fn() -> bool,
) -> Result<Build> {
    let mut command = Command::new(cargo());
    command
        .args(arguments)
        .current_dir(&place.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| {
        format!(
            "cannot start {}: is Rust installed, and cargo on the PATH?",
            cargo().to_string_lossy()
        )
    })?;
    let messages = child.stdout.take().expect("it is piped");
    let wanted = name.to_owned();
    let reader = thread::spawn(move || read_messages(messages, &wanted));
    let begun = Instant::now();
    let mut said = Duration::ZERO;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if stop() {
            end(&mut child);
            return Ok(Build::Stopped);
        }
        let passed = begun.elapsed();
        if passed - said >= Duration::from_secs(5) {
            said = passed;
            waiting(passed);
        }
        thread::sleep(Duration::from_millis(5));
    };
    let told = reader.join().unwrap_or_default();
    match (status.success(), told.program, told.finished) {
        (true, Some(program), _) => Ok(Build::Built(program)),
        (false, _, true) => Ok(Build::Refused),
        _ => bail!("{fault}"),
    }
}

#[derive(Default)]
struct Told {
    program: Option<PathBuf>,
    finished: bool,
}

/// What cargo tells about its work, one JSON object a line.
fn read_messages(from: impl Read, name: &str) -> Told {
    let mut told = Told::default();
    for line in BufReader::new(from).lines().map_while(Result::ok) {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(&line) else {
            continue;
        };
        match message["reason"].as_str() {
            Some("compiler-artifact") if message["target"]["name"] == name => {
                told.program = message["executable"].as_str().map(PathBuf::from).or(told.program);
            }
            Some("build-finished") => told.finished = true,
            _ => {}
        }
    }
    told
}

/// Runs a compiled test program, at most for `patience`, which counts less where the machine has other work.
///
/// `arguments` go to the test program; `settings` are added to its environment.
pub(crate) fn run(
    program: &Path,
    folder: &Path,
    arguments: &[&str],
    settings: &[(&str, String)],
    patience: Duration,
    stop: &dyn Fn() -> bool,
) -> Result<Ran> {
    let verdicts = tempfile::Builder::new()
        .prefix("dsr-verdicts-")
        .tempdir()
        .context("cannot make a folder for the verdict: is there room in the folder for temporary files (TMPDIR)?")?;
    let mut child = Command::new(program)
        .args(arguments)
        .args(["--color", "never"])
        .envs(settings.iter().map(|(k, v)| (k, v)))
        .env("DSR_VERDICTS", verdicts.path())
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let readers = [
        drain(child.stdout.take().expect("piped")),
        drain(child.stderr.take().expect("piped")),
    ];
    let wait = Patience::with_process(child.id(), patience);
    let mut ran = Ran::default();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        ran.timed_out = wait.is_over();
        ran.stopped = !ran.timed_out && stop();
        if ran.timed_out || ran.stopped {
            end(&mut child);
            break None;
        }
        thread::sleep(Duration::from_millis(3));
    };
    ran.output = readers
        .into_iter()
        .filter_map(|r| r.join().ok())
        .collect::<Vec<_>>()
        .join("\n");
    ran.verdicts = read_verdicts(verdicts.path());
    // An answer that ends the process ends it before the summary, whatever the exit code says.
    let summary = ran.output.lines().find(|l| l.starts_with("test result: "));
    let all_hold = summary.is_some_and(|l| l.starts_with("test result: ok"));
    ran.passed = status.is_some_and(|s| s.success()) && all_hold && some_test_ran(&ran.output);
    ran.abnormal = status.filter(|_| summary.is_none()).map(in_words);
    Ok(ran)
}

fn some_test_ran(output: &str) -> bool {
    output.lines().any(|l| l.starts_with("test ") && l.ends_with("... ok"))
}

fn in_words(status: ExitStatus) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            let name = match signal {
                6 => " (it gave up: a stack overflow does that)",
                9 => " (killed: out of memory does that)",
                11 => " (a stack overflow does that)",
                _ => "",
            };
            return format!("ended by signal {signal}{name}");
        }
    }
    format!("ended with {status}")
}

fn end(child: &mut Child) {
    // It may have ended by itself in the meantime; both calls then say so, and there is nothing left to do.
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads a pipe to its end, so that the writer never waits, and keeps the first part.
fn drain(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = from.by_ref().take(KEPT_BYTES).read_to_end(&mut kept);
        let _ = std::io::copy(&mut from, &mut std::io::sink());
        String::from_utf8_lossy(&kept).into_owned()
    })
}

fn read_verdicts(folder: &Path) -> Vec<Verdict> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    // A verdict that is cut off (its process was ended while writing) counts as none.
    files
        .iter()
        .filter_map(|f| serde_json::from_slice(&std::fs::read(f).ok()?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_s_messages_name_the_program() {
        let lines = concat!(
            "not json\n",
            r#"{"reason":"compiler-artifact","target":{"name":"step1_predict"},"executable":"/t/other"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","target":{"name":"step4_operate"},"executable":"/t/x"}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
            "\n"
        );
        let told = read_messages(lines.as_bytes(), "step4_operate");
        assert_eq!(told.program, Some(PathBuf::from("/t/x")));
        assert!(told.finished);
        assert!(!read_messages(&b""[..], "x").finished);
    }

    #[cfg(unix)]
    #[test]
    fn an_endless_program_is_ended() {
        let here = env::temp_dir();
        let sh = Path::new("/bin/sh");
        let run = |script: &str, patience| run(sh, &here, &["-c", script], &[], patience, &|| false).unwrap();
        let begun = Instant::now();
        let ran = run("while :; do :; done", Duration::from_millis(200));
        assert!(ran.timed_out && !ran.passed && begun.elapsed() < Duration::from_secs(5));
        let ran = run(
            "echo 'test a ... ok'; echo 'test result: ok.'; echo '{' > $DSR_VERDICTS/broken.json",
            PATIENCE,
        );
        assert!(ran.passed && ran.verdicts.is_empty());
        let ran = run("echo 'test result: ok. 0 passed'", PATIENCE);
        assert!(!ran.passed, "a program without tests proves nothing");
        let ran = run("echo 'test a ... ok'; exit 0", PATIENCE);
        assert!(!ran.passed && ran.abnormal.is_some(), "an answer may end the process");
        let ran = run("kill -6 $$", PATIENCE);
        assert!(ran.abnormal.unwrap().contains("signal 6"));
    }

    #[cfg(unix)]
    #[test]
    fn a_flood_is_cut_and_does_not_block() {
        let ran = run(
            Path::new("/bin/sh"),
            &env::temp_dir(),
            &[
                "-c",
                "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo 'test a ... ok' >&2; echo 'test result: ok' >&2",
            ],
            &[],
            PATIENCE,
            &|| false,
        )
        .unwrap();
        assert!(ran.passed);
        assert!(ran.output.len() < 2 * KEPT_BYTES as usize);
    }
}
