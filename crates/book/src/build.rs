//! Builds the book with mdBook in process: into a folder beside the old one, which is replaced only on success.

use crate::finding::{Finding, Findings};
use crate::math::StrictKatex;
use crate::preprocess::Workbook;
use crate::preprocess::site::Site;
use crate::{config, log, print};
use anyhow::{Context, Result, bail};
use mdbook::MDBook;
use mdbook::config::Config;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A file in every book that we built: only such a folder is ever replaced.
pub const MARK: &str = ".workbook";

/// What a build made.
#[derive(Clone, Debug)]
pub struct Built {
    /// Where the book is.
    pub folder: PathBuf,
    /// How many pages it has.
    pub pages: usize,
    /// How long it took.
    pub took: Duration,
}

/// The folder that a build fills unless it is told otherwise: `build-dir` of `book.toml`.
///
/// # Errors
/// What is wrong with `book.toml`.
pub fn default_folder(root: &Path) -> Result<PathBuf> {
    Ok(root.join(config::read(root)?.build.build_dir))
}

/// Builds the book of a folder and puts it at `dest`.
///
/// # Errors
/// Every mistake with file and line; the old book stays as it was.
pub fn build(root: &Path, dest: &Path) -> Result<Built> {
    build_then(root, dest, |swap| swap())
}

/// The same; `around` is called with the step that replaces the old book, so that a server can hold its readers off.
///
/// # Errors
/// Every mistake with file and line; the old book stays as it was.
pub fn build_then(
    root: &Path,
    dest: &Path,
    around: impl FnOnce(&dyn Fn() -> Result<()>) -> Result<()>,
) -> Result<Built> {
    let start = Instant::now();
    let dest = &absolute(dest)?;
    may_replace(root, dest)?;
    let scratch = Scratch::beside(dest)?;
    // A panic in a simulated design or in mdBook is a failed build; it must not take a serving program with it.
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| into_folder(root, &scratch.0)));
    let pages = built.unwrap_or_else(|_| Err(anyhow::anyhow!("the build panicked; the message above says where")))?;
    around(&|| {
        may_replace(root, dest)?;
        swap(&scratch.0, dest)
    })?;
    Ok(Built { folder: dest.clone(), pages, took: start.elapsed() })
}

/// A path without `.` and `..`, links followed as far as it exists, so that renaming meets the folder itself.
fn absolute(path: &Path) -> Result<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let full = std::path::absolute(path)?;
    let (Some(parent), Some(name)) = (full.parent(), full.file_name()) else {
        bail!("{} is no folder for a book", path.display());
    };
    Ok(absolute(parent)?.join(name))
}

/// Refuses to put a book where it would destroy something.
fn may_replace(root: &Path, dest: &Path) -> Result<()> {
    let config = config::read(root)?;
    let inside = |folder: &Path| absolute(&root.join(folder)).is_ok_and(|f| dest.starts_with(&f));
    if inside(&config.book.src) || inside(Path::new("theme")) || inside(Path::new("crates")) {
        bail!(
            "{} lies inside the book’s sources: choose a folder elsewhere with --dest",
            dest.display()
        );
    }
    if !dest.exists() || absolute(&root.join(&config.build.build_dir)).is_ok_and(|own| own == dest) {
        return Ok(());
    }
    if !dest.is_dir() {
        bail!("{} is a file: choose a folder with --dest", dest.display());
    }
    let empty = fs::read_dir(dest)
        .with_context(|| format!("cannot look into {}", dest.display()))?
        .next()
        .is_none();
    if !empty && !dest.join(MARK).is_file() {
        bail!(
            "{} holds something that is not a book of ours: nothing was written. Choose an empty or new folder with --dest",
            dest.display()
        );
    }
    Ok(())
}

/// Puts the new folder in the place of the old one.
fn swap(new: &Path, dest: &Path) -> Result<()> {
    let _one_at_a_time = SWAP.lock();
    let old = beside(dest, "old");
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    let had_one = dest.exists();
    if had_one {
        fs::rename(dest, &old).with_context(|| format!("cannot move the old book at {} aside", dest.display()))?;
    }
    if let Err(e) = fs::rename(new, dest) {
        if had_one {
            // The old book goes back to where it was.
            let _ = fs::rename(&old, dest);
        }
        return Err(e).with_context(|| format!("cannot put the new book at {}", dest.display()));
    }
    if had_one {
        let _ = fs::remove_dir_all(&old);
    }
    Ok(())
}

/// `dir/.book.new-123` for `dir/book`: on the same disk, so that moving it is one step.
fn beside(dest: &Path, what: &str) -> PathBuf {
    let name = dest
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    dest.with_file_name(format!(".{name}.{what}-{}", std::process::id()))
}

/// A folder that is gone when it is no longer needed, however the build ends.
struct Scratch(PathBuf);

static SCRATCH: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

impl Scratch {
    fn beside(dest: &Path) -> Result<Self> {
        let folder = beside(dest, "new");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        if let Ok(mut all) = SCRATCH.lock() {
            all.push(folder.clone());
        }
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        if let Ok(mut all) = SCRATCH.lock() {
            all.retain(|f| *f != self.0);
        }
    }
}

