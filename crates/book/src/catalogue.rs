//! What pages can refer to: designs with their manifests, models, sources. Manifests are read from the disk when the
//! workspace is there, so that `cargo book` shows a changed `design.toml` at once; otherwise the compiled ones serve.

use crate::days::Days;
use crate::finding::{Finding, Findings, suggest};
use crate::sources::Sources;
use designs::Design;
use designs::lab::{Fact, Lab};
use ledger::Ledger;
use models::Model;
use outline::manifest::Manifest;
use std::path::{Path, PathBuf};

/// One design.
pub struct Entry {
    /// Its manifest.
    pub manifest: Manifest,
    /// Where the manifest was read from, relative to the book's folder; `None` if it is the compiled one.
    pub file: Option<PathBuf>,
    /// Its lab.
    pub lab: &'static (dyn Lab + Sync),
    /// Computes every number of its debrief.
    pub facts: fn() -> Vec<Fact>,
    /// Draws a figure for a width, by name.
    pub figure: fn(&str, f64) -> Option<Box<dyn figures::Drawing>>,
}

impl Entry {
    /// `02`.
    pub fn number(&self) -> String {
        format!("{:02}", self.manifest.number)
    }
}

/// Everything that directives can name.
pub struct Catalogue {
    /// Designs in order of number.
    pub designs: Vec<Entry>,
    /// Models of the calculators.
    pub models: &'static [&'static Model],
    /// Cited sources.
    pub sources: Sources,
    /// Published results that models recompute.
    pub ledger: Ledger,
    /// Days that can be taught.
    pub days: Days,
}

/// Where manifests lie in the workspace: `<this>/<name>/design.toml`.
const MANIFESTS: &str = "crates/designs/src";

impl Catalogue {
    /// The compiled designs and models, with manifests and sources from the book's folder where they are there.
    ///
    /// # Errors
    /// Every manifest or source that cannot be read, with its line.
    pub fn load(root: &Path) -> Result<Self, Findings> {
        Self::from_parts(root, designs::DESIGNS, models::MODELS)
    }

    /// The same from given registries.
    ///
    /// # Errors
    /// Every manifest or source that cannot be read, with its line.
    pub fn from_parts(
        root: &Path,
        compiled: &'static [&'static Design],
        models: &'static [&'static Model],
    ) -> Result<Self, Findings> {
        let mut all = Findings::default();
        let on_disk = manifests_on_disk(root, &mut all);
        let mut designs = Vec::new();
        for design in compiled {
            let own = match design.manifest() {
                Ok(m) => m,
                Err(e) => {
                    all.push(Finding::of(MANIFESTS, format!("compiled in: {e}")));
                    continue;
                }
            };
            let found = on_disk.iter().find(|(_, m)| m.number == own.number);
            let (file, manifest) = found.map_or((None, own), |(f, m)| (Some(f.clone()), m.clone()));
            designs.push(Entry { manifest, file, lab: design.lab, facts: design.facts, figure: design.figure });
        }
        for (file, m) in &on_disk {
            if !designs.iter().any(|d| d.manifest.number == m.number) {
                all.push(Finding::of(
                    file,
                    format!(
                        "design {:02} is not in the registry DESIGNS of crates/designs",
                        m.number
                    ),
                ));
            }
        }
        designs.sort_by_key(|d| d.manifest.number);
        let sources = Sources::load(root).map_err(|e| all.extend(e.iter().cloned()));
        let ledger = Ledger::load(root).map_err(|wrong| {
            all.extend(
                wrong
                    .into_iter()
                    .map(|w| Finding { file: w.file, line: w.line, what: w.what }),
            );
        });
        let days = Days::load(root).map_err(|e| all.extend(e.iter().cloned()));
        all.into_result()?;
        Ok(Self {
            designs,
            models,
            sources: sources.unwrap_or_default(),
            ledger: ledger.unwrap_or_default(),
            days: days.unwrap_or_default(),
        })
    }

    /// The design of a number (`02`).
    ///
    /// # Errors
    /// The designs that exist.
    pub fn design(&self, number: &str) -> Result<&Entry, String> {
        self.designs.iter().find(|d| d.number() == number).ok_or_else(|| {
            let known: Vec<String> = self.designs.iter().map(Entry::number).collect();
            format!(
                "unknown design “{number}”; {}",
                suggest(number, known.iter().map(String::as_str))
            )
        })
    }

    /// The design whose chapter folder this is (`02-fan-out-search`).
    pub fn by_folder(&self, folder: &str) -> Option<&Entry> {
        self.designs.iter().find(|d| d.manifest.folder() == folder)
    }

    /// The model of an id.
    ///
    /// # Errors
    /// The ids that exist.
    pub fn model(&self, id: &str) -> Result<&'static Model, String> {
        self.models.iter().copied().find(|m| m.id == id).ok_or_else(|| {
            format!(
                "unknown calculator “{id}”; {}",
                suggest(id, self.models.iter().map(|m| m.id))
            )
        })
    }
}

