//! `cargo learn replay`: one run of an answer beside a built-in one, as a page of its own.

mod numbers;
mod page;
mod run;

use crate::Outcome;
use crate::check::Session;
use crate::lab;
use crate::steps::At;
use crate::term::{Tone, file_address, say};
use crate::{browse, files, made};
use anyhow::{Context, Result, bail};
use judge::replay::Lab;
use outline::manifest::StepKind;
use run::Taken;
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be shown.
pub(crate) struct Wish {
    /// Test whose situation is run.
    pub(crate) test: Option<String>,
    /// Seed of the run.
    pub(crate) seed: Option<u64>,
    /// Even before the predictions are committed.
    pub(crate) anyway: bool,
    /// Open the page.
    pub(crate) open: bool,
}

/// `cargo learn replay`.
pub(crate) fn replay(session: &Session, at: At, wish: &Wish) -> Result<Outcome> {
    let short = session.catalogue.short(at);
    let entry = session.catalogue.entry(at);
    match session.catalogue.kind(at) {
        StepKind::Predict => bail!(
            "{short} has no run of yours to show: your numbers are held against the lab's runs; `cargo learn lab {}` shows one",
            entry.number()
        ),
        StepKind::Calculate => bail!(
            "{short} has no run to show: formulas are held against known results; `cargo learn check {short}` names the first case that is missed"
        ),
        StepKind::Choose | StepKind::Operate | StepKind::Attack => {}
    }
    run::known(session, at, wish.test.as_deref())?;
    if !lab::may_show(session, entry, wish.anyway)? {
        return Ok(Outcome::NotYet);
    }
    let Some(taken) = run::take(session, at, wish)? else {
        return Ok(Outcome::NotYet);
    };
    let drawn = taken.replay.as_ref().filter(|r| r.shown.is_some());
    let links = drawn.map(|r| Links::new(session, at, &r.lab, r.seed)).transpose()?;
    let path = write(session, at, &taken, &page::page(session, at, &taken, links.as_ref()))?;
    say(&report(session, at, &taken, links.as_ref(), &path));
    if wish.open {
        browse::open(&file_address(&path))?;
    }
    Ok(Outcome::Done)
}

/// Where the lab shows the same situation and seed with built-in policies.
struct Links {
    /// In the book, and in the terminal; `None` when it cannot show the situation.
    there: Option<(String, String)>,
    /// What is otherwise there, as a sentence; may be empty.
    otherwise: String,
}

impl Links {
    fn new(session: &Session, at: At, lab: &Lab, seed: u64) -> Result<Links> {
        let entry = session.catalogue.entry(at);
        let there = match &lab.knobs {
            Some(knobs) => {
                let knobs: Vec<String> = knobs.split_whitespace().map(str::to_owned).collect();
                let typed: String = knobs.iter().map(|k| format!(" {k}")).collect();
                let address = lab::address(session, entry, &knobs, seed)
                    .context("the design names knobs that its lab has not")?;
                Some((
                    address,
                    format!("cargo learn lab {}{typed} --seed {seed}", entry.number()),
                ))
            }
            None => None,
        };
        Ok(Links { there, otherwise: lab.otherwise.clone() })
    }
}

/// What a page is known by as ours.
const OURS: &str = "<meta name=\"generator\" content=\"cargo learn replay\">";

/// Writes the page beside the records, or into the folder for temporary files where that cannot be.
fn write(session: &Session, at: At, taken: &Taken, page: &str) -> Result<PathBuf> {
    let short = session.catalogue.short(at).replace('/', "-");
    let name = format!("{short}-{}-{}.html", taken.verdict.test, taken.seed);
    let folder = session.place.records.join("replays");
    let path = folder.join(&name);
    made::may_replace(&path, OURS, "move it away")?;
    let written = fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))
        .and_then(|()| files::write_atomically(&path, page));
    let Err(why) = written else {
        return Ok(path);
    };
    let other = tempfile::Builder::new()
        .prefix(&format!("{short}-"))
        .tempdir()
        .with_context(|| format!("{why:#}; and no folder for temporary files could be made"))?
        .keep();
    say(&session.term.tone(
        Tone::Faint,
        &format!("· {why:#}\n· so the page is in the folder for temporary files\n"),
    ));
    files::write_atomically(&other.join(&name), page)?;
    Ok(other.join(name))
}

/// What is said when the page is there.
fn report(session: &Session, at: At, taken: &Taken, links: Option<&Links>, path: &Path) -> String {
    let term = &session.term;
    let mark = if taken.verdict.passed {
        term.tone(Tone::Good, "✓")
    } else {
        term.tone(Tone::Bad, "✗")
    };
    let short = session.catalogue.short(at);
    let mut out = format!(
        "{mark} {}  {}   seed {}\n\n",
        term.tone(Tone::Strong, &short),
        taken.verdict.test,
        taken.seed
    );
    match taken.shown() {
        Some(shown) => out += &term.hang("", 2, &shown.summary),
        None => out += &term.hang("", 2, &format!("No run can be drawn: {}", taken.verdict.observed)),
    }
    let shown = session.place.shown(path);
    out.push('\n');
    out += &term.whole("  page   ", &term.file(path, &shown));
    let Some(links) = links else { return out };
    match &links.there {
        Some((address, command)) => {
            out.push('\n');
            let text = "The same situation and seed in the lab, with built-in policies: in the book while `cargo book` runs, or in the terminal.";
            out += &term.hang("", 2, text);
            let served = crate::page::served(address);
            out += &format!("    {}\n", term.link(&served, &served));
            out += &term.command("", 4, command);
        }
        None => out += "\n  The lab cannot show this situation.\n",
    }
    if !links.otherwise.is_empty() {
        out += &term.hang("", 2, &links.otherwise);
    }
    out
}
