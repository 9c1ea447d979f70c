//! The glossary, and its terms in the text: the first use of a term on a page becomes a quiet link to the glossary that
//! carries the short definition.
//!
//! An entry of `glossary.md` is a heading of level three, its other names if it has any (`*Also: hedge, hedging.*`), its
//! definition as one plain paragraph, and whatever follows: above all a link to the page that explains it.

use super::{Cx, Page};
use crate::html::escape;
use crate::markdown;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::collections::HashSet;
use std::ops::Range;

/// Where the glossary stands, relative to the book's text.
pub(super) const SOURCE: &str = "glossary.md";

/// What begins the line of an entry's other names.
const ALSO: &str = "Also:";

/// One term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Entry {
    name: String,
    /// Its other names.
    also: Vec<String>,
    /// Its anchor in the glossary.
    id: String,
    /// Plain text.
    definition: String,
    /// Addresses of what the entry links to. These pages explain the term, so they do not mark it.
    explained: Vec<String>,
    /// Line of its heading.
    line: usize,
}

/// All terms.
#[derive(Clone, Debug, Default)]
pub(super) struct Glossary {
    entries: Vec<Entry>,
    /// Every name in lower case, and whose it is: the longest first.
    names: Vec<(String, usize)>,
}

/// What is wrong in which line.
type Wrong = (usize, String);

impl Glossary {
    /// Reads the text of the glossary.
    ///
    /// # Errors
    /// Entries without a definition, definitions that are not plain, names that stand twice.
    pub(super) fn parse(text: &str) -> Result<Self, Vec<Wrong>> {
        let (entries, mut wrong) = entries(text);
        let mut names: Vec<(String, usize)> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.also) {
                let name = name.to_lowercase();
                match names.iter().find(|(known, _)| *known == name) {
                    Some((_, first)) => {
                        let first = &entries[*first].name;
                        wrong.push((entry.line, format!("“{name}” is a name of “{first}” already")));
                    }
                    None => names.push((name, i)),
                }
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Ok(Self { entries, names })
    }

    /// The entry whose name stands at an offset of a text, and where the name ends there.
    fn at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        self.names
            .iter()
            .find_map(|(name, entry)| Some((*entry, at + name_length(&text[at..], name)?)))
    }
}

/// The entries of the glossary's text, and what is wrong with them.
fn entries(text: &str) -> (Vec<Entry>, Vec<Wrong>) {
    let (mut all, mut wrong): (Vec<Entry>, Vec<Wrong>) = (Vec::new(), Vec::new());
    let (mut heading, mut paragraph, mut plain) = (false, None::<String>, true);
    for (event, range) in Parser::new_ext(text, markdown::OPTIONS).into_offset_iter() {
        match (&event, all.last_mut()) {
            (Event::Start(Tag::Heading { level: HeadingLevel::H3, id, .. }), _) => {
                let id = id.as_ref().map(ToString::to_string).unwrap_or_default();
                let line = markdown::line_of(text, range.start);
                all.push(Entry { id, line, ..Entry::default() });
                heading = true;
            }
            (Event::End(TagEnd::Heading(_)), _) => heading = false,
            (Event::Text(part), Some(entry)) if heading => entry.name.push_str(part),
            (Event::Start(Tag::Paragraph), _) => (paragraph, plain) = (Some(String::new()), true),
            (Event::End(TagEnd::Paragraph), Some(entry)) => {
                let said = paragraph.take().unwrap_or_default();
                if let Some(names) = said.strip_prefix(ALSO) {
                    let names = names.trim().trim_end_matches('.').split(',');
                    entry.also.extend(names.map(|name| name.trim().to_string()));
                } else if entry.definition.is_empty() {
                    if !plain {
                        let what = "is shown beside the word: plain text, no link, code or formula in it";
                        wrong.push((entry.line, format!("the definition of “{}” {what}", entry.name)));
                    }
                    entry.definition = said;
                }
            }
            (Event::Start(Tag::Link { dest_url, .. }), Some(entry)) => {
                entry.explained.push(dest_url.to_string());
                plain = false;
            }
            (Event::Text(part), _) => _ = paragraph.as_mut().map(|said| said.push_str(part)),
            (Event::SoftBreak, _) => _ = paragraph.as_mut().map(|said| said.push(' ')),
            (Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(_), _) => {}
            _ => plain = false,
        }
    }
    for entry in &mut all {
        if entry.id.is_empty() {
            entry.id = anchor(&entry.name);
        }
        if entry.definition.is_empty() {
            wrong.push((entry.line, format!("“{}” has no definition", entry.name)));
        }
    }
    (all, wrong)
}

