//! What is typed while the watcher waits: single keys on a terminal, a line each elsewhere.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::Sender;

/// One thing that the watcher is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Check again.
    Again,
    /// The next hint.
    Hint,
    /// Go on to the next step that is not solved.
    Next,
    /// Show the task again.
    Task,
    /// All steps.
    List,
    /// Run every step of the design.
    All,
    /// Open the exercise's page.
    Page,
    /// What the keys do.
    Help,
    /// End.
    Quit,
    /// Nothing that is known.
    Unknown(String),
}

/// What the keys do, on one line; `line` is true where each needs Enter.
pub(crate) fn help(line: bool) -> String {
    let enter = if line { ", each with Enter" } else { "" };
    let keys = [
        "h hint",
        "n next",
        "t task",
        "l list",
        "a all steps",
        "o open the page",
        "q quit",
    ];
    // A line may end behind a key's word, never between the two.
    let keys = keys.map(|k| k.replace(' ', "\u{a0}")).join(" · ");
    format!("{keys}{enter} · Enter\u{a0}checks\u{a0}again")
}

impl Key {
    /// The key of what was typed: a letter, or its word.
    fn of(typed: &str) -> Key {
        match typed.trim().to_lowercase().as_str() {
            "" => Key::Again,
            "h" | "hint" => Key::Hint,
            "n" | "next" => Key::Next,
            "t" | "task" => Key::Task,
            "l" | "list" => Key::List,
            "a" | "all" => Key::All,
            "o" | "open" => Key::Page,
            "?" | "help" => Key::Help,
            "q" | "quit" | "exit" => Key::Quit,
            other => Key::Unknown(other.to_owned()),
        }
    }
}

/// Reads keys until nobody listens or the input ends; a script's input may end while the watcher goes on.
pub(crate) fn listen<T: From<Key>>(single: bool, to: &Sender<T>) {
    if single {
        let mut keys = Decoder::default();
        for byte in io::stdin().lock().bytes().map_while(Result::ok) {
            if keys.push(byte).is_some_and(|key| to.send(key.into()).is_err()) {
                return;
            }
        }
    } else {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if to.send(Key::of(&line).into()).is_err() {
                return;
            }
        }
    }
}

/// Makes keys of a terminal's bytes. Arrow keys and the like arrive as several bytes, which mean nothing here.
#[derive(Default)]
struct Decoder {
    /// Bytes of a sequence that began with Escape, after it.
    escape: Option<usize>,
    /// A character of several bytes.
    character: Vec<u8>,
}

impl Decoder {
    fn push(&mut self, byte: u8) -> Option<Key> {
        if let Some(seen) = self.escape {
            // `ESC [ … letter`, or `ESC letter`; the bracket itself does not end it.
            let introduces = seen == 0 && (byte == b'[' || byte == b'O');
            self.escape = (introduces || !(byte.is_ascii_alphabetic() || byte == b'~')).then_some(seen + 1);
            return None;
        }
        match byte {
            0x1b => self.escape = Some(0),
            b'\r' | b'\n' => return Some(Key::Again),
            // The end of the input, as typed.
            0x04 => return Some(Key::Quit),
            b' ' => return Some(Key::Again),
            _ => {
                self.character.push(byte);
                if let Ok(text) = std::str::from_utf8(&self.character) {
                    let key = Key::of(text);
                    self.character.clear();
                    return Some(key);
                }
                if self.character.len() >= 4 {
                    self.character.clear();
                }
            }
        }
        None
    }
}

/// A terminal that hands over each key as it is pressed, and does not show it. Put back as it was when dropped.
///
/// Everything else stays as it is: output is processed as ever, so compiler messages come through untouched, and Ctrl-C and Ctrl-Z
/// still work. Elsewhere than on Unix, or when standard input is no terminal, keys need Enter.
pub(crate) struct Single {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

impl Single {
    /// Switches the terminal over; `None` where keys need Enter.
    #[cfg(unix)]
    pub(crate) fn begin() -> Option<Single> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok()?;
        let mut modes = before.clone();
        modes.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Now, &modes).ok()?;
        Some(Single { before })
    }

    /// Keys need Enter here.
    #[cfg(not(unix))]
    pub(crate) fn begin() -> Option<Single> {
        None
    }
}

#[cfg(unix)]
impl Drop for Single {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // A terminal that is gone needs no putting back.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> Vec<Key> {
        let mut decoder = Decoder::default();
        bytes.iter().filter_map(|b| decoder.push(*b)).collect()
    }

    #[test]
    fn no_key_stands_on_another_line_than_its_word() {
        let lines = help(false).split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(
            lines.contains(&"o\u{a0}open\u{a0}the\u{a0}page".to_owned()),
            "{lines:?}"
        );
        assert!(
            lines.iter().all(|piece| piece.chars().count() != 1 || piece == "·"),
            "{lines:?}"
        );
    }

    #[test]
    fn letters_and_words_mean_the_same() {
        for (letter, word) in [
            ("h", "hint"),
            ("n", "next"),
            ("l", " List "),
            ("q", "quit"),
            ("a", "all"),
        ] {
            assert_eq!(Key::of(letter), Key::of(word));
        }
        assert_eq!(Key::of("x"), Key::Unknown("x".into()));
    }

    #[test]
    fn single_keys_are_read_as_they_come() {
        assert_eq!(keys(b"hH\r"), [Key::Hint, Key::Hint, Key::Again]);
        assert_eq!(keys("ü".as_bytes()), [Key::Unknown("ü".into())]);
        assert_eq!(keys(b"\x04"), [Key::Quit]);
    }

    #[test]
    fn arrows_and_function_keys_do_nothing() {
        assert_eq!(keys(b"\x1b[A\x1b[3~\x1bOP\x1b[1;5Cq"), [Key::Quit]);
    }

    #[test]
    fn bytes_that_are_no_text_do_nothing() {
        assert_eq!(keys(b"\xff\xff\xff\xffq").last(), Some(&Key::Quit));
    }
}
