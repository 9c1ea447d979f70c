//! One page on its own: headings, ids, pictures, leftovers, names of labs, and no answer before a judgement.

use super::{Html, ids};
use crate::catalogue::Catalogue;
use crate::finding::Findings;
use crate::html::{Tag, Token, element_end, tokens};
use crate::preprocess::site::{Site, Tab};
use std::collections::HashSet;

/// Checks a page.
pub(super) fn check(page: &Html, catalogue: &Catalogue, site: &Site, all: &mut Findings) {
    let tokens = tokens(&page.text);
    let is_redirect = tokens.iter().any(|t| {
        matches!(t, Token::Open(tag) if tag.name == "meta" && tag.attr("http-equiv").is_some())
            && page.text.contains("url=")
    });
    if is_redirect && page.source.is_none() && page.name != "404.html" {
        return;
    }
    duplicate_ids(page, all);
    morals(page, &tokens, catalogue, site, all);
    if page.is_print() || page.name == "toc.html" {
        return;
    }
    headings(page, &tokens, all);
    for (i, token) in tokens.iter().enumerate() {
        if let Token::Open(tag) = token {
            picture(page, &tokens, i, tag, all);
            script(page, tag, all);
            name(page, tag, catalogue, all);
        }
    }
    leftovers(page, &tokens, all);
}

fn duplicate_ids(page: &Html, all: &mut Findings) {
    let mut seen = HashSet::new();
    for id in ids(&page.text) {
        if !seen.insert(id.clone()) {
            let line = page
                .line_with(&format!("{{#{id}}}"))
                .or_else(|| page.line_with(&format!("id=\"{id}\"")));
            all.push(page.finding(line, format!("the id “{id}” stands twice on the page")));
        }
    }
}

