//! Finds directives `{{name …}}` and citations `[@key …]` in a text, except in code, formulas and comments.

use crate::finding::suggest;
use crate::markdown;
use std::ops::Range;

/// Directives that stand in a sentence.
pub(super) const INLINE: &[&str] = &["fact", "given"];

/// Directives that stand alone on their line.
pub(super) const BLOCK: &[&str] = &[
    "agenda",
    "calculator",
    "day",
    "figure",
    "givens",
    "lab",
    "ledger",
    "map",
    "moral",
    "objectives",
    "progress",
    "steps",
    "worksheet",
];

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{{name args}}`.
    Directive {
        /// One of [`INLINE`] or [`BLOCK`].
        name: &'static str,
        /// What follows the name, on one line.
        args: String,
    },
    /// `[@key place; @key place]`.
    Citation(Vec<(String, String)>),
}

/// Something found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its place in the text.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
}

impl Found {
    /// Does it stand for a block?
    pub(super) fn is_block(&self) -> bool {
        matches!(&self.kind, Kind::Directive { name, .. } if BLOCK.contains(name))
    }
}

/// A mistake at an offset.
pub(super) type Wrong = (usize, String);

/// Everything in a text, in order, and what is malformed.
pub(super) fn scan(text: &str) -> (Vec<Found>, Vec<Wrong>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let protected = markdown::protected(text);
    let mut at = 0;
    while let Some(i) = next(text, at) {
        at = i + 2;
        if markdown::inside(&protected, i) || text[..i].ends_with('\\') {
            continue;
        }
        let result = match text.as_bytes()[i] {
            // `{{#include …}}` and its kin are mdBook's own.
            b'{' if text[at..].starts_with('#') => continue,
            b'{' => directive(text, i),
            _ => citation(text, i),
        };
        match result {
            Ok(item) => {
                at = item.range.end;
                found.push(item);
            }
            Err(e) => wrong.push((i, e)),
        }
    }
    (found, wrong)
}

/// The next `{{` or `[@`.
fn next(text: &str, at: usize) -> Option<usize> {
    let open = text[at..].find("{{");
    let cite = text[at..].find("[@");
    open.into_iter().chain(cite).min().map(|i| at + i)
}

fn directive(text: &str, start: usize) -> Result<Found, String> {
    let body =
        closed(&text[start + 2..], "}}").ok_or("“{{” without “}}”; put it in backticks if it is meant as it stands")?;
    let range = start..start + 2 + body.len() + 2;
    let line = one_line(body);
    let (name, args) = line.split_once(' ').unwrap_or((line.as_str(), ""));
    let known = INLINE.iter().chain(BLOCK).copied();
    let name = known
        .clone()
        .find(|k| *k == name)
        .ok_or_else(|| format!("unknown directive “{name}”; {}", suggest(name, known)))?;
    let found = Found { range, kind: Kind::Directive { name, args: args.trim().to_string() } };
    if found.is_block() {
        let before = text[..start].rsplit('\n').next().unwrap_or("");
        let after = text[found.range.end..].split('\n').next().unwrap_or("");
        if !before.is_empty() || !after.trim().is_empty() {
            return Err(format!("{{{{{name} …}}}} stands alone on its line, at the left edge"));
        }
    }
    Ok(found)
}

fn citation(text: &str, start: usize) -> Result<Found, String> {
    let how = "write [@key p. 7] or [@key p. 7; @other]";
    let body = closed(&text[start + 1..], "]").ok_or_else(|| format!("“[@” without “]”; {how}"))?;
    let mut cites = Vec::new();
    for part in one_line(body).split(';') {
        let part = part
            .trim()
            .strip_prefix('@')
            .ok_or_else(|| format!("“{}” has no @; {how}", part.trim()))?;
        let end = part.find([' ', ',']).unwrap_or(part.len());
        let (key, place) = part.split_at(end);
        if key.is_empty() {
            return Err(format!("a citation without a key; {how}"));
        }
        cites.push((key.to_string(), place.trim_start_matches(',').trim().to_string()));
    }
    Ok(Found { range: start..start + 1 + body.len() + 1, kind: Kind::Citation(cites) })
}

/// The text up to an end mark in the same paragraph.
fn closed<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let stop = text.find("\n\n").unwrap_or(text.len());
    text[..stop].find(end).map(|i| &text[..i])
}

/// A body that was wrapped over lines, also inside a quotation, on one line.
fn one_line(body: &str) -> String {
    let mut lines = body.split('\n');
    let mut out = lines.next().unwrap_or("").trim().to_string();
    for line in lines {
        out.push(' ');
        out.push_str(line.trim_start_matches([' ', '\t', '>']).trim_end());
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        let (found, wrong) = scan(text);
        assert_eq!(wrong, []);
        found.into_iter().map(|f| f.kind).collect()
    }

    fn first_wrong(text: &str) -> String {
        scan(text).1.first().map(|(_, e)| e.clone()).unwrap_or_default()
    }

    #[test]
    fn directives_are_found_with_their_arguments() {
        assert_eq!(
            kinds("a {{fact 02.x 1..2 ms}} b {{ given  02.y }}\n\n{{map}}\n"),
            [
                Kind::Directive { name: "fact", args: "02.x 1..2 ms".into() },
                Kind::Directive { name: "given", args: "02.y".into() },
                Kind::Directive { name: "map", args: String::new() },
            ]
        );
    }

    #[test]
    fn a_directive_may_be_wrapped_even_in_a_quotation() {
        assert_eq!(
            kinds("> a {{fact 02.x\n> 1..2 ms}}"),
            [Kind::Directive { name: "fact", args: "02.x 1..2 ms".into() }]
        );
    }

    #[test]
    fn code_and_formulas_are_left_alone() {
        let text = "`{{fact x}}` `[@a]` $x_{{a}}$\n\n```\n{{nope}}\n[@b]\n```\n\n    {{indented}}\n\n<!-- {{c}} -->\n\n\\{{no}} {{#include x}}\n";
        assert_eq!(scan(text), (vec![], vec![]));
    }

    #[test]
    fn citations_have_keys_and_places() {
        let key = |k: &str, p: &str| (k.to_string(), p.to_string());
        assert_eq!(kinds("[@a2013]"), [Kind::Citation(vec![key("a2013", "")])]);
        assert_eq!(
            kinds("[@a p. 1, 2;\n@b, fig. 3]"),
            [Kind::Citation(vec![key("a", "p. 1, 2"), key("b", "fig. 3")])]
        );
    }

    #[test]
    fn mistakes_say_what_would_be_right() {
        assert!(
            first_wrong("{{fcat x}}").starts_with("unknown directive “fcat”; there is fact"),
            "{}",
            first_wrong("{{fcat x}}")
        );
        assert!(first_wrong("a {{fact x").contains("without “}}”"));
        assert!(first_wrong("a {{fact x\n\n}}").contains("without “}}”"));
        assert!(first_wrong("a {{map}}").contains("alone on its line"));
        assert!(first_wrong("{{map}} b").contains("alone on its line"));
        assert!(first_wrong("- {{map}}").contains("alone on its line"));
        assert!(first_wrong("[@a; b]").contains("has no @"));
        assert!(first_wrong("[@]").contains("without a key"));
        assert!(first_wrong("[@a").contains("without “]”"));
    }

    #[test]
    fn a_mistake_does_not_hide_the_next_one() {
        let (found, wrong) = scan("{{nope}} {{fact 02.x 1..2}} {{nope2}}");
        assert_eq!((found.len(), wrong.len()), (1, 2));
        assert_eq!(wrong[1].0, 28);
    }
}
