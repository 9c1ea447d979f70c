//! Asks git, where there is one: a download without git works just as well.

use std::path::Path;
use std::process::{Command, Stdio};

/// What git says in a clone: its output, or why not in its own words.
pub(crate) fn git(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let done = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("git cannot be started: {e}"))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let said: Vec<&str> = said.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    Err(if said.is_empty() {
        format!("git {} ended with {}", arguments.join(" "), done.status)
    } else {
        said.join(" ")
    })
}

/// Is this folder a clone of its own, and not a download that may lie in somebody's other clone?
pub(crate) fn is_clone(root: &Path) -> bool {
    root.join(".git").exists()
}