fn headings(page: &Html, tokens: &[Token<'_>], all: &mut Findings) {
    let n = tokens
        .iter()
        .filter(|t| matches!(t, Token::Open(tag) if tag.name == "h1"))
        .count();
    if n != 1 {
        // The second title is the one to mend.
        let line = page.source.as_ref().and_then(|(_, text)| {
            let titles = text.lines().enumerate().filter(|(_, l)| l.starts_with("# "));
            titles.map(|(i, _)| i + 1).nth(1)
        });
        all.push(page.finding(
            line.or(Some(1)),
            format!("the page has {n} titles (h1); it has exactly one, in the text"),
        ));
    }
}

fn picture(page: &Html, tokens: &[Token<'_>], i: usize, tag: &Tag<'_>, all: &mut Findings) {
    let hidden = tag.attr("aria-hidden").is_some_and(|h| h == "true");
    if tag.name == "img" && !hidden && tag.attr("alt").is_none_or(|a| a.trim().is_empty()) {
        let src = tag.attr("src").unwrap_or_default();
        all.push(page.finding(
            page.line_with(&src),
            format!("the picture {src} has no text for those who do not see it"),
        ));
    }
    if tag.name == "svg" && !hidden && tag.attr("role").is_some_and(|r| r == "img") {
        let named = tag
            .attr("aria-label")
            .or_else(|| tag.attr("aria-labelledby"))
            .is_some_and(|n| !n.trim().is_empty());
        let end = element_end(tokens, i).unwrap_or(page.text.len());
        if !named && !page.text[tag.start..end].contains("<title") {
            all.push(page.finding(None, "a drawing has neither title nor label".into()));
        }
    }
}

/// The pages' content security policy lets only script files run. Data in a script element is fine.
fn script(page: &Html, tag: &Tag<'_>, all: &mut Findings) {
    let is_code = tag
        .attr("type")
        .is_none_or(|t| t.is_empty() || t.contains("javascript") || t == "module");
    if tag.name == "script" && is_code && tag.attr("src").is_none() {
        all.push(page.finding(
            page.line_with("<script"),
            "a script in the page itself would not run: put it into a file".into(),
        ));
    }
    if let Some((name, _)) = tag
        .attrs()
        .find(|(name, _)| name.len() > 2 && name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")))
    {
        all.push(page.finding(
            page.line_with(name),
            format!("the handler {name}=… would not run: set it in a script file"),
        ));
    }
}

/// Labs, worksheets and calculators written as HTML by hand go past the directives, so their names are checked here.
fn name(page: &Html, tag: &Tag<'_>, catalogue: &Catalogue, all: &mut Findings) {
    let name = tag.attr("name").unwrap_or_default();
    let wrong = match tag.name {
        "design-lab" | "design-worksheet" => catalogue.design(&name).err(),
        "block-calculator" => catalogue.model(&name).err(),
        _ => None,
    };
    if let Some(what) = wrong {
        all.push(page.finding(
            page.line_with(&format!("<{}", tag.name)),
            format!("<{}>: {what}", tag.name),
        ));
    }
}

/// Text that a preprocessor should have turned into something.
fn leftovers(page: &Html, tokens: &[Token<'_>], all: &mut Findings) {
    const QUIET: [&str; 7] = ["code", "pre", "script", "style", "annotation", "textarea", "title"];
    let mut quiet: Vec<&str> = Vec::new();
    for token in tokens {
        match token {
            Token::Open(tag) if tag.has_class("katex-error") => {
                all.push(page.finding(None, "a formula was not rendered".into()));
            }
            Token::Open(tag) if QUIET.contains(&tag.name) && !tag.is_void() => quiet.push(tag.name),
            Token::Close(name, _) if quiet.last() == Some(name) => {
                quiet.pop();
            }
            Token::Text(text) if quiet.is_empty() => {
                for (found, what) in leftover(text) {
                    let line = page.line_with(found.lines().next().unwrap_or(""));
                    all.push(page.finding(line, format!("{what}: {found}")));
                }
            }
            _ => {}
        }
    }
}

fn leftover(text: &str) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    let from = |i: usize| -> String { text[i..].chars().take(40).collect::<String>().trim().to_string() };
    for (i, _) in text.match_indices("{{") {
        if text[i + 2..]
            .trim_start()
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '#')
        {
            out.push((from(i), "a directive was not carried out"));
        }
    }
    for (i, _) in text.match_indices("[@") {
        if text[i + 2..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            out.push((from(i), "a citation was not resolved"));
        }
    }
    let mut at = 0;
    while let Some(i) = text[at..].find('$').map(|i| at + i) {
        let rest = text[i + 1..].trim_start_matches('$');
        let Some(end) = rest.find('$') else { break };
        let inner = &rest[..end];
        // Sums of money can stand between two dollar signs; formulas have one of these.
        let tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
        if tight && inner.contains(['\\', '^', '_', '=', '{']) {
            out.push((from(i), "a formula was not rendered"));
            at = text.len() - rest.len() + end + 1 + usize::from(rest[end..].starts_with("$$"));
        } else {
            at = i + 1;
        }
    }
    for (i, _) in text.match_indices("\\(").chain(text.match_indices("\\[")) {
        out.push((from(i), "a formula was not rendered; write it between dollar signs"));
    }
    out
}

/// What a design teaches is said in its debrief, and to the instructor, but nowhere on the way in.
fn morals(page: &Html, tokens: &[Token<'_>], catalogue: &Catalogue, site: &Site, all: &mut Findings) {
    let plain = |text: &str| -> String {
        let words = text.replace(['*', '_', '`', '’', '\''], "");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let here = site
        .pages
        .iter()
        .find(|p| p.html == page.name)
        .and_then(|p| p.design.as_ref());
    let mut text: Option<String> = None;
    for d in &catalogue.designs {
        let own = here.is_some_and(|(folder, tab)| {
            *folder == d.manifest.folder() && matches!(tab, Tab::Debrief | Tab::Facilitate)
        });
        let start: String = plain(&d.manifest.moral).chars().take(50).collect();
        if own || start.len() < 20 {
            continue;
        }
        let text = text.get_or_insert_with(|| {
            plain(
                &tokens
                    .iter()
                    .filter_map(|t| if let Token::Text(t) = t { Some(*t) } else { None })
                    .collect::<String>(),
            )
        });
        if text.contains(&start) {
            all.push(page.finding(
                None,
                format!(
                    "gives away the moral of design {}: it belongs in the debrief",
                    d.number()
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_told_from_ordinary_text() {
        for fine in ["costs $5 or $6", "$5–$6", "{ {", "{{", "[x]", "a [@ b", "1 < 2", "\\$"] {
            assert_eq!(leftover(fine), [], "{fine}");
        }
        for bad in [
            "{{fact x}}",
            "{{#include x}}",
            "see [@dean2013]",
            "$x^2$",
            "$$\\frac{1}{2}$$",
            "cost $5 and $a_1$",
            "\\(x\\)",
        ] {
            assert_eq!(leftover(bad).len(), 1, "{bad}: {:?}", leftover(bad));
        }
    }
}
