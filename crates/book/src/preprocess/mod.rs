//! The preprocessor `workbook`: everything in a page that is derived rather than typed.
//!
//! It runs on the text as it was written, before mdBook's own `links`, so that every mistake names its line.

mod agenda;
mod blocks;
mod frame;
mod inline;
mod ledger;
mod prompts;
mod scan;
pub mod site;
mod terms;
#[cfg(test)]
mod tests;
pub(crate) mod widgets;

use crate::catalogue::Catalogue;
use crate::facts::Facts;
use crate::finding::{Finding, Findings};
use crate::html::escape;
use crate::markdown;
use crate::math::{self, Math};
use anyhow::Result;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use scan::Kind;
use site::Site;
use std::path::{Path, PathBuf};
use terms::Glossary;

/// The preprocessor.
pub struct Workbook;

impl Preprocessor for Workbook {
    fn name(&self) -> &str {
        "workbook"
    }

    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let catalogue = Catalogue::load(&ctx.root)?;
        expand_book(ctx, &mut book, &catalogue, &Facts::new(&ctx.root))?;
        Ok(book)
    }
}

/// Expands every page of a book.
///
/// # Errors
/// All the mistakes of all pages.
pub fn expand_book(ctx: &PreprocessorContext, book: &mut Book, catalogue: &Catalogue, facts: &Facts) -> Result<()> {
    let as_of = as_of(&ctx.config, &ctx.root)?;
    let math = Math::new(&ctx.config, &ctx.root)?;
    let site = Site::of(book);
    let mut all = Findings::default();
    let glossary = glossary(book, &ctx.config.book.src, &mut all);
    let cx = Cx {
        catalogue,
        facts,
        math: &math,
        site: &site,
        glossary: &glossary,
        src: &ctx.config.book.src,
        as_of: as_of.as_deref(),
    };
    let as_written: Vec<String> = book.chapters().map(|c| c.content.clone()).collect();
    for d in &catalogue.designs {
        if frame::date(&d.manifest.as_of).is_none() {
            let file = d.file.clone().unwrap_or_else(|| PathBuf::from("design.toml"));
            all.push(Finding::of(
                file,
                format!("as-of = “{}” is not a month; write YYYY-MM", d.manifest.as_of),
            ));
        }
    }
    let sources: Vec<(&Path, &str)> = site
        .pages
        .iter()
        .zip(&as_written)
        .map(|(page, text)| (page.source.as_path(), text.as_str()))
        .collect();
    all.extend(agenda::too_long(catalogue, &sources));
    book.for_each_chapter_mut(|chapter| {
        let index = chapter.source_path.as_ref().and_then(|source| site.find(source));
        let Some(index) = index else { return };
        match expand_page(&cx, index, &chapter.content) {
            Ok(text) => chapter.content = text,
            Err(wrong) => all.extend(wrong),
        }
    });
    if !all.is_empty() {
        // The build stops here: what the next step would say about formulas is said at once.
        for (page, text) in site.pages.iter().zip(&as_written) {
            let wrong = math::expand(text, |tex, display| math.tex(tex, display)).1;
            let file = cx.src.join(&page.source);
            all.extend(wrong.into_iter().map(|(line, what)| Finding::at(&file, line, what)));
        }
    }
    all.into_result()?;
    Ok(())
}

/// The glossary of a book; without that page, an empty one.
fn glossary(book: &Book, src: &Path, all: &mut Findings) -> Glossary {
    let page = book
        .chapters()
        .find(|c| c.source_path.as_deref() == Some(Path::new(terms::SOURCE)));
    let Some(page) = page else { return Glossary::default() };
    Glossary::parse(&page.content).unwrap_or_else(|wrong| {
        let file = src.join(terms::SOURCE);
        all.extend(wrong.into_iter().map(|(line, what)| Finding::at(&file, line, what)));
        Glossary::default()
    })
}

/// Reads `[preprocessor.workbook]`.
fn as_of(config: &Config, root: &Path) -> Result<Option<String>> {
    let table: toml::Table = config.get("preprocessor.workbook")?.unwrap_or_default();
    if let Some(key) = table
        .keys()
        .find(|k| *k != "as-of" && !math::COMMON.contains(&k.as_str()))
    {
        let what = format!("[preprocessor.workbook] has no option “{key}”; there is as-of");
        return Err(Findings::in_book_toml(root, key, what).into());
    }
    match table.get("as-of") {
        None => Ok(None),
        Some(toml::Value::String(s)) if frame::date(s).is_some() => Ok(Some(s.clone())),
        Some(other) => {
            let what = format!("[preprocessor.workbook] as-of = {other} is not a month; write \"YYYY-MM\"");
            Err(Findings::in_book_toml(root, "as-of", what).into())
        }
    }
}

/// What the directives of a build can see.
struct Cx<'a> {
    catalogue: &'a Catalogue,
    facts: &'a Facts,
    math: &'a Math,
    site: &'a Site,
    glossary: &'a Glossary,
    /// Folder of the text, relative to `book.toml`.
    src: &'a Path,
    as_of: Option<&'a str>,
}

/// The page at work: where it is, and what it has cited so far.
struct Page {
    index: usize,
    html: String,
    file: PathBuf,
    cited: Vec<String>,
}

impl Page {
    fn index(&self) -> usize {
        self.index
    }

    fn file(&self) -> &Path {
        &self.file
    }

    fn cited(&self) -> &[String] {
        &self.cited
    }

    fn cite(&mut self, key: &str) {
        if !self.cited.iter().any(|k| k == key) {
            self.cited.push(key.into());
        }
    }

    /// The address of another page as seen from this one.
    fn href(&self, to: &site::Page) -> String {
        site::href(&self.html, &to.html)
    }

