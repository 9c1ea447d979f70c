//! What a check came to, for programs: `cargo learn check --format json`.
//!
//! One object. `schema` changes when a field goes or changes its meaning; fields may be added without that.
//!
//! | Field | What it holds |
//! |---|---|
//! | `schema` | 1 |
//! | `holds` | every step that was checked holds |
//! | `steps[].design` | `02-fan-out-search` |
//! | `steps[].step` | the step's name on the command line: `02/operate` |
//! | `steps[].minutes` | planned minutes |
//! | `steps[].kind` | `predict`, `calculate`, `choose`, `operate` or `attack` |
//! | `steps[].state` | `holds`, `fails`, `not-written`, `not-committed`, `does-not-compile` or `unreadable` |
//! | `steps[].tests`, `holding` | tests that were run, and how many of them hold |
//! | `steps[].tries` | recorded tries, this one among them |
//! | `steps[].note` | in one line, why nothing was run; otherwise empty |
//! | `steps[].verdict` | `null`, or the first test that does not hold: `test`, `kind`, `belief` (a key, or `null`) and the five lines `observed`, `assumes`, `instead`, `ask`, `replay` |

use super::{Judged, State};
use crate::steps::Catalogue;
use anyhow::{Context, Result};
use judge::verdict::Kind;
use outline::manifest::StepKind;
use serde::Serialize;

/// Version of the document.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    holds: bool,
    steps: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    design: &'a str,
    step: String,
    minutes: u32,
    kind: StepKind,
    state: &'static str,
    tests: usize,
    holding: usize,
    tries: u32,
    note: &'a str,
    verdict: Option<Lines<'a>>,
}

#[derive(Serialize)]
struct Lines<'a> {
    test: &'a str,
    kind: Kind,
    belief: Option<&'a str>,
    observed: &'a str,
    assumes: &'a str,
    instead: &'a str,
    ask: &'a str,
    replay: &'a str,
}

/// The document about these steps.
pub(super) fn document(catalogue: &Catalogue, all: &[Judged]) -> Result<String> {
    let document = Document {
        schema: SCHEMA,
        holds: all.iter().all(|j| j.state == State::Holds),
        steps: all.iter().map(|judged| row(catalogue, judged)).collect(),
    };
    let text = serde_json::to_string_pretty(&document).context("the result cannot be written as JSON")?;
    Ok(text + "\n")
}

fn row<'a>(catalogue: &'a Catalogue, judged: &'a Judged) -> Row<'a> {
    Row {
        design: &catalogue.entry(judged.at).folder,
        step: catalogue.short(judged.at),
        minutes: catalogue.step(judged.at).minutes,
        kind: catalogue.kind(judged.at),
        state: judged.state.word(),
        tests: judged.tests,
        holding: judged.holding,
        tries: judged.tries,
        note: &judged.note,
        verdict: judged.failure.as_ref().map(|failure| {
            let v = &failure.verdict;
            Lines {
                test: &v.test,
                kind: v.kind,
                belief: v.belief.as_deref(),
                observed: &v.observed,
                assumes: &v.assumes,
                instead: &v.instead,
                ask: &v.ask,
                replay: &v.replay,
            }
        }),
    }
}
