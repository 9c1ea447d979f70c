//! The page: one file that asks for nothing, for a phone, a wide screen and paper, in light and dark.

use super::numbers::besides;
use super::run::Taken;
use super::{Links, OURS};
use crate::check::Session;
use crate::page::served;
use crate::steps::At;
use crate::term::together;
use crate::words::html;
use outline::replay::{Figure, Least, Shown, Table};
use std::fmt::Write as _;

/// How the page looks: the book's tokens, the places of its figures, the figures, and the page itself.
const STYLE: [&str; 4] = [
    include_str!("../../../../theme/css/tokens.css"),
    include_str!("../../../../theme/css/figures.css"),
    figures::CSS,
    include_str!("page.css"),
];

/// The page of a run.
pub(super) fn page(session: &Session, at: At, taken: &Taken, links: Option<&Links>) -> String {
    let short = session.catalogue.short(at);
    let design = &session.catalogue.entry(at).manifest.title;
    let test = taken.verdict.test.replace('_', " ");
    let (seed, title) = (taken.seed, format!("{short}, {test}, seed {}", taken.seed));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n{OURS}\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        html(&title),
        STYLE.concat()
    );
    write!(
        out,
        "<h1>{}</h1>\n<p class=\"quiet\">{} · {} · one run, seed {seed}</p>\n",
        html(&capital(&test)),
        html(design),
        html(&short)
    )
    .expect("writing to a string");
    out += &verdict(taken);
    match taken.shown() {
        Some(shown) => out += &run(shown, seed),
        None => out += "<h2>The run</h2>\n<p>There is none to draw: the verdict says why.</p>\n",
    }
    if let Some(links) = links {
        out += &in_the_lab(links);
    }
    out += &footer(session, at, taken);
    out
}

fn verdict(taken: &Taken) -> String {
    let v = &taken.verdict;
    if v.passed {
        return "<section class=\"verdict holds\">\n<h2>✓ It holds</h2>\n<p>Over the runs that are judged, this test holds.</p>\n</section>\n".into();
    }
    let mut out = String::from("<section class=\"verdict\">\n<h2>✗ It does not hold</h2>\n<dl>\n");
    let place = taken.place.clone().unwrap_or_default();
    for (head, text) in [
        ("observed", &v.observed),
        (v.kind.head(), &v.assumes),
        ("what happened instead", &v.instead),
        ("ask yourself", &v.ask),
        ("replay", &v.replay),
        ("where", &place),
    ] {
        if !text.is_empty() {
            let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", html(head), html(text));
        }
    }
    out + "</dl>\n</section>\n"
}

fn run(shown: &Shown, seed: u64) -> String {
    let [one, other] = shown.sides.each_ref().map(|s| html(s));
    let mut out = format!(
        "<h2>The run with seed {seed}</h2>\n<p>Two runs on the same arrivals and with the same luck: {one}, and {other}.</p>\n<p>{}</p>\n",
        html(&shown.summary),
    );
    for f in &shown.figures {
        out += &figure(f);
    }
    if let Some(least) = &shown.least {
        out += &least_faults(least);
    }
    out += "<h2>The numbers</h2>\n";
    out += &table(&shown.table, "");
    out += &table(&besides(&shown.table, &shown.facts), "");
    out
}

fn figure(f: &Figure) -> String {
    let mut out = format!(
        "<figure class=\"drawing\">\n<div class=\"wide\">{}</div>\n<div class=\"narrow\">{}</div>\n<figcaption>{}</figcaption>\n",
        f.wide,
        f.narrow,
        html(&f.caption)
    );
    if f.events {
        out += "</figure>\n<h3>What happened there, in order</h3>\n<ol class=\"events\" role=\"list\">\n";
        for row in &f.table.rows {
            if let [at, place, what] = &row[..] {
                let _ = writeln!(out, "<li><b>{} s</b> {}: {}</li>", html(at), html(place), html(what));
            }
        }
        return out + "</ol>\n";
    }
    let told = if f.table.head.len() == 3 && f.table.head[1] == "where" {
        "told"
    } else {
        ""
    };
    out += "<details><summary>The numbers behind this figure</summary>\n";
    out += &table(&f.table, told);
    out + "</details>\n</figure>\n"
}

