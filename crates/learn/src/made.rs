//! Files that we made carry a mark near their beginning; only they are replaced.

use anyhow::{Result, bail};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The mark stands within the first so many bytes.
const WITHIN: u64 = 2048;

/// May a file be written here: is there none yet, or one that carries our mark? `else_do` ends the error: what to do instead.
pub(crate) fn may_replace(path: &Path, mark: &str, else_do: &str) -> Result<()> {
    let shown = path.display();
    // Only an ordinary file is opened: a pipe would wait for a writer.
    match std::fs::metadata(path) {
        // Where a folder is no folder, there is no file either; writing says what is wrong.
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(()),
        Ok(there) if there.is_file() => {}
        _ => bail!("{shown} is no file that can be replaced; {else_do}"),
    }
    let mut head = Vec::new();
    File::open(path)
        .and_then(|f| f.take(WITHIN).read_to_end(&mut head))
        .map_err(|e| anyhow::anyhow!("{shown} is there already and cannot be read ({e}); {else_do}"))?;
    if !String::from_utf8_lossy(&head).contains(mark) {
        bail!("{shown} is there already and was not made by this command, so it stays as it is; {else_do}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn only_what_carries_the_mark_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let may = || may_replace(&path, "<!-- ours -->", "name another with --out");
        assert!(may().is_ok());
        fs::write(&path, "<!doctype html><!-- ours --><p>").unwrap();
        assert!(may().is_ok());
        for other in [&b"mine"[..], b"", b"\xff\xfe\x00", &[b' '; 5000]] {
            fs::write(&path, other).unwrap();
            let error = may().unwrap_err().to_string();
            assert!(
                error.contains("a.html") && error.ends_with("name another with --out"),
                "{error}"
            );
        }
        assert!(may_replace(folder.path(), "x", "y").is_err());
    }
}
