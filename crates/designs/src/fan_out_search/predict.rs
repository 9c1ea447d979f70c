//! Step `predict`: the worksheet, held against the simulator.

use super::{DESIGN, FOLDER, facts};
use judge::verdict::{Kind, Place, Verdict};
use judge::worksheet::{Outcome, Sheet, Side};
use std::panic::Location;
use std::path::Path;

/// A worksheet under judgement.
pub struct Judged(Verdict);

impl Judged {
    /// Passes when the sheet is committed and every miss is explained by its mechanism.
    ///
    /// # Panics
    /// When it is not: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.0.conclude();
    }
}

/// Reads and judges the worksheet at a path: the first commit where there is one, the answer otherwise.
#[track_caller]
pub fn worksheet(path: &str) -> Judged {
    Judged(verdict(&Place::of(Location::caller()), Path::new(path)))
}

fn verdict(place: &Place, path: &Path) -> Verdict {
    let questions = DESIGN
        .manifest()
        .expect("the compiled-in manifest was checked by a test")
        .questions;
    let fail = |observed: String, ask: &str| {
        let mut v = Verdict::fail(FOLDER, place, Kind::Uncommitted);
        v.observed = observed;
        v.ask = ask.into();
        v
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            return fail(
                format!("cannot read {}: {e}", path.display()),
                "is the file where the exercise left it?",
            );
        }
    };
    let sheet = match Sheet::parse(&text, FOLDER, &questions) {
        Ok(sheet) => sheet,
        Err(why) => return fail(why, "which line did you change last?"),
    };
    let refusals = sheet.refusals(&questions);
    if !refusals.is_empty() {
        let observed = format!(
            "not committed: {} of {} questions answered; {} (exercises/02-fan-out-search/worksheet.toml)",
            sheet.answered(),
            questions.len(),
            refusals.join("; ")
        );
        return fail(observed, "what would you bet on, before you know?");
    }
    let facts = facts::answers();
    let truths: Vec<f64> = questions
        .iter()
        .map(|q| facts.iter().find(|f| f.key == q.fact).map_or(f64::NAN, |f| f.value))
        .collect();
    let outcome = Outcome::of(&sheet, &questions, &truths);
    if outcome.passes() {
        return Verdict::pass(FOLDER, place);
    }
    let mut v = Verdict::fail(FOLDER, place, Kind::Unexplained);
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
    v.assumes = format!(
        "{} of {} misses, {empty} without a mechanism",
        outcome.explained, outcome.missed
    );
    let mut choices = if sheet.answers.iter().all(|a| a.first.is_some()) {
        "your first commit stands. Put the key of what drives the number into `mechanism`:".to_owned()
    } else {
        "judged as it stands, nothing is committed (`cargo learn check 02/predict` does that). Put the key of what drives the number into `mechanism`:".to_owned()
    };
    for ((id, side), q) in outcome.sides.iter().zip(&questions) {
        if *side != Side::Inside {
            choices += &format!("\n{id}:");
            for m in &q.mechanisms {
                choices += &format!("\n  {}  {}", m.key, m.text);
            }
        }
    }
    v.instead = choices;
    v.ask = "whichever side you missed on: what is this number made of?".into();
    v.replay = "cargo learn lab 02".into();
    v
}