/// Every `design.toml` below the book's folder, in order of path.
pub fn manifest_files(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root.join(MANIFESTS))
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path().join("design.toml"))
        .filter(|f| f.is_file())
        .collect();
    files.sort();
    files
}

fn manifests_on_disk(root: &Path, all: &mut Findings) -> Vec<(PathBuf, Manifest)> {
    let mut out = Vec::new();
    for path in manifest_files(root) {
        let file = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
        match std::fs::read_to_string(&path)
            .map_err(|e| e.to_string())
            .and_then(|t| Manifest::parse(&t))
        {
            Ok(m) => out.push((file, m)),
            Err(e) => all.push(toml_finding(&file, &e)),
        }
    }
    out
}

/// A TOML error says `at line N` in its text: turns it into a place.
fn toml_finding(file: &Path, error: &str) -> Finding {
    let line = error
        .split("at line ")
        .nth(1)
        .and_then(|r| r.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    // Of a drawn-out message only the last line says what is wrong.
    let what = error.trim().lines().last().unwrap_or(error).trim();
    match line {
        Some(line) => Finding::at(file, line, what),
        None => Finding::of(file, what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn load(root: &Path) -> Result<Catalogue, Findings> {
        Catalogue::from_parts(root, fixture::DESIGNS, fixture::MODELS)
    }

    #[test]
    fn a_manifest_on_the_disk_wins_over_the_compiled_one() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(
            load(dir.path()).unwrap().design("02").unwrap().manifest.title,
            "Fixture search"
        );
        let folder = dir.path().join("crates/designs/src/fixture");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("design.toml"),
            fixture::MANIFEST.replace("Fixture search", "Changed"),
        )
        .unwrap();
        let changed = load(dir.path()).unwrap();
        assert_eq!(changed.design("02").unwrap().manifest.title, "Changed");
        assert_eq!(
            changed.design("02").unwrap().file.as_deref(),
            Some(Path::new("crates/designs/src/fixture/design.toml"))
        );
    }

    #[test]
    fn a_broken_manifest_names_file_and_line() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("crates/designs/src/fixture");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("design.toml"),
            fixture::MANIFEST.replace("promise =", "promised ="),
        )
        .unwrap();
        let e = load(dir.path()).err().unwrap().to_string();
        assert!(e.starts_with("crates/designs/src/fixture/design.toml:"), "{e}");
        assert!(e.contains("promised"), "{e}");
    }

    #[test]
    fn a_manifest_without_a_registered_design_is_a_mistake() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("crates/designs/src/other");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("design.toml"),
            fixture::MANIFEST.replace("number = 2", "number = 9"),
        )
        .unwrap();
        let e = load(dir.path()).err().unwrap().to_string();
        assert!(e.contains("design 09 is not in the registry"), "{e}");
    }

    #[test]
    fn unknown_names_suggest_known_ones() {
        let c = load(Path::new("/nonexistent")).unwrap();
        assert_eq!(c.design("03").err().unwrap(), "unknown design “03”; there is 02");
        assert_eq!(
            c.model("tails.any").err().unwrap(),
            "unknown calculator “tails.any”; there is tails.any_slow"
        );
    }
}