/// The anchor that mdBook gives a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(char::is_whitespace, "-");
    kept.chars()
        .filter(|c| c.is_alphanumeric() || ['-', '_'].contains(c))
        .collect()
}

/// What to put where on a page: for the first use of each term, a link. Nothing that overlaps `taken` is touched.
pub(super) fn marks(cx: &Cx<'_>, page: &Page, text: &str, taken: &[Range<usize>]) -> Vec<(Range<usize>, String)> {
    let here = &cx.site.pages[page.index()].source;
    let Some(glossary) = cx.site.page(SOURCE).filter(|g| g.source != *here) else {
        return Vec::new();
    };
    let href = page.href(glossary);
    let explains = |to: &String| to.split('#').next().is_some_and(|file| here.to_str() == Some(file));
    let mut done: HashSet<usize> = (0..cx.glossary.entries.len())
        .filter(|i| cx.glossary.entries[*i].explained.iter().any(explains))
        .collect();
    let mut out = Vec::new();
    for run in prose(text) {
        let mut at = run.start;
        while let Some(start) = next_word(text, at, run.end) {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            if let Some(directive) = taken.iter().find(|r| r.contains(&start)) {
                at = directive.end;
            } else if let Some((i, end)) = cx.glossary.at(text, start)
                && end <= run.end
            {
                at = end;
                if done.insert(i) {
                    let entry = &cx.glossary.entries[i];
                    let link = format!(
                        "<a class=\"term\" href=\"{href}#{}\" data-definition=\"{}\">{}</a>",
                        entry.id,
                        escape(&entry.definition),
                        &text[start..end]
                    );
                    out.push((start..end, link));
                }
            }
        }
    }
    out
}

/// The stretches of running text: no headings, bold words (which often open a paragraph like one), links, pictures, code,
/// formulas, heads of tables, and nothing inside an HTML element that is a link or a control. A stretch goes over line
/// ends, but not over a change of emphasis.
fn prose(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut quiet, mut element, mut open) = (0_usize, 0_usize, false);
    for (event, range) in Parser::new_ext(text, markdown::OPTIONS).into_offset_iter() {
        let goes_on = matches!(event, Event::Text(_) | Event::SoftBreak);
        match event {
            Event::Start(tag) if is_quiet(&tag) => quiet += 1,
            Event::End(end) if is_quiet_end(end) => quiet -= 1,
            Event::Start(Tag::Paragraph) => element = 0,
            Event::InlineHtml(tag) if is_control(&tag) => {
                element = if tag.starts_with("</") {
                    element.saturating_sub(1)
                } else {
                    element + 1
                };
            }
            Event::Text(_) if quiet == 0 && element == 0 => match out.last_mut() {
                Some(last) if open => last.end = range.end,
                _ => out.push(range),
            },
            _ => {}
        }
        open = goes_on && quiet == 0 && element == 0 && !out.is_empty();
    }
    out
}

fn is_quiet(tag: &Tag<'_>) -> bool {
    is_quiet_end(tag.to_end())
}

fn is_quiet_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Heading(_)
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::DefinitionListTitle
            | TagEnd::MetadataBlock(_)
    )
}

/// Is it the start or the end of an element whose text is no place for a link?
fn is_control(tag: &str) -> bool {
    const CONTROLS: [&str; 9] = [
        "a", "button", "code", "kbd", "label", "select", "summary", "svg", "textarea",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    CONTROLS.iter().any(|c| c.eq_ignore_ascii_case(&name[..end]))
}

/// The next place from an offset at which a word begins.
fn next_word(text: &str, from: usize, end: usize) -> Option<usize> {
    let mut before = text[..from].chars().next_back();
    for (i, c) in text.get(from..end)?.char_indices() {
        // An address or a file's name is no running text, nor is what follows an @.
        let begins = before.is_none_or(|b| !in_word(b) && !['/', '.', '#', '@'].contains(&b));
        if in_word(c) && begins {
            return Some(from + i);
        }
        before = Some(c);
    }
    None
}

/// Letters and digits; and hyphens, since "self-fencing" is one word.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || ['-', '_'].contains(&c)
}

