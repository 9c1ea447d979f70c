//! `cargo learn new-design`: the four places of a design, from a template that builds and fails properly.
//!
//! The template is a small design that works: a counter with ten slots, three steps, a lab. An author replaces it piece by piece and
//! has something that builds all the while. What is text and cannot be made up stands there as an instruction that begins
//! with `AUTHOR:`; `cargo learn verify` counts those that are left.

mod register;
mod template;

use crate::Outcome;
use crate::check::Session;
use crate::files;
use crate::place::Place;
use crate::runner;
use crate::steps::Catalogue;
use crate::term::say;
use crate::verify;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What a design is called, in every form in which its name is written.
#[derive(Clone, Debug, PartialEq)]
struct Names {
    /// `9`.
    plain: u32,
    /// `some-store`, also the package.
    slug: String,
    /// `some_store`.
    name: String,
    /// `Some store`.
    title: String,
}

impl Names {
    /// Reads `NN-slug`.
    fn parse(wanted: &str) -> Result<Names> {
        let form =
            "give two digits and a slug of lower-case words, for example `cargo learn new-design 09-quorum-store`";
        let Some((number, slug)) = wanted.split_once('-') else {
            bail!("{wanted:?} has no slug; {form}");
        };
        let word = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if number.len() != 2 || !number.chars().all(|c| c.is_ascii_digit()) || number == "00" {
            bail!("{number:?} is no number from 01 to 99; {form}");
        }
        if !slug.split('-').all(word) || !slug.starts_with(|c: char| c.is_ascii_lowercase()) {
            bail!("{slug:?} is no slug; {form}");
        }
        let words = slug.replace('-', " ");
        let title = words[..1].to_uppercase() + &words[1..];
        Ok(Names { plain: number.parse()?, slug: slug.to_owned(), name: slug.replace('-', "_"), title })
    }

    /// `09`.
    fn number(&self) -> String {
        format!("{:02}", self.plain)
    }

    /// `09-some-store`.
    fn folder(&self) -> String {
        format!("{}-{}", self.number(), self.slug)
    }

    /// A file of the template with the names filled in.
    fn fill(&self, text: &str) -> String {
        [
            ("{{number}}", self.number()),
            ("{{plain}}", self.plain.to_string()),
            ("{{folder}}", self.folder()),
            ("{{slug}}", self.slug.clone()),
            ("{{name}}", self.name.clone()),
            ("{{Title}}", self.title.clone()),
        ]
        .iter()
        .fold(text.to_owned(), |text, (mark, by)| text.replace(mark, by))
    }
}

/// The four places of a design.
fn places(place: &Place, names: &Names) -> [(&'static str, PathBuf); 4] {
    let at = |room: &str, folder: &str| place.root.join(room).join(folder);
    [
        ("chapter", at("src/designs", &names.folder())),
        ("exercise", at("exercises", &names.folder())),
        ("solution", at("solutions", &names.folder())),
        ("design", at("crates/designs/src", &names.name)),
    ]
}

/// `cargo learn new-design NN-slug`.
pub(crate) fn new_design(session: &Session, wanted: &str) -> Result<Outcome> {
    let names = Names::parse(wanted)?;
    free(&session.place, &session.catalogue, &names)?;
    let rooms = places(&session.place, &names);
    for (from, text) in template::FILES {
        let (room, below) = from.split_once('/').unwrap_or((from, ""));
        let (_, folder) = rooms
            .iter()
            .find(|(name, _)| *name == room)
            .with_context(|| format!("the template has no place for {from}"))?;
        let to = folder.join(below);
        fs::create_dir_all(to.parent().unwrap_or(folder))
            .with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&to, names.fill(text)).with_context(|| format!("cannot write {}", to.display()))?;
    }
    format(&rooms);
    // After formatting: both copies of a starter are the same.
    verify::accept_starters(&session.place, &names.folder())?;
    for (what, folder) in &rooms {
        say(&format!("written     {:<9} {}\n", what, session.place.shown(folder)));
    }
    let before = session
        .catalogue
        .entries
        .iter()
        .filter(|e| e.manifest.number < names.plain)
        .count();
    let path = session.place.root.join("crates/designs/src/lib.rs");
    let text = files::read_text(&path)?;
    enter(
        &session.place,
        &path,
        register::registry(&text, &names.name, before),
        &register::lines_of_registry(&names.name),
    )?;
    let path = session.place.root.join("src/SUMMARY.md");
    let text = files::read_text(&path)?;
    let (pages, teaching) = register::lines_of_summary(&names.number(), &names.title, &names.folder());
    let by_hand = format!("under # Designs:\n{pages}under # For instructors:\n{teaching}");
    enter(
        &session.place,
        &path,
        register::summary(&text, names.plain, &pages, &teaching),
        &by_hand,
    )?;
    lock(&session.place);
    say(&next(&names));
    Ok(Outcome::Done)
}

