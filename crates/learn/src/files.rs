//! Files that are either old or new, never half: a crash or a full disk loses nothing.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

const PREFIX: &str = ".dsr-";
const SUFFIX: &str = ".tmp";

/// Removes what killed programs left half-written in a folder. Only for who holds the folder's [`Lock`].
pub(crate) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // What cannot be removed now is removed the next time.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Replaces the content of `path` in one step.
///
/// The text is written beside the file, flushed to the disk and then renamed over it. A symbolic link is followed, and
/// the file's permissions are kept.
pub(crate) fn write_atomically(path: &Path, text: &str) -> Result<()> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = real.parent().unwrap_or(Path::new("."));
    let advice = || {
        format!(
            "cannot write {}: is the folder writable, and is there room on the disk? Nothing was changed",
            path.display()
        )
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    if let Ok(old) = fs::metadata(&real) {
        // A rename needs only a writable folder: without this a file that its owner has locked would be replaced.
        if old.permissions().readonly() {
            return Err(anyhow::anyhow!("the file is read-only")).with_context(advice);
        }
        builder.permissions(old.permissions());
    } else {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666)); // less the user's umask
        }
    }
    let mut new = builder.tempfile_in(folder).with_context(advice)?;
    new.write_all(text.as_bytes()).with_context(advice)?;
    new.as_file().sync_all().with_context(advice)?;
    new.persist(&real).map_err(|e| e.error).with_context(advice)?;
    Ok(())
}

/// Reads a text file; `None` when there is none.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Reads a text file that must be there.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Holds a lock file until it is dropped, so that two watchers do not undo each other's records.
pub(crate) struct Lock(#[allow(dead_code, reason = "held for its drop, which releases the lock")] Option<File>);

impl Lock {
    /// Takes the lock of a folder, waiting for whoever holds it.
    pub(crate) fn take(folder: &Path) -> Result<Lock> {
        let path = folder.join("lock");
        let file = File::create(&path).with_context(|| {
            format!(
                "cannot write {}: make the folder writable, or point DSR_LEARN_DIR at one that is",
                path.display()
            )
        })?;
        match file.lock() {
            Ok(()) => Ok(Lock(Some(file))),
            // Some network file systems have no locks; records are still written whole.
            Err(e) if e.kind() == ErrorKind::Unsupported => Ok(Lock(None)),
            Err(e) => Err(e).with_context(|| format!("cannot lock {}", path.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write_atomically(&path, "one").unwrap();
        write_atomically(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(&path, "mine").unwrap();
        let mut p = fs::metadata(&path).unwrap().permissions();
        p.set_readonly(true);
        fs::set_permissions(&path, p).unwrap();
        let error = format!("{:#}", write_atomically(&path, "theirs").unwrap_err());
        assert!(error.contains("a.toml") && error.contains("read-only"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_atomically(&folder.path().join("no/a.toml"), "x").unwrap_err();
        assert!(format!("{error:#}").contains("a.toml"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        write_atomically(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