/// How long a name, in lower case, is at the beginning of a text; `None` if it does not stand there as whole words. Case
/// does not matter, a line may end where the name has a space, and a plural -s may follow.
fn name_length(text: &str, name: &str) -> Option<usize> {
    let mut rest = text;
    for c in name.chars() {
        if c == ' ' {
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            let gap = &rest[..rest.len() - trimmed.len()];
            // In a quotation each line begins with ">": only there it is part of the space.
            if gap.is_empty() || (gap.contains('>') && !gap.contains('\n')) {
                return None;
            }
            rest = trimmed;
        } else {
            let first = rest.chars().next()?;
            if !first.to_lowercase().eq(std::iter::once(c)) {
                return None;
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    let rest = rest.strip_prefix('s').filter(|r| ends_word(r)).unwrap_or(rest);
    ends_word(rest).then(|| text.len() - rest.len())
}

/// Is a word over when this is what follows? A full stop before a letter or digit belongs to it: p99.9, lease.rs.
fn ends_word(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some('.') => !chars.next().is_some_and(char::is_alphanumeric),
        Some(c) => !in_word(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Glossary\n\nIntro.\n\n## Time\n\n### Lease\n\nA right that ends by itself.\n\nSee [time](blocks/time.md#leases).\n\n\
        ### 90 % interval {#interval}\n\n*Also: interval,\nbet.*\n\nTwo *plain*\nnumbers.\n";

    fn wrong(text: &str) -> String {
        let all = Glossary::parse(text).unwrap_err();
        all.iter().map(|(line, what)| format!("{line}: {what}\n")).collect()
    }

    #[test]
    fn entries_have_names_an_anchor_and_a_plain_definition() {
        let glossary = Glossary::parse(TEXT).unwrap();
        let [lease, interval] = glossary.entries.as_slice() else {
            panic!("{:?}", glossary.entries)
        };
        assert_eq!(
            (lease.id.as_str(), lease.definition.as_str()),
            ("lease", "A right that ends by itself.")
        );
        assert_eq!(lease.explained, ["blocks/time.md#leases"]);
        assert_eq!(
            (interval.name.as_str(), interval.id.as_str()),
            ("90 % interval", "interval")
        );
        assert_eq!(interval.also, ["interval", "bet"]);
        assert_eq!(interval.definition, "Two plain numbers.");
        assert_eq!(anchor("Little's law"), "littles-law");
    }

    #[test]
    fn mistakes_of_the_glossary_name_their_line() {
        assert_eq!(wrong("### A\n\n### B\n\ntext\n"), "1: “A” has no definition\n");
        assert_eq!(
            wrong("### A\n\n*Also: c.*\n\nx\n\n### B\n\n*Also: C.*\n\ny\n"),
            "7: “c” is a name of “A” already\n"
        );
        for definition in ["see [x](y.md)", "a `b`", "a $b$", "a <b>c</b>"] {
            assert!(
                wrong(&format!("### A\n\n{definition}\n")).starts_with("1: the definition of “A” is shown beside"),
                "{definition}"
            );
        }
    }

    #[test]
    fn names_are_whole_words_in_any_case_and_over_line_ends() {
        for (text, name, expected) in [
            ("lease.", "lease", Some(5)),
            ("Leases end", "lease", Some(6)),
            ("leased", "lease", None),
            ("lease-based", "lease", None),
            ("lease’s", "lease", Some(5)),
            ("lease.rs", "lease", None),
            ("p99.9", "p99", None),
            ("p99. Next", "p99", Some(3)),
            ("fencing\n> tokens,", "fencing token", Some(16)),
            ("fencing\n  token", "fencing token", Some(15)),
            ("fencing > token", "fencing token", None),
            ("fencingtoken", "fencing token", None),
            ("90\u{a0}% intervals", "90 % interval", Some(15)),
            ("RPO", "rpo", Some(3)),
            ("le", "lease", None),
        ] {
            assert_eq!(name_length(text, name), expected, "{text}");
        }
    }

    #[test]
    fn running_text_is_what_is_neither_head_link_code_formula_nor_control() {
        let text = "# no\n\nyes *yes* **no** [no](no.md) `no` $no$ ![no](no.png) <a href=\"no\">no</a> yes\nyes <span>yes</span>\n\n\
            | no | no |\n|---|---|\n| yes | `no` |\n\nno\n: yes\n\n```\nno\n```\n\n    no\n\n<p>\nno\n</p>\n\n> yes\n> yes\n\n<!-- no -->\n\n- yes\n\n[no]: no.md\n";
        let runs = prose(text);
        let said: Vec<&str> = runs
            .iter()
            .map(|r| text[r.clone()].trim())
            .filter(|t| !t.is_empty())
            .collect();
        assert_eq!(
            said,
            ["yes", "yes", "yes\nyes", "yes", "yes", "yes", "yes\n> yes", "yes"]
        );
    }
}
