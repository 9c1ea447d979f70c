//! Published numbers as data, and the runner that recomputes them.
//!
//! An entry (TOML, in `ledger/` at the root of the repository) says what a source publishes, from which inputs, and which
//! model of [`models::MODELS`] or simulated experiment of a design recomputes it, how near. `src/ledger.md` describes
//! the format.
//!
//! ```
//! let text = r#"
//! [[entry]]
//! id = "fan-out"
//! title = "One slow part in a hundred"
//! source = "dean2013"
//! seen = "primary"
//! [[entry.run]]
//! model = "tails.any_slow"
//! inputs = { slow = "1 %", parts = 100 }
//! [[entry.run.check]]
//! output = "any"
//! published = "63 %"
//! tolerance = "absolute 0.5 %"
//! "#;
//! let ledger = ledger::Ledger::read(text, std::path::Path::new("mine.toml")).unwrap();
//! let report = ledger.recompute(|model, values| model.call(values));
//! assert!(report.holds());
//! ```

mod entry;
mod finding;
mod format;
mod quantity;
mod recompute;
mod table;
mod unit;

pub use entry::{Check, Entry, Given, Run, Seen, Tolerance};
pub use finding::Finding;
pub use quantity::Quantity;
pub use recompute::{Compared, Input, Outcome, Recomputed, Report, State, Verdict};
pub use unit::Unit;

use finding::suggest;
use models::Model;
use std::collections::BTreeSet;
use std::path::Path;

/// Everything that an entry can name: the closed forms, and the experiments that designs simulate.
pub fn models() -> Vec<&'static Model> {
    let experiments = designs::DESIGNS.iter().flat_map(|d| d.experiments);
    models::MODELS.iter().copied().chain(experiments).collect()
}

/// The same for a reader, with inputs, units, ranges and outputs: those whose id begins with `prefix`.
///
/// # Errors
/// The ids that come nearest, when none begins so.
pub fn list_models(prefix: &str) -> Result<String, String> {
    table::models(&models(), prefix)
}

/// A list of entries.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The entries, in order of file and place.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Name of the folder at the root of the repository.
    pub const FOLDER: &str = "ledger";

    /// Reads the text of one file, from anywhere.
    ///
    /// # Errors
    /// Everything that is wrong, each with its line.
    pub fn read(text: &str, file: &Path) -> Result<Self, Vec<Finding>> {
        let entries = format::read(text, file, &models())?;
        let wrong = twice(&entries);
        if wrong.is_empty() {
            Ok(Self { entries })
        } else {
            Err(wrong)
        }
    }

    /// Reads the repository's own entries: every TOML file of `ledger/` below `root`, in order of name. These must cite a
    /// key of `sources.toml`, and say place, belief and pages. A repository without the folder has no entries.
    ///
    /// # Errors
    /// Everything that is wrong, each with file and line.
    pub fn load(root: &Path) -> Result<Self, Vec<Finding>> {
        let (mut entries, mut wrong) = (Vec::new(), Vec::new());
        let models = models();
        let mut files: Vec<_> = std::fs::read_dir(root.join(Self::FOLDER))
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "toml"))
            .collect();
        files.sort();
        for path in files {
            let file = path.strip_prefix(root).unwrap_or(&path);
            match std::fs::read_to_string(&path) {
                Ok(text) => match format::read(&text, file, &models) {
                    Ok(more) => entries.extend(more),
                    Err(more) => wrong.extend(more),
                },
                Err(e) => wrong.push(Finding::of(file, format!("cannot be read: {e}"))),
            }
        }
        wrong.extend(twice(&entries));
        wrong.extend(unsaid(&entries, &source_keys(root)));
        if wrong.is_empty() {
            Ok(Self { entries })
        } else {
            Err(wrong)
        }
    }

    /// The entry of an id.
    ///
    /// # Errors
    /// The ids that come nearest.
    pub fn find(&self, id: &str) -> Result<&Entry, String> {
        self.entries.iter().find(|e| e.id == id).ok_or_else(|| {
            let ids = self.entries.iter().map(|e| e.id.as_str());
            format!("the ledger has no entry “{id}”; {}", suggest(id, ids))
        })
    }

    /// Recomputes every entry. `call` runs a model; a caller that keeps results can answer from what it kept.
    pub fn recompute(&self, call: impl FnMut(&'static Model, &[f64]) -> Result<Vec<f64>, String>) -> Report {
        recompute::recompute(&self.entries, call)
    }
}

fn at(entry: &Entry, what: String) -> Finding {
    Finding { file: entry.file.clone(), line: Some(entry.line), what }
}

/// Ids that stand twice.
fn twice(entries: &[Entry]) -> Vec<Finding> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let again = entries.iter().filter(|e| !seen.insert(&e.id));
    again
        .map(|e| at(e, format!("the id “{}” is taken: choose another", e.id)))
        .collect()
}

/// What an entry of the repository must say beyond what the format asks of everybody.
fn unsaid(entries: &[Entry], sources: &[String]) -> Vec<Finding> {
    let mut out = Vec::new();
    for e in entries {
        if !sources.contains(&e.source) {
            let known = suggest(&e.source, sources.iter().map(String::as_str));
            out.push(at(e, format!("sources.toml has no source “{}”; {known}", e.source)));
        }
        for (field, empty) in [
            ("place", e.place.is_empty()),
            ("teaches-against", e.against.is_empty()),
            ("used-by", e.used_by.is_empty()),
        ] {
            if empty {
                out.push(at(e, format!("{} does not say {field}", e.id)));
            }
        }
    }
    out
}

fn source_keys(root: &Path) -> Vec<String> {
    std::fs::read_to_string(root.join("sources.toml"))
        .ok()
        .and_then(|text| text.parse::<toml::Table>().ok())
        .map(|table| table.keys().cloned().collect())
        .unwrap_or_default()
}
