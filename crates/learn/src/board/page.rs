//! The board as one HTML page that needs nothing else: no script, no request, and nothing of what learners wrote is markup.

use super::part::Part;
use super::question::{Asked, Said};
use super::{Board, MARK, plural};
use crate::look;
use crate::words::html;
use figures::Intervals;
use judge::worksheet::Axis;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

const CSS: &str = include_str!("board.css");

/// Widths that figures are drawn for: a page and a projector, a phone.
const WIDE: f64 = 720.0;
const NARROW: f64 = 300.0;

/// The page.
pub(super) fn page(board: &Board) -> String {
    let body = body(board);
    // Only styles that carry this word count. It cannot be known before the page is made, so nobody can write it into a sheet.
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let nonce = format!("{:016x}", hasher.finish());
    format!(
        "<!doctype html>\n{MARK}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style nonce=\"{nonce}\">\n{}\n{}\n{CSS}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        html(&title(board)),
        look::TOKENS,
        figures::CSS
    )
}

/// What the page is called.
pub(super) fn title(board: &Board) -> String {
    match &board.parts[..] {
        [part] => format!("Board: {}", part.entry.manifest.title),
        parts => format!("Board: {}", plural(parts.len(), "design")),
    }
}

/// How to read it.
pub(super) fn how(board: &Board) -> [String; 2] {
    let who = if board.names {
        "Sheets are called by their files' names."
    } else {
        "Each letter is one sheet; letters do not follow names, and begin anew with each design."
    };
    let truth = if board.reveal {
        " The line is what the simulator gives; judged are first commits where there are some."
    } else {
        " Shown are first commits where there are some. What the simulator gives is not on this page."
    };
    [
        format!("{who}{truth}"),
        "The questions with most disagreement come first: those with the largest share of pairs of intervals that do not overlap, and \
         among equals those whose intervals lie farther apart."
            .into(),
    ]
}

/// How many sheets, and whether they can still change.
pub(super) fn sheets(part: &Part) -> String {
    let all = part.people.len();
    let open = match all - part.committed {
        0 => "all committed".to_owned(),
        1 => "1 not committed yet, so it may change".to_owned(),
        n => format!("{n} not committed yet, so they may change"),
    };
    format!("{}, {open}", plural(all, "sheet"))
}

/// People whose answer is not in the figure, and why.
pub(super) fn missing(asked: &Asked) -> Vec<String> {
    let mut out: Vec<String> = asked
        .refused
        .iter()
        .map(|(who, why)| format!("Not drawn: {who} ({why})."))
        .collect();
    if !asked.silent.is_empty() {
        out.push(format!("No interval: {}.", asked.silent.join(", ")));
    }
    out
}

fn body(board: &Board) -> String {
    let mut out = format!("<main>\n<h1>{}</h1>\n", html(&title(board)));
    for line in how(board) {
        let _ = writeln!(out, "<p class=\"how\">{}</p>", html(&line));
    }
    if !board.left_out.is_empty() {
        let count = plural(board.left_out.len(), "file");
        let _ = writeln!(out, "<p class=\"how\"><a href=\"#left-out\">{count} left out</a>.</p>");
    }
    if board.parts.len() > 1 {
        out += "<nav aria-label=\"Designs\">\n<ul>\n";
        for part in &board.parts {
            let _ = writeln!(
                out,
                "<li><a href=\"#design-{}\">{}</a></li>",
                part.entry.number(),
                heading(part)
            );
        }
        out += "</ul>\n</nav>\n";
    }
    for part in &board.parts {
        design(&mut out, part);
    }
    if !board.left_out.is_empty() {
        out += "<section id=\"left-out\">\n<h2>Left out</h2>\n<ul>\n";
        for left in &board.left_out {
            let _ = writeln!(
                out,
                "<li><bdi>{}</bdi>: <bdi>{}</bdi></li>",
                html(board.name_of(left)),
                html(&left.why)
            );
        }
        out += "</ul>\n</section>\n";
    }
    out + "</main>\n"
}

fn heading(part: &Part) -> String {
    html(&format!("{} {}", part.entry.number(), part.entry.manifest.title))
}

fn design(out: &mut String, part: &Part) {
    let number = part.entry.number();
    let _ = writeln!(
        out,
        "<section class=\"design\" id=\"design-{number}\">\n<h2>{}</h2>",
        heading(part)
    );
    let _ = writeln!(out, "<p class=\"how\">{}.</p>", sheets(part));
    for asked in &part.asked {
        question(out, asked);
    }
    if !part.verdicts.is_empty() {
        out.push_str("<section class=\"verdicts\">\n<h3>Verdicts</h3>\n");
        for (head, said) in &part.verdicts {
            let _ = writeln!(out, "<h4>{head}</h4>");
            list(out, said);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</section>\n");
}

fn question(out: &mut String, asked: &Asked) {
    let q = asked.question;
    let axis = match q.axis {
        Axis::Cost => "cost",
        Axis::Performance => "perf",
        Axis::Failure => "fail",
    };
    let _ = writeln!(
        out,
        "<section class=\"question\">\n<p class=\"kicker\"><span class=\"axis {axis}\">{}</span> {}</p>\n<h3>{} <span class=\"unit\">({})</span></h3>",
        q.axis.words(),
        html(&asked.differ()),
        html(&q.text),
        html(&q.unit)
    );
    if let Some(revealed) = asked.revealed() {
        let _ = writeln!(out, "<p class=\"truth\">{}</p>", html(&revealed));
    }
    for figure in asked.figures() {
        let _ = write!(
            out,
            "<figure class=\"drawing\">\n<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n</figure>\n",
            figure.draw(WIDE).0,
            figure.draw(NARROW).0
        );
    }
    for line in missing(asked) {
        let _ = writeln!(out, "<p class=\"how\"><bdi>{}</bdi></p>", html(&line));
    }
    if !asked.intervals.is_empty() {
        table(out, &asked.whole(), asked.truth.is_some());
    }
    list(out, &asked.reasons);
    out.push_str("</section>\n");
}

fn table(out: &mut String, figure: &Intervals, revealed: bool) {
    let columns = if revealed { 4 } else { 3 };
    out.push_str("<details>\n<summary>The intervals as a table</summary>\n<table>\n<thead><tr>");
    for head in &Intervals::HEAD[..columns] {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in figure.rows() {
        let _ = write!(out, "<tr><th scope=\"row\"><bdi>{}</bdi></th>", html(&row[0]));
        for cell in &row[1..columns] {
            let _ = write!(out, "<td>{}</td>", html(cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</details>\n");
}

/// Who said what. Each text stands in an element of its own direction, so that it cannot turn its neighbours.
fn list(out: &mut String, said: &[Said]) {
    if said.is_empty() {
        return;
    }
    out.push_str("<ul class=\"said\">\n");
    for Said { who, words } in said {
        let _ = writeln!(
            out,
            "<li><span class=\"who\"><bdi>{}</bdi></span> <p class=\"words\" dir=\"auto\">{}</p></li>",
            html(who),
            html(words)
        );
    }
    out.push_str("</ul>\n");
}
