//! The printed book leaves out what stands in `<div class="not-in-print">`: debriefs and the instructor's pages.
//!
//! mdBook joins all chapters into `print.html` after the preprocessors have run, so only a step after it can leave some
//! out. A plain `mdbook build` keeps them there, and the style sheet hides them.

use crate::html::{Token, element_end, tokens};
use std::collections::HashMap;

/// What mdBook puts between two chapters.
const BREAK: &str = "<div style=\"break-before: page; page-break-before: always;\"></div>";

/// The page without the chapters that are not for print. Links into one of them lead to its own page: `address` gives
/// that for the id of a chapter's title in print, in the order in which the chapters were left out.
pub fn without_left_out(html: &str, left_out: &[String]) -> String {
    let all = tokens(html);
    let (mut out, mut at, mut n) = (String::with_capacity(html.len()), 0, 0);
    let mut moved: HashMap<String, String> = HashMap::new();
    for (i, token) in all.iter().enumerate() {
        let Token::Open(tag) = token else { continue };
        if tag.start < at || tag.name != "div" || !tag.has_class("not-in-print") {
            continue;
        }
        let end = element_end(&all, i).unwrap_or(html.len());
        let page = left_out.get(n).cloned().unwrap_or_default();
        n += 1;
        for inner in tokens(&html[tag.start..end]) {
            if let Token::Open(t) = inner
                && let Some(id) = t.attr("id")
            {
                moved.insert(id.into_owned(), page.clone());
            }
        }
        let before = html[at..tag.start].trim_end();
        out.push_str(before.strip_suffix(BREAK).unwrap_or(before));
        out.push('\n');
        at = end;
    }
    out.push_str(&html[at..]);
    if moved.is_empty() { out } else { retarget(&out, &moved) }
}

/// Links to ids that are gone lead to the page that had them.
fn retarget(html: &str, moved: &HashMap<String, String>) -> String {
    const HEAD: &str = "href=\"#";
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(i) = rest.find(HEAD) {
        let (before, after) = rest.split_at(i);
        let id = after[HEAD.len()..].split('"').next().unwrap_or("");
        out.push_str(before);
        match moved.get(id) {
            Some(page) => out.push_str(&format!("href=\"{page}\"")),
            None => out.push_str(&format!("{HEAD}{id}\"")),
        }
        rest = after.get(HEAD.len() + id.len() + 1..).unwrap_or("");
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_out_chapters_vanish_and_links_to_them_leave_the_page() {
        let html = format!(
            "<main><h1 id=\"a\">A</h1><a href=\"#d\">d</a> <a href=\"#d-2\">e</a> <a href=\"#b\">b</a>{BREAK}\
             <div class=\"not-in-print\"><h1 id=\"d\">D</h1><div id=\"d-2\">secret</div></div>{BREAK}<h1 id=\"b\">B</h1></main>"
        );
        let out = without_left_out(&html, &["designs/02/debrief.html".into()]);
        assert!(!out.contains("secret"), "{out}");
        assert!(out.contains("<a href=\"designs/02/debrief.html\">d</a> <a href=\"designs/02/debrief.html\">e</a> <a href=\"#b\">b</a>"), "{out}");
        assert_eq!(out.matches(BREAK).count(), 1, "{out}");
        assert!(out.ends_with("<h1 id=\"b\">B</h1></main>"), "{out}");
    }

    #[test]
    fn a_book_without_any_is_unchanged() {
        let html = format!("<h1 id=\"a\">A</h1>{BREAK}<h1>B</h1>");
        assert_eq!(without_left_out(&html, &[]), html);
    }
}