fn least_faults(least: &Least) -> String {
    let list = |faults: &[String]| -> String { faults.iter().map(|f| format!("<li>{}</li>\n", html(f))).collect() };
    let count = |n: usize| {
        if n == 1 {
            "one fault".into()
        } else {
            format!("{n} faults")
        }
    };
    format!(
        "<h2>The least that it takes</h2>\n<p>This run had {}. With these alone it still goes wrong: {}. (The search took {} simulated runs.)</p>\n<ol>\n{}</ol>\n<p>The run as it was:</p>\n<ol>\n{}</ol>\n{}",
        count(least.before.len()),
        html(&least.wrong),
        least.runs,
        list(&least.after),
        list(&least.before),
        figure(&least.figure)
    )
}

fn in_the_lab(links: &Links) -> String {
    let mut out = String::from("<h2>In the lab</h2>\n");
    match &links.there {
        Some((address, command)) => {
            let _ = writeln!(
                out,
                "<p>The same situation and seed with built-in policies: <a href=\"{served}\">{address}</a> (while <code>cargo book</code> runs), or <code>{command}</code>.</p>",
                served = html(&served(address)),
                address = html(address),
                command = html(command)
            );
        }
        None => out += "<p>The lab cannot show this situation.</p>\n",
    }
    if !links.otherwise.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", html(&links.otherwise));
    }
    out
}

/// The command that made the page, and what the verdict rests on.
fn footer(session: &Session, at: At, taken: &Taken) -> String {
    let command = format!(
        "cargo learn replay {} --test {} --seed {}",
        session.catalogue.short(at),
        taken.verdict.test,
        taken.seed
    );
    let pool = taken.replay.as_ref().map_or_else(String::new, |r| match &r.pool[..] {
        [] => String::new(),
        [only] => format!(" The verdict rests on the run with seed {only}."),
        [first, .., last] => {
            let part = if r.pool.contains(&r.seed) {
                "this is one of them"
            } else {
                "this is none of them"
            };
            format!(
                " The verdict rests on {} runs together, with the seeds {first} to {last}; {part}.",
                r.pool.len()
            )
        }
    });
    format!(
        "</main>\n<footer>\n<p>Made by <code>{}</code>.{pool} The same command gives the same page as long as the answer and the clone are the same.</p>\n</footer>\n</body>\n</html>\n",
        html(&command)
    )
}

fn table(t: &Table, class: &str) -> String {
    if t.rows.is_empty() {
        return String::new();
    }
    let caption = html(&t.caption);
    let mut out = format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\"><table class=\"{class}\">\n<caption>{caption}</caption>\n<thead><tr>"
    );
    for head in &t.head {
        out += &if head.is_empty() {
            "<td></td>".into()
        } else {
            // `time, s`: a unit stays with what it is the unit of.
            let head = together(head).replace(", ", ",\u{a0}");
            format!("<th scope=\"col\">{}</th>", html(&head))
        };
    }
    out += "</tr></thead>\n<tbody>\n";
    for row in &t.rows {
        out += "<tr>";
        for (i, cell) in row.iter().enumerate() {
            let cell = if cell.is_empty() {
                "–".into()
            } else {
                html(&together(cell))
            };
            out += &if i == 0 {
                format!("<th scope=\"row\">{cell}</th>")
            } else {
                format!("<td>{cell}</td>")
            };
        }
        out += "</tr>\n";
    }
    out + "</tbody>\n</table></div>\n"
}

fn capital(text: &str) -> String {
    outline::replay::sentence(text)
}
