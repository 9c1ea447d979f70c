//! `cargo learn report`: points a step, for a course, from the record alone. Nothing is compiled.

mod csv;

use crate::Outcome;
use crate::check::Session;
use crate::progress::{DesignRecord, StepRecord};
use crate::steps::Entry;
use crate::term::{self, Term, Tone, say};
use anyhow::{Context, Result};
use outline::manifest::{Step, StepKind};
use serde::Serialize;

/// Version of the documents.
const SCHEMA: u32 = 1;

/// The rule, as it is printed with the points.
const RULE: &str = "A solved step gives one point for each of its planned minutes. A prediction gives its points when it is committed, right or wrong. Tries, hints and solutions seen first are shown and cost nothing: a price on them would teach people to guess rather than to ask and to try. How well the intervals fit is a measure of its own: cargo learn calibration.";

/// One step's points.
#[derive(Debug, PartialEq, Serialize)]
struct Row {
    step: String,
    kind: StepKind,
    /// `open`, `begun`, `committed` (a sheet whose misses are not explained yet) or `solved`.
    state: &'static str,
    /// When it was solved, or committed.
    when: String,
    tries: u32,
    hints: u32,
    /// The learner chose to see the solution before the step was solved.
    solution_first: bool,
    points: u32,
    of: u32,
}

/// One design's points.
#[derive(Debug, PartialEq, Serialize)]
struct Design {
    design: String,
    title: String,
    points: u32,
    of: u32,
    /// The learner chose to see results before the predictions were committed.
    results_first: bool,
    steps: Vec<Row>,
}

/// Everything.
#[derive(Debug, PartialEq, Serialize)]
struct Report {
    schema: u32,
    rule: &'static str,
    points: u32,
    of: u32,
    designs: Vec<Design>,
}

/// `cargo learn report`.
pub(crate) fn report(session: &Session, format: &str) -> Result<Outcome> {
    if format != "human" {
        term::keep_output_for_a_document();
    }
    let report = read(session)?;
    match format {
        "json" => {
            let text = serde_json::to_string_pretty(&report).context("the report cannot be written as JSON")?;
            term::hand_over(&(text + "\n"));
        }
        "csv" => {
            say(&format!("{RULE}\n"));
            term::hand_over(&csv::document(&report));
        }
        _ => say(&human(&session.term, &report)),
    }
    Ok(Outcome::Done)
}

fn read(session: &Session) -> Result<Report> {
    let progress = session.store.read()?;
    let designs: Vec<Design> = (0..session.catalogue.entries.len())
        .map(|i| {
            let entry = &session.catalogue.entries[i];
            let record = progress.design(&entry.folder);
            let steps = session
                .catalogue
                .of_design(i)
                .map(|at| {
                    let short = session.catalogue.short(at);
                    let done = progress.step(&session.catalogue.key(at));
                    row(short, session.catalogue.step(at), &done, &record)
                })
                .collect();
            design(entry, &record, steps)
        })
        .collect();
    Ok(Report {
        schema: SCHEMA,
        rule: RULE,
        points: designs.iter().map(|d| d.points).sum(),
        of: designs.iter().map(|d| d.of).sum(),
        designs,
    })
}

fn design(entry: &Entry, record: &DesignRecord, steps: Vec<Row>) -> Design {
    Design {
        design: entry.folder.clone(),
        title: entry.manifest.title.clone(),
        points: steps.iter().map(|s| s.points).sum(),
        of: steps.iter().map(|s| s.of).sum(),
        results_first: record.shown_anyway,
        steps,
    }
}

fn row(short: String, step: &Step, done: &StepRecord, design: &DesignRecord) -> Row {
    let committed = design.committed.as_ref().filter(|_| step.kind == StepKind::Predict);
    // A step that was put back to its starter was solved all the same.
    let (state, when) = match (committed, done.solved.as_ref().or(done.before_reset.as_ref())) {
        (committed, Some(solved)) => ("solved", committed.unwrap_or(solved).clone()),
        (Some(committed), None) => ("committed", committed.clone()),
        (None, None) if done.tries > 0 => ("begun", String::new()),
        (None, None) => ("open", String::new()),
    };
    Row {
        step: short,
        kind: step.kind,
        state,
        points: if when.is_empty() { 0 } else { step.minutes },
        when,
        tries: done.tries,
        hints: done.hints,
        solution_first: done.solution_shown,
        of: step.minutes,
    }
}

fn human(term: &Term, report: &Report) -> String {
    let mut out = String::new();
    for design in &report.designs {
        let number = design.design.split('-').next().unwrap_or_default();
        let head = format!("{number}  {}", design.title);
        out += &format!(
            "{}  {} of {} points\n",
            term.tone(Tone::Strong, &head),
            design.points,
            design.of
        );
        for s in &design.steps {
            let mark = if s.points > 0 {
                term.tone(Tone::Good, "✓")
            } else {
                "·".to_owned()
            };
            let mut state = s.state.to_owned();
            if let Some((day, _)) = s.when.split_once('T') {
                state += &format!(" {day}");
            }
            for (n, one, many) in [(s.tries, "try", "tries"), (s.hints, "hint", "hints")] {
                match n {
                    0 => {}
                    1 => state += &format!(", 1 {one}"),
                    n => state += &format!(", {n} {many}"),
                }
            }
            if s.solution_first {
                state += ", solution seen first";
            }
            let head = format!("  {mark} {:<14} {:>3} of {:>3}  ", s.step, s.points, s.of);
            out += &term.hang(&head, term::columns_of(&head), &state);
        }
        if design.results_first {
            let text = "results were looked at before the predictions were committed";
            out += &term.hang("", 4, text);
        }
    }
    out += &format!(
        "{}\n\n",
        term.tone(
            Tone::Strong,
            &format!("in all  {} of {} points", report.points, report.of)
        )
    );
    out + &term.hang("", 0, RULE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(kind: StepKind) -> Step {
        Step { kind, minutes: 20, task: "t".into(), hints: Default::default() }
    }

    #[test]
    fn tries_and_hints_cost_nothing_and_a_commit_is_enough() {
        let when = Some("2026-01-02T03:04:05Z".to_owned());
        let solved = StepRecord { tries: 9, hints: 3, solved: when.clone(), ..StepRecord::default() };
        let put_back = StepRecord { solved: None, before_reset: when, ..solved.clone() };
        let committed = DesignRecord { committed: Some("2026-01-01T00:00:00Z".into()), ..DesignRecord::default() };
        let nothing = (StepRecord::default(), DesignRecord::default());
        let of = |kind, done: &StepRecord, design: &DesignRecord| {
            let row = row("02/x".into(), &step(kind), done, design);
            (row.state, row.points)
        };
        let predict = StepKind::Predict;
        let operate = StepKind::Operate;
        assert_eq!(of(operate, &solved, &nothing.1), ("solved", 20));
        assert_eq!(of(operate, &put_back, &nothing.1), ("solved", 20));
        assert_eq!(of(operate, &nothing.0, &committed), ("open", 0));
        assert_eq!(
            of(operate, &StepRecord { tries: 2, ..nothing.0.clone() }, &nothing.1),
            ("begun", 0)
        );
        assert_eq!(of(predict, &nothing.0, &committed), ("committed", 20));
        assert_eq!(of(predict, &solved, &committed), ("solved", 20));
        assert_eq!(of(predict, &nothing.0, &nothing.1), ("open", 0));
    }
}
