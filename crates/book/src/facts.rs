//! Computed facts and drawn figures, kept in `target/dsr-facts/` under a hash of the sources that they come from.

use crate::catalogue::Entry;
use crate::finding::suggest;
use crate::hash;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// One fact as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// Key.
    pub key: String,
    /// Value in `unit`.
    #[serde(with = "exact")]
    pub value: f64,
    /// Unit.
    pub unit: String,
    /// The value as printed.
    pub text: String,
}

/// One figure as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The drawing.
    pub svg: String,
    /// Heads of the columns of the table that tells it.
    pub head: Vec<String>,
    /// The table's rows.
    pub rows: Vec<Vec<String>>,
}

/// A number kept as text: a JSON number may come back with another last bit, and a kept fact must be the computed one.
mod exact {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Facts and figures: computed when a page first needs them, and at most once.
pub struct Facts {
    folder: Option<PathBuf>,
    memory: Arc<Mutex<Memory>>,
}

/// What this program has computed or read. A program's results never change, so a server keeps them over its builds.
#[derive(Default)]
struct Memory {
    facts: BTreeMap<String, Vec<Stored>>,
    figures: BTreeMap<String, Figure>,
    /// What models gave, by id and inputs; `None` until the kept ones are read.
    calls: Option<BTreeMap<String, Vec<String>>>,
    /// Designs whose figures are being drawn: said once each.
    drawing: BTreeSet<u32>,
}

impl Facts {
    /// Keeps results in the book's `target/`, if the sources that they come from are there to be hashed.
    pub fn new(root: &Path) -> Self {
        // The hash is taken once a process: a source edited while the book is served must not file the old program's
        // results under the new source's name.
        static KEY: OnceLock<Option<(PathBuf, String)>> = OnceLock::new();
        let key = KEY.get_or_init(|| key_of(root).map(|hash| (root.to_path_buf(), hash)));
        let folder = match key {
            Some((of, hash)) if of == root => Some(root.join("target/dsr-facts").join(hash)),
            _ => None,
        };
        static MEMORY: OnceLock<Arc<Mutex<Memory>>> = OnceLock::new();
        Self { folder, memory: MEMORY.get_or_init(Arc::default).clone() }
    }

    /// Keeps results in a folder, or in memory only; knows nothing of other builds.
    pub fn in_folder(folder: Option<PathBuf>) -> Self {
        Self { folder, memory: Arc::default() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // A panic elsewhere leaves whole entries behind, never half of one.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All facts of a design.
    pub fn of(&self, design: &Entry) -> Vec<Stored> {
        let number = design.number();
        if let Some(known) = self.memory().facts.get(&number) {
            return known.clone();
        }
        let name = format!("facts-{number}.json");
        let kept = self
            .read(&name)
            .and_then(|text| serde_json::from_str::<Vec<Stored>>(&text).ok());
        let facts = kept.unwrap_or_else(|| {
            eprintln!("  computing the facts of design {number} …");
            let start = Instant::now();
            let facts: Vec<Stored> = (design.facts)()
                .into_iter()
                .map(|f| Stored { text: f.text(), key: f.key, value: f.value, unit: f.unit.to_string() })
                .collect();
            eprintln!(
                "  computed {} facts of design {number} in {:.1} s",
                facts.len(),
                start.elapsed().as_secs_f64()
            );
            self.write(&name, &serde_json::to_string_pretty(&facts).unwrap_or_default());
            facts
        });
        self.memory().facts.insert(number, facts.clone());
        facts
    }

    /// One fact, checked against the range and unit that the text was written for.
    ///
    /// # Errors
    /// What does not fit: the key, the unit, or the value.
    pub fn get(&self, design: &Entry, key: &str, range: &Range) -> Result<Stored, String> {
        let number = design.number();
        let all = self.of(design);
        let fact = all.iter().find(|f| f.key == key).ok_or_else(|| {
            format!(
                "design {number} has no fact “{key}”; {}",
                suggest(key, all.iter().map(|f| f.key.as_str()))
            )
        })?;
        if fact.unit != range.unit {
            return Err(format!(
                "{number}.{key} is {}, but the range is given in “{}”",
                fact.text, range.unit
            ));
        }
        if !(range.low..=range.high).contains(&fact.value) {
            return Err(format!(
                "{number}.{key} is {} now, outside the range {} to {} that this text was written for; mend the text, then the range",
                fact.text, range.low, range.high
            ));
        }
        Ok(fact.clone())
    }

    /// A figure drawn for a width. A figure can rest on simulated runs, so it is kept like a fact.
    pub fn figure(&self, design: &Entry, name: &str, width: f64) -> Option<Figure> {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let file = format!("figure-{}-{name}-{width}.json", design.number());
        if let Some(known) = self.memory().figures.get(&file) {
            return Some(known.clone());
        }
        let kept = if plain { self.read(&file) } else { None };
        let figure = match kept.and_then(|text| serde_json::from_str(&text).ok()) {
            Some(figure) => figure,
            None => {
                if self.memory().drawing.insert(design.manifest.number) {
                    eprintln!("  drawing the figures of design {} …", design.number());
                }
                let drawing = (design.figure)(name, width)?;
                let figure = Figure { svg: drawing.draw(width).0, head: drawing.head(), rows: drawing.rows() };
                if plain {
                    self.write(&file, &serde_json::to_string(&figure).unwrap_or_default());
                }
                figure
            }
        };
        self.memory().figures.insert(file, figure.clone());
        Some(figure)
    }

    /// What a model gives for these inputs. It can be a simulated experiment of many seconds, so it is kept like a fact.
    ///
    /// # Errors
    /// Why the model gives nothing.
    pub fn call(&self, model: &'static models::Model, values: &[f64]) -> Result<Vec<f64>, String> {
        const FILE: &str = "calls.json";
        let key = format!("{}{values:?}", model.id);
        let kept = {
            let mut memory = self.memory();
            let calls = memory.calls.get_or_insert_with(|| {
                let text = self.read(FILE);
                text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default()
            });
            calls.get(&key).cloned()
        };
        // As text, for the same reason as a fact's value.
        let parsed = kept.and_then(|k| k.iter().map(|v| v.parse().ok()).collect::<Option<Vec<f64>>>());
        if let Some(values) = parsed {
            return Ok(values);
        }
        let start = Instant::now();
        let out = model.call(values)?;
        if start.elapsed().as_secs() >= 1 {
            eprintln!("  computed {} in {:.1} s", model.id, start.elapsed().as_secs_f64());
        }
        let mut memory = self.memory();
        let calls = memory.calls.get_or_insert_default();
        calls.insert(key, out.iter().map(f64::to_string).collect());
        let text = serde_json::to_string_pretty(calls).unwrap_or_default();
        drop(memory);
        self.write(FILE, &text);
        Ok(out)
    }

    fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.as_ref()?.join(name)).ok()
    }

