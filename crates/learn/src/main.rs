//! `cargo learn`: the guided path through the exercises.
//!
//! It finds the learner's place, runs one step, shows one verdict, and remembers. It never judges: that is done by the
//! exercise's own tests, which work just as well with `cargo test`. See `docs/decisions/0004-learner-interface.md`.

mod board;
mod breaks;
mod browse;
mod calibration;
mod check;
mod cli;
mod clock;
mod dispute;
mod doctor;
mod export;
mod files;
mod git;
mod kept;
mod keys;
mod lab;
mod list;
mod look;
mod made;
mod near;
mod new_design;
mod page;
mod place;
mod progress;
mod replay;
mod report;
mod reset;
mod runner;
mod sheet;
mod show;
mod simulator;
mod solution;
mod steps;
mod term;
mod verdict;
mod verify;
mod watch;
mod words;
mod worksheet;

use std::process::ExitCode;

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It did what was asked; for a check: everything holds.
    Done,
    /// The answer does not hold yet.
    NotYet,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::NotYet => ExitCode::from(1),
        }
    }
}

fn main() -> ExitCode {
    match cli::run() {
        // It did what was asked, with a record that began anew: the message stands above.
        Ok(Outcome::Done) if progress::was_damaged() => ExitCode::from(2),
        Ok(outcome) => outcome.into(),
        Err(error) => {
            // The cause stands on the same line, unless a terminal is too narrow for it: a reader who pastes one line
            // into an issue pastes all of it.
            term::warn(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}
