//! A lab in the terminal, and the address of a run in the page: the same knobs, the same seed, the same numbers.

use crate::Outcome;
use crate::check::Session;
use crate::sheet::OnDisk;
use crate::steps::Entry;
use crate::term::{self, Term, Tone, say};
use anyhow::{Result, anyhow, bail};
use designs::lab::{Knob, KnobKind, Lab, Picture, read_knobs};

/// Simulated events between two looks at the clock; the result does not depend on it.
const EVENTS: u64 = 1_000_000;
/// Seed that the page opens with, and that the debrief's numbers come from.
pub(crate) const SEED: u64 = 7;
/// Width that a picture is drawn for; only its words and numbers are shown here.
const WIDTH: f64 = 720.0;

/// What is to be shown.
pub(crate) struct Wish {
    /// Design, or one of its steps.
    pub(crate) target: String,
    /// Knobs to turn, `name=value`.
    pub(crate) knobs: Vec<String>,
    /// Seed of the run.
    pub(crate) seed: u64,
    /// Even before the predictions are committed.
    pub(crate) anyway: bool,
}

/// `cargo learn lab`.
pub(crate) fn lab(session: &Session, wish: &Wish) -> Result<Outcome> {
    let design = session.catalogue.target(&wish.target)?.design();
    let entry = &session.catalogue.entries[design];
    let lab: &dyn Lab = entry.design.lab;
    let values = read(lab, &wish.knobs)?;
    if !may_show(session, entry, wish.anyway)? {
        return Ok(Outcome::NotYet);
    }
    let mut run = lab.start(&values, wish.seed);
    while run.advance(EVENTS) {}
    say(&report(&session.term, lab, &values, wish.seed, &run.picture(WIDTH)));
    Ok(Outcome::Done)
}

/// `cargo learn lab NN --knobs`: what can be turned. Shows no result.
pub(crate) fn knobs(session: &Session, name: &str) -> Result<Outcome> {
    let design = session.catalogue.target(name)?.design();
    let lab: &dyn Lab = session.catalogue.entries[design].design.lab;
    let mut out = format!("{}\n\n", session.term.tone(Tone::Strong, lab.title()));
    out += &session.term.hang("", 2, lab.setup());
    for (kind, head) in [
        (KnobKind::Setting, "Settings"),
        (KnobKind::Assumption, "What is assumed"),
    ] {
        if lab.knobs().iter().any(|k| k.kind == kind) {
            out += &format!("\n{}\n", session.term.tone(Tone::Strong, head));
        }
        for k in lab.knobs().iter().filter(|k| k.kind == kind) {
            let range = format!(
                "{}, {} to {}",
                worded(k, k.default),
                plain(k.min),
                with_unit(k.max, k.unit)
            );
            out += &format!("  {:<20} {range}\n", k.name);
            let words: String = k
                .words
                .iter()
                .map(|(v, w)| format!(" {} is “{w}”.", plain(*v)))
                .collect();
            out += &session.term.hang("", 23, &format!("{}{words}", k.help));
        }
    }
    say(&out);
    Ok(Outcome::Done)
}

/// `name=value` words as one value a knob.
fn read(lab: &dyn Lab, pairs: &[String]) -> Result<Vec<f64>> {
    let split: Vec<(&str, &str)> = pairs.iter().map(|p| pair(p)).collect::<Result<_>>()?;
    for (i, (name, _)) in split.iter().enumerate() {
        if split[..i].iter().any(|(other, _)| other == name) {
            bail!("{name} is given twice; give each knob once");
        }
    }
    read_knobs(lab, split).map_err(|e| anyhow!(e))
}

fn pair(text: &str) -> Result<(&str, &str)> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => Ok((name.trim(), value.trim())),
        _ => bail!("{text:?} is not a knob setting; write name=value, for example hedge_after=18"),
    }
}

/// Where the same run is in the page's lab: `designs/…/evaluate.html#lab=02&seed=7&storm_factor=5`. `knobs` are `name=value` words.
pub(crate) fn address(entry: &Entry, knobs: &[String], seed: u64) -> Result<String> {
    let lab: &dyn Lab = entry.design.lab;
    let values = read(lab, knobs)?;
    let turned = turned(lab, &values)
        .into_iter()
        .map(|(k, v)| format!("&{}={}", k.name, plain(v)));
    Ok(format!(
        "designs/{}/evaluate.html#lab={}&seed={seed}{}",
        entry.folder,
        entry.number(),
        turned.collect::<String>()
    ))
}

