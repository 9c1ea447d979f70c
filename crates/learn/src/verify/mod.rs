//! For authors: proves that a design's starters, solutions, misconceptions and texts are what they should be.
//!
//! Every message says what is wrong, where, and how to mend it.

mod folders;
mod generated;
mod hints;
mod manifest;
mod margins;
mod matrix;
mod programs;
mod rust_level;
mod shard;
mod starters;
mod styles;
mod texts;

pub(crate) use texts::rust_files;

use crate::Outcome;
use crate::check::Session;
use crate::place::Place;
use crate::steps::Entry;
use crate::term::{Tone, say};
use anyhow::Result;
use shard::Shard;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is asked for.
pub(crate) struct Wanted {
    /// Independent pools of seeds, one after another; the tests read the number of theirs from `DSR_POOL`.
    pub(crate) pools: u64,
    /// Only the parts that compile nothing.
    pub(crate) texts: bool,
    /// `i/n`: only every n-th part of the work.
    pub(crate) shard: Option<String>,
    /// Copy exercises/ over the pristine starters first.
    pub(crate) accept_starters: bool,
}

/// Makes what stands in an exercise's folder its pristine starter.
pub(crate) fn accept_starters(place: &Place, folder: &str) -> Result<()> {
    starters::accept(place, folder).map(drop)
}

/// What a learner edits, relative to an exercise's folder or its pristine starter: the worksheet and the sources, in order.
pub(crate) fn answer_files(folder: &Path) -> Result<Vec<PathBuf>> {
    starters::files_of(folder)
}

/// One thing that is wrong, and how to mend it.
type Problem = String;

/// What one part found, with what it wants to say besides.
#[derive(Default)]
struct Part {
    problems: Vec<Problem>,
    /// Printed whether or not there are problems.
    report: String,
}

impl From<Vec<Problem>> for Part {
    fn from(problems: Vec<Problem>) -> Part {
        Part { problems, report: String::new() }
    }
}

/// `cargo learn verify`.
pub(crate) fn verify(session: &Session, design: Option<usize>, wanted: &Wanted) -> Result<Outcome> {
    let shard = Shard::read(wanted.shard.as_deref())?;
    let mut wrong = 0;
    for (i, entry) in session.catalogue.entries.iter().enumerate() {
        if design.is_some_and(|d| d != i) {
            continue;
        }
        if wanted.accept_starters {
            let copied = starters::accept(&session.place, &entry.folder)?;
            say(&format!(
                "{}: {copied} files are the pristine starters now\n",
                entry.folder
            ));
        }
        say(&format!("{}\n", session.term.tone(Tone::Strong, &entry.folder)));
        if shard.mine() {
            wrong += part(session, "texts", || Ok(texts::check(&session.place, entry)?.into()))?;
        }
        if shard.mine() {
            wrong += part(session, "starters are pristine", || {
                Ok(starters::check(&session.place, entry)?.into())
            })?;
        }
        if !wanted.texts {
            wrong += compiled(session, entry, wanted.pools, &shard)?;
        }
    }
    if let Some(summary) = shard.summary() {
        say(&format!("\n{summary}\n"));
    }
    if wrong == 0 {
        return Ok(Outcome::Done);
    }
    say(&format!("\n{wrong} to mend\n"));
    Ok(Outcome::NotYet)
}

/// The parts that compile and run. A step of the solution, a wrong answer and a style are a piece of work each, on all pools:
/// margins are means over the pools.
fn compiled(session: &Session, entry: &Entry, pools: u64, shard: &Shard) -> Result<usize> {
    let place = &session.place;
    let made = generated::Workspace::write(place, entry)?;
    let starters_are_ours = shard.mine();
    let steps: Vec<usize> = (0..entry.manifest.steps.len()).filter(|_| shard.mine()).collect();
    let answers = shard.ours(&made.answers);
    let styles = shard.ours(&made.styles);
    let on = |what: &str| {
        if pools > 1 {
            format!("{what}, on {pools} pools")
        } else {
            what.to_owned()
        }
    };
    let mut wrong = 0;
    if starters_are_ours {
        let name = "starters compile without warnings and fail with their own todo!";
        wrong += part(session, name, || Ok(starters::run(place, entry, &made)?.into()))?;
    }
    if !steps.is_empty() {
        wrong += part(session, &on("solutions pass, and no limit is near"), || {
            starters::solutions(place, entry, &steps, pools)
        })?;
    }
    if !answers.is_empty() {
        wrong += part(session, &on("each wrong answer is rejected as what it is"), || {
            matrix::check(entry, &made, &answers, pools)
        })?;
    }
    if !styles.is_empty() {
        wrong += part(session, &on("other right answers pass"), || {
            styles::check(&made, &styles, pools)
        })?;
    }
    Ok(wrong)
}

/// Runs one part and prints what it found; returns how many problems there are.
fn part(session: &Session, name: &str, work: impl FnOnce() -> Result<Part>) -> Result<usize> {
    let begun = Instant::now();
    if session.term.terminal {
        // Some parts take minutes; the line is written over when there is a result.
        say(&format!("  · {name} …\r"));
    }
    let found = work()?;
    let seconds = begun.elapsed().as_secs_f64();
    let mark = if found.problems.is_empty() {
        session.term.tone(Tone::Good, "✓")
    } else {
        session.term.tone(Tone::Bad, "✗")
    };
    let mut out = format!(
        "  {mark} {name}   {}\n",
        session.term.tone(Tone::Faint, &format!("{seconds:.1} s"))
    );
    for problem in &found.problems {
        for (i, line) in problem.lines().enumerate() {
            out += if i == 0 { "      - " } else { "        " };
            out += line;
            out.push('\n');
        }
    }
    out += &found.report;
    say(&out);
    Ok(found.problems.len())
}
