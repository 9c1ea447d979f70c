//! Designs and steps, and how a person names them.

use crate::files;
use crate::near::near;
use anyhow::{Context, Result, anyhow, bail};
use outline::manifest::{Manifest, Step, StepKind};
use std::path::{Path, PathBuf};

/// One design with its manifest read.
pub(crate) struct Entry {
    /// Its manifest.
    pub(crate) manifest: Manifest,
    /// Its folder, `02-fan-out-search`.
    pub(crate) folder: String,
}

/// Every design, in order of number.
pub(crate) struct Catalogue {
    /// The designs.
    pub(crate) entries: Vec<Entry>,
}

/// One step of one design, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// Index into [`Catalogue::entries`].
    pub(crate) design: usize,
    /// Index into the manifest's steps.
    pub(crate) step: usize,
}

/// What a person named: a design, or one of its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A whole design.
    Design(usize),
    /// One step.
    Step(At),
}

impl Target {
    /// The design that it names or belongs to.
    pub(crate) fn design(self) -> usize {
        match self {
            Target::Design(design) | Target::Step(At { design, .. }) => design,
        }
    }
}

impl Entry {
    /// `02`.
    pub(crate) fn number(&self) -> String {
        format!("{:02}", self.manifest.number)
    }

    /// Is this its number (`02`, `2`), its slug or its folder?
    fn is_called(&self, name: &str) -> bool {
        name.parse::<u32>().is_ok_and(|n| n == self.manifest.number)
            || name == self.manifest.slug
            || name == self.folder
    }

    /// Test of a step: `step4_operate`.
    pub(crate) fn test(&self, step: usize) -> String {
        format!("step{}_{}", step + 1, self.manifest.steps[step].kind.word())
    }

    /// The file that a step is answered in, below the exercise's folder: `worksheet.toml` or `src/step4_operate.rs`.
    pub(crate) fn file(&self, step: usize) -> PathBuf {
        match self.manifest.steps[step].kind {
            StepKind::Predict => PathBuf::from("worksheet.toml"),
            _ => Path::new("src").join(format!("{}.rs", self.test(step))),
        }
    }

    /// The file with a step's tests, below the exercise's folder: `tests/step4_operate.rs`.
    pub(crate) fn tests(&self, step: usize) -> PathBuf {
        Path::new("tests").join(format!("{}.rs", self.test(step)))
    }

    fn kinds(&self) -> String {
        let words: Vec<_> = self.manifest.steps.iter().map(|s| s.kind.word()).collect();
        words.join(", ")
    }

    fn find_step(&self, name: &str) -> Option<usize> {
        (0..self.manifest.steps.len()).find(|&i| {
            let place = (i + 1).to_string();
            name == self.manifest.steps[i].kind.word()
                || name == place
                || name.strip_prefix("step") == Some(place.as_str())
                || name == self.test(i)
        })
    }
}

impl Catalogue {
    /// Reads every manifest, or those of the designs that `DSR_DESIGNS` names: a class that takes three designs is offered three.
    pub(crate) fn load(root: &Path) -> Result<Catalogue> {
        match std::env::var("DSR_DESIGNS") {
            Ok(names) if !names.trim().is_empty() => Catalogue::chosen(root, &names),
            _ => Catalogue::all_in(root),
        }
    }

    /// The designs of a list of numbers or names, in the book's order: `"02, 04"`.
    pub(crate) fn chosen(root: &Path, names: &str) -> Result<Catalogue> {
        let mut all = Catalogue::all_in(root)?;
        let mut numbers = Vec::new();
        for name in names.split(',').map(str::trim) {
            let Some(entry) = all.entries.iter().find(|e| e.is_called(name)) else {
                bail!(
                    "DSR_DESIGNS is {names:?}, and there is no design {name:?}: give numbers with commas between, as in DSR_DESIGNS=02,04"
                );
            };
            numbers.push(entry.manifest.number);
        }
        all.entries.retain(|e| numbers.contains(&e.manifest.number));
        Ok(all)
    }

    /// Every design of a clone: the folders with a `design.toml` are the list.
    pub(crate) fn all_in(root: &Path) -> Result<Catalogue> {
        let folder = root.join("crates/designs/src");
        let mut entries: Vec<Entry> = Vec::new();
        let found = std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let mut files: Vec<PathBuf> = found.flatten().map(|f| f.path().join("design.toml")).collect();
        files.sort();
        for file in files.iter().filter(|f| f.is_file()) {
            let below = file.strip_prefix(root).unwrap_or(file).display();
            let manifest = Manifest::parse(&files::read_text(file)?)
                .map_err(|e| anyhow!(e))
                .with_context(|| format!("a design's manifest is broken; mend {below}"))?;
            if let Some(other) = entries.iter().find(|e| e.manifest.number == manifest.number) {
                bail!(
                    "two designs have number {}: {} and {}; change one design.toml",
                    other.number(),
                    other.folder,
                    manifest.folder()
                );
            }
            entries.push(Entry { folder: manifest.folder(), manifest });
        }
        entries.sort_by_key(|e| e.manifest.number);
        Ok(Catalogue { entries })
    }

