//! Where the clone is, and where the learner's records are.

use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};

/// The folders that the commands work in.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Root of the clone.
    pub(crate) root: PathBuf,
    /// Folder of the learner's records: `.learn` in the root, or what `DSR_LEARN_DIR` names.
    pub(crate) records: PathBuf,
}

impl Place {
    /// Finds the clone: upwards from the current folder first, since one program may be shared by several clones through
    /// a common target folder; then where this program was compiled.
    pub(crate) fn find() -> Result<Place> {
        let here = env::current_dir().unwrap_or_default();
        let compiled = Path::new(env!("CARGO_MANIFEST_DIR"));
        let Some(root) = root_above(&here).or_else(|| root_above(compiled)) else {
            bail!(
                "{} is not inside a clone of this project; go to the clone and try again",
                here.display()
            );
        };
        let records = match env::var_os("DSR_LEARN_DIR").filter(|v| !v.is_empty()) {
            Some(folder) => PathBuf::from(folder),
            None => root.join(".learn"),
        };
        Ok(Place { root, records })
    }

    /// The folder of an exercise.
    pub(crate) fn exercise(&self, folder: &str) -> PathBuf {
        self.root.join("exercises").join(folder)
    }

    /// The folder of an exercise's pristine copies.
    pub(crate) fn pristine(&self, folder: &str) -> PathBuf {
        self.exercise(folder).join(".starter")
    }

    /// A path as a person types it where they are: `../worksheet.toml`.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let here = env::current_dir().unwrap_or_default();
        // Outside the clone the whole path is the clearest.
        if !here.starts_with(&self.root) {
            path.display().to_string()
        } else {
            relative(&here, path).display().to_string()
        }
    }
}

/// `path` as seen from the folder `here`, both absolute.
fn relative(here: &Path, path: &Path) -> PathBuf {
    let common = here
        .components()
        .zip(path.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = here.components().skip(common).map(|_| Path::new(".."));
    let down = path.components().skip(common).map(|c| Path::new(c.as_os_str()));
    up.chain(down).collect()
}

fn root_above(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .find(|f| f.join("crates/learn/Cargo.toml").is_file() && f.join("exercises").is_dir())
        .map(Path::to_owned)
}

/// The clone that this is compiled in.
#[cfg(test)]
pub(crate) fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("crates/learn is two folders deep")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_where_one_stands() {
        let path = Path::new("/c/exercises/02-x/worksheet.toml");
        assert_eq!(
            relative(Path::new("/c"), path),
            Path::new("exercises/02-x/worksheet.toml")
        );
        assert_eq!(
            relative(Path::new("/c/exercises/02-x/src"), path),
            Path::new("../worksheet.toml")
        );
        assert_eq!(
            relative(Path::new("/c/docs"), path),
            Path::new("../exercises/02-x/worksheet.toml")
        );
    }

    #[test]
    fn the_root_is_found_from_any_folder_below_it() {
        let clone = tempfile::tempdir().unwrap();
        let deep = clone.path().join("exercises/02-x/src");
        std::fs::create_dir_all(&deep).unwrap();
        assert_eq!(root_above(&deep), None);
        std::fs::create_dir_all(clone.path().join("crates/learn")).unwrap();
        std::fs::write(clone.path().join("crates/learn/Cargo.toml"), "").unwrap();
        assert_eq!(root_above(&deep).as_deref(), Some(clone.path()));
    }
}
