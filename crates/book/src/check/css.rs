//! Style sheets: what they load must be in the book.

use super::links::join;
use super::{Built, Html, slashed, walk};
use crate::finding::{Finding, Findings};
use crate::html::{Token, tokens};

/// Checks every `url(…)` and `@import` of the book's style sheets and returns how many there are.
pub(super) fn check_sheets(book: &Built, all: &mut Findings) -> std::io::Result<usize> {
    let (mut n, mut files) = (0, Vec::new());
    walk(&book.folder, &mut |file| {
        if file.extension().is_some_and(|e| e == "css") {
            files.push(file.to_path_buf());
        }
    })?;
    for file in files {
        let name = slashed(file.strip_prefix(&book.folder).unwrap_or(&file));
        let base = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
        let text = std::fs::read_to_string(&file)?;
        for (line, url) in urls(&text) {
            n += 1;
            if let Some(what) = wrong(book, &base, &url) {
                all.push(Finding::at(&name, line, what));
            }
        }
    }
    Ok(n)
}

/// Checks the styles written into a page and returns how many addresses they hold.
pub(super) fn check_page(page: &Html, all: &mut Findings) -> usize {
    let (mut n, mut in_style) = (0, false);
    for token in tokens(&page.text) {
        let part = match &token {
            Token::Open(tag) => {
                in_style = tag.name == "style";
                tag.attr("style").map(|s| s.into_owned())
            }
            Token::Text(text) if in_style => Some((*text).to_string()),
            _ => None,
        };
        for (_, url) in part.iter().flat_map(|p| urls(p)) {
            n += 1;
            if is_outside(&url) {
                all.push(page.finding(
                    page.line_with(&url),
                    format!("loads {url} from outside; a book makes no request to another host"),
                ));
            }
        }
    }
    n
}

fn is_outside(url: &str) -> bool {
    url.starts_with("//") || url.starts_with("http://") || url.starts_with("https://")
}

fn wrong(book: &Built, base: &str, url: &str) -> Option<String> {
    if url.starts_with("data:") || url.starts_with('#') || url.is_empty() {
        return None;
    }
    if is_outside(url) {
        return Some(format!(
            "loads {url} from outside; a book makes no request to another host"
        ));
    }
    match join(base, url) {
        Some((target, _)) if book.folder.join(&target).is_file() => None,
        _ => Some(format!("loads {url}, which is not in the book")),
    }
}

/// The addresses in a style sheet with their lines; comments are passed over.
fn urls(css: &str) -> Vec<(usize, String)> {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(i) = rest.find("/*") {
        bare.push_str(&rest[..i]);
        let end = rest[i..].find("*/").map_or(rest.len(), |e| i + e + 2);
        bare.extend(rest[i..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    bare.push_str(rest);
    let mut out = Vec::new();
    for (head, ends) in [("url(", ")"), ("@import \"", "\""), ("@import '", "'")] {
        for (i, _) in bare.match_indices(head) {
            let body = &bare[i + head.len()..];
            // An address in quotes may itself hold a bracket, as pictures written into the sheet do.
            let quote = body
                .chars()
                .next()
                .filter(|c| head == "url(" && (*c == '"' || *c == '\''));
            let url = match quote {
                Some(q) => body[1..].split(q).next(),
                None => body.split(ends).next(),
            };
            let line = bare[..i].matches('\n').count() + 1;
            out.extend(url.map(|u| (line, u.trim().to_string())));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_with_their_lines() {
        let css = "/* url(no) \n */ a{b:url(x.png)}\n@import \"y.css\";\nc{d:url(\"data:image/svg+xml,(z)\")}";
        let found = urls(css);
        assert_eq!(
            found,
            [
                (2, "x.png".into()),
                (4, "data:image/svg+xml,(z)".into()),
                (3, "y.css".into())
            ]
        );
    }
}
