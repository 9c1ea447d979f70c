//! What a check found about one step.

use crate::steps::At;
use crate::term::{Term, Tone};
use crate::verdict::{Failure, Finding};
use judge::verdict::Kind;
use std::time::Duration;

/// The state of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Every test holds.
    Holds,
    /// A test does not hold.
    Fails,
    /// It still is a `todo!`.
    NotWritten,
    /// Its worksheet has no whole first commit.
    NotCommitted,
    /// The compiler refuses it, or another step of the same exercise that it is compiled with.
    DoesNotCompile,
    /// A file that it needs is missing or cannot be read.
    Unreadable,
}

impl State {
    /// The word for programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Holds => "holds",
            State::Fails => "fails",
            State::NotWritten => "not-written",
            State::NotCommitted => "not-committed",
            State::DoesNotCompile => "does-not-compile",
            State::Unreadable => "unreadable",
        }
    }

    /// The sign of it, everywhere: ✓ it holds, ✗ it was judged and does not, ○ nothing was judged yet.
    pub(crate) fn mark(self, term: &Term) -> String {
        match self {
            State::Holds => term.tone(Tone::Good, "✓"),
            State::Fails => term.tone(Tone::Bad, "✗"),
            State::NotWritten | State::NotCommitted | State::DoesNotCompile | State::Unreadable => "○".to_owned(),
        }
    }

    /// Nobody has begun it, which is no fault.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, State::NotWritten | State::NotCommitted)
    }
}

/// One step, judged.
#[derive(Debug)]
pub(crate) struct Judged {
    /// Which step.
    pub(crate) at: At,
    /// What it came to.
    pub(crate) state: State,
    /// Its tests; 0 when none were run.
    pub(crate) tests: usize,
    /// Of these, how many hold.
    pub(crate) holding: usize,
    /// Recorded tries, this one among them.
    pub(crate) tries: u32,
    /// This run was recorded as a try.
    pub(crate) counted: bool,
    /// This run solved it, be it again.
    pub(crate) just_solved: bool,
    /// What a judge observed although the answer holds, a line each.
    pub(crate) observed: Vec<String>,
    /// The first test that does not hold.
    pub(crate) failure: Option<Box<Failure>>,
    /// Why nothing was run, in a line.
    pub(crate) note: String,
    /// How long its tests ran.
    pub(crate) took: Duration,
}

impl Judged {
    /// What the run of a step's tests came to.
    pub(crate) fn of(at: At, finding: Finding, took: Duration) -> Judged {
        let judged = Judged { took, ..Judged::without_a_run(at, State::Holds, String::new()) };
        match finding {
            Finding::Holds { tests, observed } => Judged { tests, holding: tests, observed, ..judged },
            Finding::Fails(failure) => Judged {
                state: match failure.verdict.kind {
                    Kind::Todo => State::NotWritten,
                    Kind::Uncommitted => State::NotCommitted,
                    _ => State::Fails,
                },
                tests: failure.tests,
                holding: failure.holding,
                failure: Some(failure),
                ..judged
            },
        }
    }

    /// A step that nothing was run of.
    pub(crate) fn without_a_run(at: At, state: State, note: String) -> Judged {
        Judged {
            at,
            state,
            tests: 0,
            holding: 0,
            tries: 0,
            counted: false,
            just_solved: false,
            observed: Vec::new(),
            failure: None,
            note,
            took: Duration::ZERO,
        }
    }
}