    /// A result that cannot be kept is computed again next time: no reason to fail.
    fn write(&self, name: &str, text: &str) {
        let Some(folder) = &self.folder else { return };
        if std::fs::create_dir_all(folder).is_err() {
            return;
        }
        // Written aside and moved, so that a build running beside this one never reads half a file.
        let aside = folder.join(format!(".{name}.{}", std::process::id()));
        if std::fs::write(&aside, text)
            .and_then(|()| std::fs::rename(&aside, folder.join(name)))
            .is_err()
        {
            let _ = std::fs::remove_file(&aside);
        }
        if let Some(all) = folder.parent() {
            prune(all, folder);
        }
    }
}

/// Results of older sources are of no use: at most the four newest sets stay.
fn prune(all: &Path, current: &Path) {
    let mut sets: Vec<(std::time::SystemTime, PathBuf)> = std::fs::read_dir(all)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|e| e.path().is_dir() && e.path() != current)
        .filter_map(|e| Some((e.metadata().ok()?.modified().ok()?, e.path())))
        .collect();
    sets.sort();
    let surplus = sets.len().saturating_sub(3);
    for (_, folder) in &sets[..surplus] {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// The hash to keep results under; `None` when the program is older than the sources, since its results are not theirs.
fn key_of(root: &Path) -> Option<String> {
    let hash = hash::of_crates(root, hash::FACTS).ok()?;
    let program = std::env::current_exe().ok()?.metadata().ok()?.modified().ok()?;
    (hash::newest(root, hash::FACTS)? <= program).then_some(hash)
}

/// `600..700 ms`: what a text was written for.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
    /// Unit; empty for a count.
    pub unit: String,
}

impl Range {
    /// Reads `LOW..HIGH UNIT`.
    ///
    /// # Errors
    /// How it should be written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is not a range; write LOW..HIGH and the unit, for example 600..700 ms");
        let (low, rest) = text.split_once("..").ok_or_else(wrong)?;
        let rest = rest.trim_start();
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-'))
            .unwrap_or(rest.len());
        let (high, unit) = rest.split_at(end);
        let number = |t: &str| t.trim().replace(',', "").parse::<f64>().ok().filter(|v| v.is_finite());
        let (low, high) = (number(low).ok_or_else(wrong)?, number(high).ok_or_else(wrong)?);
        if low > high {
            return Err(format!("the range {text} is empty: {low} is above {high}"));
        }
        Ok(Self { low, high, unit: unit.trim().to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::fixture;

    fn catalogue() -> Catalogue {
        Catalogue::from_parts(Path::new("/nonexistent"), fixture::DESIGNS, fixture::MODELS).unwrap()
    }

    #[test]
    fn ranges_are_read_with_unit_and_thousands() {
        assert_eq!(
            Range::parse("600..700 ms").unwrap(),
            Range { low: 600.0, high: 700.0, unit: "ms".into() }
        );
        assert_eq!(Range::parse("5..7%").unwrap().unit, "%");
        assert_eq!(
            Range::parse("1,000..2,000").unwrap(),
            Range { low: 1000.0, high: 2000.0, unit: String::new() }
        );
        assert_eq!(Range::parse("1.5..2.5 ×").unwrap().high, 2.5);
        for bad in ["", "600 ms", "a..b", "1..", "..2", "NaN..2"] {
            assert!(Range::parse(bad).is_err(), "{bad}");
        }
        assert!(Range::parse("7..5 %").unwrap_err().contains("empty"));
    }

    #[test]
    fn a_fact_must_exist_and_fit_unit_and_range() {
        let (c, facts) = (catalogue(), Facts::in_folder(None));
        let d = c.design("02").unwrap();
        let get = |key: &str, range: &str| facts.get(d, key, &Range::parse(range).unwrap());
        assert_eq!(get("p90_wait", "600..700 ms").unwrap().text, "654\u{202f}ms");
        let e = get("p90_wait", "100..200 ms").unwrap_err();
        assert!(e.contains("654") && e.contains("100 to 200"), "{e}");
        assert!(get("p90_wait", "600..700 %").unwrap_err().contains("given in “%”"));
        assert!(get("p90_wiat", "1..2 ms").unwrap_err().contains("there is p90_wait"));
    }

    #[test]
    fn kept_facts_are_not_computed_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("hash");
        let c = catalogue();
        let d = c.design("02").unwrap();
        Facts::in_folder(Some(folder.clone())).of(d);
        // What is kept is what is used: a changed file shows in the next build.
        let file = folder.join("facts-02.json");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("654.2", "655.0")).unwrap();
        let again = Facts::in_folder(Some(folder.clone())).of(d);
        assert_eq!(again.iter().find(|f| f.key == "p90_wait").unwrap().value, 655.0);
        // A damaged file is computed anew.
        std::fs::write(&file, "{").unwrap();
        let anew = Facts::in_folder(Some(folder)).of(d);
        assert_eq!(anew.iter().find(|f| f.key == "p90_wait").unwrap().value, 654.2);
    }

