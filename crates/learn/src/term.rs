//! What a terminal can do, and plain lines where there is none.

use std::env;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Standard output carries a document for a program; people are talked to on standard error.
static DOCUMENT: AtomicBool = AtomicBool::new(false);

/// How a piece of text is meant; colour never carries it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It holds.
    Good,
    /// It does not.
    Bad,
    /// A head.
    Strong,
    /// Said before, or in passing.
    Faint,
}

/// The abilities of standard output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    /// Colours are welcome.
    pub(crate) colour: bool,
    /// Links and wrapping are welcome.
    pub(crate) terminal: bool,
    /// Columns to wrap at, on a terminal.
    pub(crate) width: usize,
}

impl Term {
    /// What standard output can do. `NO_COLOR` (any value but an empty one) turns colour off.
    pub(crate) fn detect() -> Term {
        let set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
        let terminal = io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|t| t != "dumb");
        let told = env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = told.or_else(columns).unwrap_or(100);
        Term { colour: terminal && !set("NO_COLOR"), terminal, width: usize::max(width, 50) }
    }

    /// No colour, no links, no wrapping: for a file, for example.
    pub(crate) const PLAIN: Term = Term { colour: false, terminal: false, width: 100 };

    /// Text in a tone.
    pub(crate) fn tone(&self, tone: Tone, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Strong => "1",
            Tone::Faint => "2",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// A file to open, as text that a terminal may make a link of (OSC 8).
    pub(crate) fn file(&self, path: &Path, shown: &str) -> String {
        if !self.terminal {
            return shown.to_owned();
        }
        format!("\x1b]8;;{}\x1b\\{shown}\x1b]8;;\x1b\\", file_address(path))
    }

    /// Lines for a `head` of `indent` columns and a text that may be long: later lines stand below the text.
    pub(crate) fn hang(&self, head: &str, indent: usize, text: &str) -> String {
        let mut out = format!("{head:<indent$}");
        let room = if self.terminal {
            self.width.saturating_sub(indent).max(20)
        } else {
            usize::MAX
        };
        let mut column = 0;
        // A number stays with its unit: the spaces between them are such that do not break.
        let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
        for word in text.split(breaks).filter(|w| !w.is_empty()) {
            let wide = word.chars().count();
            if column > 0 && column + 1 + wide > room {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += wide;
        }
        out.push('\n');
        out
    }
}

/// Columns of the terminal behind standard output.
#[cfg(unix)]
fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

/// Elsewhere nobody is asked.
#[cfg(not(unix))]
fn columns() -> Option<usize> {
    None
}

/// The address of a file, for a link.
pub(crate) fn file_address(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut out = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' | b':' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// From now on standard output is kept for one document, and what is said to people goes to standard error.
pub(crate) fn keep_output_for_a_document() {
    DOCUMENT.store(true, Ordering::Relaxed);
}

/// Says something to people: on standard output, unless that is kept for a document.
pub(crate) fn say(text: &str) {
    if DOCUMENT.load(Ordering::Relaxed) {
        write_to(io::stderr().lock(), text);
    } else {
        write_to(io::stdout().lock(), text);
    }
}

/// Writes a document to standard output.
pub(crate) fn hand_over(document: &str) {
    write_to(io::stdout().lock(), document);
}

/// Writes text. A reader who closed the pipe has seen enough.
fn write_to(mut out: impl Write, text: &str) {
    if out
        .write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    {
        std::process::exit(0);
    }
}

/// Can a question be asked?
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal()
}

/// Asks a question that is answered by y or n; anything else is no.
pub(crate) fn ask(question: &str) -> bool {
    say(&format!("{question} [y/N] "));
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).is_ok() && matches!(line.trim(), "y" | "Y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_output_has_no_escapes() {
        assert_eq!(Term::PLAIN.tone(Tone::Bad, "x"), "x");
        assert_eq!(Term::PLAIN.file(Path::new("/a/b.rs"), "b.rs:3"), "b.rs:3");
        let colour = Term { colour: true, ..Term::PLAIN };
        assert_eq!(colour.tone(Tone::Bad, "x"), "\x1b[31mx\x1b[0m");
    }

    #[test]
    fn links_are_escaped() {
        let term = Term { terminal: true, ..Term::PLAIN };
        assert_eq!(
            term.file(Path::new("/a b/ü.rs"), "x"),
            "\x1b]8;;file:///a%20b/%C3%BC.rs\x1b\\x\x1b]8;;\x1b\\"
        );
        assert_eq!(file_address(Path::new("C:\\x\\y.rs")), "file:///C:/x/y.rs");
    }

    #[test]
    fn long_text_hangs_on_a_terminal_and_stays_whole_elsewhere() {
        let narrow = Term { terminal: true, width: 30, ..Term::PLAIN };
        assert_eq!(
            narrow.hang("a", 4, "one two three four five six seven"),
            "a   one two three four five\n    six seven\n"
        );
        assert_eq!(
            narrow.hang("", 0, "one two three four five six 6\u{202f}s"),
            "one two three four five six\n6\u{202f}s\n"
        );
        assert_eq!(Term::PLAIN.hang("a", 4, &"word ".repeat(60)).lines().count(), 1);
        assert_eq!(narrow.hang("a", 4, ""), "a   \n");
    }
}
