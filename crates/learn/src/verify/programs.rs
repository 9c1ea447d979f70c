//! Compiles all tests of a package and keeps what the compiler said.

use crate::runner::{self, Ran};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long the tests of one step may run here; 50 pools take their time.
const PATIENCE: Duration = Duration::from_secs(600);

/// The test programs of a package.
#[derive(Debug, Default)]
pub(super) struct Programs {
    by_test: BTreeMap<String, PathBuf>,
    /// Warnings in the package, as the compiler renders them.
    pub(super) warnings: Vec<String>,
    /// Why it did not compile.
    pub(super) errors: Vec<String>,
}

impl Programs {
    /// Compiles the tests of `package` in the workspace at `root`; `target` is the target folder, if not the usual one.
    pub(super) fn compile(root: &Path, package: &str, target: Option<&Path>) -> Result<Programs> {
        let mut command = Command::new(runner::cargo());
        command
            .args([
                "test",
                "--no-run",
                "--quiet",
                "--tests",
                "--message-format=json",
                "--package",
                package,
            ])
            .current_dir(root)
            .stdin(Stdio::null())
            .stderr(Stdio::piped());
        if let Some(target) = target {
            command.env("CARGO_TARGET_DIR", target);
        }
        let done = command
            .output()
            .with_context(|| format!("cannot start {}", runner::cargo().to_string_lossy()))?;
        let mut programs = read(&String::from_utf8_lossy(&done.stdout), package);
        if !done.status.success() && programs.errors.is_empty() {
            programs
                .errors
                .push(String::from_utf8_lossy(&done.stderr).trim().to_owned());
        }
        Ok(programs)
    }

    /// Runs the program of one test file.
    pub(super) fn run(
        &self,
        test: &str,
        folder: &Path,
        arguments: &[&str],
        settings: &[(&str, String)],
    ) -> Result<Ran> {
        let program = self
            .by_test
            .get(test)
            .with_context(|| format!("cargo named no program for tests/{test}.rs"))?;
        runner::run(program, folder, arguments, settings, PATIENCE, &|| false)
    }

    /// Is there a program of that name?
    pub(super) fn has(&self, test: &str) -> bool {
        self.by_test.contains_key(test)
    }
}

fn read(messages: &str, package: &str) -> Programs {
    let mut programs = Programs::default();
    for message in messages.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()) {
        // `path+file:///…/folder#name@0.1.0`, or `…/name#0.1.0` where folder and name are the same.
        let id = message["package_id"].as_str().unwrap_or_default();
        let ours = id.contains(&format!("#{package}@")) || id.contains(&format!("/{package}#"));
        match message["reason"].as_str() {
            Some("compiler-artifact") if ours => {
                let name = message["target"]["name"].as_str().unwrap_or_default();
                let is_test = message["target"]["kind"][0] == "test";
                if let (true, Some(program)) = (is_test, message["executable"].as_str()) {
                    programs.by_test.insert(name.to_owned(), program.into());
                }
            }
            Some("compiler-message") => {
                let text = message["message"]["rendered"]
                    .as_str()
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                match message["message"]["level"].as_str() {
                    Some("warning") if ours && !text.is_empty() && !programs.warnings.contains(&text) => {
                        programs.warnings.push(text)
                    }
                    Some(level) if level.starts_with("error") && !programs.errors.contains(&text) => {
                        programs.errors.push(text)
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    programs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_warnings_and_errors_are_told_apart() {
        let line = |reason: &str, id: &str, rest: &str| {
            format!("{{\"reason\":\"{reason}\",\"package_id\":\"{id}\",{rest}}}\n")
        };
        let ours = "path+file:///x/starter#wanted@0.1.0";
        let note = |level: &str| format!("\"message\":{{\"level\":\"{level}\",\"rendered\":\"{level} text\"}}");
        let text = [
            line(
                "compiler-artifact",
                ours,
                r#""target":{"name":"step1_predict","kind":["test"]},"executable":"/t/a""#,
            ),
            line(
                "compiler-artifact",
                ours,
                r#""target":{"name":"wanted","kind":["lib"]},"executable":"/t/b""#,
            ),
            line("compiler-message", ours, &note("warning")),
            line("compiler-message", ours, &note("warning")),
            line("compiler-message", "path+file:///x/other#0.1.0", &note("warning")),
            line("compiler-message", "path+file:///x/other#0.1.0", &note("error")),
        ]
        .concat();
        let p = read(&text, "wanted");
        assert!(p.has("step1_predict") && !p.has("wanted"));
        assert_eq!((p.warnings.len(), p.errors.len()), (1, 1));
    }
}