    #[test]
    fn a_kept_number_is_the_same_to_the_last_bit() {
        for value in [0.1 + 0.2, 1e-300, 654.2 * 1.1, f64::MAX] {
            let fact = Stored { key: "k".into(), value, unit: String::new(), text: String::new() };
            let back: Stored = serde_json::from_str(&serde_json::to_string(&fact).unwrap()).unwrap();
            assert_eq!(back.value.to_bits(), value.to_bits());
        }
    }

    #[test]
    fn a_figure_is_kept_under_its_width() {
        let dir = tempfile::tempdir().unwrap();
        let c = catalogue();
        let d = c.design("02").unwrap();
        let facts = Facts::in_folder(Some(dir.path().join("hash")));
        let wide = facts.figure(d, "architecture", 720.0).unwrap();
        assert_eq!(facts.figure(d, "architecture", 720.0).unwrap(), wide);
        assert_ne!(facts.figure(d, "architecture", 340.0).unwrap(), wide);
        assert_eq!(facts.figure(d, "nothing", 720.0), None);
        assert_eq!(facts.figure(d, "../evil", 720.0), None);
    }

    #[test]
    fn a_kept_call_is_used_and_a_refused_one_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("hash");
        let model = fixture::MODELS[0];
        let first = Facts::in_folder(Some(folder.clone())).call(model, &[100.0]).unwrap();
        let file = folder.join("calls.json");
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(&first[0].to_string()), "{text}");
        std::fs::write(&file, text.replace(&first[0].to_string(), "12.5")).unwrap();
        let again = Facts::in_folder(Some(folder.clone()));
        assert_eq!(again.call(model, &[100.0]), Ok(vec![12.5]));
        assert_ne!(again.call(model, &[99.0]), Ok(vec![12.5]));
        assert!(again.call(model, &[0.0]).is_err());
        assert!(!std::fs::read_to_string(&file).unwrap().contains("[0.0]"));
    }

    #[test]
    fn only_the_newest_sets_stay() {
        let dir = tempfile::tempdir().unwrap();
        for i in 0..6 {
            std::fs::create_dir_all(dir.path().join(format!("old{i}"))).unwrap();
        }
        let current = dir.path().join("current");
        Facts::in_folder(Some(current.clone())).write("x", "y");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 4);
        assert!(current.is_dir());
    }
}