    /// A building block's title, linked to its page if it has one.
    fn block_link(&self, cx: &Cx<'_>, slug: &str) -> String {
        match cx.site.block(slug) {
            (title, Some(target)) => format!("<a href=\"{}\">{}</a>", self.href(target), escape(&title)),
            (title, None) => escape(&title),
        }
    }

    /// A text of a manifest as HTML; it may cite, and use facts and givens.
    fn text(&mut self, cx: &Cx<'_>, text: &str, block: bool) -> Result<String, String> {
        let (found, wrong) = scan::scan(text);
        if let Some((_, e)) = wrong.first() {
            return Err(e.clone());
        }
        let (mut out, mut at) = (String::new(), 0);
        for item in found {
            if item.is_block() {
                return Err("a manifest’s text can hold facts, givens and citations, but no blocks".into());
            }
            out.push_str(&text[at..item.range.start]);
            out.push_str(&self.expand(cx, &item.kind)?);
            at = item.range.end;
        }
        out.push_str(&text[at..]);
        markdown::to_html(out.trim(), block, |tex, display| cx.math.tex(tex, display))
    }

    fn expand(&mut self, cx: &Cx<'_>, kind: &Kind) -> Result<String, String> {
        let (name, args) = match kind {
            Kind::Citation(cites) => return inline::citation(cx, self, cites),
            Kind::Directive { name, args } => (*name, args.as_str()),
        };
        match (name, args) {
            ("map", "") => Ok(blocks::map(cx, self)),
            ("map", _) => Err("{{map}} takes nothing: it shows every design".into()),
            ("progress", "") => Ok(blocks::progress(cx)),
            ("progress", _) => Err("{{progress}} takes nothing: it is about every design".into()),
            ("ledger", _) => ledger::ledger(cx, self, args),
            (_, "") => Err(format!("{{{{{name}}}}} does not say of which design")),
            ("fact", _) => inline::fact(cx, self, args),
            ("given", _) => inline::given(cx, self, args),
            ("givens", _) => blocks::givens(cx, self, args),
            ("figure", _) => blocks::figure(cx, self, args),
            ("objectives", _) => blocks::objectives(cx, self, args),
            ("moral", _) => blocks::moral(cx, self, args),
            ("steps", _) => blocks::steps(cx, self, args),
            ("agenda", _) => agenda::agenda(cx, self, args),
            ("day", _) => blocks::day(cx, self, args),
            ("lab", _) => widgets::lab(cx, self, args),
            ("worksheet", _) => widgets::worksheet(cx, self, args),
            ("calculator", _) => widgets::calculator(cx, self, args),
            _ => Err(format!("directive “{name}” is not carried out")),
        }
    }
}

/// One page with directives and citations expanded and its frame around it.
fn expand_page(cx: &Cx<'_>, index: usize, text: &str) -> Result<String, Vec<Finding>> {
    let site_page = &cx.site.pages[index];
    let mut page = Page {
        index,
        html: site_page.html.clone(),
        file: cx.src.join(&site_page.source),
        cited: Vec::new(),
    };
    let text = &text.replace("\r\n", "\n");
    let (found, wrong) = scan::scan(text);
    let mut findings: Vec<Finding> = wrong
        .into_iter()
        .map(|(at, what)| Finding::at(&page.file, markdown::line_of(text, at), what))
        .collect();

    findings.extend(inline::given_as_cited(text, &found).into_iter().map(|at| {
        let how = "a number from a source stands as it is, with its citation; an assumption beside it gets a sentence of its own";
        Finding::at(&page.file, markdown::line_of(text, at), format!("marked as given and cited in one sentence: {how}"))
    }));

    // What replaces what: terms, expanded items, and links to README.md, in order.
    let taken: Vec<_> = found.iter().map(|item| item.range.clone()).collect();
    let mut changes = terms::marks(cx, &page, text, &taken);
    for item in found {
        match page.expand(cx, &item.kind) {
            Ok(html) => {
                let lines = text[item.range.clone()].matches('\n').count();
                let html = if item.is_block() {
                    block(text, &item, html, lines)
                } else {
                    with_newlines(&html, lines)
                };
                changes.push((item.range, html));
            }
            Err(what) => findings.push(Finding::at(&page.file, markdown::line_of(text, item.range.start), what)),
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    changes.extend(
        markdown::readme_links(text)
            .into_iter()
            .map(|r| (r, "index.md".to_string())),
    );
    changes.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len() * 2), 0);
    for (range, html) in changes {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&html);
        at = range.end;
    }
    out.push_str(&text[at..]);
    if matches!(site_page.design, Some((_, site::Tab::Discuss))) {
        out = prompts::lay_out(cx, &page, &out)?;
    }
    frame::frame(cx, &page, &out).map_err(|e| vec![e])
}

/// A block's HTML. It fills one line; a blank one must follow, or Markdown would take the next lines for HTML too.
fn block(text: &str, item: &scan::Found, html: String, lines: usize) -> String {
    let html = html + &"\n".repeat(lines);
    let after = text[item.range.end..].strip_prefix('\n').unwrap_or("");
    let next = after.split('\n').next().unwrap_or("");
    if next.trim().is_empty() {
        return html;
    }
    let next_line = markdown::line_of(text, item.range.end) + 1;
    format!("{html}\n\n{}", markdown::line_mark(next_line).trim_end())
}

/// Keeps the number of lines: a directive that was wrapped gives its line ends to the spaces of its first tag, where
/// they mean nothing.
fn with_newlines(html: &str, lines: usize) -> String {
    let (mut left, mut quoted, mut done) = (lines, false, false);
    html.chars()
        .map(|c| {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => done = true,
                ' ' if !quoted && !done && left > 0 => {
                    left -= 1;
                    return '\n';
                }
                _ => {}
            }
            c
        })
        .collect()
}
