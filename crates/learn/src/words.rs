//! Words that somebody else wrote, made safe to show: in a terminal, in a page, in Markdown.

/// The same text with every character that is not seen, or that moves what is seen, replaced by its number (`⟨U+202E⟩`). Line ends and tabs become
/// spaces, and a text of more than `most` characters ends with how many there are more.
pub(crate) fn visible(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most * 2));
    for c in text.chars().take(most) {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if hidden(c) => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => out.push(c),
        }
    }
    let more = text.chars().count().saturating_sub(most);
    if more > 0 {
        out += &format!(" … (and {more} characters more)");
    }
    out
}

/// Characters without a picture of their own: controls, marks of direction, fillers, tags, and those of private use. What
/// joins letters or emoji (U+200C, U+200D) stays.
fn hidden(c: char) -> bool {
    matches!(
        u32::from(c),
        0x0..=0x1f
            | 0x7f..=0x9f
            | 0xad
            | 0x61c
            | 0x115f..=0x1160
            | 0x180b..=0x180f
            | 0x200b
            | 0x200e..=0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0x3164
            | 0xe000..=0xf8ff
            | 0xfeff
            | 0xffa0
            | 0xfff0..=0xfffb
            | 0xe0000..=0xe0fff
            | 0xf0000..=0x10ffff
    )
}

/// An error's text on one line, without the picture of the place that a TOML error brings along.
pub(crate) fn one_line(error: &str) -> String {
    let kept = error.lines().map(str::trim).filter(|l| {
        !l.is_empty()
            && !l
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
                .starts_with('|')
    });
    visible(&kept.collect::<Vec<_>>().join(": "), 300)
}

/// For element content and for attributes of HTML.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// For Markdown, inside a line: nothing of it is markup, also none of the HTML that Markdown lets through.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // An address is not made into a link.
    out.replace("://", "\\://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_becomes_visible() {
        assert_eq!(visible("a\x1b[31mb\0\x07", 99), "a⟨U+001B⟩[31mb⟨U+0000⟩⟨U+0007⟩");
        assert_eq!(visible("a\n\r\tb\u{2028}c", 99), "a   b c");
        assert_eq!(visible("\u{202e}evil\u{2066}", 99), "⟨U+202E⟩evil⟨U+2066⟩");
        assert_eq!(visible("\u{9b}31m\u{200b}\u{feff}", 99), "⟨U+009B⟩31m⟨U+200B⟩⟨U+FEFF⟩");
        let kept = "Grüße, שלום, 你好, نویسه\u{200c}ها, 👩\u{200d}💻";
        assert_eq!(visible(kept, 99), kept);
    }

    #[test]
    fn a_long_text_says_how_much_is_left_out() {
        assert_eq!(visible("äöü", 3), "äöü");
        assert_eq!(visible("äöüß!", 3), "äöü … (and 2 characters more)");
    }

    #[test]
    fn html_and_markdown_mean_nothing() {
        assert_eq!(
            html("<b a='1' b=\"2\">&"),
            "&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;"
        );
        assert_eq!(
            markdown("![x](http://y) <i> `a` *b*"),
            "!\\[x\\](http\\://y) &lt;i&gt; \\`a\\` \\*b\\*"
        );
    }

    #[test]
    fn an_error_fits_a_line() {
        let toml =
            "worksheet.toml: TOML parse error at line 3, column 9\n  |\n3 | answer = [\n  |          ^\nunclosed array";
        assert_eq!(
            one_line(toml),
            "worksheet.toml: TOML parse error at line 3, column 9: unclosed array"
        );
    }
}
