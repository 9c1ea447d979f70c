//! Folders and files: room, permissions, what belongs there; and the clock.

use super::{Line, get_back, tools};
use crate::check::Session;
use crate::verify;
use notify::{RecursiveMode, Watcher};
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a build of `cargo learn`, its exercises and the book comes to, with what an editor adds, in bytes.
const ROOM: u64 = 2_000_000_000;
/// Below this not even a check can be relied on.
const LEAST_ROOM: u64 = 200_000_000;
/// What the system has to say about a change comes within this.
const PATIENCE: Duration = Duration::from_secs(2);
/// 1 January 2020, in seconds since 1970. What is here was written later.
const PAST: u64 = 1_577_836_800;

/// Room for what is compiled, and for temporary files.
pub(super) fn room() -> Vec<Line> {
    let target = tools::target_folder().unwrap_or_default();
    let first = room_in(
        "room",
        &target,
        "cargo clean frees what older builds left; CARGO_TARGET_DIR can name a folder on another disk",
    );
    let temporary = room_in(
        "temporary files",
        &env::temp_dir(),
        "TMPDIR (TEMP on Windows) can name a folder on another disk",
    );
    // Temporary files are small: only what would stop a check is worth a line.
    let temporary = (temporary.mark == super::Mark::Bad).then_some(temporary);
    std::iter::once(first).chain(temporary).collect()
}

fn room_in(about: &'static str, folder: &Path, mend: &str) -> Line {
    let there = folder.ancestors().find(|f| f.exists()).unwrap_or(Path::new("."));
    match fs4::available_space(there) {
        Ok(free) => line_of_room(about, free, &folder.display().to_string(), mend),
        Err(e) => Line::note(about, format!("not known for {}: {e}", folder.display()), mend),
    }
}

fn line_of_room(about: &'static str, free: u64, folder: &str, mend: &str) -> Line {
    let found = format!("{:.1} GB free for {folder}", free as f64 / 1e9);
    match free {
        LEAST_ROOM.. if free >= ROOM => Line::good(about, found),
        LEAST_ROOM.. => Line::note(
            about,
            format!("{found}; a first build takes up to {} GB", ROOM / 1_000_000_000),
            mend,
        ),
        _ => Line::bad(about, format!("{found}; too little even for a check"), mend),
    }
}

/// The folders that are written to, and the answers themselves.
pub(super) fn writable(session: &Session) -> Vec<Line> {
    let about = "folders";
    let mut lines = Vec::new();
    for entry in &session.catalogue.entries {
        let exercise = session.place.exercise(&entry.folder);
        if !exercise.join("src").is_dir() {
            let found = format!("exercises/{}/src is missing", entry.folder);
            lines.push(Line::bad(
                about,
                found,
                get_back(session, &format!("exercises/{}", entry.folder)),
            ));
            continue;
        }
        for folder in [exercise.clone(), exercise.join("src")] {
            if let Err(e) = try_writing(&folder) {
                let shown = session.place.shown(&folder);
                lines.push(Line::bad(
                    about,
                    format!("{shown} cannot be written: {e}"),
                    how_to_open(&shown),
                ));
            }
        }
        for file in verify::answer_files(&exercise).unwrap_or_default() {
            let path = exercise.join(file);
            if fs::metadata(&path).is_ok_and(|m| m.permissions().readonly()) {
                let shown = session.place.shown(&path);
                lines.push(Line::bad(about, format!("{shown} is read-only"), how_to_open(&shown)));
            }
        }
    }
    let records = &session.place.records;
    let there = if records.exists() {
        records.clone()
    } else {
        above(records)
    };
    if let Err(e) = try_writing(&there) {
        lines.push(Line::bad(
            about,
            format!("the records in {} cannot be written: {e}", session.place.shown(records)),
            "make it writable, or let DSR_LEARN_DIR name another folder",
        ));
    }
    if lines.is_empty() {
        lines.push(Line::good(about, "exercises/ and the records can be written"));
    }
    lines
}

/// The nearest folder above that is there: what is missing is made when it is needed.
fn above(folder: &Path) -> PathBuf {
    folder
        .ancestors()
        .skip(1)
        .find(|f| f.exists())
        .unwrap_or(Path::new("."))
        .to_owned()
}

