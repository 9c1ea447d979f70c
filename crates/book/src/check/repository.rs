//! The book's files as a whole: every page is reachable, every design complete, every key known, the labs fresh.

use super::{Built, slashed, walk};
use crate::catalogue::Catalogue;
use crate::finding::{Finding, Findings};
use crate::hash;
use crate::preprocess::site::{Page, Site, Tab};
use crate::preprocess::widgets::cited_by;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of the labs' scripts, relative to the book's text: one for each design's lab, and one for the calculators.
const LABS: &str = "assets/labs";

/// Checks the files.
pub(super) fn check(
    root: &Path,
    src: &Path,
    book: &Built,
    site: &Site,
    catalogue: &Catalogue,
    all: &mut Findings,
) -> std::io::Result<()> {
    unlisted(root, src, site, all)?;
    designs(root, src, site, catalogue, all);
    search(book, site, all)?;
    keys(root, src, site, all);
    labs(root, src, book, all);
    Ok(())
}

/// Pages that nobody can reach, because `SUMMARY.md` does not name them.
fn unlisted(root: &Path, src: &Path, site: &Site, all: &mut Findings) -> std::io::Result<()> {
    let text = root.join(src);
    walk(&text, &mut |file| {
        let name = file.strip_prefix(&text).unwrap_or(file);
        let is_page = name.extension().is_some_and(|e| e == "md")
            && name != Path::new("SUMMARY.md")
            && name != Path::new("404.md");
        if is_page && site.find(name).is_none() {
            all.push(Finding::of(src.join(name), "SUMMARY.md does not name this page"));
        }
    })
}

fn designs(root: &Path, src: &Path, site: &Site, catalogue: &Catalogue, all: &mut Findings) {
    for d in &catalogue.designs {
        let m = &d.manifest;
        // Without one page of it the design is not part of this book.
        let shown = site
            .pages
            .iter()
            .any(|p| p.design.as_ref().is_some_and(|(f, _)| *f == m.folder()));
        if !shown {
            continue;
        }
        let file = d
            .file
            .clone()
            .unwrap_or_else(|| format!("design.toml of {}", m.folder()).into());
        let text = d
            .file
            .as_ref()
            .and_then(|f| std::fs::read_to_string(root.join(f)).ok())
            .unwrap_or_default();
        let at = |word: &str| {
            text.lines()
                .position(|l| l.contains(&format!("\"{word}\"")))
                .map(|i| i + 1)
        };
        for tab in Tab::SHOWN.into_iter().chain([Tab::Facilitate]) {
            let page = format!("designs/{}/{}", m.folder(), tab.file());
            if site.page(&page).is_none() {
                all.push(Finding::of(
                    src.join("SUMMARY.md"),
                    format!("design {} lacks its page {page}", d.number()),
                ));
            }
        }
        for slug in &m.blocks {
            if site.page(&format!("blocks/{slug}.md")).is_none() {
                let what = format!("the building block “{slug}” has no page blocks/{slug}.md in SUMMARY.md");
                all.push(Finding { file: file.clone(), line: at(slug), what });
            }
        }
        for key in &m.sources {
            if let Err(what) = catalogue.sources.get(key) {
                all.push(Finding { file: file.clone(), line: at(key), what });
            }
        }
    }
    // A book elsewhere need not know the sources of models that it does not show.
    for model in catalogue.models.iter().filter(|_| root.join("crates/models").is_dir()) {
        for (key, _) in cited_by(model) {
            if let Err(what) = catalogue.sources.get(&key) {
                all.push(Finding::of("crates/models", format!("model {}: {what}", model.id)));
            }
        }
    }
}

/// No search result may lead to an answer.
fn search(book: &Built, site: &Site, all: &mut Findings) -> std::io::Result<()> {
    walk(&book.folder, &mut |file| {
        let name = slashed(file.strip_prefix(&book.folder).unwrap_or(file));
        if !name.starts_with("searchindex") || !name.ends_with(".js") {
            return;
        }
        let index = std::fs::read_to_string(file).unwrap_or_default();
        for page in site.pages.iter().filter(|p| p.left_out() && index.contains(&p.html)) {
            all.push(Finding::of(&name, format!("{} can be found by search", page.html)));
        }
    })
}

/// A key is for whoever teaches: no page of the learners' links to it.
fn keys(root: &Path, src: &Path, site: &Site, all: &mut Findings) {
    let keys: Vec<&str> = site
        .pages
        .iter()
        .filter(|p| p.key)
        .filter_map(|p| p.source.file_name()?.to_str())
        .collect();
    let learners = |p: &&Page| {
        let teaches = p.source.starts_with("instructor") || matches!(p.design, Some((_, Tab::Facilitate)));
        !teaches
    };
    for page in site.pages.iter().filter(learners) {
        let file = src.join(&page.source);
        let text = std::fs::read_to_string(root.join(&file)).unwrap_or_default();
        for (i, line) in text.lines().enumerate() {
            for key in keys.iter().filter(|key| line.contains(**key)) {
                let what = format!("links to {key}, which is for whoever teaches");
                all.push(Finding::at(&file, i + 1, what));
            }
        }
    }
}

/// The scripts of the labs are committed; the pages' must all be there, and each must come from the sources beside it.
fn labs(root: &Path, src: &Path, book: &Built, all: &mut Findings) {
    let folder = src.join(LABS);
    let mut scripts = BTreeSet::new();
    for page in book.pages.values() {
        let labs = page.text.split("<design-lab name=\"").skip(1);
        scripts.extend(labs.filter_map(|rest| Some(format!("{}.js", rest.split('"').next()?))));
        if page.text.contains("<block-calculator") {
            scripts.insert("calculators.js".into());
        }
    }
    for name in scripts.iter().filter(|name| !root.join(&folder).join(name).is_file()) {
        all.push(Finding::of(
            folder.join(name),
            "does not exist, but a page needs it: run crates/labs/build.sh",
        ));
    }
    // Where the crates are not beside the book there is nothing to compare with.
    if !root.join("crates/labs").is_dir() {
        return;
    }
    let present = std::fs::read_dir(root.join(&folder)).into_iter().flatten().flatten();
    let mut present: Vec<_> = present.map(|e| folder.join(e.file_name())).collect();
    present.retain(|file| file.extension().is_some_and(|e| e == "js"));
    present.sort();
    if present.is_empty() {
        return;
    }
    let now = hash::of_crates(root, hash::LABS);
    for script in present {
        if let Some(finding) = stale(root, script, &now) {
            all.push(finding);
        }
    }
}

/// What is wrong with a script's first line, which names the sources that it was built from.
fn stale(root: &Path, script: PathBuf, now: &std::io::Result<String>) -> Option<Finding> {
    let text = std::fs::read_to_string(root.join(&script)).unwrap_or_default();
    let head = text.lines().next().unwrap_or_default().trim();
    let recorded = head
        .strip_prefix("/* dsr-labs sources:")
        .and_then(|rest| rest.strip_suffix("*/"));
    match (recorded.map(str::trim), now) {
        (None, _) => Some(Finding::at(
            script,
            1,
            "the first line is not /* dsr-labs sources:HASH */: run crates/labs/build.sh",
        )),
        (Some(_), Err(e)) => Some(Finding::of(script, format!("its sources cannot be read: {e}"))),
        (Some(old), Ok(new)) if old != new => {
            let what = format!("is stale: built from sources {old}, which are now {new}; run crates/labs/build.sh");
            Some(Finding::at(script, 1, what))
        }
        _ => None,
    }
}
