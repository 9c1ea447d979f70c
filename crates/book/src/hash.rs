//! Hashes of source files: for the cache of computed facts and for telling a stale lab script.

use std::path::{Path, PathBuf};

/// The crates that the lab script is built from.
pub const LABS: &[&str] = &["sim", "models", "judge", "outline", "figures", "designs", "labs"];

/// The crates that computed facts and figures come from.
pub const FACTS: &[&str] = &["sim", "models", "judge", "outline", "figures", "designs"];

/// FNV-1a, 128 bits: short, and the same on every platform and in every version of Rust.
#[derive(Clone)]
pub struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    /// Takes in bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u128::from(*b)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    /// 32 hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:032x}", self.0)
    }
}

/// Hash of a text.
pub fn of_text(text: &str) -> String {
    let mut fnv = Fnv::default();
    fnv.write(text.as_bytes());
    fnv.hex()
}

/// Hash over `Cargo.toml` and every file below `src/` of the named crates. Line ends are normalised, so that a checkout
/// with CR LF has the same hash; paths are part of it, so that a renamed file changes it.
///
/// # Errors
/// The file or folder that cannot be read.
pub fn of_crates(root: &Path, crates: &[&str]) -> std::io::Result<String> {
    let mut fnv = Fnv::default();
    for (name, file) in source_files(root, crates)? {
        let text = std::fs::read(&file)?;
        fnv.write(name.as_bytes());
        fnv.write(&[0]);
        let mut lines = text.split(|b| *b == b'\n').peekable();
        while let Some(line) = lines.next() {
            fnv.write(line.strip_suffix(b"\r").unwrap_or(line));
            if lines.peek().is_some() {
                fnv.write(b"\n");
            }
        }
        fnv.write(&[0]);
    }
    Ok(fnv.hex())
}

/// When the newest of these files was changed.
pub fn newest(root: &Path, crates: &[&str]) -> Option<std::time::SystemTime> {
    source_files(root, crates)
        .ok()?
        .iter()
        .filter_map(|(_, f)| f.metadata().ok()?.modified().ok())
        .max()
}

/// `crate/path` with forward slashes, and the file, in order of name.
fn source_files(root: &Path, crates: &[&str]) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut out = Vec::new();
    for name in crates {
        let folder = root.join("crates").join(name);
        out.push((format!("{name}/Cargo.toml"), folder.join("Cargo.toml")));
        walk(&folder.join("src"), &format!("{name}/src"), &mut out)?;
    }
    out.sort();
    Ok(out)
}

fn walk(folder: &Path, name: &str, out: &mut Vec<(String, PathBuf)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let file = entry.file_name();
        let file = file.to_string_lossy();
        // Editors leave hidden files and backups beside the sources.
        if file.starts_with('.') || file.ends_with('~') {
            continue;
        }
        let name = format!("{name}/{file}");
        if entry.path().is_dir() {
            walk(&entry.path(), &name, out)?;
        } else {
            out.push((name, entry.path()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(root: &Path, text: &str) {
        std::fs::create_dir_all(root.join("crates/sim/src/deep")).unwrap();
        std::fs::write(root.join("crates/sim/Cargo.toml"), "[package]\n").unwrap();
        std::fs::write(root.join("crates/sim/src/deep/lib.rs"), text).unwrap();
    }

    #[test]
    fn the_hash_follows_names_and_text_but_not_line_ends() {
        let dir = tempfile::tempdir().unwrap();
        tree(dir.path(), "a\nb\n");
        let first = of_crates(dir.path(), &["sim"]).unwrap();
        tree(dir.path(), "a\r\nb\r\n");
        assert_eq!(of_crates(dir.path(), &["sim"]).unwrap(), first);
        tree(dir.path(), "a\nb");
        assert_ne!(of_crates(dir.path(), &["sim"]).unwrap(), first);
        tree(dir.path(), "a\nb\n");
        std::fs::write(dir.path().join("crates/sim/src/.swp"), "x").unwrap();
        assert_eq!(of_crates(dir.path(), &["sim"]).unwrap(), first);
        std::fs::rename(
            dir.path().join("crates/sim/src/deep/lib.rs"),
            dir.path().join("crates/sim/src/lib.rs"),
        )
        .unwrap();
        assert_ne!(of_crates(dir.path(), &["sim"]).unwrap(), first);
    }

    #[test]
    fn a_missing_crate_is_an_error_and_not_an_empty_hash() {
        let dir = tempfile::tempdir().unwrap();
        assert!(of_crates(dir.path(), &["sim"]).is_err());
        assert_eq!(newest(dir.path(), &["sim"]), None);
    }

    #[test]
    fn known_values_of_fnv_1a() {
        assert_eq!(Fnv::default().hex(), "6c62272e07bb014262b821756295c58d");
        assert_eq!(of_text("a"), "d228cb696f1a8caf78912b704e4a8964");
    }
}
