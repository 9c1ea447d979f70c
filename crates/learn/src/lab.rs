//! A lab in the terminal, and the address of a run in the page: the same knobs, the same seed, the same numbers.

use crate::Outcome;
use crate::check::Session;
use crate::near::near;
use crate::sheet::OnDisk;
use crate::simulator::Simulator;
use crate::steps::Entry;
use crate::term::{self, Term, Tone, say};
use anyhow::{Result, anyhow, bail};
use outline::lab::{Lab, Run, Turned};

/// Seed that the page opens with, and that the debrief's numbers come from.
pub(crate) const SEED: u64 = 7;

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
    let pairs = pairs(&wish.knobs)?;
    // A knob that is not there is named before anything else is asked; where none is turned, nothing is compiled for an answer
    // that may not be shown.
    if pairs.is_empty() && !may_show(session, entry, wish.anyway)? {
        return Ok(Outcome::NotYet);
    }
    let simulator = Simulator::ready(session)?;
    let (lab, turned) = read(&simulator, entry, &pairs)?;
    if !pairs.is_empty() && !may_show(session, entry, wish.anyway)? {
        return Ok(Outcome::NotYet);
    }
    let run = simulator.run(entry, &typed(&pairs), wish.seed)?;
    say(&report(&session.term, &lab, &turned, wish.seed, &run));
    Ok(Outcome::Done)
}

/// `cargo learn lab NN --knobs`: what can be turned. Shows no result.
pub(crate) fn knobs(session: &Session, name: &str) -> Result<Outcome> {
    let design = session.catalogue.target(name)?.design();
    let entry = &session.catalogue.entries[design];
    let (lab, _) = read(&Simulator::ready(session)?, entry, &[])?;
    let mut out = format!("{}\n\n", session.term.tone(Tone::Strong, &lab.title));
    out += &session.term.hang("", 2, &lab.setup);
    for (assumed, head) in [(false, "Settings"), (true, "What is assumed")] {
        let mut some = lab.knobs.iter().filter(|k| k.assumed == assumed).peekable();
        if some.peek().is_some() {
            out += &format!("\n{}\n", session.term.tone(Tone::Strong, head));
        }
        for k in some {
            out += &session.term.hang(&format!("  {:<20} ", k.name), 23, &k.range);
            out += &session.term.hang("", 23, &k.help);
        }
    }
    out += "\n";
    if let Some(first) = lab.knobs.first() {
        let text = format!(
            "Turn any of them: cargo learn lab {} {}={}",
            entry.number(),
            first.name,
            first.default
        );
        out += &session.term.hang("", 2, &text);
    }
    say(&out);
    Ok(Outcome::Done)
}

/// `name=value` words as pairs.
fn pairs(words: &[String]) -> Result<Vec<(&str, &str)>> {
    words.iter().map(|w| pair(w)).collect()
}

fn pair(text: &str) -> Result<(&str, &str)> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => Ok((name.trim(), value.trim())),
        _ => bail!("{text:?} is not a knob setting; write name=value, for example hedge_after=18"),
    }
}

/// Pairs as `name=value` words again.
fn typed(pairs: &[(&str, &str)]) -> Vec<String> {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect()
}

/// The design's lab, and the knobs that do not stand at their default.
fn read(simulator: &Simulator, entry: &Entry, pairs: &[(&str, &str)]) -> Result<(Lab, Vec<Turned>)> {
    let mut lab = simulator.lab(entry, &typed(pairs))?;
    meant(&lab, pairs)?;
    let turned = std::mem::replace(&mut lab.turned, Ok(Vec::new())).map_err(|why| anyhow!(why))?;
    Ok((lab, turned))
}

/// Refuses a knob that is given twice, and one that another is meant by.
fn meant(lab: &Lab, pairs: &[(&str, &str)]) -> Result<()> {
    for (i, (name, _)) in pairs.iter().enumerate() {
        if pairs[..i].iter().any(|(other, _)| other == name) {
            bail!("{name} is given twice; give each knob once");
        }
        let names = || lab.knobs.iter().map(|k| k.name.as_str());
        if !names().any(|known| known == *name)
            && let Some(meant) = near(name, names())
        {
            bail!("this lab has no knob {name:?}; did you mean {meant}?");
        }
    }
    Ok(())
}

/// Where the same run is in the page's lab: `designs/…/evaluate.html#lab=02&seed=7&storm_factor=5`. `knobs` are `name=value` words.
pub(crate) fn address(session: &Session, entry: &Entry, knobs: &[String], seed: u64) -> Result<String> {
    let pairs = pairs(knobs)?;
    let turned = if pairs.is_empty() {
        Vec::new()
    } else {
        read(&Simulator::ready(session)?, entry, &pairs)?.1
    };
    let turned = turned.iter().map(|t| format!("&{}={}", t.name, t.value));
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

fn report(term: &Term, lab: &Lab, turned: &[Turned], seed: u64, run: &Run) -> String {
    let mut out = format!(
        "{}   {}\n",
        term.tone(Tone::Strong, &lab.title),
        term.tone(Tone::Faint, &format!("seed {seed}"))
    );
    if turned.is_empty() {
        out += "  every knob at its default (`--knobs` lists them)\n";
    }
    for t in turned {
        out += &term.hang("", 2, &t.words);
    }
    out += "\n";
    out += &term.hang("", 2, &run.summary);
    if !run.facts.is_empty() {
        out += "\n";
        let wide = run
            .facts
            .iter()
            .map(|[label, _]| label.chars().count())
            .max()
            .unwrap_or(0);
        for [label, value] in &run.facts {
            let pad = " ".repeat(wide - label.chars().count());
            out += &format!("  {label}{pad}   {value}\n");
        }
    }
    let t = &run.table;
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
    fn a_knob_is_given_once_and_by_its_name() {
        let knob = |name: &str| outline::lab::Knob {
            name: name.into(),
            assumed: false,
            range: String::new(),
            help: String::new(),
            default: "1".into(),
        };
        let lab = Lab {
            title: String::new(),
            setup: String::new(),
            knobs: vec![knob("leaves"), knob("hedge_after")],
            turned: Ok(Vec::new()),
        };
        let said = |pairs: &[(&str, &str)]| meant(&lab, pairs).err().map(|e| e.to_string());
        assert_eq!(said(&[("leaves", "3"), ("hedge_after", "18")]), None);
        assert!(said(&[("leaves", "3"), ("leaves", "3")]).unwrap().contains("twice"));
        assert!(said(&[("leavs", "3")]).unwrap().contains("did you mean leaves?"));
        assert_eq!(said(&[("dance", "3")]), None, "the simulator lists what there is");
        assert_eq!(typed(&pairs(&["a = b".into()]).unwrap()), ["a=b"]);
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
