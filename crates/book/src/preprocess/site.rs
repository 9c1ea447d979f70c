//! The book's pages: which design they belong to, how one links to another, and in which order they are read.

use super::scan::{self, Kind};
use mdbook_preprocessor::book::Book;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The pages of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `README.md`.
    Read,
    /// `evaluate.md`.
    Evaluate,
    /// `discuss.md`.
    Discuss,
    /// `exercise.md`.
    Exercise,
    /// `debrief.md`.
    Debrief,
    /// `facilitate.md`: the instructor's, no tab.
    Facilitate,
}

impl Tab {
    /// The tabs in order.
    pub const SHOWN: [Tab; 5] = [Tab::Read, Tab::Evaluate, Tab::Discuss, Tab::Exercise, Tab::Debrief];

    /// The file of the page.
    pub fn file(self) -> &'static str {
        match self {
            Tab::Read => "README.md",
            Tab::Evaluate => "evaluate.md",
            Tab::Discuss => "discuss.md",
            Tab::Exercise => "exercise.md",
            Tab::Debrief => "debrief.md",
            Tab::Facilitate => "facilitate.md",
        }
    }

    /// The word on the tab.
    pub fn word(self) -> &'static str {
        match self {
            Tab::Read => "Read",
            Tab::Evaluate => "Evaluate",
            Tab::Discuss => "Discuss",
            Tab::Exercise => "Exercise",
            Tab::Debrief => "Debrief",
            Tab::Facilitate => "Facilitate",
        }
    }

    fn of_file(file: &str) -> Option<Tab> {
        Tab::SHOWN
            .into_iter()
            .chain([Tab::Facilitate])
            .find(|t| t.file() == file)
    }
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Source, relative to the book's text: `designs/02-fan-out-search/README.md`.
    pub source: PathBuf,
    /// Address, relative to the book's root: `designs/02-fan-out-search/index.html`.
    pub html: String,
    /// Its name in `SUMMARY.md`.
    pub title: String,
    /// The folder of the design it belongs to, and its place in there.
    pub design: Option<(String, Tab)>,
    /// Does it show the whole ledger?
    pub ledger: bool,
    /// Does it show the agenda of a day, and so what is done with each design?
    pub agenda: bool,
    /// Is it the key to questions that are asked elsewhere: `instructor/…-key.md`?
    pub key: bool,
}

impl Page {
    fn new(source: &Path, title: &str) -> Self {
        let slashed: Vec<String> = source
            .components()
            .map(|c| c.as_os_str().to_string_lossy().into_owned())
            .collect();
        let design = match slashed.as_slice() {
            [designs, folder, file] if designs == "designs" => Tab::of_file(file).map(|t| (folder.clone(), t)),
            _ => None,
        };
        Self {
            source: source.into(),
            html: html_path(&slashed.join("/")),
            title: title.into(),
            design,
            ledger: false,
            agenda: false,
            key: matches!(slashed.as_slice(), [part, file] if part == "instructor" && file.ends_with("-key.md")),
        }
    }

    /// Is it left out of the reading path, of search and of the printed book? Nobody meets an answer on the way. The
    /// ledger shows results too, an agenda says what is looked for, and a key is nothing else.
    pub fn left_out(&self) -> bool {
        self.ledger || self.agenda || self.key || matches!(self.design, Some((_, Tab::Debrief | Tab::Facilitate)))
    }

    /// Is it a debrief?
    pub fn is_debrief(&self) -> bool {
        matches!(self.design, Some((_, Tab::Debrief)))
    }
}

/// `a/README.md` becomes `a/index.html`, `a/b.md` becomes `a/b.html`: as mdBook does it.
pub fn html_path(source: &str) -> String {
    let stem = source.strip_suffix(".md").unwrap_or(source);
    match stem.strip_suffix("README") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("{folder}index.html"),
        _ => format!("{stem}.html"),
    }
}

/// The address of one page as seen from another.
pub fn href(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let same = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - same];
    parts.extend(&to[same..]);
    parts.join("/")
}

/// All the pages, in the order of `SUMMARY.md`.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The pages.
    pub pages: Vec<Page>,
    givens: BTreeMap<String, usize>,
    calculators: BTreeMap<String, usize>,
}

impl Site {
    /// The pages of a book before any preprocessor renamed them.
    pub fn of(book: &Book) -> Self {
        let mut site = Site::default();
        for chapter in book.chapters() {
            let Some(source) = &chapter.source_path else { continue };
            let mut page = Page::new(source, &chapter.name);
            for found in scan::scan(&chapter.content).0 {
                let Kind::Directive { name, args } = found.kind else {
                    continue;
                };
                match name {
                    "givens" => _ = site.givens.entry(args).or_insert(site.pages.len()),
                    "calculator" => _ = site.calculators.entry(args).or_insert(site.pages.len()),
                    "ledger" => page.ledger |= args.is_empty(),
                    "agenda" => page.agenda = true,
                    _ => {}
                }
            }
            site.pages.push(page);
        }
        site
    }

