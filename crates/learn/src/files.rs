//! Files that are either old or new, never half: a crash or a full disk loses nothing.

use anyhow::{Context, Result, bail};
use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

const PREFIX: &str = ".dsr-";
const SUFFIX: &str = ".tmp";

/// Nobody writes one file for this long.
const LONG_AGO: Duration = Duration::from_secs(3_600);

/// Removes what killed programs left half-written in a folder. Only for who holds the folder's [`Lock`].
pub(crate) fn sweep(folder: &Path) {
    remove_leftovers(folder, &|_| true);
}

/// Removes what programs that were killed long ago left half-written in a folder that has no lock.
pub(crate) fn sweep_old(folder: &Path) {
    remove_leftovers(folder, &|file| {
        let age = file.modified().ok().and_then(|written| written.elapsed().ok());
        age.is_some_and(|age| age > LONG_AGO)
    });
}

fn remove_leftovers(folder: &Path, which: &dyn Fn(&Metadata) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
        if ours && entry.metadata().is_ok_and(|m| which(&m)) {
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
    let advice = || not_written(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    if let Ok(old) = fs::metadata(&real) {
        // A rename needs only a writable folder: without this a file that its owner has locked would be replaced.
        if old.permissions().readonly() {
            return Err(anyhow::anyhow!("the file is read-only")).with_context(advice);
        }
        builder.permissions(old.permissions());
    } else {
        usual_permissions(&mut builder);
    }
    let mut new = builder.tempfile_in(folder).with_context(advice)?;
    new.write_all(text.as_bytes()).with_context(advice)?;
    new.as_file().sync_all().with_context(advice)?;
    new.persist(&real).map_err(|e| e.error).with_context(advice)?;
    Ok(())
}

/// Writes a new file in one step; what is there already is never touched.
///
/// `name` gives the name for 1, 2, 3, …: the first that is free is taken, and returned with its folder. A file of such a name that
/// holds the very same is taken for the new one.
pub(crate) fn write_numbered(folder: &Path, name: impl Fn(u32) -> String, bytes: &[u8]) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| not_written(folder))?;
    let mut new = flushed(folder, &folder.join(name(1)), bytes)?;
    for n in 1.. {
        let path = folder.join(name(n));
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(path);
        }
        match new.persist_noclobber(&path) {
            Ok(_) => {
                flush_folder(folder);
                return Ok(path);
            }
            Err(e) if e.error.kind() == ErrorKind::AlreadyExists => new = e.file,
            Err(e) => return Err(e.error).with_context(|| not_written(&path)),
        }
    }
    unreachable!("there are enough numbers")
}

/// Writes a new file in one step; fails when there is one of this name.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let saved = flushed(folder, path, bytes)?.persist_noclobber(path);
    match saved {
        Ok(_) => {
            flush_folder(folder);
            Ok(())
        }
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => {
            bail!(
                "{} is there already and stays as it is; give another name",
                path.display()
            )
        }
        Err(e) => Err(e.error).with_context(|| not_written(path)),
    }
}

/// A temporary file in a folder that holds these bytes on the disk; `path` is what it will be called.
fn flushed(folder: &Path, path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    usual_permissions(&mut builder);
    let mut new = builder.tempfile_in(folder).with_context(|| not_written(path))?;
    new.write_all(bytes).with_context(|| not_written(path))?;
    new.as_file().sync_all().with_context(|| not_written(path))?;
    Ok(new)
}

/// Makes a new name in a folder last through a power cut, where the system lets a folder be flushed.
fn flush_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|f| f.sync_all());
}

fn not_written(path: &Path) -> String {
    format!(
        "cannot write {}: is the folder writable, and is there room on the disk? Nothing was changed",
        path.display()
    )
}

/// A new file's permissions: the usual ones, less the user's umask. Without this only its owner could read it.
fn usual_permissions(builder: &mut tempfile::Builder<'_, '_>) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = builder;
}

/// Reads a text file; `None` when there is none.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// A short mark of what a file holds, the same on every machine (FNV-1a, 64 bits); empty when it cannot be read.
pub(crate) fn mark(path: &Path) -> String {
    let Ok(bytes) = fs::read(path) else {
        return String::new();
    };
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let hash = bytes.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
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
    fn only_old_leftovers_of_ours_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let long_ago = std::time::SystemTime::now() - 2 * LONG_AGO;
        for (name, old) in [(".dsr-a.tmp", true), (".dsr-b.tmp", false), ("notes.tmp", true)] {
            let file = File::create(folder.path().join(name)).unwrap();
            if old {
                file.set_modified(long_ago).unwrap();
            }
        }
        sweep_old(folder.path());
        let there = |name: &str| folder.path().join(name).exists();
        assert_eq!(
            (there(".dsr-a.tmp"), there(".dsr-b.tmp"), there("notes.tmp")),
            (false, true, true)
        );
    }

    #[test]
    fn a_new_file_takes_the_first_free_number() {
        let folder = tempfile::tempdir().unwrap();
        let f = folder.path().join("kept");
        let write = |text: &str| write_numbered(&f, |n| format!("a.{n}.rs"), text.as_bytes()).unwrap();
        assert_eq!(write("one"), f.join("a.1.rs"));
        assert_eq!(write("two"), f.join("a.2.rs"));
        assert_eq!(write("one"), f.join("a.1.rs"), "it is kept already");
        fs::create_dir(f.join("a.3.rs")).unwrap();
        assert_eq!(write("three"), f.join("a.4.rs"), "a folder of that name is left alone");
        assert_eq!(fs::read_to_string(f.join("a.2.rs")).unwrap(), "two");
        assert_eq!(fs::read_dir(&f).unwrap().count(), 4, "nothing is left beside them");
    }

    #[test]
    fn a_file_that_is_there_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        write_new(&path, b"one").unwrap();
        let error = format!("{:#}", write_new(&path, b"two").unwrap_err());
        assert!(error.contains("a.zip is there already"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = format!("{:#}", write_new(&path.join("b.zip"), b"x").unwrap_err());
        assert!(
            error.contains("b.zip") && error.contains("Nothing was changed"),
            "{error}"
        );
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