    /// Is there one folder for each number among the exercises? Of two, nobody could say which one is meant.
    pub(crate) fn alone_in(&self, exercises: &Path) -> Result<()> {
        let Ok(folders) = std::fs::read_dir(exercises) else {
            return Ok(());
        };
        let mut names: Vec<String> = folders
            .flatten()
            .filter(|f| f.path().join("Cargo.toml").is_file())
            .map(|f| f.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        for name in &names {
            let number = name.split('-').next().and_then(|n| n.parse::<u32>().ok());
            let own = self.entries.iter().find(|e| Some(e.manifest.number) == number);
            if let Some(own) = own.filter(|e| e.folder != *name) {
                bail!(
                    "exercises/{name} and exercises/{} have one number, and cargo takes them for one exercise: move {name} out of exercises/",
                    own.folder
                );
            }
        }
        Ok(())
    }

    /// A design or step from what a person typed: `02`, `fan-out-search`, `02/operate`, `02/4`, `02/step4_operate`.
    pub(crate) fn target(&self, name: &str) -> Result<Target> {
        let name = name.trim().trim_end_matches('/');
        let (design, step) = name.split_once('/').map_or((name, None), |(d, s)| (d, Some(s)));
        let design = self.design(design)?;
        let Some(step) = step else {
            return Ok(Target::Design(design));
        };
        let entry = &self.entries[design];
        if let Some(step) = entry.find_step(step) {
            return Ok(Target::Step(At { design, step }));
        }
        let number = entry.number();
        let names = entry.manifest.steps.iter().map(|s| s.kind.word());
        if let Some(meant) = near(step, names) {
            bail!("design {number} has no step {step:?}; did you mean {number}/{meant}?");
        }
        bail!("design {number} has no step {step:?}; its steps are {}", entry.kinds())
    }

    /// A design from its number, slug or folder.
    pub(crate) fn design(&self, name: &str) -> Result<usize> {
        if let Some(found) = self.entries.iter().position(|e| e.is_called(name)) {
            return Ok(found);
        }
        // The kind of a step alone is what people try next.
        if let Some(e) = self
            .entries
            .iter()
            .find(|e| e.find_step(name).is_some() && name.parse::<u32>().is_err())
        {
            bail!(
                "no design {name:?}; a step is named with its design, for example {}/{name}",
                e.number()
            );
        }
        if let Some(meant) = self.near_design(name) {
            bail!("no design {name:?}; did you mean {meant}?");
        }
        let all: Vec<_> = self
            .entries
            .iter()
            .map(|e| format!("{} ({})", e.number(), e.manifest.slug))
            .collect();
        bail!(
            "no design {name:?}; there is {}. `cargo learn list` shows all steps",
            all.join(", ")
        )
    }

    /// What a mistyped name of a design, or of a step without its design, was meant to be.
    fn near_design(&self, name: &str) -> Option<String> {
        let designs = self.entries.iter().flat_map(|e| [&*e.manifest.slug, &*e.folder]);
        if let Some(meant) = near(name, designs) {
            let entry = self
                .entries
                .iter()
                .find(|e| e.manifest.slug == meant || e.folder == meant)?;
            return Some(format!("{} ({})", entry.number(), entry.manifest.slug));
        }
        let first = self.entries.first()?;
        let step = near(name, first.manifest.steps.iter().map(|s| s.kind.word()))?;
        Some(format!("{}/{step}", first.number()))
    }

    /// The entry of a step.
    pub(crate) fn entry(&self, at: At) -> &Entry {
        &self.entries[at.design]
    }

    /// The step itself.
    pub(crate) fn step(&self, at: At) -> &Step {
        &self.entries[at.design].manifest.steps[at.step]
    }

    /// Its kind.
    pub(crate) fn kind(&self, at: At) -> StepKind {
        self.step(at).kind
    }

    /// `02/operate`.
    pub(crate) fn short(&self, at: At) -> String {
        format!("{}/{}", self.entry(at).number(), self.kind(at).word())
    }

    /// Key of the records: `02-fan-out-search/operate`.
    pub(crate) fn key(&self, at: At) -> String {
        format!("{}/{}", self.entry(at).folder, self.kind(at).word())
    }

    /// Every step, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = At> + '_ {
        (0..self.entries.len()).flat_map(|design| self.of_design(design))
    }

