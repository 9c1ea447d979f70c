//! A workspace of its own below `target/dsr-verify`: the pristine starter, and all wrong answers and styles as modules of one crate.
//!
//! The learner's folders are never touched, and hundreds of answers cost two builds.

use super::matrix::{self, Wrong};
use super::starters;
use super::styles::{self, Style};
use crate::files;
use crate::place::Place;
use crate::steps::Entry;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The generated workspace of one design.
pub(super) struct Workspace {
    /// Its root, `target/dsr-verify/02-fan-out-search`.
    pub(super) root: PathBuf,
    /// Its target folder, shared by all designs.
    pub(super) target: PathBuf,
    /// Package with the pristine starter.
    pub(super) starter: String,
    /// Package with the wrong answers and the styles.
    pub(super) wrong: String,
    /// The wrong answers.
    pub(super) answers: Vec<Wrong>,
    /// Right answers besides the solution's.
    pub(super) styles: Vec<Style>,
}

impl Workspace {
    /// Writes the workspace of a design; what is there already and the same is left alone, so that cargo need not compile it.
    pub(super) fn write(place: &Place, entry: &Entry) -> Result<Workspace> {
        let base = env::var_os("CARGO_TARGET_DIR").map_or_else(|| place.root.join("target"), PathBuf::from);
        let base = place.root.join(base).join("dsr-verify");
        let made = Workspace {
            root: base.join(&entry.folder),
            target: base.join("target"),
            starter: format!("starter-{}", entry.folder),
            wrong: format!("wrong-{}", entry.folder),
            answers: matrix::read(place, entry)?,
            styles: styles::read(place, entry)?,
        };
        write_if_new(
            &made.root.join("Cargo.toml"),
            &workspace_manifest(&files::read_text(&place.root.join("Cargo.toml"))?, &place.root)?,
        )?;
        // The versions that the project itself is locked to.
        if let Some(lock) = files::read_if_there(&place.root.join("Cargo.lock"))? {
            let path = made.root.join("Cargo.lock");
            if !path.exists() || newer(&place.root.join("Cargo.lock"), &path) {
                write_if_new(&path, &String::from_utf8_lossy(&lock))?;
            }
        }
        made.write_starter(place, entry)?;
        made.write_wrong(place, entry)?;
        Ok(made)
    }

    fn write_starter(&self, place: &Place, entry: &Entry) -> Result<()> {
        let exercise = place.exercise(&entry.folder);
        let folder = self.root.join("starter");
        let mut manifest = package_manifest(&files::read_text(&exercise.join("Cargo.toml"))?, &self.starter)?;
        manifest.insert(
            "lib".into(),
            table([("name", library(entry).into()), ("doctest", false.into())]),
        );
        let mut tests = Vec::new();
        for i in 0..entry.manifest.steps.len() {
            let test = entry.test(i);
            let path = exercise.join(format!("tests/{test}.rs"));
            tests.push(table([("name", test.into()), ("path", text_of(&path).into())]));
        }
        manifest.insert("test".into(), tests.into());
        write_if_new(&folder.join("Cargo.toml"), &toml::to_string(&manifest)?)?;
        let pristine = starters::folder(place, entry);
        for file in starters::files_of(&pristine)? {
            write_if_new(&folder.join(&file), &files::read_text(&pristine.join(&file))?)?;
        }
        Ok(())
    }

    fn write_wrong(&self, place: &Place, entry: &Entry) -> Result<()> {
        let exercise = place.exercise(&entry.folder);
        let folder = self.root.join("wrong");
        let mut manifest = package_manifest(&files::read_text(&exercise.join("Cargo.toml"))?, &self.wrong)?;
        let lib = self.wrong.replace('-', "_");
        manifest.insert(
            "lib".into(),
            table([("name", lib.clone().into()), ("doctest", false.into())]),
        );
        manifest.insert(
            "test".into(),
            vec![table([("name", "all".into()), ("path", "tests/all.rs".into())])].into(),
        );
        // An answer that is wrong on purpose may well leave something unused.
        manifest.insert("lints".into(), table([("rust", table([("warnings", "allow".into())]))]));
        write_if_new(&folder.join("Cargo.toml"), &toml::to_string(&manifest)?)?;

        let head = "//! Written by `cargo learn verify`.\n";
        let (mut modules, mut tests) = (head.to_owned(), head.to_owned());
        let wrong = self.answers.iter().map(|a| (a.module(), &a.step, &a.path));
        let styles = self.styles.iter().map(|a| (a.module(), &a.step, &a.path));
        for (module, step, path) in wrong.chain(styles) {
            let source = files::read_text(&exercise.join(format!("tests/{step}.rs")))?;
            let named = modules_named(&source, &library(entry));
            modules += &format!(
                "pub mod {module} {{\n    #[path = {:?}]\n    pub mod {step};\n",
                text_of(path)
            );
            // What else the test uses of the exercise comes from the solution.
            for other in named.iter().filter(|m| *m != step) {
                let path = place
                    .root
                    .join("solutions")
                    .join(&entry.folder)
                    .join(format!("src/{other}.rs"));
                if path.is_file() {
                    modules += &format!("    #[path = {:?}]\n    pub mod {other};\n", text_of(&path));
                }
            }
            modules += "}\n";
            // The file keeps its name: a verdict names its step after it.
            let copy = folder.join("tests/all").join(&module).join(format!("{step}.rs"));
            write_if_new(
                &copy,
                &replace_head(&source, &library(entry), &format!("{lib}::{module}")),
            )?;
            tests += &format!(
                "mod {module} {{\n    #[path = {:?}]\n    mod {step};\n}}\n",
                text_of(&copy)
            );
        }
        write_if_new(&folder.join("src/lib.rs"), &modules)?;
        write_if_new(&folder.join("tests/all.rs"), &tests)
    }
}

