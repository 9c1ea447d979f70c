//! `cargo book check`: everything that can be wrong with a built book and that a build does not notice.

mod css;
mod links;
mod page;
mod repository;
#[cfg(test)]
mod tests;

use crate::catalogue::Catalogue;
use crate::finding::{Finding, Findings};
use crate::html::{Token, tokens};
use crate::preprocess::site::Site;
use anyhow::Result;
use mdbook::MDBook;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// Pages read.
    pub pages: usize,
    /// Links, pictures, scripts and style sheets followed.
    pub links: usize,
    /// The mistakes.
    pub findings: Findings,
}

/// Checks the book built from `root` into `folder`.
///
/// # Errors
/// When something cannot be read; mistakes are in the report.
pub fn check(root: &Path, folder: &Path) -> Result<Report> {
    let config = crate::config::read(root)?;
    let catalogue = Catalogue::load(root)?;
    check_with(root, folder, &catalogue, config)
}

fn check_with(root: &Path, folder: &Path, catalogue: &Catalogue, config: mdbook::config::Config) -> Result<Report> {
    let src = config.book.src.clone();
    let site = Site::of(&MDBook::load_with_config(root, config)?.book);
    let book = Built::read(root, folder, &src, &site)?;
    let mut report = Report { pages: book.pages.len(), ..Report::default() };
    let mut all = Findings::default();
    let mut look_at = |page: &Html, all: &mut Findings| {
        page::check(page, catalogue, &site, all);
        report.links += links::check(&book, page, &site, all) + css::check_page(page, all);
    };
    // The front page is the first chapter once more, at the same depth unless that lies in a folder.
    let is_copy = |page: &Html| {
        page.name == "index.html"
            && site
                .pages
                .first()
                .is_some_and(|p| !p.html.contains('/') && p.html != page.name)
    };
    for page in book.pages.values().filter(|p| !p.is_print() && !is_copy(p)) {
        look_at(page, &mut all);
    }
    // All chapters on one page: what is wrong in one is wrong here again, so it is said only once.
    if all.is_empty()
        && let Some(print) = book.pages.get("print.html")
    {
        look_at(print, &mut all);
    }
    report.links += css::check_sheets(&book, &mut all)?;
    repository::check(root, &src, &book, &site, catalogue, &mut all)?;
    report.findings = match all.into_result() {
        Ok(()) => Findings::default(),
        Err(found) => found,
    };
    Ok(report)
}

/// One page of the built book.
struct Html {
    /// Address relative to the book's root, with slashes.
    name: String,
    text: String,
    ids: HashSet<String>,
    /// The Markdown file that it comes from, relative to the folder of `book.toml`, and its text.
    source: Option<(PathBuf, String)>,
}

impl Html {
    /// Where a mistake of this page is mended: the Markdown file, or the page itself when it has none.
    fn finding(&self, line: Option<usize>, what: String) -> Finding {
        let file = match &self.source {
            Some((file, _)) => file.clone(),
            None => PathBuf::from(&self.name),
        };
        Finding { file, line, what }
    }

    /// The first line of the source that holds a text.
    fn line_with(&self, text: &str) -> Option<usize> {
        let (_, source) = self.source.as_ref()?;
        source.lines().position(|l| l.contains(text)).map(|i| i + 1)
    }

    fn is_print(&self) -> bool {
        self.name == "print.html"
    }
}

/// A built book in memory.
struct Built {
    folder: PathBuf,
    pages: BTreeMap<String, Html>,
}

impl Built {
    fn read(root: &Path, folder: &Path, src: &Path, site: &Site) -> Result<Self> {
        let mut files = Vec::new();
        walk(folder, &mut |file| {
            if file.extension().is_some_and(|e| e == "html") {
                files.push(file.to_path_buf());
            }
        })?;
        let mut pages = BTreeMap::new();
        for file in files {
            let name = slashed(file.strip_prefix(folder)?);
            let text = std::fs::read_to_string(&file)?;
            let of_page = site.pages.iter().find(|p| p.html == name);
            // mdBook writes the first chapter a second time as the front page.
            let of_page = of_page.or_else(|| site.pages.first().filter(|_| name == "index.html"));
            let source = of_page.and_then(|p| {
                let file = src.join(&p.source);
                std::fs::read_to_string(root.join(&file)).ok().map(|t| (file, t))
            });
            let ids = ids(&text).into_iter().collect();
            pages.insert(name.clone(), Html { name, text, ids, source });
        }
        Ok(Self { folder: folder.to_path_buf(), pages })
    }
}

/// Every id of a page, as often as it is given.
fn ids(html: &str) -> Vec<String> {
    tokens(html)
        .iter()
        .filter_map(|t| match t {
            Token::Open(tag) => tag.attr("id").map(|id| id.into_owned()),
            _ => None,
        })
        .filter(|id| !id.is_empty())
        .collect()
}

/// Every file below a folder, in order of name.
fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, visit)?;
        } else {
            visit(&path);
        }
    }
    Ok(())
}

/// A path with slashes on every system.
fn slashed(path: &Path) -> String {
    path.components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
