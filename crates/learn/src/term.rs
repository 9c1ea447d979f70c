//! What a terminal can do, and plain lines where there is none.

pub(crate) use crate::breaks::{columns_of, together};

use crate::breaks::pieces;
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
        Term::of(io::stdout().is_terminal(), columns(Stream::Output))
    }

    /// What standard error can do: messages go there.
    pub(crate) fn of_errors() -> Term {
        Term::of(io::stderr().is_terminal(), columns(Stream::Errors))
    }

    fn of(is_terminal: bool, columns: Option<usize>) -> Term {
        let set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
        let terminal = is_terminal && env::var_os("TERM").is_none_or(|t| t != "dumb");
        let told = env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = told.or(columns).unwrap_or(100);
        Term { colour: terminal && !set("NO_COLOR"), terminal, width: usize::max(width, 30) }
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
        self.link(&file_address(path), shown)
    }

    /// An address to open, as text that a terminal may make a link of (OSC 8).
    pub(crate) fn link(&self, address: &str, shown: &str) -> String {
        if !self.terminal {
            return shown.to_owned();
        }
        format!("\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\")
    }

    /// Do so many columns fit on a line? Where nothing is wrapped they always do.
    pub(crate) fn fits(&self, wide: usize) -> bool {
        !self.terminal || wide <= self.width
    }

    /// A head, and behind it what must stay whole: a path, a command, an address. Without room it gets a line of its own.
    pub(crate) fn whole(&self, head: &str, what: &str) -> String {
        if self.fits(columns_of(head) + columns_of(what)) {
            return format!("{head}{what}\n");
        }
        format!("{}\n    {what}\n", head.trim_end())
    }

    /// The same for a command to be copied, which goes on below where its own line is too short as well.
    pub(crate) fn whole_command(&self, head: &str, command: &str) -> String {
        // Inside quotation marks no line can end.
        if self.fits(columns_of(head) + columns_of(command)) || command.contains('"') {
            return self.whole(head, command);
        }
        format!("{}\n{}", head.trim_end(), self.command("", 4, command))
    }

    /// A place that must stay whole, and a text about it: behind it, or below it where there is no room.
    pub(crate) fn beside(&self, place: &str, text: &str) -> String {
        if text.is_empty() || self.fits(2 + columns_of(place) + 3 + columns_of(text)) {
            return format!("  {}\n", format!("{place}   {text}").trim_end());
        }
        format!("  {}\n{}", place.trim_end(), self.hang("", 6, text))
    }

    /// Lines for a `head` of `indent` columns and a text that may be long: later lines stand below the text.
    pub(crate) fn hang(&self, head: &str, indent: usize, text: &str) -> String {
        self.broken(head, indent, text, "")
    }

    /// The same for a command, which can be copied as it stands: where it goes on below, the shell is told so.
    ///
    /// What stands behind it in brackets is no part of it, and gets a line of its own where the two do not fit on one.
    pub(crate) fn command(&self, head: &str, indent: usize, command: &str) -> String {
        if self.fits(usize::max(indent, columns_of(head)) + columns_of(command)) {
            return self.hang(head, indent, command);
        }
        let (command, note) = command.split_once(" (").unwrap_or((command, ""));
        let mut out = self.broken(head, indent, command, if cfg!(windows) { "" } else { " \\" });
        if !note.is_empty() {
            out += &self.hang("", indent, &format!("({note}"));
        }
        out
    }

    /// Lines of a file, each with a text about it: `path:12   text`, or below the path when one of them has no room. `shown` is the
    /// path as it is shown; `mark` stands before each line, and may be empty.
    pub(crate) fn places(&self, path: &Path, shown: &str, lines: &[(&str, usize, String)]) -> String {
        let wide = |mark: &str| columns_of(mark) + usize::from(!mark.is_empty());
        let longest = lines.iter().map(|(mark, _, text)| wide(mark) + columns_of(text)).max();
        let room = self.fits(2 + columns_of(shown) + 4 + 3 + longest.unwrap_or(0));
        let mut out = String::new();
        if !room {
            out += &format!("  {}\n", self.file(path, shown));
        }
        for (mark, line, text) in lines {
            let space = if mark.is_empty() { "" } else { " " };
            let head = if room {
                format!("  {mark}{space}{}   ", self.file(path, &format!("{shown}:{line:<3}")))
            } else {
                format!("    {mark}{space}{}   ", self.file(path, &format!("line {line:<3}")))
            };
            out += &if self.fits(columns_of(&head) + columns_of(text)) {
                format!("{head}{text}\n")
            } else {
                self.hang(&head, 8, text)
            };
        }
        out
    }

    /// A message on one line, or as many as it needs. Lines that it has already keep their indent; a picture of a place stays as it is.
    pub(crate) fn message(&self, text: &str) -> String {
        let line = |line: &str| {
            let line = line.trim_end();
            let words = line.trim_start_matches(' ');
            let indent = line.len() - words.len();
            let picture = words.starts_with(['|', '^']) || words.contains(" | ");
            if picture || self.fits(columns_of(line)) {
                return format!("{line}\n");
            }
            let deeper = if text.contains('\n') { indent + 2 } else { indent };
            // The first word stands where it stood, and what follows hangs.
            let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
            self.hang(&format!("{}{first} ", " ".repeat(indent)), deeper, rest)
        };
        text.lines().map(line).collect()
    }

    fn broken(&self, head: &str, indent: usize, text: &str, goes_on: &str) -> String {
        let pad = indent.saturating_sub(columns_of(head));
        let mut out = format!("{head}{}", " ".repeat(pad));
        let room = if self.terminal {
            self.width.saturating_sub(indent + goes_on.len()).max(20)
        } else {
            usize::MAX
        };
        // A head may be longer than the columns that later lines leave free.
        let mut column = columns_of(head).saturating_sub(indent);
        for (i, word) in pieces(text).iter().enumerate() {
            let wide = columns_of(word);
            if i > 0 && column + 1 + wide > room {
                out.push_str(goes_on);
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = 0;
            } else if i > 0 {
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

/// Which of our streams.
#[derive(Clone, Copy)]
enum Stream {
    Output,
    Errors,
}

/// Columns of the terminal behind one of our streams.
#[cfg(unix)]
fn columns(of: Stream) -> Option<usize> {
    let size = match of {
        Stream::Output => rustix::termios::tcgetwinsize(io::stdout()),
        Stream::Errors => rustix::termios::tcgetwinsize(io::stderr()),
    };
    size.ok().map(|s| usize::from(s.ws_col)).filter(|columns| *columns > 0)
}

/// Elsewhere nobody is asked.
#[cfg(not(unix))]
fn columns(_of: Stream) -> Option<usize> {
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

/// Says what is amiss, on standard error.
pub(crate) fn warn(text: &str) {
    write_to(io::stderr().lock(), &Term::of_errors().message(text));
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
        // Nor does a number leave its unit where the text has a plain space.
        for (text, want) in [
            (
                "one two three four five six 12 ms",
                "one two three four five six\n12 ms\n",
            ),
            (
                "one two three four five (38 %), then",
                "one two three four five\n(38 %), then\n",
            ),
            (
                "one two three four five 200 per s",
                "one two three four five\n200 per s\n",
            ),
            (
                "one two three four in 2026. Then",
                "one two three four in 2026.\nThen\n",
            ),
        ] {
            assert_eq!(narrow.hang("", 0, text), want);
        }
        assert_eq!(Term::PLAIN.hang("a", 4, &"word ".repeat(60)).lines().count(), 1);
        assert_eq!(narrow.hang("a", 4, ""), "a   \n");
        assert_eq!(
            narrow.hang("· 02/operate  ", 2, "one two three four"),
            "· 02/operate  one two three\n  four\n"
        );
        assert_eq!(
            narrow.message("a  b\n   ^ here is the place of it"),
            "a  b\n   ^ here is the place of it\n"
        );
        assert_eq!(
            narrow.message("error: a b, c: \n  one two three four five six seven"),
            "error: a b, c:\n  one two three four five six\n    seven\n"
        );
        assert_eq!(
            narrow.message("error: one two three four five"),
            "error: one two three four five\n"
        );
        assert_eq!(
            narrow.message("error: one two three four five six"),
            "error: one two three four five\nsix\n"
        );
    }
    #[test]
    fn places_in_a_file_name_it_once_where_there_is_no_room() {
        let lines = [
            ("✓", 7, "a  [1, 2] ms".to_owned()),
            ("·", 12, "b  no answer yet".to_owned()),
        ];
        let path = Path::new("/c/worksheet.toml");
        let shown = Term::PLAIN.places(path, "worksheet.toml", &lines);
        assert_eq!(
            shown,
            "  ✓ worksheet.toml:7     a  [1, 2] ms\n  · worksheet.toml:12    b  no answer yet\n"
        );
        let narrow = Term { width: 34, terminal: true, ..Term::PLAIN };
        let shown = narrow.places(path, "worksheet.toml", &lines);
        let plain: String = shown
            .split("\x1b]8;;")
            .map(|p| p.split_once("\x1b\\").map_or(p, |(_, shown)| shown))
            .collect();
        assert_eq!(
            plain,
            "  worksheet.toml\n    ✓ line 7     a  [1, 2] ms\n    · line 12    b  no answer yet\n"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_long_command_can_be_copied_as_it_stands() {
        let narrow = Term { terminal: true, width: 30, ..Term::PLAIN };
        assert_eq!(
            narrow.command("a", 4, "cargo learn replay 02/op --seed 1 (first of 3)"),
            "a   cargo learn replay 02/op \\\n    --seed 1\n    (first of 3)\n"
        );
        assert_eq!(Term::PLAIN.command("", 0, "cargo learn next"), "cargo learn next\n");
        assert_eq!(
            narrow.whole_command("  back   ", "cp kept/step4.1.rs src/step4_operate.rs"),
            "  back\n    cp kept/step4.1.rs \\\n    src/step4_operate.rs\n"
        );
        let quoted = "cp \"some where/a.1.rs\" \"some where/a.rs\"";
        assert_eq!(
            narrow.whole_command("  back   ", quoted),
            format!("  back\n    {quoted}\n")
        );
    }

    #[test]
    fn a_link_and_a_colour_take_no_columns() {
        let term = Term { colour: true, terminal: true, width: 40 };
        let link = term.link("http://127.0.0.1:3000/a/long/address.html", "here");
        assert_eq!(columns_of(&format!("{} {link}!", term.tone(Tone::Bad, "✗"))), 7);
        assert_eq!(
            term.hang("", 0, &format!("{link} one two three four five six"))
                .lines()
                .count(),
            1
        );
    }

    #[test]
    fn what_must_stay_whole_gets_a_line_where_there_is_no_room() {
        let narrow = Term { terminal: true, width: 30, ..Term::PLAIN };
        let path = "exercises/02-x/src/step4.rs:34";
        assert_eq!(narrow.whole("  open   ", "a.rs:3"), "  open   a.rs:3\n");
        assert_eq!(narrow.whole("  open   ", path), format!("  open\n    {path}\n"));
        assert_eq!(narrow.beside(path, ""), format!("  {path}\n"));
        assert_eq!(narrow.beside("a.rs:3", "the policy"), "  a.rs:3   the policy\n");
        assert_eq!(
            narrow.beside(path, "write the policy that asks twice"),
            format!("  {path}\n      write the policy that\n      asks twice\n")
        );
        assert_eq!(Term::PLAIN.beside(path, "x y"), format!("  {path}   x y\n"));
    }
}
