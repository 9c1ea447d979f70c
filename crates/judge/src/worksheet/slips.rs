//! What is wrong in a worksheet's text, place by place, in words for somebody who does not know TOML.

use std::ops::Range;
use toml::de::{DeTable, Error};

/// How an interval is written.
pub(super) const PAIR: &str = "answer = [120, 200]";
/// How a text is written.
const TEXT: &str = "reason = \"because …\"";

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slip {
    /// The line, counted from 1; 0 for the whole sheet.
    pub(super) line: usize,
    /// What is wrong, and what it should look like.
    pub(super) says: String,
}

/// All of them, a line each, in the order of the file.
pub(super) fn told(mut slips: Vec<Slip>) -> String {
    slips.sort();
    slips.dedup();
    let lines: Vec<String> = slips
        .iter()
        .map(|s| match s.line {
            0 => s.says.clone(),
            n => format!("line {n}: {}", s.says),
        })
        .collect();
    lines.join("\n")
}

/// The line of a byte, counted from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}

/// The places of a text that is no TOML, and the same text without them: the rest may be read all the same.
pub(super) fn syntax(text: &str, error: &Error) -> (Vec<Slip>, String) {
    let mut slips = Vec::new();
    let mut rest = text.to_owned();
    let pieces = pieces(text);
    let mut at = 0;
    while at < pieces.len() {
        let piece = pieces[at].clone();
        at += 1;
        let Err(why) = DeTable::parse(&text[piece.clone()]) else {
            continue;
        };
        // A text over several lines may hold what looks like the beginning of another value. It ends with its quotation marks.
        let quotes = ["\"\"\"", "'''"].into_iter().find(|q| text[piece.clone()].contains(q));
        if let Some(quotes) = quotes
            && let Some(end) = (at..pieces.len()).find(|i| text[pieces[*i].clone()].contains(quotes))
            && DeTable::parse(&text[piece.start..pieces[end].end]).is_ok()
        {
            at = end + 1;
            continue;
        }
        slips.push(slip(text, &piece, &why));
        let blank: String = text[piece.clone()].chars().filter(|c| *c == '\n').collect();
        let spaces = " ".repeat(piece.len() - blank.len());
        rest.replace_range(piece, &(spaces + &blank));
    }
    if slips.is_empty() {
        // Each piece is well on its own: two of them do not go together.
        let line = line_of(text, error.span().map_or(0, |s| s.start));
        slips.push(Slip { line, says: message(error) });
    }
    (slips, rest)
}

/// The text in pieces that each hold one head or one value, with the lines that belong to it.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut begins = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && (is_head(line) || key(line).is_some()) {
            begins.push(at);
        }
        at += line.len();
    }
    begins.push(text.len());
    begins.windows(2).map(|w| w[0]..w[1]).collect()
}

/// Does a line look like `[answers.p90]`?
fn is_head(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches('[');
    line.starts_with(|c: char| c.is_alphabetic()) && !line.contains('=') && key(line).is_none()
}

/// The key of a line that looks like `key = value`.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"');
    (!key.is_empty() && key.chars().all(plain)).then_some(key)
}

/// What is wrong with a piece.
fn slip(text: &str, piece: &Range<usize>, why: &Error) -> Slip {
    let whole = &text[piece.clone()];
    let first = whole.lines().next().unwrap_or_default();
    // What follows the first line only belongs to it when that is not whole.
    let (offset, line) = if DeTable::parse(first).is_ok() {
        let at = why.span().map_or(0, |s| s.start).min(whole.len());
        let from = whole[..at].rfind('\n').map_or(0, |n| n + 1);
        (from, whole[from..].lines().next().unwrap_or_default())
    } else {
        (0, first)
    };
    let shown: String = line.trim().chars().take(60).collect();
    Slip {
        line: line_of(text, piece.start + offset),
        says: format!("`{shown}`: {}", in_words(line.trim(), why)),
    }
}

fn in_words(line: &str, why: &Error) -> String {
    let Some((key, value)) = key(line).zip(line.split_once('=').map(|(_, v)| v.trim())) else {
        return if line.starts_with('[') && !line.contains(']') {
            format!("the closing bracket is missing; it looks like `{}]`", line.trim_end())
        } else {
            format!("this is no `key = value`; an answer looks like `{PAIR}`, a note begins with #")
        };
    };
    match key {
        "answer" | "first" => {
            let value = value.split('#').next().unwrap_or(value).trim();
            let what = match (value.starts_with('['), value.ends_with(']')) {
                _ if value.is_empty() => "the value is missing",
                (false, false) => "the brackets are missing",
                (false, true) => "the opening bracket is missing",
                (true, false) => "the closing bracket is missing",
                (true, true) if value.matches('[').count() != value.matches(']').count() => {
                    "there are more brackets on one side than on the other"
                }
                (true, true) if !value.contains(',') => "a comma is missing between the two numbers",
                (true, true) => "this is no list of two numbers",
            };
            format!("{what}; it looks like `{PAIR}`")
        }
        "schema" => "the format's version is a plain number: `schema = 1`".into(),
        "design" | "reason" | "mechanism" | "strongest" | "weakest" | "swap" | "decision" | "reverses_when" => {
            let quote = value.chars().next();
            let inside = value.get(1..).unwrap_or_default();
            let what = match quote {
                None => "the text is missing",
                Some('“' | '”' | '„' | '‘' | '’' | '«' | '»') => {
                    "the quotation marks are not straight ones"
                }
                Some(q @ ('"' | '\'')) if !inside.contains(q) => "the closing quotation mark is missing",
                Some('"' | '\'') if value.contains('\\') => "a backslash in a text is written twice: \\\\",
                Some('"') => "a quotation mark within the text is written \\\"",
                Some('\'') => "this is no text in quotation marks",
                Some(_) => "a text stands in quotation marks",
            };
            let like = TEXT.replacen("reason", key, 1);
            let like = if key == "mechanism" {
                "mechanism = \"the_key\"".into()
            } else {
                like
            };
            format!("{what}; it looks like `{like}`")
        }
        _ => format!("this is no valid TOML ({})", message(why)),
    }
}

/// The parser's own words, without the picture of the place.
fn message(why: &Error) -> String {
    why.message().lines().collect::<Vec<_>>().join(", ")
}
