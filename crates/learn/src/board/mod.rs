//! A group's page from its worksheets: what the members disagree about comes first.

mod collect;
mod markdown;
mod page;
mod part;
mod question;

use crate::Outcome;
use crate::check::Session;
use crate::simulator::Simulator;
use crate::term::{self, Tone, say};
use crate::{files, made};
use anyhow::{Result, bail, ensure};
use collect::Found;
use part::Part;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is to be made.
pub(crate) struct Wish {
    /// Worksheets, or folders of them.
    pub(crate) sheets: Vec<PathBuf>,
    /// Where the page goes.
    pub(crate) out: PathBuf,
    /// Show the truth.
    pub(crate) reveal: bool,
    /// Call sheets by their files' names.
    pub(crate) names: bool,
}

/// By this a page is known as ours; the same stands at the head of the Markdown.
const MARK: &str = "<!-- made by `cargo learn board`, which replaces it -->";

/// Everything that page and Markdown show.
struct Board<'a> {
    /// One a design that has sheets, in order of number.
    parts: Vec<Part<'a>>,
    /// Files that are left out, and why.
    left_out: Vec<collect::LeftOut>,
    /// Sheets are called by their files' names.
    names: bool,
    /// The truth is shown.
    reveal: bool,
}

impl Board<'_> {
    /// What the page calls a file that was left out: its name may be somebody's.
    fn name_of<'a>(&self, left: &'a collect::LeftOut) -> &'a str {
        if self.names { &left.name } else { "a file" }
    }
}

/// `cargo learn board`.
pub(crate) fn board(session: &Session, wish: &Wish) -> Result<Outcome> {
    let markdown = beside(&wish.out)?;
    for path in [&wish.out, &markdown] {
        made::may_replace(path, MARK, "name another file with --out, or move this one away")?;
    }
    let Found { sheets, left_out } = collect::collect(&wish.sheets, &session.catalogue);
    for left in &left_out {
        term::warn(&format!("left out: {}: {}", left.path, left.why));
    }
    if sheets.is_empty() {
        bail!(
            "no worksheet to show among {}; give worksheets, or a folder of them",
            names_of(&wish.sheets)
        );
    }
    let count = sheets.len();
    let mut parts = part::parts(&session.catalogue, sheets, wish.names);
    if wish.reveal {
        reveal(session, &mut parts)?;
    }
    let board = Board { parts, left_out, names: wish.names, reveal: wish.reveal };
    files::write_atomically(&wish.out, &page::page(&board))?;
    files::write_atomically(&markdown, &markdown::markdown(&board))?;
    let designs: Vec<String> = board.parts.iter().map(|p| p.entry.number()).collect();
    let text = format!(
        "{} of {} on the board: {} (and {}, the same in Markdown)",
        plural(count, "worksheet"),
        if designs.len() == 1 {
            format!("design {}", designs[0])
        } else {
            format!("designs {}", designs.join(", "))
        },
        session.term.file(&wish.out, &wish.out.display().to_string()),
        markdown.display()
    );
    say(&session.term.message(&text));
    if !board.left_out.is_empty() {
        let text = format!(
            "{} left out; each is named above, and the page says why.",
            plural(board.left_out.len(), "file")
        );
        say(&session.term.message(&text));
    }
    if !wish.reveal {
        let text = "What the simulator gives is not on it; add --reveal when everyone has judged.";
        say(&session.term.message(text));
    }
    Ok(Outcome::Done)
}

/// Adds what the simulator gives, and says how long that took.
fn reveal(session: &Session, parts: &mut [Part]) -> Result<()> {
    let simulator = Simulator::ready(session)?;
    let begin = Instant::now();
    for part in parts.iter_mut() {
        part.reveal(&simulator)?;
    }
    let line = format!("· the simulator took {:.1} s\n", begin.elapsed().as_secs_f64());
    say(&session.term.tone(Tone::Faint, &line));
    Ok(())
}

/// The path of the Markdown beside the page.
fn beside(out: &Path) -> Result<PathBuf> {
    let html = out
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"));
    ensure!(
        html,
        "the page is HTML: let the name after --out end in .html, for example --out board.html"
    );
    Ok(out.with_extension("md"))
}

fn names_of(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths
        .iter()
        .take(3)
        .map(|p| crate::words::visible(&p.display().to_string(), 200))
        .collect();
    let more = if paths.len() > 3 { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

/// `1 sheet`, `2 sheets`.
fn plural(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
