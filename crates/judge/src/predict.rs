//! Step `predict`: the worksheet, held against the simulator.

use crate::verdict::{Kind, Place, Verdict};
use crate::worksheet::{Outcome, Question, Sheet, Side};
use std::path::Path;

/// Judges the worksheet at a path: the first commit where there is one, the answer otherwise. `truths` runs the simulator, one
/// value a question in their order; it is called only for a sheet that is committed.
pub fn worksheet(
    folder: &str,
    place: &Place,
    path: &Path,
    questions: &[Question],
    truths: impl FnOnce() -> Vec<f64>,
) -> Verdict {
    let refuse = |observed: String, ask: &str| {
        let mut v = Verdict::fail(folder, place, Kind::Uncommitted);
        v.observed = observed;
        v.ask = ask.into();
        v
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            return refuse(
                format!("cannot read {}: {e}", path.display()),
                "is the file where the exercise left it?",
            );
        }
    };
    let sheet = match Sheet::parse(&text, folder, questions) {
        Ok(sheet) => sheet,
        Err(why) => return refuse(why, "which line did you change last?"),
    };
    let refusals = sheet.refusals(questions);
    if !refusals.is_empty() {
        let observed = format!(
            "not committed: {} of {} questions answered; {} (exercises/{folder}/worksheet.toml)",
            sheet.answered(),
            questions.len(),
            refusals.join("; ")
        );
        return refuse(observed, "what would you bet on, before you know?");
    }
    let outcome = Outcome::of(&sheet, questions, &truths());
    if outcome.passes() {
        let mut v = Verdict::pass(folder, place);
        v.observed = format!(
            "{} of {} intervals held what the run gave",
            outcome.sides.len() - outcome.missed,
            outcome.sides.len()
        );
        return v;
    }
    unexplained(folder, place, &sheet, questions, &outcome)
}

/// The sides of the misses, and the mechanisms to choose from; never a value, never which mechanism is right.
fn unexplained(folder: &str, place: &Place, sheet: &Sheet, questions: &[Question], outcome: &Outcome) -> Verdict {
    let mut v = Verdict::fail(folder, place, Kind::Unexplained);
    let misses: Vec<String> = outcome
        .sides
        .iter()
        .filter_map(|(id, side)| match side {
            Side::Below => Some(format!("{id}: the run gave less than your interval")),
            Side::Above => Some(format!("{id}: the run gave more than your interval")),
            Side::Inside => None,
        })
        .collect();
    v.observed = format!(
        "{} of {} inside; {}",
        outcome.sides.len() - outcome.missed,
        outcome.sides.len(),
        misses.join("; ")
    );
    let empty = outcome
        .sides
        .iter()
        .zip(&sheet.answers)
        .filter(|((_, side), a)| *side != Side::Inside && a.mechanism.is_empty())
        .count();
    v.assumes = format!("{} of {} misses", outcome.explained, outcome.missed);
    let astray = outcome.missed - outcome.explained - empty;
    if empty > 0 {
        v.assumes += &format!("; {empty} without a mechanism");
    }
    match astray {
        0 => {}
        1 => v.assumes += "; 1 mechanism that you picked does not drive its number",
        n => v.assumes += &format!("; {n} mechanisms that you picked do not drive their numbers"),
    }
    let number = folder.split('-').next().unwrap_or(folder);
    let pick = "Put the key of what drives the number into `mechanism`:";
    v.instead = if sheet.answers.iter().all(|a| a.first.is_some()) {
        format!("your first commit stands. {pick}")
    } else {
        format!("judged as it stands, nothing is committed (`cargo learn check {number}/predict` does that). {pick}")
    };
    for ((id, side), q) in outcome.sides.iter().zip(questions) {
        if *side != Side::Inside {
            v.instead += &format!("\n{id}:");
            for m in &q.mechanisms {
                v.instead += &format!("\n  {}  {}", m.key, m.text);
            }
        }
    }
    v.ask = "whichever side you missed on: what is this number made of?".into();
    v.replay = format!("cargo learn lab {number}");
    v
}
