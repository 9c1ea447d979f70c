//! A lab in the terminal, and the address of a run in the page: the same knobs, the same seed, the same numbers.

use crate::Outcome;
use crate::check::Session;
use crate::near::near;
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
            out += &session.term.hang(&format!("  {:<20} ", k.name), 23, &range(k));
            out += &session.term.hang("", 23, &format!("{}{}", k.help, words(k)));
        }
    }
    out += "\n";
    let (first, number) = (&lab.knobs()[0], session.catalogue.entries[design].number());
    let text = format!(
        "Turn any of them: cargo learn lab {number} {}={}",
        first.name,
        plain(first.default)
    );
    out += &session.term.hang("", 2, &text);
    say(&out);
    Ok(Outcome::Done)
}

/// A knob's default, and what it can be turned to: `18 ms; from 0 to 1000 ms`.
fn range(k: &Knob) -> String {
    let default = worded(k, k.default);
    if let Some(choice) = choice(k) {
        let others: Vec<&str> = choice.into_iter().filter(|w| *w != default).collect();
        return format!("{default}; or {}", others.join(", "));
    }
    let to = with_unit(k.max, k.unit);
    format!("{default}; from {} to {to}", plain(k.min))
}

/// The words of a knob that has nothing but words.
fn choice(k: &Knob) -> Option<Vec<&'static str>> {
    let steps = ((k.max - k.min) / k.step).round() as usize + 1;
    (k.words.len() == steps).then(|| k.words.iter().map(|(_, w)| *w).collect())
}

/// Which values have a word of their own, as sentences, unless the range or the help says so already.
fn words(k: &Knob) -> String {
    if choice(k).is_some() {
        return String::new();
    }
    let said = |w: &str| k.help.contains(&format!("means {w}"));
    let words = k.words.iter().filter(|(_, w)| !said(w));
    words
        .map(|(v, w)| format!(" {} means {w}.", with_unit(*v, k.unit)))
        .collect()
}

/// `name=value` words as one value a knob.
fn read(lab: &dyn Lab, pairs: &[String]) -> Result<Vec<f64>> {
    let split: Vec<(&str, &str)> = pairs.iter().map(|p| pair(p)).collect::<Result<_>>()?;
    for (i, (name, _)) in split.iter().enumerate() {
        if split[..i].iter().any(|(other, _)| other == name) {
            bail!("{name} is given twice; give each knob once");
        }
        let names = || lab.knobs().iter().map(|k| k.name);
        if !names().any(|known| known == *name)
            && let Some(meant) = near(name, names())
        {
            bail!("this lab has no knob {name:?}; did you mean {meant}?");
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
            "your predictions for {number} are not committed, and this shows results; commit them with `cargo learn check {number}/predict`, or add --anyway"
        );
    }
    if !term::ask(&format!(
        "Your predictions for {number} are not committed: show anyway?"
    )) {
        say(&session.term.message(&format!(
            "Nothing shown. `cargo learn check {number}/predict` commits them."
        )));
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
    use designs::lab::Said;

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
    fn a_knob_s_special_values_are_said_once() {
        let knob = Knob {
            name: "limit",
            label: "limit",
            unit: "%",
            help: "As a share. 100 % means no limit.",
            min: 0.0,
            max: 100.0,
            step: 1.0,
            default: 100.0,
            kind: KnobKind::Setting,
            words: &[(100.0, "no limit")],
            said: Said::PLAIN,
            factors: false,
        };
        assert_eq!(
            (range(&knob).as_str(), words(&knob).as_str()),
            ("no limit; from 0 to 100 %", "")
        );
        let silent = Knob { help: "As a share.", ..knob };
        assert_eq!(words(&silent), " 100 % means no limit.");
        let switch = Knob { max: 1.0, default: 0.0, unit: "", words: &[(0.0, "no"), (1.0, "yes")], ..knob };
        assert_eq!((range(&switch).as_str(), words(&switch).as_str()), ("no; or yes", ""));
    }

    #[test]
    fn no_lab_says_a_word_twice() {
        for knob in designs::DESIGNS.iter().flat_map(|d| d.lab.knobs()) {
            let said = format!("{} {}{}", range(knob), knob.help, words(knob));
            for (_, word) in knob.words {
                let means = format!("means {word}.");
                assert!(said.matches(&means).count() <= 1, "{}: {said}", knob.name);
            }
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
