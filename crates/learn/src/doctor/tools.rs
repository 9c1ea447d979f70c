//! The tools that compile: Rust, a linker, cargo and what it has downloaded.

use super::Line;
use crate::check::Session;
use crate::runner;
use std::env;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The oldest Rust that compiles this.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");
/// How long a tool may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Compiler and cargo, and whether they are new enough.
pub(super) fn rust(session: &Session) -> Line {
    let about = "Rust";
    let mut found = Vec::new();
    for (name, program) in [("rustc", rustc()), ("cargo", runner::cargo())] {
        let mut command = Command::new(program);
        command.arg("--version").current_dir(&session.place.root);
        let Ok(said) = answer(&mut command) else {
            return Line::bad(
                about,
                format!("{name} cannot be started"),
                "install Rust: https://rustup.rs",
            );
        };
        let said = String::from_utf8_lossy(&said.stdout);
        let Some(version) = said.split_whitespace().nth(1) else {
            return Line::bad(
                about,
                format!("{name} does not say its version"),
                "rustup update stable",
            );
        };
        if !at_least(version, OLDEST) {
            return Line::bad(
                about,
                format!("{name} is {version}; {OLDEST} or newer is needed"),
                "rustup update stable",
            );
        }
        found.push(format!("{name} {version}"));
    }
    Line::good(about, format!("{} ({OLDEST} or newer is needed)", found.join(", ")))
}

/// Is `1.95.0-nightly` at least `1.95`?
fn at_least(version: &str, oldest: &str) -> bool {
    let numbers = |v: &str| -> Vec<u32> {
        let v = v.split('-').next().unwrap_or(v);
        v.split('.').map(|n| n.parse().unwrap_or(0)).collect()
    };
    let (have, need) = (numbers(version), numbers(oldest));
    (0..3)
        .map(|i| have.get(i).unwrap_or(&0).cmp(need.get(i).unwrap_or(&0)))
        .find(|o| o.is_ne())
        != Some(std::cmp::Ordering::Less)
}

/// A linker: the proof is a program that was linked.
pub(super) fn linker() -> Line {
    let about = "linker";
    let mend = if cfg!(windows) {
        "install the Visual Studio Build Tools with “Desktop development with C++”: https://visualstudio.microsoft.com/visual-cpp-build-tools/"
    } else if cfg!(target_os = "macos") {
        "xcode-select --install"
    } else {
        "install a C compiler, for example: sudo apt install build-essential"
    };
    let folder = match tempfile::Builder::new().prefix("dsr-doctor-").tempdir() {
        Ok(folder) => folder,
        Err(e) => {
            return Line::bad(
                about,
                format!("not tried, since {} cannot be written: {e}", env::temp_dir().display()),
                "make room there, or let TMPDIR (TEMP on Windows) name another folder",
            );
        }
    };
    let source = folder.path().join("hello.rs");
    if let Err(e) = fs::write(&source, "fn main() {}\n") {
        return Line::bad(
            about,
            format!("not tried: {e}"),
            "make room in the folder for temporary files",
        );
    }
    let mut command = Command::new(rustc());
    command
        .args(["--edition", "2024", "-o"])
        .arg(folder.path().join("hello.exe"))
        .arg(source);
    match answer(command.current_dir(folder.path())) {
        Ok(done) if done.status.success() => Line::good(about, "a small program was compiled and linked"),
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stderr);
            let why = said
                .lines()
                .find(|l| l.starts_with("error"))
                .unwrap_or("rustc does not say why");
            Line::bad(about, why, mend)
        }
        Err(why) => Line::bad(about, why, mend),
    }
}

/// A cargo that is at work in the same target folder: a check waits until it ends.
pub(super) fn other_cargo() -> Vec<Line> {
    let Some(target) = target_folder() else {
        return Vec::new();
    };
    if is_locked(&target.join("debug")) {
        return vec![Line::note(
            "cargo",
            format!(
                "another cargo is at work in {}; a check waits until it ends",
                target.display()
            ),
            "an editor's? .vscode/settings.json gives rust-analyzer a target folder of its own",
        )];
    }
    Vec::new()
}

/// Does someone hold the lock of a folder of builds?
fn is_locked(folder: &Path) -> bool {
    [".cargo-lock", ".cargo-build-lock"].iter().any(|name| {
        // Opened for reading: a lock that is not there is not made.
        let file = File::open(folder.join(name));
        file.is_ok_and(|f| matches!(f.try_lock(), Err(TryLockError::WouldBlock)))
    })
}

/// Everything that cargo has to download once for this system.
pub(super) fn crates(session: &Session) -> Line {
    let about = "downloads";
    let mut command = Command::new(runner::cargo());
    command
        .args(["fetch", "--locked", "--offline", "--quiet", "--target", "host-tuple"])
        .current_dir(&session.place.root);
    match answer(&mut command) {
        Ok(done) if done.status.success() => Line::good(about, "complete: nothing needs the network any more"),
        Ok(done) => {
            let said = String::from_utf8_lossy(&done.stderr);
            let why = said
                .lines()
                .find(|l| l.starts_with("error"))
                .unwrap_or("cargo does not say why");
            Line::note(
                about,
                format!("not complete ({why})"),
                "while you are online: cargo fetch --locked. Behind a proxy, set HTTPS_PROXY first",
            )
        }
        Err(why) => Line::note(about, why, "later, or by hand: cargo fetch --locked --offline"),
    }
}

/// The target folder that this program was built in: what a check uses, too.
pub(super) fn target_folder() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    Some(program.parent()?.parent()?.to_owned())
}

fn rustc() -> std::ffi::OsString {
    env::var_os("RUSTC")
        .filter(|r| !r.is_empty())
        .unwrap_or_else(|| "rustc".into())
}

/// Runs a tool that says little and should be quick.
fn answer(command: &mut Command) -> Result<Output, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{name} cannot be started: {e}"))?;
    while child.try_wait().map_err(|e| e.to_string())?.is_none() {
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("{name} gave no answer within {} s", PATIENCE.as_secs()));
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        for (version, new_enough) in [
            ("1.95.0", true),
            ("1.95.0-nightly", true),
            ("1.100.0", true),
            ("2.0.0", true),
            ("1.94.9", false),
            ("1.9.5", false),
            ("", false),
        ] {
            assert_eq!(at_least(version, "1.95"), new_enough, "{version}");
        }
    }

    #[test]
    fn a_held_lock_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_locked(folder.path()));
        let held = File::create(folder.path().join(".cargo-lock")).unwrap();
        assert!(!is_locked(folder.path()));
        held.lock().unwrap();
        assert!(is_locked(folder.path()));
        drop(held);
        assert!(!is_locked(folder.path()));
    }

    #[test]
    fn a_tool_that_is_not_there_is_named() {
        let why = answer(&mut Command::new("no-such-tool-here")).unwrap_err();
        assert!(why.contains("no-such-tool-here cannot be started"), "{why}");
    }
}