/// Held while one book replaces another, so that an interruption cannot leave neither.
static SWAP: Mutex<()> = Mutex::new(());

/// Removes half-built books; called when the program is interrupted, which must exit right after.
pub fn clean_up() {
    let _after_the_swap = SWAP.lock();
    if let Ok(all) = SCRATCH.lock() {
        for folder in all.iter() {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Builds into an empty folder and returns the number of pages.
fn into_folder(root: &Path, folder: &Path) -> Result<usize> {
    let config = config::read(root)?;
    config::missing(root, &config)?.into_result()?;
    let src = config.book.src.clone();
    let mut book = MDBook::load_with_config(root, config).map_err(|e| config::summary_error(&src, e))?;
    let site = Site::of(&book.book);
    book.config.build.build_dir = folder.to_path_buf();
    leave_out_of_search(&mut book.config, &site)?;
    book.with_preprocessor(Workbook);
    book.with_preprocessor(StrictKatex);
    let (result, warned) = log::listen(|| book.build());
    result?;
    let mut all = Findings::default();
    all.extend(warned.iter().map(|w| warning(root, &src, w)));
    all.into_result()?;

    let printed = folder.join("print.html");
    if let Ok(html) = fs::read_to_string(&printed) {
        let left_out: Vec<String> = site
            .pages
            .iter()
            .filter(|p| p.left_out())
            .map(|p| p.html.clone())
            .collect();
        fs::write(&printed, print::without_left_out(&html, &left_out))?;
    }
    fs::write(
        folder.join(MARK),
        "Built by `cargo book`, which replaces this folder as a whole.\n",
    )?;
    Ok(site.pages.len())
}

/// Debriefs and instructor's pages are not searched. In `book.toml` each would have to be named, and a new design is to
/// need no line there.
fn leave_out_of_search(config: &mut Config, site: &Site) -> Result<()> {
    let mut html = config.html_config().unwrap_or_default();
    let mut search = html.search.take().unwrap_or_default();
    for page in site.pages.iter().filter(|p| p.left_out()) {
        let mut settings = mdbook::config::SearchChapterSettings::default();
        settings.enable = Some(false);
        search
            .chapter
            .insert(page.source.to_string_lossy().replace('\\', "/"), settings);
    }
    html.search = Some(search);
    config.set("output.html", html)
}

/// What mdBook warns of is a mistake here. Its text names the page in backticks; the line is looked up where the text
/// also names a tag that stands in one line only.
fn warning(root: &Path, src: &Path, said: &str) -> Finding {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let what = said
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let Some(page) = quoted.iter().find(|q| q.ends_with(".md")) else {
        return Finding::of("book.toml", format!("mdBook says: {what}"));
    };
    let mut file = src.join(page);
    if !root.join(&file).is_file() && file.ends_with("index.md") {
        file.set_file_name("README.md");
    }
    let text = fs::read_to_string(root.join(&file)).unwrap_or_default();
    let tag = quoted
        .iter()
        .find_map(|q| q.strip_prefix("</").or_else(|| q.strip_prefix('<'))?.strip_suffix('>'));
    let lines: Vec<usize> = match tag {
        Some(tag) => {
            let close = said.contains("end tag");
            let needle = if close { format!("</{tag}") } else { format!("<{tag}") };
            text.lines()
                .enumerate()
                .filter(|(_, l)| l.contains(&needle))
                .map(|(i, _)| i + 1)
                .collect()
        }
        None => Vec::new(),
    };
    match lines.as_slice() {
        [line] => Finding::at(file, *line, what),
        _ => Finding::of(file, what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A book of two pages in a temporary folder.
    pub(crate) fn small_book() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let file = dir.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write(
            "book.toml",
            "[book]\ntitle = \"Small\"\n[build]\nbuild-dir = \"target/book\"\ncreate-missing = false\n\
             [preprocessor.workbook]\ncommand = \"none\"\nbefore = [\"katex\", \"links\"]\n\
             [preprocessor.katex]\ncommand = \"none\"\nbefore = [\"links\"]\nno-css = true\noutput = \"htmlAndMathml\"\n\
             [output.html]\nplayground = { runnable = false }\n",
        );
        write("src/SUMMARY.md", "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n");
        write("src/one.md", "# One\n\n$x^2$ and [two](two.md)\n");
        write("src/two.md", "# Two\n\ntext\n");
        dir
    }

    fn says(result: Result<Built>) -> String {
        format!("{:#}", result.unwrap_err())
    }

    #[test]
    fn a_build_fills_its_folder_and_marks_it() {
        let dir = small_book();
        let dest = dir.path().join("target/book");
        let built = build(dir.path(), &dest).unwrap();
        assert_eq!(built.pages, 2);
        assert!(
            fs::read_to_string(dest.join("one.html"))
                .unwrap()
                .contains("class=\"katex\"")
        );
        assert!(dest.join(MARK).is_file());
        build(dir.path(), &dest).unwrap();
        let left: Vec<_> = fs::read_dir(dir.path().join("target"))
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(left, ["book"], "nothing is left beside the book");
    }

    #[test]
    fn a_failing_build_keeps_the_last_good_book() {
        let dir = small_book();
        let dest = dir.path().join("target/book");
        build(dir.path(), &dest).unwrap();
        let before = fs::read_to_string(dest.join("one.html")).unwrap();
        fs::write(dir.path().join("src/one.md"), "# One\n\nline\n$\\frac{1$\n\n{{nope}}\n").unwrap();
        let e = says(build(dir.path(), &dest));
        assert!(e.contains("src/one.md:6: unknown directive “nope”"), "{e}");
        fs::write(dir.path().join("src/one.md"), "# One\n\nline\n$\\frac{1}{$\n").unwrap();
        let e = says(build(dir.path(), &dest));
        assert!(e.starts_with("src/one.md:4: "), "{e}");
        assert_eq!(fs::read_to_string(dest.join("one.html")).unwrap(), before);
        assert_eq!(fs::read_dir(dir.path().join("target")).unwrap().count(), 1);
    }

    #[test]
    fn a_foreign_folder_is_never_touched() {
        let dir = small_book();
        let foreign = dir.path().join("mine");
        fs::create_dir(&foreign).unwrap();
        fs::write(foreign.join("thesis.txt"), "years of work").unwrap();
        assert!(says(build(dir.path(), &foreign)).contains("not a book of ours"));
        assert_eq!(fs::read_to_string(foreign.join("thesis.txt")).unwrap(), "years of work");
        assert!(says(build(dir.path(), &dir.path().join("src/out"))).contains("inside the book’s sources"));
        assert!(says(build(dir.path(), &foreign.join("thesis.txt"))).contains("is a file"));
        assert!(says(build(dir.path(), dir.path())).contains("not a book of ours"));
        let empty = dir.path().join("empty");
        fs::create_dir(&empty).unwrap();
        build(dir.path(), &empty).unwrap();
        build(dir.path(), &empty).unwrap();
    }

    #[test]
    fn missing_files_are_named_with_the_line_that_names_them() {
        let dir = small_book();
        fs::write(
            dir.path().join("src/SUMMARY.md"),
            "# Summary\n\n- [One](one.md)\n- [Three](three.md)\n",
        )
        .unwrap();
        let toml = fs::read_to_string(dir.path().join("book.toml")).unwrap();
        fs::write(
            dir.path().join("book.toml"),
            format!("{toml}additional-css = [\"theme/none.css\"]\n"),
        )
        .unwrap();
        let e = says(build(dir.path(), &dir.path().join("out")));
        assert!(e.contains("book.toml:16: theme/none.css does not exist"), "{e}");
        assert!(e.contains("src/SUMMARY.md:4: src/three.md does not exist"), "{e}");
    }

    #[test]
    fn a_malformed_summary_names_its_line() {
        let dir = small_book();
        fs::write(
            dir.path().join("src/SUMMARY.md"),
            "# Summary\n\n- [One](one.md)\n\n[End](two.md)\n\n- [Two](two.md)\n",
        )
        .unwrap();
        let e = says(build(dir.path(), &dir.path().join("out")));
        assert_eq!(e, "src/SUMMARY.md:7: Suffix chapters cannot be followed by a list");
    }

    #[test]
    fn what_mdbook_warns_of_is_a_mistake() {
        let dir = small_book();
        fs::write(dir.path().join("src/two.md"), "# Two\n\n<div>\n\ntext\n").unwrap();
        let e = says(build(dir.path(), &dir.path().join("out")));
        assert!(e.contains("src/two.md:3: unclosed HTML tag `<div>`"), "{e}");
    }

    #[test]
    fn an_unknown_key_of_book_toml_is_an_error_with_its_line() {
        let dir = small_book();
        let toml = fs::read_to_string(dir.path().join("book.toml")).unwrap();
        fs::write(dir.path().join("book.toml"), toml.replace("title =", "titel =")).unwrap();
        let e = says(build(dir.path(), &dir.path().join("out")));
        assert!(e.starts_with("book.toml:2: ") && e.contains("titel"), "{e}");
        // Where mdBook itself would say nothing.
        fs::write(
            dir.path().join("book.toml"),
            format!("{toml}[output.html.search]\nlimit-result = 3\n"),
        )
        .unwrap();
        let e = says(build(dir.path(), &dir.path().join("out")));
        assert!(
            e.contains("[output.html.search] has no key “limit-result”; there is limit-results"),
            "{e}"
        );
        let redirect = "[output.html.redirect]\n\"/old.html\" = \"one.html\"\n";
        fs::write(dir.path().join("book.toml"), format!("{toml}{redirect}")).unwrap();
        build(dir.path(), &dir.path().join("out")).unwrap();
    }

    #[test]
    fn builds_are_the_same_every_time() {
        let dir = small_book();
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        build(dir.path(), &a).unwrap();
        build(dir.path(), &b).unwrap();
        for page in ["one.html", "two.html", "print.html", "404.html"] {
            assert_eq!(
                fs::read(a.join(page)).unwrap(),
                fs::read(b.join(page)).unwrap(),
                "{page}"
            );
        }
    }
}
