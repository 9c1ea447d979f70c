//! What is wrong with an entry, where, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

/// One mistake with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; `None` when the mistake is the whole file's.
    pub line: Option<usize>,
    /// What is wrong and what to do about it.
    pub what: String,
}

impl Finding {
    /// A mistake of a whole file or folder.
    pub(crate) fn of(file: &Path, what: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// The names that exist, the nearest to a wrong one first.
pub(crate) fn suggest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return "there is none".into();
    }
    names.sort_by_key(|n| (distance(wrong, n), *n));
    let more = match names.len() {
        n if n > 12 => format!(" and {} more", n - 12),
        _ => String::new(),
    };
    names.truncate(12);
    format!("there is {}{more}", names.join(", "))
}

/// Letters to insert, delete or replace to come from one name to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_as_file_line_and_sentence() {
        let mut finding = Finding::of(Path::new("ledger/a.toml"), "no");
        assert_eq!(finding.to_string(), "ledger/a.toml: no");
        finding.line = Some(3);
        assert_eq!(finding.to_string(), "ledger/a.toml:3: no");
    }

    #[test]
    fn the_nearest_name_comes_first_and_the_list_is_short() {
        assert_eq!(suggest("slwo", ["parts", "slow"]), "there is slow, parts");
        assert_eq!(suggest("x", []), "there is none");
        let many: Vec<String> = (0..15).map(|i| format!("k{i:02}")).collect();
        assert!(suggest("k00", many.iter().map(String::as_str)).ends_with("and 3 more"));
    }
}