/// Asks once before results are seen by someone whose predictions are not committed.
pub(crate) fn may_show(session: &Session, entry: &Entry, anyway: bool) -> Result<bool> {
    let record = session.store.read()?.design(&entry.folder);
    // A sheet that cannot be read is not committed; what is wrong with it is said by the check.
    let committed = || OnDisk::read(&session.place, entry).is_ok_and(|disk| disk.committed());
    if anyway || record.shown_anyway || record.committed.is_some() || committed() {
        return Ok(true);
    }
    let number = entry.number();
    if !term::can_ask() {
        bail!(
            "your predictions for {number} are not committed, and this shows results; commit with `cargo learn check {number}/predict`, or add --anyway"
        );
    }
    if !term::ask(&format!(
        "Your predictions for {number} are not committed: show anyway?"
    )) {
        say(&format!(
            "Nothing shown. `cargo learn check {number}/predict` commits.\n"
        ));
        return Ok(false);
    }
    session
        .store
        .update(|p| p.design_mut(&entry.folder).shown_anyway = true)?;
    Ok(true)
}

/// The knobs that differ from their default.
fn turned<'a>(lab: &'a dyn Lab, values: &[f64]) -> Vec<(&'a Knob, f64)> {
    lab.knobs()
        .iter()
        .zip(values.iter().copied())
        .filter(|(k, v)| k.snap(k.default) != *v)
        .collect()
}

fn report(term: &Term, lab: &dyn Lab, values: &[f64], seed: u64, picture: &Picture) -> String {
    let mut out = format!(
        "{}   {}\n",
        term.tone(Tone::Strong, lab.title()),
        term.tone(Tone::Faint, &format!("seed {seed}"))
    );
    let turned = turned(lab, values);
    if turned.is_empty() {
        out += "  every knob at its default (`--knobs` lists them)\n";
    }
    for (k, v) in turned {
        out += &term.hang(
            "",
            2,
            &format!("{} = {}   (default {})", k.label, worded(k, v), worded(k, k.default)),
        );
    }
    out += "\n";
    out += &term.hang("", 2, &picture.summary);
    if !picture.facts.is_empty() {
        out += "\n";
        let wide = picture.facts.iter().map(|f| f.label.chars().count()).max().unwrap_or(0);
        for fact in &picture.facts {
            let pad = " ".repeat(wide - fact.label.chars().count());
            out += &format!("  {}{pad}   {}\n", fact.label, fact.text());
        }
    }
    let t = &picture.table;
    if !t.rows.is_empty() {
        out += &format!("\n  {}\n", term.tone(Tone::Strong, &t.caption));
        out += &grid(&t.head, &t.rows);
    }
    out
}

/// A table in columns: the first to the left, the others to the right.
fn grid(head: &[String], rows: &[Vec<String>]) -> String {
    let lines: Vec<&[String]> = std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).collect();
    let columns = lines.iter().map(|l| l.len()).max().unwrap_or(0);
    let width = |c: usize| {
        lines
            .iter()
            .filter_map(|l| l.get(c))
            .map(|t| t.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for line in lines {
        let mut text = String::from(" ");
        for (c, cell) in line.iter().enumerate() {
            let pad = " ".repeat(widths[c] - cell.chars().count());
            text += &if c == 0 {
                format!(" {cell}{pad}")
            } else {
                format!("   {pad}{cell}")
            };
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}

fn worded(k: &Knob, value: f64) -> String {
    match k.words.iter().find(|(v, _)| *v == value) {
        Some((_, word)) => (*word).to_owned(),
        None => with_unit(value, k.unit),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() {
        plain(value)
    } else {
        format!("{} {unit}", plain(value))
    }
}

/// A knob's value without the noise of binary fractions (0.30000000000000004 is 0.3), as it can be typed again.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knob_settings_are_pairs() {
        assert_eq!(pair("hedge_after=18").unwrap(), ("hedge_after", "18"));
        assert_eq!(pair("a = b=c").unwrap(), ("a", "b=c"));
        for bad in ["hedge_after", "=18", "a=", "", "="] {
            assert!(pair(bad).unwrap_err().to_string().contains("name=value"), "{bad}");
        }
    }

    #[test]
    fn every_lab_reads_what_it_prints() {
        for design in designs::DESIGNS {
            let lab: &dyn Lab = design.lab;
            let pairs: Vec<String> = lab
                .knobs()
                .iter()
                .map(|k| format!("{}={}", k.name, plain(k.max)))
                .collect();
            let values = read(lab, &pairs).unwrap();
            assert_eq!(values, lab.knobs().iter().map(|k| k.snap(k.max)).collect::<Vec<_>>());
            assert!(turned(lab, &read(lab, &[]).unwrap()).is_empty());
            let twice = [pairs[0].clone(), pairs[0].clone()];
            assert!(read(lab, &twice).unwrap_err().to_string().contains("twice"));
        }
    }

    #[test]
    fn values_are_printed_as_they_are_typed() {
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(18.0), "18");
        assert_eq!(plain(100.0), "100");
    }

    #[test]
    fn columns_line_up() {
        let rows = [
            vec!["p50".to_owned(), "10 ms".to_owned()],
            vec!["p99.9".to_owned(), "1,200 ms".to_owned()],
        ];
        let want = ["                 A", "  p50        10 ms", "  p99.9   1,200 ms"];
        assert_eq!(
            grid(&[String::new(), "A".into()], &rows).lines().collect::<Vec<_>>(),
            want
        );
    }
}
