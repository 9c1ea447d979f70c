//! Where a line of prose may end, and how much room a text takes.

/// What a line may be broken between: words, numbers with what they count, and options with their values.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let mut out: Vec<String> = Vec::new();
    let mut words = text.split(breaks).filter(|w| !w.is_empty()).peekable();
    while let Some(word) = words.next() {
        let mut piece = word.to_owned();
        if word.starts_with("--") && words.peek().is_some_and(|next| !next.starts_with('-')) {
            // An option of a command, and its value.
            piece = format!("{piece} {}", words.next().unwrap_or_default());
        } else if is_number(word) && words.peek().is_some_and(|next| counts(next)) {
            let unit = words.next().unwrap_or_default();
            piece = format!("{piece} {unit}");
            // `200 per s`
            if unit == "per"
                && let Some(each) = words.next()
            {
                piece = format!("{piece} {each}");
            }
        }
        out.push(piece);
    }
    out
}

/// The text with no break between a number and what it counts, for where something else breaks the lines.
pub(crate) fn together(text: &str) -> String {
    let pieces = pieces(text);
    let whole: Vec<String> = pieces.iter().map(|p| p.replace(' ', "\u{a0}")).collect();
    whole.join(" ")
}

/// `1,200`, `0.25`, `–3`, `(38`, `[10`: something that a unit may follow.
fn is_number(word: &str) -> bool {
    let bare = word.trim_start_matches([
        '(', '[', '“', '"', '-', '–', '−', '+', '±', '≤', '≥', '<', '>', '~', '≈',
    ]);
    bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.ends_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || ",.'’/–-".contains(c))
}

/// What may be a unit, or what is counted: `ms`, `%`, `µs,`, `tries`. A number or a sign is none.
fn counts(word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| ",.;:)]”\"".contains(c));
    bare == "%" || bare == "×" || (bare.chars().count() <= 12 && bare.starts_with(char::is_alphabetic))
}

/// The columns that a text takes: what stands in a link's address, and colours, take none.
pub(crate) fn columns_of(text: &str) -> usize {
    let mut rest = text;
    let mut columns = 0;
    while let Some(at) = rest.find('\x1b') {
        columns += rest[..at].chars().count();
        rest = &rest[at..];
        let end = match rest.strip_prefix("\x1b]") {
            Some(address) => address.find("\x1b\\").map(|i| i + 4),
            None => rest.find(|c: char| c.is_ascii_alphabetic()).map(|i| i + 1),
        };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    columns + rest.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_what_it_counts_and_an_option_with_its_value() {
        for (text, want) in [
            ("in 12 ms, then", &["in", "12 ms,", "then"][..]),
            ("(38 %) of 1,200 queries", &["(38 %)", "of", "1,200 queries"]),
            ("200 per s or less", &["200 per s", "or", "less"]),
            ("in 2026. Then", &["in", "2026.", "Then"]),
            ("8\u{202f}% more", &["8\u{202f}%", "more"]),
            (
                "cargo learn lab 02 --seed 1",
                &["cargo", "learn", "lab", "02", "--seed 1"],
            ),
            ("at 5", &["at", "5"]),
        ] {
            assert_eq!(pieces(text), want, "{text}");
        }
        assert_eq!(together("freeze after 28 s, then"), "freeze after 28\u{a0}s, then");
    }

    #[test]
    fn what_is_not_seen_takes_no_room() {
        assert_eq!(columns_of("plain ü"), 7);
        assert_eq!(columns_of("\u{1b}[31m✗\u{1b}[0m x"), 3);
        assert_eq!(columns_of("\u{1b}]8;;http://a/b\u{1b}\\here\u{1b}]8;;\u{1b}\\"), 4);
    }
}
