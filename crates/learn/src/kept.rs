//! What a learner wrote is kept before something else takes its place.
//!
//! The copies stand in `exercises/NN-slug/kept/`: `step4_operate.1.rs`, `worksheet.2.toml`. There
//! - git sees them, so that a commit of the exercise holds them too, which it would not in the ignored `.learn/`;
//! - cargo and rust-analyzer do not compile them, since they look for programs in `src/`, `tests/`, `examples/` and `benches/` only;
//! - the watcher and `verify` do not look, since they compare `src/`, `tests/` and the worksheet;
//! - a person finds them right beside the answer.

use crate::files;
use crate::place::Place;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Folder of the kept versions, in an exercise's folder.
pub(crate) const FOLDER: &str = "kept";

/// Makes a copy of what `path` held, in the exercise's folder, that lasts before this returns.
///
/// Copies are numbered and never replaced; what is kept already is not kept twice.
pub(crate) fn keep(exercise: &Path, path: &Path, held: &[u8]) -> Result<PathBuf> {
    let part = |p: Option<&std::ffi::OsStr>| p.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, end) = (part(path.file_stem()), part(path.extension()));
    let kept = exercise.join(FOLDER);
    for folder in [exercise, &exercise.join("src"), &kept] {
        files::sweep_old(folder);
    }
    files::write_numbered(&kept, |n| format!("{stem}.{n}.{end}"), held)
}

/// The command that puts a kept version back.
pub(crate) fn way_back(place: &Place, kept: &Path, path: &Path) -> String {
    let copy = if cfg!(windows) { "copy" } else { "cp" };
    format!("{copy} {} {}", word(&place.shown(kept)), word(&place.shown(path)))
}

/// A path as one word of a command.
fn word(path: &str) -> String {
    if path.contains(char::is_whitespace) {
        format!("\"{path}\"")
    } else {
        path.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_a_command() {
        let place = Place { root: "/some where".into(), records: "/some where/.learn".into() };
        let command = way_back(&place, Path::new("/some where/kept/a.1.rs"), Path::new("/x/a.rs"));
        assert!(command.ends_with(" \"/some where/kept/a.1.rs\" /x/a.rs"), "{command}");
    }
}