    /// The steps of a design, in order.
    pub(crate) fn of_design(&self, design: usize) -> impl Iterator<Item = At> + '_ {
        (0..self.entries[design].manifest.steps.len()).map(move |step| At { design, step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::here;

    fn catalogue() -> Catalogue {
        Catalogue::chosen(&here(), "02, 04, 08").expect("the manifests of this version are valid")
    }

    #[test]
    fn a_step_has_many_names() {
        let c = catalogue();
        let want = c.target("02/operate").unwrap();
        let Target::Step(at) = want else { panic!("{want:?}") };
        let test = c.entry(at).test(at.step);
        let place = at.step + 1;
        for name in [
            "2/operate".to_owned(),
            "fan-out-search/operate".to_owned(),
            "02-fan-out-search/operate".to_owned(),
            format!("02/{place}"),
            format!("02/step{place}"),
            format!("02/{test}"),
            "02/operate/".to_owned(),
        ] {
            assert_eq!(c.target(&name).unwrap(), want, "{name}");
        }
        assert_eq!(c.short(at), "02/operate");
        assert_eq!(c.key(at), "02-fan-out-search/operate");
    }

    /// The registry of `designs` and the folders are one list, in one order.
    #[test]
    fn the_folders_with_a_manifest_are_the_registered_designs() {
        let found = Catalogue::all_in(&here()).unwrap().entries;
        let folders: Vec<&str> = found.iter().map(|e| e.folder.as_str()).collect();
        let registered = designs::DESIGNS.iter().map(|d| d.manifest().unwrap().folder());
        assert_eq!(folders, registered.collect::<Vec<_>>());
    }

    /// A clone with designs of these texts.
    fn clone_with(texts: &[&str]) -> tempfile::TempDir {
        let clone = tempfile::tempdir().unwrap();
        for (i, text) in texts.iter().enumerate() {
            let folder = clone.path().join(format!("crates/designs/src/design_{i}"));
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("design.toml"), text).unwrap();
        }
        clone
    }

    #[test]
    fn two_designs_of_one_number_are_refused() {
        let [first, second] = [0, 1].map(|i| designs::DESIGNS[i].manifest_toml);
        let error = Catalogue::all_in(clone_with(&[first, second, first]).path()).err();
        let said = error.expect("one number, two designs").to_string();
        assert!(
            said.contains("two designs have number 01") && said.contains("design.toml"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1);
    }

    #[test]
    fn a_broken_manifest_is_named() {
        let [first, second] = [0, 1].map(|i| designs::DESIGNS[i].manifest_toml);
        let broken = second.replacen("number = ", "nubmer = ", 1);
        let error = Catalogue::all_in(clone_with(&[first, &broken]).path()).err();
        let said = format!("{:#}", error.expect("an unknown key"));
        assert!(
            said.contains("mend crates/designs/src/design_1/design.toml") && said.contains("nubmer"),
            "{said}"
        );
    }

    #[test]
    fn a_class_is_offered_what_it_takes() {
        let numbers = |names: &str| {
            let entries = Catalogue::chosen(&here(), names).unwrap().entries;
            entries.iter().map(|e| e.manifest.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers("04, fan-out-search,08"), [2, 4, 8]);
        let said = Catalogue::chosen(&here(), "02,97")
            .err()
            .expect("no such design")
            .to_string();
        assert!(
            said.contains("no design \"97\"") && said.contains("DSR_DESIGNS=02,04"),
            "{said}"
        );
    }

    #[test]
    fn a_copied_exercise_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let add = |name: &str| {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("Cargo.toml"), "").unwrap();
        };
        let c = catalogue();
        add(&c.entries[0].folder);
        add("99-mine");
        // What is no exercise is not in the way.
        std::fs::create_dir(folder.path().join("02-notes")).unwrap();
        c.alone_in(folder.path()).unwrap();
        add("02-copy");
        let said = c.alone_in(folder.path()).unwrap_err().to_string();
        assert!(
            said.starts_with("exercises/02-copy and exercises/02-fan-out-search have one number"),
            "{said}"
        );
    }

    #[test]
    fn an_unknown_name_lists_what_there_is() {
        let c = catalogue();
        let error = |name: &str| c.target(name).unwrap_err().to_string();
        assert!(error("00").contains("02 (fan-out-search)"));
        assert!(error("02/nope").contains("predict"));
        assert!(error("02/9").contains("no step"));
        assert!(error("operate").contains("02/operate"));
        assert!(error("").contains("no design"));
        assert!(error("02/operat").ends_with("no step \"operat\"; did you mean 02/operate?"));
        assert!(error("fan-out-serch/operate").contains("did you mean 02 (fan-out-search)?"));
        assert!(error("operat").contains("did you mean 02/operate?"));
        assert!(error("03").contains("there is 02 ("), "a number is near to every other");
    }
}
