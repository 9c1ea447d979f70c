//! `cargo learn doctor`: what could stand in the way, and how to mend it.

mod branch;
mod editor;
mod places;
mod tools;

use crate::Outcome;
use crate::check::Session;
use crate::git;
use crate::term::{Term, Tone, say};
use anyhow::Result;

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// As it should be.
    Good,
    /// It works, and could be better.
    Note,
    /// It stands in the way.
    Bad,
}

/// What was found in one place.
#[derive(Debug, PartialEq)]
struct Line {
    mark: Mark,
    /// What was looked at.
    about: &'static str,
    /// What was found.
    found: String,
    /// How to mend it, a line each.
    mend: Vec<String>,
}

impl Line {
    fn good(about: &'static str, found: impl Into<String>) -> Line {
        Line { mark: Mark::Good, about, found: found.into(), mend: Vec::new() }
    }

    fn note(about: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Line {
        Line { mark: Mark::Note, mend: vec![mend.into()], ..Line::good(about, found) }
    }

    fn bad(about: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Line {
        Line { mark: Mark::Bad, ..Line::note(about, found, mend) }
    }

    fn text(&self, term: &Term) -> String {
        let mark = match self.mark {
            Mark::Good => term.tone(Tone::Good, "✓"),
            Mark::Note => "!".into(),
            Mark::Bad => term.tone(Tone::Bad, "✗"),
        };
        let head = term.hang(&format!("  {}", self.about), 18, &self.found);
        // The mark goes in front after the columns were counted.
        let mut out = format!("{mark}{}", head.strip_prefix(' ').unwrap_or(&head));
        for line in &self.mend {
            out += &term.hang("                →", 18, line);
        }
        out
    }
}

/// `cargo learn doctor`.
pub(crate) fn doctor(session: &Session, branch: Option<&str>) -> Result<Outcome> {
    if let Some(name) = branch {
        branch::check_name(name)?;
    }
    let mut bad = 0;
    let mut tell = |lines: Vec<Line>| {
        for line in lines {
            say(&line.text(&session.term));
            bad += usize::from(line.mark == Mark::Bad);
        }
    };
    // Each is said as it is found: some take a second.
    tell(vec![tools::rust(session)]);
    tell(vec![tools::linker()]);
    tell(tools::other_cargo());
    tell(vec![tools::crates(session)]);
    tell(places::room());
    tell(places::writable(session));
    tell(vec![places::record(session)]);
    tell(vec![places::starters(session)]);
    tell(vec![places::changes(session)]);
    tell(places::clock());
    tell(vec![editor::settings(session)]);
    let git = match branch {
        Some(name) => branch::begin(session, name),
        None => branch::state(session),
    };
    // Nothing stands in the way, and yet what was asked for was not done.
    let undone = branch.is_some() && git.mark != Mark::Good;
    tell(vec![git]);
    Ok(match bad {
        0 if undone => Outcome::NotYet,
        0 => Outcome::Done,
        n => {
            let things = if n == 1 {
                "1 thing stands"
            } else {
                &format!("{n} things stand")
            };
            let text = format!("{things} in the way (✗); how to mend it stands below each");
            say(&format!("\n{}", session.term.hang("", 0, &text)));
            Outcome::NotYet
        }
    })
}

/// How to get back a file of the project that is missing or broken.
fn get_back(session: &Session, path: &str) -> String {
    if git::is_clone(&session.place.root) {
        format!("git checkout -- {path}")
    } else {
        format!("take {path} from a fresh download")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_was_found_and_how_to_mend_it() {
        let line = Line::bad("Rust", "1.80.0; 1.95 or newer is needed", "rustup update stable");
        assert_eq!(
            line.text(&Term::PLAIN),
            "✗ Rust            1.80.0; 1.95 or newer is needed\n                → rustup update stable\n"
        );
        assert_eq!(Line::good("clock", "set").text(&Term::PLAIN), "✓ clock           set\n");
    }
}
