//! Small tools for HTML: escaping what we write, reading what mdBook wrote.

use std::borrow::Cow;

/// Text made safe for element content and for attributes, and inert for Markdown: whatever either could take as
/// markup becomes a numeric entity. So a piece of HTML can be put into a Markdown paragraph or a table cell.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' | '$' | '|' | '{' | '}' | '[' | ']' | '*' | '_' | '`' | '~' | '\\' => {
                out.push_str(&format!("&#{};", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

/// Finished HTML made inert for Markdown: the same characters become entities, but only between tags.
pub fn shield(html: &str) -> String {
    let (mut out, mut tag, mut quote) = (String::with_capacity(html.len() + 64), false, None);
    for c in html.chars() {
        match (c, tag, quote) {
            ('<', false, _) => tag = true,
            ('>', true, None) => tag = false,
            ('"' | '\'', true, None) => quote = Some(c),
            (c, true, Some(q)) if c == q => quote = None,
            ('*' | '_' | '[' | ']' | '|' | '\\' | '`' | '~' | '"' | '\'' | '$' | '{' | '}', false, _) => {
                out.push_str(&format!("&#{};", c as u32));
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Puts HTML on one line, so that no blank line can end an HTML block in Markdown and line numbers stay as they were.
/// Line ends inside `<pre>` become entities, which read the same.
pub fn one_line(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html.trim());
    while let Some(start) = rest.find("<pre") {
        out.push_str(&rest[..start].replace('\n', " "));
        let end = rest[start..].find("</pre>").map_or(rest.len(), |e| start + e);
        out.push_str(&rest[start..end].replace('\n', "&#10;"));
        rest = &rest[end..];
    }
    out.push_str(&rest.replace('\n', " "));
    out
}

/// A JSON value as the content of a `<script type="application/json">` element.
pub fn json_script(value: &serde_json::Value) -> String {
    // `<` would end the element early; `$` and `{{` would look like mathematics and directives to later steps.
    value.to_string().replace('<', "\\u003c").replace('$', "\\u0024")
}

/// A start tag, end tag, comment or text of a page, with its offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `<name attributes>`.
    Open(Tag<'a>),
    /// `</name>`: its name, and the offset after `>`.
    Close(&'a str, usize),
    /// Text between tags, undecoded.
    Text(&'a str),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Name as written.
    pub name: &'a str,
    /// Everything between name and `>`.
    pub inside: &'a str,
    /// Offset of `<`.
    pub start: usize,
    /// Offset after `>`.
    pub end: usize,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, entities decoded; `Some("")` when it has no value.
    pub fn attr(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attrs()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| decode(v))
    }

    /// Has it this class?
    pub fn has_class(&self, class: &str) -> bool {
        self.attr("class")
            .is_some_and(|c| c.split_ascii_whitespace().any(|one| one == class))
    }

    /// Does it end itself: void elements of HTML, and `<path/>` in SVG?
    pub fn is_void(&self) -> bool {
        const VOID: [&str; 14] = [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
            "wbr",
        ];
        self.inside.ends_with('/') || VOID.contains(&self.name)
    }

    /// The attributes, values undecoded.
    pub fn attrs(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.inside;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest
                .find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/')
                .unwrap_or(rest.len());
            let (name, after) = rest.split_at(end.max(1));
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
                rest = after;
                return Some((name, ""));
            };
            let quote = value.chars().next().filter(|c| *c == '"' || *c == '\'');
            let (value, left) = match quote {
                Some(q) => value[1..].split_once(q).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
            };
            rest = left;
            Some((name, value))
        })
    }
}

/// Splits a page into tags and text; comments and declarations are left out, `<script>` and `<style>` hold one text.
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < html.len() {
        let Some(open) = html[at..].find('<').map(|i| at + i) else {
            out.push(Token::Text(&html[at..]));
            break;
        };
        if open > at {
            out.push(Token::Text(&html[at..open]));
        }
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |i| open + i + 3);
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            at = rest.find('>').map_or(html.len(), |i| open + i + 1);
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            let end = tag_end(rest).map_or(html.len(), |i| open + i);
            at = end;
            let inner = html[open + 1..end].trim_end_matches('>');
            if let Some(name) = inner.strip_prefix('/') {
                out.push(Token::Close(name.trim(), end));
                continue;
            }
            let split = inner
                .find(|c: char| c.is_ascii_whitespace() || c == '/')
                .unwrap_or(inner.len());
            let (name, inside) = inner.split_at(split);
            out.push(Token::Open(Tag { name, inside, start: open, end }));
            if name == "script" || name == "style" {
                let close = html[end..].find(&format!("</{name}")).map_or(html.len(), |i| end + i);
                if close > end {
                    out.push(Token::Text(&html[end..close]));
                }
                at = close;
            }
        } else {
            out.push(Token::Text("<"));
            at = open + 1;
        }
    }
    out
}