/// Nothing is overwritten, and no name is taken.
fn free(place: &Place, catalogue: &Catalogue, names: &Names) -> Result<()> {
    if let Some(e) = catalogue.entries.iter().find(|e| e.manifest.number == names.plain) {
        bail!(
            "number {} is {}; choose another: numbers are stable names and never change hands",
            names.number(),
            e.folder
        );
    }
    for (_, folder) in places(place, names) {
        if folder.exists() {
            bail!(
                "{} is there already and stays as it is; choose another name, or remove that folder first",
                place.shown(&folder)
            );
        }
    }
    // A package, a module or a word of the language of that name would make errors that are hard to read.
    const WORDS: [&str; 12] = [
        "core", "crate", "self", "std", "super", "test", "type", "use", "loop", "match", "move", "static",
    ];
    let module = place.root.join("crates/designs/src").join(format!("{}.rs", names.name));
    if WORDS.contains(&names.name.as_str()) || module.exists() || place.root.join("crates").join(&names.slug).exists() {
        bail!("{:?} names something else already; choose another slug", names.slug);
    }
    Ok(())
}

/// Formats what was written: how long a line is depends on the names. Without rustfmt it stays as it is, and `.ci/run checks` tells.
fn format(rooms: &[(&str, PathBuf)]) {
    let mut files = Vec::new();
    for (_, folder) in rooms {
        rust_below(folder, &mut files);
    }
    let rustfmt = PathBuf::from(runner::cargo()).with_file_name("rustfmt");
    let rustfmt = if rustfmt.is_file() { rustfmt } else { "rustfmt".into() };
    let done = Command::new(rustfmt).args(["--edition", "2024"]).args(&files).output();
    if !done.is_ok_and(|d| d.status.success()) {
        say("not formatted: rustfmt did not run; `cargo fmt --all` does it later\n");
    }
}

/// Enters the two packages in Cargo.lock: scripts that run with `--locked` would stop otherwise.
fn lock(place: &Place) {
    let done = Command::new(runner::cargo())
        .args(["metadata", "--offline", "--format-version", "1"])
        .current_dir(&place.root)
        .output();
    match done {
        Ok(d) if d.status.success() => say("entered in  Cargo.lock\n"),
        _ => say("Cargo.lock is as it was: the next cargo command enters the packages\n"),
    }
}

fn rust_below(folder: &std::path::Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
        if path.is_dir() {
            rust_below(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Writes a file with the design entered, or says which lines to enter by hand.
fn enter(place: &Place, path: &std::path::Path, entered: Option<String>, by_hand: &str) -> Result<()> {
    match entered {
        Some(text) => {
            files::write_atomically(path, &text)?;
            say(&format!("entered in  {}\n", place.shown(path)));
        }
        None => say(&format!(
            "not entered in {}: its form is not the one that this command knows. Add\n{by_hand}",
            place.shown(path)
        )),
    }
    Ok(())
}

fn next(names: &Names) -> String {
    let n = names.number();
    format!(
        "\n\
         It builds, its starters fail, its solution passes. What is missing:\n\
         \x20 cargo learn verify {n}    the proofs, and what is still to be written\n\
         \x20 crates/labs/build.sh    its lab in the page\n\
         \x20 cargo book              its pages; `cargo book check` judges them\n\
         Write the questions first, then the wrong answers, then the debrief, then the model that can tell them apart, and the brief last.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_in_all_its_forms() {
        let names = Names::parse("09-some-store").unwrap();
        assert_eq!((names.number().as_str(), names.plain), ("09", 9));
        assert_eq!((names.slug.as_str(), names.name.as_str()), ("some-store", "some_store"));
        assert_eq!(
            (names.title.as_str(), names.folder().as_str()),
            ("Some store", "09-some-store")
        );
        for bad in [
            "", "9-x", "099-x", "ab-x", "00-x", "09", "09-", "09-X", "09-a--b", "09-a-", "09-1a", "09-a_b", "-9-x",
            "09-ä",
        ] {
            let said = Names::parse(bad).unwrap_err().to_string();
            assert!(said.contains("cargo learn new-design 09-quorum-store"), "{bad}: {said}");
        }
    }

    #[test]
    fn every_mark_of_the_template_is_filled() {
        let names = Names::parse("99-example").unwrap();
        for (from, text) in template::FILES {
            let filled = names.fill(text);
            for directive in [
                "figure",
                "given",
                "givens",
                "worksheet",
                "lab",
                "steps",
                "moral",
                "fact",
                "day",
                "objectives",
            ] {
                assert!(!filled.contains(&format!("{{{{{directive} {{{{")), "{from}");
            }
            for mark in ["number", "plain", "folder", "slug", "name", "Title"] {
                assert!(!filled.contains(&format!("{{{{{mark}}}}}")), "{from}: {mark}");
            }
            let room = from.split('/').next().unwrap();
            assert!(["chapter", "exercise", "solution", "design"].contains(&room), "{from}");
        }
    }

    /// A file that is added to the template and forgotten in the list would never be written.
    #[test]
    fn the_list_holds_the_whole_template() {
        fn walk(folder: &std::path::Path, out: &mut Vec<PathBuf>) {
            for path in fs::read_dir(folder).unwrap().flatten().map(|e| e.path()) {
                if path.is_dir() {
                    walk(&path, out)
                } else {
                    out.push(path)
                }
            }
        }
        let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("template");
        let mut found = Vec::new();
        walk(&base, &mut found);
        let mut found: Vec<String> = found
            .iter()
            .map(|p| {
                p.strip_prefix(&base)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/")
                    .replace(".in", "")
            })
            .collect();
        let mut listed: Vec<String> = template::FILES.iter().map(|(from, _)| (*from).to_owned()).collect();
        found.sort();
        listed.sort();
        assert_eq!(found, listed);
    }
}
