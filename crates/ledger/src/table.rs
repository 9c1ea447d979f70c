//! The report as a table for a terminal.

use crate::entry::Seen;
use crate::finding::suggest;
use crate::recompute::{Compared, Outcome, Recomputed, Report, State};
use models::Model;

pub(crate) fn table(report: &Report) -> String {
    let checks = || report.entries.iter().flat_map(|e| &e.runs).flat_map(|r| &r.checks);
    let width = |cell: &dyn Fn(&Compared) -> usize, least: usize| checks().map(cell).max().unwrap_or(0).max(least);
    let widths = [
        width(&|c| letters(&c.what), 5).min(56),
        width(&|c| letters(published(c)), 9),
        width(&|c| letters(recomputed(c)), 10),
        width(&|c| letters(&c.tolerance), 9),
    ];
    let row = |cells: [&str; 5]| {
        let mut line = String::from("  ");
        for (i, cell) in cells[..4].iter().enumerate() {
            let pad = " ".repeat(widths[i].saturating_sub(letters(cell)));
            // Numbers stand under numbers.
            line += &if i == 1 || i == 2 {
                format!("{pad}{cell}  ")
            } else {
                format!("{cell}{pad}  ")
            };
        }
        (line + cells[4]).trim_end().to_string() + "\n"
    };
    let mut out = row(["value", "published", "recomputed", "tolerance", "verdict"]);
    for entry in &report.entries {
        out += &head(entry);
        for run in &entry.runs {
            out += &said(run);
            for c in &run.checks {
                let mut verdict = c.verdict.words().to_string();
                if c.published.is_some() && c.seen != entry.seen {
                    verdict += &format!(" ({})", c.seen.sentence());
                }
                out += &row([&c.what, published(c), recomputed(c), &c.tolerance, &verdict]);
                if let Some(reason) = &c.reason {
                    out += &format!("    because {reason}\n");
                }
            }
        }
    }
    let (n, values) = (report.entries.len(), checks().count());
    let unseen = report.entries.iter().filter(|e| e.seen == Seen::NotSeen).count();
    out += &format!(
        "\n{n} {}, {values} values: {} reproduced, {} marked as not reproduced, {} wrong. {unseen} with figures not seen in the source.\n",
        if n == 1 { "entry" } else { "entries" },
        report.count(State::Reproduced),
        report.count(State::NotReproduced),
        report.count(State::Wrong),
    );
    out
}

fn head(entry: &Outcome) -> String {
    let mark = match entry.state {
        State::Reproduced => "",
        State::NotReproduced => " · NOT REPRODUCED",
        State::Wrong => " · WRONG",
    };
    let place = if entry.place.is_empty() {
        String::new()
    } else {
        format!(", {}", entry.place)
    };
    format!(
        "\n{} · {}{mark}\n  [{}{place}; {}]\n",
        entry.id,
        entry.title,
        entry.source,
        entry.seen.sentence()
    )
}

/// What was put into a model.
fn said(run: &Recomputed) -> String {
    let inputs: Vec<String> = run
        .inputs
        .iter()
        .map(|i| format!("{} = {}{}", i.name, i.stated, if i.assumed { " (assumed)" } else { "" }))
        .collect();
    let what = run.what.as_ref().map(|w| format!("  {w}\n")).unwrap_or_default();
    let error = run
        .error
        .as_ref()
        .map(|e| format!("    no value: {e}\n"))
        .unwrap_or_default();
    format!("{what}  {}({})\n{error}", run.model, inputs.join(", "))
}

fn published(c: &Compared) -> &str {
    c.published.as_deref().unwrap_or("–")
}

fn recomputed(c: &Compared) -> &str {
    c.recomputed.as_deref().unwrap_or("–")
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// The models that an entry can name, with inputs, units, ranges and outputs; those whose id begins with `only`.
pub(crate) fn models(all: &[&'static Model], only: &str) -> Result<String, String> {
    let shown: Vec<_> = all.iter().filter(|m| m.id.starts_with(only)).collect();
    if shown.is_empty() {
        return Err(format!(
            "no model or experiment begins with “{only}”; {}",
            suggest(only, all.iter().map(|m| m.id))
        ));
    }
    let unit = |unit: &str| {
        if unit.is_empty() {
            "a plain number".to_string()
        } else {
            unit.to_string()
        }
    };
    let mut out = String::new();
    for m in shown {
        out += &format!("{} · {}\n", m.id, m.title);
        for i in m.inputs {
            let whole = if i.whole { ", whole" } else { "" };
            out += &format!(
                "  in   {} · {} · {}, {} to {}{whole}\n",
                i.name,
                i.label,
                unit(i.unit),
                i.min,
                i.max
            );
        }
        for o in m.outputs {
            out += &format!("  out  {} · {} · {}\n", o.name, o.label, unit(o.unit));
        }
        out.push('\n');
    }
    Ok(out)
}