/// Name of the exercise's library.
fn library(entry: &Entry) -> String {
    entry.manifest.slug.replace('-', "_")
}

/// Replaces the path head `fan_out_search::` and nothing else.
fn replace_head(source: &str, library: &str, by: &str) -> String {
    let head = format!("{library}::");
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(&head) {
        // `designs::fan_out_search::` and `my_fan_out_search::` are other paths.
        let before = &rest[..at];
        let own = !before.ends_with("::") && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        out += before;
        out += if own { by } else { library };
        out += "::";
        rest = &rest[at + head.len()..];
    }
    out + rest
}

/// The modules of the exercise that a test names.
fn modules_named(source: &str, library: &str) -> BTreeSet<String> {
    let mark = "\u{1}";
    replace_head(source, library, mark)
        .split(&format!("{mark}::"))
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

/// The root's profiles, package fields and dependencies, with paths made absolute.
fn workspace_manifest(root: &str, folder: &Path) -> Result<String> {
    let mut root: toml::Table = toml::from_str(root).context("the root's Cargo.toml")?;
    let mut workspace = match root.remove("workspace") {
        Some(toml::Value::Table(w)) => w,
        _ => toml::Table::new(),
    };
    workspace.retain(|k, _| ["package", "dependencies", "resolver"].contains(&k));
    workspace.insert(
        "members".into(),
        vec![toml::Value::from("starter"), "wrong".into()].into(),
    );
    if let Some(dependencies) = workspace.get_mut("dependencies").and_then(toml::Value::as_table_mut) {
        for (_, dependency) in dependencies.iter_mut() {
            let path = dependency.get_mut("path");
            if let Some(path) = path {
                *path = text_of(&folder.join(path.as_str().unwrap_or_default())).into();
            }
        }
    }
    let mut out = toml::Table::new();
    out.insert("workspace".into(), workspace.into());
    if let Some(dev) = root.get("profile").and_then(|p| p.get("dev")) {
        out.insert("profile".into(), table([("dev", dev.clone())]));
    }
    Ok(toml::to_string(&out)?)
}

/// An exercise's manifest under another name.
fn package_manifest(text: &str, name: &str) -> Result<toml::Table> {
    let mut manifest: toml::Table = toml::from_str(text).context("the exercise's Cargo.toml")?;
    manifest.remove("test");
    if let Some(package) = manifest.get_mut("package").and_then(toml::Value::as_table_mut) {
        package.insert("name".into(), name.into());
        package.insert("autotests".into(), false.into());
    }
    Ok(manifest)
}

fn table<const N: usize>(rows: [(&str, toml::Value); N]) -> toml::Value {
    rows.into_iter()
        .map(|(k, v)| (k.to_owned(), v))
        .collect::<toml::Table>()
        .into()
}

/// A path as it stands in a manifest or a source file.
fn text_of(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn newer(a: &Path, b: &Path) -> bool {
    let time = |p: &Path| fs::metadata(p).and_then(|m| m.modified()).ok();
    time(a) > time(b)
}

fn write_if_new(path: &Path, text: &str) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_path_head_is_replaced() {
        let text = "use designs::fan_out_search::scenario;\nrun(fan_out_search::step4_operate::answer)\n// my_fan_out_search::x\nuse fan_out_search::{a};";
        let out = replace_head(text, "fan_out_search", "wrong::one");
        assert!(out.contains("designs::fan_out_search::scenario"));
        assert!(out.contains("run(wrong::one::step4_operate::answer)"));
        assert!(out.contains("my_fan_out_search::x"));
        assert!(out.contains("use wrong::one::{a};"));
        assert_eq!(
            modules_named(text, "fan_out_search").into_iter().collect::<Vec<_>>(),
            ["", "step4_operate"]
        );
    }

    #[test]
    fn the_workspace_has_the_root_s_profiles_and_absolute_paths() {
        let root = "[workspace]\nmembers = [\"x\"]\ndefault-members = [\"x\"]\n[workspace.dependencies]\nsim = { path = \"crates/sim\" }\nserde = \"1\"\n[profile.dev.package.sim]\nopt-level = 3\n[profile.bench]\nlto = true\n";
        let out: toml::Table = toml::from_str(&workspace_manifest(root, Path::new("/r")).unwrap()).unwrap();
        assert_eq!(
            out["workspace"]["dependencies"]["sim"]["path"].as_str(),
            Some("/r/crates/sim")
        );
        assert_eq!(out["workspace"]["dependencies"]["serde"].as_str(), Some("1"));
        assert!(out["workspace"].get("default-members").is_none());
        assert_eq!(
            out["profile"]["dev"]["package"]["sim"]["opt-level"].as_integer(),
            Some(3)
        );
        assert!(out["profile"].get("bench").is_none());
    }
}
