//! Recomputes entries and says of each value whether it agrees with what is published.

use crate::entry::{Check, Entry, Run, Seen, Tolerance};
use crate::quantity;
use crate::unit::Unit;
use models::Model;
use serde::Serialize;

/// What became of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Within tolerance.
    Agrees,
    /// Far from the published value, as it should be.
    Differs,
    /// Shown; nothing is published.
    Information,
    /// Out of tolerance, and marked so.
    KnownMiss,
    /// Out of tolerance.
    Misses,
    /// Marked as not reproducing, and it does: the mark is wrong.
    FalseMark,
    /// The model gives no value for these inputs.
    NoValue,
}

impl Verdict {
    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Differs => "differs, as it should",
            Verdict::Information => "for information",
            Verdict::KnownMiss => "does not agree",
            Verdict::Misses => "OUT OF TOLERANCE",
            Verdict::FalseMark => "AGREES, BUT IS MARKED AS FAILING",
            Verdict::NoValue => "NO VALUE",
        }
    }

    /// Is it a reason to stop?
    pub fn is_wrong(self) -> bool {
        matches!(self, Verdict::Misses | Verdict::FalseMark | Verdict::NoValue)
    }
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Every value that should agree does.
    Reproduced,
    /// At least one value does not agree, and is marked with the reason.
    NotReproduced,
    /// Something is out of tolerance and nobody said so.
    Wrong,
}

/// One value beside what is published.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// What it is.
    pub what: String,
    /// The model's output.
    pub output: &'static str,
    /// The published value as the source prints it.
    pub published: Option<String>,
    /// The published value as a number, in its own unit.
    pub published_value: Option<f64>,
    /// The recomputed value as printed, in the published value's unit.
    pub recomputed: Option<String>,
    /// The recomputed value as a number, in the published value's unit.
    pub recomputed_value: Option<f64>,
    /// How near it must come.
    pub tolerance: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Where the published figure was seen.
    pub seen: Seen,
    /// Why it does not agree, where that is marked.
    pub reason: Option<String>,
}

/// An input as the source states it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// The model's input.
    pub name: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// As stated, with its unit.
    pub stated: String,
    /// Is it ours, since the source does not say?
    pub assumed: bool,
}

/// One run of a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recomputed {
    /// What is computed.
    pub what: Option<String>,
    /// The model or experiment.
    pub model: &'static str,
    /// Its inputs.
    pub inputs: Vec<Input>,
    /// Why there is no value.
    pub error: Option<String>,
    /// The values.
    pub checks: Vec<Compared>,
}

/// One entry, recomputed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Name.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Key in `sources.toml`.
    pub source: String,
    /// Place in the source.
    pub place: String,
    /// Where its figures were seen.
    pub seen: Seen,
    /// What became of it.
    pub state: State,
    /// Its runs.
    pub runs: Vec<Recomputed>,
}

/// All entries, recomputed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// One for each entry, in the same order.
    pub entries: Vec<Outcome>,
}

impl Report {
    /// How many entries are in a state.
    pub fn count(&self, state: State) -> usize {
        self.entries.iter().filter(|e| e.state == state).count()
    }

    /// Is every entry reproduced, or marked as not?
    pub fn holds(&self) -> bool {
        self.count(State::Wrong) == 0
    }

    /// The table that a terminal shows.
    pub fn table(&self) -> String {
        crate::table::table(self)
    }
}

pub(crate) fn recompute(
    entries: &[Entry],
    mut call: impl FnMut(&'static Model, &[f64]) -> Result<Vec<f64>, String>,
) -> Report {
    let mut out = Report::default();
    for entry in entries {
        let runs: Vec<Recomputed> = entry.runs.iter().map(|r| run(r, call(r.model, &r.values))).collect();
        let mut verdicts = runs.iter().flat_map(|r| &r.checks).map(|c| c.verdict);
        let state = if verdicts.clone().any(Verdict::is_wrong) {
            State::Wrong
        } else if verdicts.any(|v| v == Verdict::KnownMiss) {
            State::NotReproduced
        } else {
            State::Reproduced
        };
        out.entries.push(Outcome {
            id: entry.id.clone(),
            title: entry.title.clone(),
            source: entry.source.clone(),
            place: entry.place.clone(),
            seen: entry.seen,
            state,
            runs,
        });
    }
    out
}

fn run(run: &Run, result: Result<Vec<f64>, String>) -> Recomputed {
    let inputs = run
        .model
        .inputs
        .iter()
        .zip(&run.given)
        .map(|(input, given)| Input {
            name: input.name,
            label: input.label,
            stated: given.quantity.as_stated.clone(),
            assumed: given.assumed,
        })
        .collect();
    let (values, error) = match result {
        Ok(values) => (values, None),
        Err(e) => (Vec::new(), Some(e)),
    };
    let checks = run
        .checks
        .iter()
        .map(|c| compare(run.model, c, values.get(c.output).copied().filter(|v| v.is_finite())))
        .collect();
    Recomputed { what: run.what.clone(), model: run.model.id, inputs, error, checks }
}

fn compare(model: &'static Model, check: &Check, value: Option<f64>) -> Compared {
    let output = &model.outputs[check.output];
    let unit = Unit::parse(output.unit);
    let (recomputed_value, recomputed) = match (&check.published, value) {
        // Reading the entry made sure that the units measure the same.
        (Some(p), Some(v)) => {
            let v = p.from_unit(v, &unit);
            (v, v.map(|v| p.print(v)))
        }
        (None, Some(v)) => (Some(v), Some(quantity::show(v, output.digits, output.unit))),
        (_, None) => (None, None),
    };
    let published_value = check.published.as_ref().map(|p| p.value);
    let verdict = match (recomputed_value, &check.tolerance) {
        (None, _) => Verdict::NoValue,
        (_, Tolerance::Information) => Verdict::Information,
        (Some(v), tolerance) => {
            let holds = tolerance.holds(v, published_value.unwrap_or(f64::NAN)) == Some(true);
            match (holds, check.fails.is_some()) {
                (true, true) => Verdict::FalseMark,
                (true, false) if matches!(tolerance, Tolerance::Contrast(_)) => Verdict::Differs,
                (true, false) => Verdict::Agrees,
                (false, true) => Verdict::KnownMiss,
                (false, false) => Verdict::Misses,
            }
        }
    };
    Compared {
        what: check.what.clone(),
        output: output.name,
        published: check.published.as_ref().map(|p| p.as_stated.clone()),
        published_value,
        recomputed,
        recomputed_value,
        tolerance: check.tolerance_words.clone(),
        verdict,
        seen: check.seen,
        reason: check.fails.clone(),
    }
}

#[cfg(test)]
#[path = "recompute_tests.rs"]
mod tests;
