//! The board as Markdown: the same words, with tables in place of figures.

use super::page::{how, missing, sheets, title};
use super::question::{Asked, Said};
use super::{Board, MARK};
use crate::words::markdown as plain;
use figures::Intervals;
use std::fmt::Write as _;

/// The text.
pub(super) fn markdown(board: &Board) -> String {
    let mut out = format!("{MARK}\n\n# {}\n", plain(&title(board)));
    for line in how(board) {
        let _ = write!(out, "\n{line}\n");
    }
    for part in &board.parts {
        let title = format!("{} {}", part.entry.number(), part.entry.manifest.title);
        let _ = write!(out, "\n## {}\n\n{}.\n", plain(&title), sheets(part));
        for asked in &part.asked {
            question(&mut out, asked);
        }
        if !part.verdicts.is_empty() {
            out += "\n### Verdicts\n";
        }
        for (head, said) in &part.verdicts {
            let _ = write!(out, "\n#### {head}\n");
            list(&mut out, said);
        }
    }
    if !board.left_out.is_empty() {
        out += "\n## Left out\n\n";
        for left in &board.left_out {
            let _ = writeln!(out, "- {}: {}", plain(board.name_of(left)), plain(&left.why));
        }
    }
    out
}

fn question(out: &mut String, asked: &Asked) {
    let q = asked.question;
    let _ = write!(
        out,
        "\n### {} ({})\n\n{}; {}.\n",
        plain(&q.text),
        plain(&q.unit),
        q.axis.words(),
        asked.differ()
    );
    if let Some(revealed) = asked.revealed() {
        let _ = write!(out, "\n**{}**\n", plain(&revealed));
    }
    for line in missing(asked) {
        let _ = write!(out, "\n{}\n", plain(&line));
    }
    if !asked.intervals.is_empty() {
        table(out, &asked.whole(), asked.truth.is_some());
    }
    list(out, &asked.reasons);
}

fn table(out: &mut String, figure: &Intervals, revealed: bool) {
    let columns = if revealed { 4 } else { 3 };
    let _ = write!(
        out,
        "\n| {} |\n|{}\n",
        Intervals::HEAD[..columns].join(" | "),
        "---|".repeat(columns)
    );
    for row in figure.rows() {
        let cells: Vec<String> = row[..columns].iter().map(|c| plain(c)).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}

fn list(out: &mut String, said: &[Said]) {
    if !said.is_empty() {
        out.push('\n');
    }
    for Said { who, words } in said {
        let _ = writeln!(out, "- **{}**: {}", plain(who), plain(words));
    }
}