/// Writes a file and takes it away again.
fn try_writing(folder: &Path) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    // The name is one of those that git ignores, should this be killed here.
    let mut file = builder.prefix(".dsr-").suffix(".tmp").tempfile_in(folder)?;
    // As much as an answer may hold: on a full disk an empty file can still be made.
    file.write_all(&[0; 65_536])?;
    file.as_file().sync_all()
}

fn how_to_open(path: &str) -> String {
    if cfg!(windows) {
        format!("clear “Read-only” in the properties of {path}")
    } else {
        format!("chmod u+w {path}; when it is somebody else's: sudo chown -R \"$USER\" exercises")
    }
}

/// The record of what is solved.
pub(super) fn record(session: &Session) -> Line {
    match session.store.read() {
        Ok(_) => Line::good(
            "record",
            format!("readable, in {}", session.place.shown(&session.place.records)),
        ),
        Err(e) => Line::bad("record", format!("{e:#}"), "your answers are not touched by this"),
    }
}

/// The pristine starters, which `reset` needs.
pub(super) fn starters(session: &Session) -> Line {
    let about = "starters";
    let lacking = session.catalogue.entries.iter().filter(|entry| {
        let folder = session.place.pristine(&entry.folder);
        (0..entry.manifest.steps.len()).any(|step| !folder.join(entry.file(step)).is_file())
    });
    let lacking: Vec<String> = lacking.map(|e| format!("exercises/{}/.starter", e.folder)).collect();
    if lacking.is_empty() {
        return Line::good(about, "complete: `cargo learn reset` can put them back");
    }
    let mend = lacking.iter().map(|path| get_back(session, path)).collect();
    Line { mend, ..Line::bad(about, format!("not complete: {}", lacking.join(", ")), "") }
}

/// Does the system report that a file changed?
pub(super) fn changes(session: &Session) -> Line {
    let about = "watching";
    if reports_changes(&session.place.root.join("exercises")) {
        return Line::good(about, "the system reports each save");
    }
    Line::note(
        about,
        "the system reports no changes here, so the watcher looks once a second instead",
        "nothing to do; on a disk of this machine (no network folder) a save is seen sooner",
    )
}

fn reports_changes(folder: &Path) -> bool {
    let (send, reports) = mpsc::channel();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let _ = send.send(event.is_ok());
    });
    let Ok(mut watcher) = watcher else {
        return false;
    };
    // As the watcher of answers does it: with all that is below.
    watcher.watch(folder, RecursiveMode::Recursive).is_ok()
        && try_writing(folder).is_ok()
        && reports.recv_timeout(PATIENCE) == Ok(true)
}

/// The clock, from which records and cargo take their times. Nothing to say when it is set.
pub(super) fn clock() -> Vec<Line> {
    clock_line(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
        .into_iter()
        .collect()
}

fn clock_line(now: Duration) -> Option<Line> {
    (now.as_secs() < PAST).then(|| {
        Line::note(
            "clock",
            "it shows a day before 2020: records get wrong dates, and cargo may take old files for new ones",
            "set the system's clock",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;

    #[test]
    fn room_is_judged_by_what_a_build_takes() {
        let mark = |free| line_of_room("room", free, "x", "y").mark;
        assert_eq!(mark(50_000_000_000), Mark::Good);
        assert_eq!(mark(ROOM - 1), Mark::Note);
        assert_eq!(mark(LEAST_ROOM - 1), Mark::Bad);
        assert!(line_of_room("room", 1_440_000, "x", "y").found.contains("0.0 GB free"));
        // Of a folder that is not there yet, its parent's disk counts.
        let folder = tempfile::tempdir().unwrap();
        let line = room_in("room", &folder.path().join("not/yet"), "y");
        assert!(line.found.contains("GB free"), "{line:?}");
    }

    #[test]
    fn a_clock_before_2020_is_noticed() {
        assert!(clock_line(Duration::from_secs(PAST - 1)).is_some());
        assert_eq!(clock_line(Duration::from_secs(PAST)), None);
    }

    #[test]
    fn a_folder_that_is_not_there_reports_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!reports_changes(&folder.path().join("no")));
        assert!(try_writing(&folder.path().join("no")).is_err());
        try_writing(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
    }
}
