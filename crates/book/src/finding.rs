//! What is wrong, and where: every mistake of a build is collected, so that one run shows them all.

use std::fmt;
use std::path::{Path, PathBuf};

/// One mistake with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the folder of `book.toml` where possible.
    pub file: PathBuf,
    /// The line, from 1; `None` when the mistake is the whole file's.
    pub line: Option<usize>,
    /// What is wrong and what to do about it.
    pub what: String,
}

impl Finding {
    /// A mistake in a line of a file.
    pub fn at(file: impl AsRef<Path>, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.as_ref().into(), line: Some(line), what: what.into() }
    }

    /// A mistake of a whole file.
    pub fn of(file: impl AsRef<Path>, what: impl Into<String>) -> Self {
        Self { file: file.as_ref().into(), line: None, what: what.into() }
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

/// All the mistakes of one run, in order of file and line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds many.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Finding>) {
        self.0.extend(more);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Them, as they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// Nothing found is fine; anything found is the error.
    ///
    /// # Errors
    /// The findings themselves, sorted, each once.
    pub fn into_result(mut self) -> Result<(), Findings> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort();
        self.0.dedup();
        Err(self)
    }
}

impl Findings {
    /// A mistake in `book.toml`, in the line that sets a key or opens its table.
    pub fn in_book_toml(root: &Path, key: &str, what: impl Into<String>) -> Self {
        let text = std::fs::read_to_string(root.join("book.toml")).unwrap_or_default();
        let names = |line: &str| {
            let line = line.trim_start();
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
                || line.starts_with(&format!("[{key}]"))
        };
        let line = text.lines().position(names).map(|i| i + 1);
        Self(vec![Finding { file: "book.toml".into(), line, what: what.into() }])
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, finding) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}

/// `1 mistake`, `3 mistakes`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The names nearest to a wrong one come first; the list is cut so that a message stays readable.
pub fn suggest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return "there is none yet".into();
    }
    names.sort_by_key(|n| (distance(wrong, n), *n));
    let shown = names.len().min(12);
    let more = if names.len() > shown {
        format!(" and {} more", names.len() - shown)
    } else {
        String::new()
    };
    format!("there is {}{more}", names[..shown].join(", "))
}

/// Letters to insert, delete or replace to come from one name to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replace = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_as_file_line_and_sentence() {
        assert_eq!(Finding::at("src/a.md", 3, "no").to_string(), "src/a.md:3: no");
        assert_eq!(Finding::of("src/a.md", "no").to_string(), "src/a.md: no");
    }

    #[test]
    fn findings_are_sorted_and_said_once() {
        let mut all = Findings::default();
        all.extend([
            Finding::at("b", 1, "x"),
            Finding::at("a", 2, "x"),
            Finding::at("a", 2, "x"),
        ]);
        assert_eq!(all.len(), 3);
        assert_eq!(all.into_result().unwrap_err().to_string(), "a:2: x\nb:1: x");
        assert_eq!(Findings::default().into_result(), Ok(()));
    }

    #[test]
    fn a_key_of_book_toml_has_a_line() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("book.toml"), "[a.b]\ncount = 1\n").unwrap();
        let says = |key| Findings::in_book_toml(dir.path(), key, "no").to_string();
        assert_eq!(
            (says("count"), says("a.b"), says("x")),
            (
                "book.toml:2: no".into(),
                "book.toml:1: no".into(),
                "book.toml: no".into()
            )
        );
    }

    #[test]
    fn the_nearest_name_is_suggested_first() {
        assert_eq!(
            suggest("dean2031", ["barroso2003", "dean2013"]),
            "there is dean2013, barroso2003"
        );
        assert_eq!(suggest("x", []), "there is none yet");
        let many: Vec<String> = (0..20).map(|i| format!("k{i:02}")).collect();
        assert!(suggest("k00", many.iter().map(String::as_str)).ends_with("and 8 more"));
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
