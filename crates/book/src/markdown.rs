//! Markdown as mdBook reads it: where code is, where a line is, and short texts of manifests as HTML.

use crate::html;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// mdBook's own options, and mathematics.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_MATH);

/// The parts of a text that no directive is looked for in: code, formulas and HTML comments, in order.
pub fn protected(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                out.push(range);
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let (mut at, part) = (range.start, &text[range.clone()]);
                for piece in part.split_inclusive("-->") {
                    if let Some(i) = piece.find("<!--") {
                        out.push(at + i..at + piece.len());
                    }
                    at += piece.len();
                }
            }
            _ => {}
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

/// Is an offset inside one of the ranges?
pub fn inside(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|r| r.start <= at);
    ranges[..after].iter().rev().take(8).any(|r| r.contains(&at))
}

/// A comment that says which line of the source comes next. The page's frame adds lines to a chapter; the marks keep
/// the line numbers of later steps right, and the last step takes them out.
pub fn line_mark(line: usize) -> String {
    format!("<!--@line {line}-->\n")
}

fn read_mark(line: &str) -> Option<usize> {
    line.trim()
        .strip_prefix("<!--@line ")?
        .strip_suffix("-->")?
        .parse()
        .ok()
}

/// The line of the source that an offset stands for, line marks taken into account.
pub fn line_of(text: &str, offset: usize) -> usize {
    let (mut line, mut at) = (1, 0);
    for piece in text.split_inclusive('\n') {
        if offset < at + piece.len() {
            break;
        }
        at += piece.len();
        line = read_mark(piece).unwrap_or(line + 1);
    }
    line
}

/// The text without its line marks.
pub fn without_marks(text: &str) -> String {
    text.split_inclusive('\n').filter(|l| read_mark(l).is_none()).collect()
}

/// A first heading of level one that opens the text: its range.
pub fn title(text: &str) -> Option<Range<usize>> {
    let (event, range) = Parser::new_ext(text, OPTIONS).into_offset_iter().next()?;
    matches!(
        event,
        Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. })
    )
    .then_some(range)
}

/// A link or picture in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Address as written.
    pub to: String,
    /// Line, from 1.
    pub line: usize,
}

/// Every link and picture of a text.
pub fn links(text: &str) -> Vec<Link> {
    Parser::new_ext(text, OPTIONS)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(Link { to: dest_url.into_string(), line: line_of(text, range.start) })
            }
            _ => None,
        })
        .collect()
}

/// Places where a link to `README.md` is written: mdBook calls that page `index.html` but leaves links to it alone.
pub fn readme_links(text: &str) -> Vec<Range<usize>> {
    const NAME: &str = "README.md";
    let mut out = Vec::new();
    let is_local = |to: &str| {
        let path = to.split(['#', '?']).next().unwrap_or("");
        !to.contains("://") && (path == NAME || path.ends_with("/README.md"))
    };
    let parser = Parser::new_ext(text, OPTIONS);
    let mut spans: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .filter(|(_, d)| is_local(&d.dest))
        .map(|(_, d)| d.span.clone())
        .collect();
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, link_type: pulldown_cmark::LinkType::Inline, .. }) = event
            && is_local(&dest_url)
        {
            spans.push(range);
        }
    }
    for span in spans {
        // The address is what follows the label: its last mention, unless a title in quotes mentions it too.
        let part = &text[span.clone()];
        let label_end = part.rfind("](").or_else(|| part.find("]:")).unwrap_or(0);
        if let Some(i) = part[label_end..].find(NAME) {
            let start = span.start + label_end + i;
            out.push(start..start + NAME.len());
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

/// A short text of a manifest as HTML on one line. `block` keeps paragraphs and lists; otherwise a lone paragraph's
/// wrapping is taken off, so that the text can stand in a table cell or a label.
///
/// # Errors
/// The formula that KaTeX rejects, and why.
pub fn to_html(
    text: &str,
    block: bool,
    mut math: impl FnMut(&str, bool) -> Result<String, String>,
) -> Result<String, String> {
    let mut wrong = None;
    let mut events = Vec::new();
    for event in Parser::new_ext(text, OPTIONS) {
        let (tex, display) = match event {
            Event::InlineMath(tex) => (tex, false),
            Event::DisplayMath(tex) => (tex, true),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if !block => {
                events.push(Event::SoftBreak);
                continue;
            }
            other => {
                events.push(other);
                continue;
            }
        };
        match math(&tex, display) {
            Ok(done) => events.push(Event::InlineHtml(done.into())),
            Err(e) => wrong = Some(e),
        }
    }
    if let Some(e) = wrong {
        return Err(e);
    }
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events.into_iter());
    Ok(html::shield(&html::one_line(&out)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, block: bool) -> String {
        to_html(text, block, |tex, display| Ok(format!("<m d={display}>{tex}</m>"))).unwrap()
    }

    #[test]
    fn code_formulas_and_comments_are_protected() {
        let text = "a `b` c\n\n```rust\nd\n```\n\n    e\n\n~~~\nf\n~~~\n\n$g$ <!-- h --> i\n\n<div>j<!-- k --></div>\n";
        let ranges = protected(text);
        for (letter, expected) in [
            ("a ", false),
            ("`b", true),
            ("d\n", true),
            ("e\n", true),
            ("f\n", true),
            ("g$", true),
            ("h ", true),
            ("i\n", false),
            ("j<", false),
            ("k ", true),
        ] {
            let at = text.find(letter).unwrap();
            assert_eq!(inside(&ranges, at), expected, "{letter}");
        }
    }

    #[test]
    fn lines_are_counted_through_marks() {
        let text = format!("<p>frame</p>\n\n{}# Title\n\nframe\n{}last", line_mark(1), line_mark(2));
        assert_eq!(line_of(&text, text.find("# Title").unwrap()), 1);
        assert_eq!(line_of(&text, text.find("last").unwrap()), 2);
        assert_eq!(line_of("a\nb\nc", 4), 3);
        assert_eq!(without_marks(&text), "<p>frame</p>\n\n# Title\n\nframe\nlast");
    }

    #[test]
    fn a_title_must_open_the_text() {
        assert_eq!(title("# A\n\nb"), Some(0..4));
        assert_eq!(title("b\n\n# A\n"), None);
        assert_eq!(title("## A\n"), None);
    }

    #[test]
    fn links_carry_their_line() {
        let found = links("a\n[b](c.md)\n\n![d](e.png)\n`[f](g.md)`\n");
        assert_eq!(
            found,
            [
                Link { to: "c.md".into(), line: 2 },
                Link { to: "e.png".into(), line: 4 }
            ]
        );
    }

    #[test]
    fn links_to_a_readme_are_found_where_they_are_written() {
        let text = "[README.md](README.md) [a](../x/README.md#y) [b](https://h/README.md) `[c](README.md)` [d][e]\n\n[e]: ../README.md\n";
        let found: Vec<usize> = readme_links(text).iter().map(|r| r.start).collect();
        let expected = [
            text.find("(README").unwrap() + 1,
            text.find("x/README").unwrap() + 2,
            text.find(": ../README").unwrap() + 5,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn manifest_texts_become_one_line_of_html() {
        assert_eq!(
            plain("a *b*\n`c` $d$", false),
            "a <em>b</em> <code>c</code> <m d=false>d</m>"
        );
        assert_eq!(
            plain("a\n\n- b\n- c", true),
            "<p>a</p> <ul> <li>b</li> <li>c</li> </ul>"
        );
        assert!(plain("costs \\$5", false).contains("&#36;5"));
        assert!(to_html("$x$", false, |_, _| Err("bad".into())).is_err());
    }
}
