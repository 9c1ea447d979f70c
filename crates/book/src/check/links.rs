//! Links and whatever a page loads: they must exist, in the book, also when the book lies below a sub-path.

use super::{Built, Html};
use crate::finding::Findings;
use crate::html::{Tag, Token, tokens};
use crate::http::percent_decode;
use crate::markdown;
use crate::preprocess::site::Site;

/// Checks every address on a page and returns how many there are.
pub(super) fn check(book: &Built, page: &Html, site: &Site, all: &mut Findings) -> usize {
    let mut n = 0;
    let mut base = page.name.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
    // The page for "not found" is shown at any address; its <base> says where the book begins.
    let mut from_root = false;
    for token in tokens(&page.text) {
        let Token::Open(tag) = token else { continue };
        if tag.name == "base" {
            base = String::new();
            from_root = true;
            continue;
        }
        for (url, loads) in addresses(&tag) {
            n += 1;
            let line = line_of(page, &url);
            if let Some(what) = wrong(book, page, &base, from_root, &url, loads) {
                all.push(page.finding(line, what));
            }
        }
        if tag
            .attr("rel")
            .is_some_and(|r| r.split(' ').any(|r| r == "prev" || r == "next"))
            && let Some(to) = tag.attr("href")
            && let Some((target, _)) = join(&base, &to)
            && site.pages.iter().any(|p| p.html == target && p.left_out())
        {
            all.push(page.finding(None, format!("the way on leads to {target}, which is left out of the reading path; the template must not use mdBook’s previous and next")));
        }
    }
    n
}

/// The addresses in a tag, and whether the browser fetches them by itself.
fn addresses(tag: &Tag<'_>) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    let mut take = |name: &str, loads: bool| {
        if let Some(url) = tag.attr(name) {
            out.push((url.trim().to_string(), loads));
        }
    };
    match tag.name {
        "a" | "area" => take("href", false),
        "link" => {
            // These describe; every other kind of link is fetched.
            let rel = tag.attr("rel").unwrap_or_default();
            take(
                "href",
                !["canonical", "license", "author", "next", "prev", "alternate"].contains(&&*rel),
            );
        }
        "form" => take("action", true),
        "object" => take("data", true),
        _ => {
            for name in ["src", "poster", "href", "xlink:href", "formaction"] {
                take(name, true);
            }
        }
    }
    if let Some(set) = tag.attr("srcset") {
        out.extend(
            set.split(',')
                .filter_map(|s| s.split_whitespace().next())
                .map(|u| (u.to_string(), true)),
        );
    }
    out
}

fn wrong(book: &Built, page: &Html, base: &str, from_root: bool, url: &str, loads: bool) -> Option<String> {
    if url.starts_with("//") || url.starts_with("http://") || url.starts_with("https://") {
        return loads.then(|| format!("loads {url} from outside; a book makes no request to another host"));
    }
    if ["mailto:", "data:", "blob:", "tel:"].iter().any(|s| url.starts_with(s)) || url.is_empty() {
        return None;
    }
    if url.starts_with("javascript:") {
        return Some(format!("{url} is a script and not an address"));
    }
    if url.starts_with('/') && !from_root {
        return Some(format!(
            "{url} begins with a slash: it breaks when the book lies below a sub-path"
        ));
    }
    let Some((target, fragment)) = join(base, url) else {
        return Some(format!("dead link {url}: it leads out of the book"));
    };
    // An address of the same page.
    let target = if url.starts_with('#') || url.starts_with('?') {
        page.name.clone()
    } else {
        target
    };
    let file = book.folder.join(&target);
    let target = if file.is_dir() {
        format!("{}/index.html", target.trim_end_matches('/'))
            .trim_start_matches('/')
            .to_string()
    } else {
        target
    };
    match book.pages.get(&target) {
        None if book.folder.join(&target).is_file() => None,
        None => Some(format!("dead link {url}: there is no {target}")),
        Some(to) => {
            let known = fragment.is_empty() || fragment == "top" || to.ids.contains(&fragment);
            (!known).then(|| format!("dead link {url}: {target} has no anchor “{fragment}”"))
        }
    }
}

/// An address relative to a folder of the book, and its fragment; `None` when it leads out of the book.
pub(super) fn join(base: &str, url: &str) -> Option<(String, String)> {
    let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
    let path = percent_decode(path.split('?').next().unwrap_or(""))?;
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        base.split('/').filter(|p| !p.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), percent_decode(fragment)?))
}

/// The line of the Markdown source that an address on the page comes from.
fn line_of(page: &Html, url: &str) -> Option<usize> {
    let (_, source) = page.source.as_ref()?;
    let written = |to: &str| {
        let (path, rest) = to.split_at(to.find(['#', '?']).unwrap_or(to.len()));
        let path = path
            .strip_suffix(".md")
            .map_or(path.to_string(), |p| format!("{p}.html"));
        let path = match path.strip_suffix("README.html") {
            Some(folder) => format!("{folder}index.html"),
            None => path,
        };
        path + rest
    };
    let link = markdown::links(source)
        .into_iter()
        .find(|l| l.to == url || written(&l.to) == url);
    link.map(|l| l.line).or_else(|| page.line_with(&format!("\"{url}\"")))
}