    /// The index of the page of a source.
    pub fn find(&self, source: &Path) -> Option<usize> {
        self.pages.iter().position(|p| p.source == source)
    }

    /// The page of a source given with slashes.
    pub fn page(&self, source: &str) -> Option<&Page> {
        self.find(Path::new(source)).map(|i| &self.pages[i])
    }

    /// The page that lists what a design takes as given.
    pub fn givens(&self, number: &str) -> Option<&Page> {
        self.givens.get(number).map(|i| &self.pages[*i])
    }

    /// The first page that has the calculator of a model.
    pub fn calculator(&self, model: &str) -> Option<&Page> {
        self.calculators.get(model).map(|i| &self.pages[*i])
    }

    /// The page that shows the whole ledger.
    pub fn ledger(&self) -> Option<&Page> {
        self.pages.iter().find(|p| p.ledger)
    }

    /// The pages before and after one on the reading path.
    pub fn neighbours(&self, i: usize) -> (Option<&Page>, Option<&Page>) {
        let on_path = |p: &&Page| !p.left_out();
        (
            self.pages[..i].iter().rev().find(on_path),
            self.pages[i + 1..].iter().find(on_path),
        )
    }

    /// The title of a building block and its page, if it has one.
    pub fn block(&self, slug: &str) -> (String, Option<&Page>) {
        match self.page(&format!("blocks/{slug}.md")) {
            Some(page) => (page.title.clone(), Some(page)),
            None => {
                let words = slug.replace('-', " ");
                let mut letters = words.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
                (first + letters.as_str(), None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_preprocessor::book::{BookItem, Chapter};

    fn site(pages: &[(&str, &str)]) -> Site {
        let items = pages
            .iter()
            .map(|(path, text)| BookItem::Chapter(Chapter::new(path, (*text).into(), *path, vec![])))
            .collect();
        Site::of(&Book::new_with_items(items))
    }

    #[test]
    fn addresses_are_mdbooks() {
        assert_eq!(html_path("a/README.md"), "a/index.html");
        assert_eq!(html_path("README.md"), "index.html");
        assert_eq!(html_path("a/b.md"), "a/b.html");
        assert_eq!(html_path("a/MYREADME.md"), "a/MYREADME.html");
    }

    #[test]
    fn one_page_is_reached_from_another() {
        assert_eq!(href("a.html", "b.html"), "b.html");
        assert_eq!(href("designs/02/index.html", "designs/02/debrief.html"), "debrief.html");
        assert_eq!(href("designs/02/index.html", "blocks/x.html"), "../../blocks/x.html");
        assert_eq!(href("a.html", "designs/02/index.html"), "designs/02/index.html");
        assert_eq!(href("designs/02/a.html", "designs/03/b.html"), "../03/b.html");
    }

    #[test]
    fn the_reading_path_goes_round_debriefs() {
        let s = site(&[
            ("introduction.md", ""),
            ("designs/02-x/README.md", "{{givens 02}}\n"),
            ("designs/02-x/debrief.md", ""),
            ("designs/02-x/facilitate.md", ""),
            ("instructor/check-key.md", ""),
            ("blocks/queues-and-tails.md", ""),
        ]);
        let names = |i| {
            let (a, b) = s.neighbours(i);
            (a.map(|p| p.html.as_str()), b.map(|p| p.html.as_str()))
        };
        assert_eq!(
            names(1),
            (Some("introduction.html"), Some("blocks/queues-and-tails.html"))
        );
        assert_eq!(
            names(2),
            (Some("designs/02-x/index.html"), Some("blocks/queues-and-tails.html"))
        );
        // A key is gone round like a debrief.
        assert_eq!(names(4), names(2));
        assert_eq!(names(5), (Some("designs/02-x/index.html"), None));
        assert_eq!(s.givens("02").unwrap().html, "designs/02-x/index.html");
        assert!(s.givens("03").is_none());
    }

    #[test]
    fn a_block_without_a_page_still_has_a_name() {
        let s = site(&[("blocks/caches.md", "")]);
        assert_eq!(s.block("caches").0, "blocks/caches.md");
        assert_eq!(s.block("queues-and-tails").0, "Queues and tails");
        assert!(s.block("queues-and-tails").1.is_none());
    }

    #[test]
    fn only_the_six_files_of_a_design_folder_are_its_pages() {
        let s = site(&[
            ("designs/02-x/evaluate.md", ""),
            ("designs/02-x/notes.md", ""),
            ("designs/README.md", ""),
        ]);
        assert_eq!(s.pages[0].design, Some(("02-x".into(), Tab::Evaluate)));
        assert_eq!(s.pages[1].design, None);
        assert_eq!(s.pages[2].design, None);
    }
}
