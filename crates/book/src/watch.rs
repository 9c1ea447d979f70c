//! What a served book is built from, and being told when it changes.

use anyhow::{Context, Result};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

/// Does the book depend on this file? `path` is relative to the folder of `book.toml`.
pub fn matters(path: &Path, src: &Path) -> bool {
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    // Editors write hidden files, backups and numbered probes beside the one they save.
    if name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.chars().all(|c| c.is_ascii_digit())
    {
        return false;
    }
    path.starts_with(src)
        || path.starts_with("theme")
        || path == Path::new("book.toml")
        || path == Path::new("sources.toml")
        || path == Path::new(crate::days::FILE)
        || path.starts_with("ledger")
        || (path.starts_with("crates/designs/src") && name == "design.toml")
        // The figures' style sheet lies beside the code that draws them.
        || (path.starts_with("crates/figures/src") && name.ends_with(".css"))
}

/// Reports changed files that matter, relative to `root`, until the watcher is dropped.
///
/// # Errors
/// When the system cannot watch files.
pub fn start(root: &Path, src: &Path, changed: Sender<PathBuf>) -> Result<RecommendedWatcher> {
    let (root, src) = (root.canonicalize()?, src.to_path_buf());
    let (base, text) = (root.clone(), root.join(&src));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if event.kind.is_access() {
            return;
        }
        for path in event.paths {
            let path = path.strip_prefix(&base).unwrap_or(&path);
            if matters(path, &src) {
                // The receiver is gone only when the server stops.
                let _ = changed.send(path.to_path_buf());
            }
        }
    })
    .context("cannot watch files for changes")?;
    // The root itself, not `book.toml`: a file that an editor replaces would fall out of sight.
    watcher
        .watch(&root, RecursiveMode::NonRecursive)
        .context("cannot watch the book’s folder")?;
    for folder in [
        text,
        root.join("theme"),
        root.join("ledger"),
        root.join("crates/designs/src"),
        root.join("crates/figures/src"),
    ] {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(watcher)
}

/// Waits for a change, and then until nothing has changed for a moment: saving all files is one change. Returns the
/// first file, or `None` when no more changes can come.
pub fn next(changes: &Receiver<PathBuf>) -> Option<PathBuf> {
    let first = changes.recv().ok()?;
    let start = Instant::now();
    while changes.recv_timeout(Duration::from_millis(60)).is_ok() && start.elapsed() < Duration::from_secs(2) {}
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn text_theme_settings_and_manifests_matter() {
        let src = Path::new("src");
        for path in [
            "src/a/b.md",
            "src/assets/x.svg",
            "theme/css/book.css",
            "book.toml",
            "sources.toml",
            "days.toml",
            "crates/designs/src/x/design.toml",
            "crates/figures/src/figures.css",
        ] {
            assert!(matters(Path::new(path), src), "{path}");
        }
        for path in [
            "src/.a.md.swp",
            "src/a.md~",
            "src/4913",
            "Cargo.toml",
            "target/book/index.html",
            "crates/designs/src/x/mod.rs",
            "crates/book/src/a.rs",
        ] {
            assert!(!matters(Path::new(path), src), "{path}");
        }
    }

    #[test]
    fn many_changes_at_once_are_one() {
        let (tx, rx) = mpsc::channel();
        for file in ["a", "b", "c"] {
            tx.send(PathBuf::from(file)).unwrap();
        }
        assert_eq!(next(&rx), Some(PathBuf::from("a")));
        assert!(rx.try_recv().is_err());
        drop(tx);
        assert_eq!(next(&rx), None, "nothing can change any more");
    }

    #[test]
    fn changed_files_are_seen_however_they_are_saved() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("src")).unwrap();
        std::fs::write(dir.path().join("book.toml"), "").unwrap();
        let (tx, rx) = mpsc::channel();
        let _watcher = start(dir.path(), Path::new("src"), tx).unwrap();
        let seen = |file: &str| rx.iter().any(|path| path == Path::new(file));
        std::fs::write(dir.path().join("src/a.md"), "one").unwrap();
        assert!(seen("src/a.md"));
        // As many editors save: a new file takes the old one's name.
        std::fs::write(dir.path().join(".new"), "x").unwrap();
        std::fs::rename(dir.path().join(".new"), dir.path().join("book.toml")).unwrap();
        assert!(seen("book.toml"));
    }
}