/// Offset after the `>` that ends the tag at the start of `text`; a `>` in a quoted value does not.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (i, c) in text.char_indices().skip(1) {
        match (c, quote) {
            ('>', None) => return Some(i + 1),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(q)) if c == q => quote = None,
            _ => {}
        }
    }
    None
}

/// The few entities that can occur in an address or an id.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    for c in ['\'', '$', '|', '{', '}', '[', ']', '*', '_', '`', '~', '\\'] {
        out = out.replace(&format!("&#{};", c as u32), &c.to_string());
    }
    Cow::Owned(out.replace("&#x27;", "'").replace("&amp;", "&"))
}

/// Offset after the end tag that belongs to the element opened at `tags[i]`.
pub fn element_end(tokens: &[Token<'_>], i: usize) -> Option<usize> {
    let Token::Open(tag) = &tokens[i] else { return None };
    let mut depth = 0usize;
    for token in &tokens[i..] {
        match token {
            Token::Open(t) if t.name == tag.name && !t.is_void() => depth += 1,
            Token::Close(name, end) if *name == tag.name => {
                depth -= 1;
                if depth == 0 {
                    return Some(*end);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(html: &str) -> Vec<Tag<'_>> {
        tokens(html)
            .into_iter()
            .filter_map(|t| if let Token::Open(tag) = t { Some(tag) } else { None })
            .collect()
    }

    #[test]
    fn escaped_text_means_nothing_to_html_or_markdown() {
        assert_eq!(escape("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
        assert_eq!(escape("$1 | *x* [y]_z"), "&#36;1 &#124; &#42;x&#42; &#91;y&#93;&#95;z");
    }

    #[test]
    fn shield_leaves_tags_alone() {
        assert_eq!(shield("<a b='_*>'>x_*&lt;</a>"), "<a b='_*>'>x&#95;&#42;&lt;</a>");
        assert_eq!(
            shield(r"<m>\frac{{a}}{b}</m>"),
            "<m>&#92;frac&#123;&#123;a&#125;&#125;&#123;b&#125;</m>"
        );
    }

    #[test]
    fn one_line_keeps_the_lines_of_pre() {
        assert_eq!(
            one_line("<p>a\nb</p>\n<pre>x\n\ny</pre>\n<p>c\n</p>"),
            "<p>a b</p> <pre>x&#10;&#10;y</pre> <p>c </p>"
        );
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let tags = opens("<a href='x?a=1&amp;b=2' data-n=3 hidden title=\"a > b\">");
        assert_eq!(tags.len(), 1);
        assert_eq!(tags[0].attr("href").unwrap(), "x?a=1&b=2");
        assert_eq!(tags[0].attr("data-n").unwrap(), "3");
        assert_eq!(tags[0].attr("hidden").unwrap(), "");
        assert_eq!(tags[0].attr("title").unwrap(), "a > b");
        assert_eq!(tags[0].attr("none"), None);
    }

    #[test]
    fn comments_and_scripts_hold_no_tags() {
        let tags = opens("<!-- <b> --><script>if (a<b) '<i>'</script><p>x</p>");
        assert_eq!(tags.iter().map(|t| t.name).collect::<Vec<_>>(), ["script", "p"]);
    }

    #[test]
    fn a_lone_angle_bracket_is_text() {
        assert_eq!(
            tokens("1 < 2"),
            [Token::Text("1 "), Token::Text("<"), Token::Text(" 2")]
        );
    }

    #[test]
    fn the_matching_end_tag_is_found() {
        let html = "<div><div>a</div><img><div/>b</div>c";
        let t = tokens(html);
        let end = element_end(&t, 0).unwrap();
        assert_eq!(&html[end..], "c");
        assert_eq!(element_end(&tokens("<div><p>"), 0), None);
    }

    #[test]
    fn json_cannot_end_its_script_element() {
        let v = serde_json::json!({"a": "</script>$x$"});
        assert_eq!(json_script(&v), r#"{"a":"\u003c/script>\u0024x\u0024"}"#);
    }
}
