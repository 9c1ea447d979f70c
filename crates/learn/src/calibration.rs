//! How often the learner's 90 % intervals held, over all designs.

mod picture;
mod report;

use crate::Outcome;
use crate::check::Session;
use crate::sheet::OnDisk;
use crate::simulator::Simulator;
use crate::steps::Entry;
use crate::term::{self, Tone, say};
use crate::words;
use anyhow::{Result, bail};
use judge::calibration::Calibration;
use judge::worksheet::{Interval, Side};
use std::path::Path;

/// One design's first commit.
struct Committed<'a> {
    entry: &'a Entry,
    /// One a question, where there is one.
    first: Vec<Option<Interval>>,
}

/// One interval that counts.
struct Held {
    /// `02 busy_slots`.
    name: String,
    /// Where the truth lies.
    side: Side,
    /// The ends of the interval, as multiples of the truth.
    relative: (f64, f64),
}

/// One design's part of the result; nothing was held for a design without a commit.
struct Part<'a> {
    entry: &'a Entry,
    counted: Calibration,
    held: Vec<Held>,
}

/// `cargo learn calibration`.
pub(crate) fn calibration(session: &Session, svg: Option<&Path>) -> Result<Outcome> {
    if let Some(path) = svg {
        picture::may_write(path)?;
    }
    let commits = commits(session)?;
    let asked: Vec<String> = commits
        .iter()
        .filter(|c| c.first.iter().any(Option::is_some))
        .map(|c| c.entry.number())
        .collect();
    if asked.is_empty() {
        say(&report::no_commit(&session.term, commits.first().map(|c| c.entry)));
        return Ok(Outcome::Done);
    }
    let text = format!("· the simulator computes what it gives for {} …\n\n", asked.join(", "));
    say(&session.term.tone(Tone::Faint, &text));
    let simulator = Simulator::ready(session)?;
    let parts: Vec<Part> = commits.iter().map(|c| hold(c, &simulator)).collect::<Result<_>>()?;
    let mut all = Calibration::default();
    parts.iter().for_each(|p| all.join(&p.counted));
    say(&report::report(&session.term, &parts, &all));
    if let Some(path) = svg {
        picture::write(path, &parts, &all)?;
        say(&format!("\nThe picture is in {}.\n", path.display()));
    }
    Ok(Outcome::Done)
}

/// The first commits of every design whose sheet can be read, or is remembered; what cannot be read is named.
fn commits(session: &Session) -> Result<Vec<Committed<'_>>> {
    let progress = session.store.read()?;
    let mut commits = Vec::new();
    for entry in &session.catalogue.entries {
        let questions = &entry.manifest.questions;
        let remembered = progress.design(&entry.folder);
        let written: Vec<Option<Interval>> = match OnDisk::read(&session.place, entry) {
            Ok(disk) => disk.sheet.answers.iter().map(|a| a.first).collect(),
            Err(e) => {
                let counts = if remembered.first.is_empty() {
                    "its intervals do not count here"
                } else {
                    "the first commit that is remembered counts"
                };
                term::warn(&format!(
                    "note: design {}: {}; {counts}",
                    entry.number(),
                    words::one_line(&format!("{e:#}"))
                ));
                if remembered.first.is_empty() {
                    continue;
                }
                vec![None; questions.len()]
            }
        };
        let first = questions
            .iter()
            .zip(written)
            // The record is the older witness: a sheet can be written by hand.
            .map(|(q, written)| remembered.first_of(&q.id).or(written))
            .collect();
        commits.push(Committed { entry, first });
    }
    if commits.is_empty() {
        bail!(
            "no worksheet can be read; mend the first one named above, or put a copy of its pristine one in its place"
        );
    }
    Ok(commits)
}

/// Holds a commit against the simulator, which runs only where there is something to hold.
fn hold<'a>(commit: &Committed<'a>, simulator: &Simulator) -> Result<Part<'a>> {
    let mut part = Part { entry: commit.entry, counted: Calibration::default(), held: Vec::new() };
    if commit.first.iter().all(Option::is_none) {
        return Ok(part);
    }
    let questions = &commit.entry.manifest.questions;
    let truths = simulator.truths(commit.entry)?;
    for ((q, truth), interval) in questions.iter().zip(truths).zip(&commit.first) {
        let Some(interval) = *interval else { continue };
        let name = format!("{} {}", commit.entry.number(), q.id);
        match part.counted.add(interval, truth, q.scale) {
            Ok(side) => part
                .held
                .push(Held { name, side, relative: (interval.low / truth, interval.high / truth) }),
            Err(why) => term::warn(&format!("note: {name} does not count: {why}")),
        }
    }
    Ok(part)
}
