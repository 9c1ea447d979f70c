//! A session: the labs that exist, the runs under way, and one function that answers requests.

use crate::map::{Drawn, Grid, Map, Pair};
use crate::module::LabEntry;
use designs::lab::{Fact, Knob, Lab, Picture, Run, read_knobs};
use models::{Input, Model};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// More runs than a page with every lab open keeps alive; beyond it someone forgets to drop.
const MOST_RUNS: usize = 64;
/// One `advance` is one slice: a caller that wants to stop a run must get a word in.
const MOST_EVENTS: u64 = 50_000_000;
/// Figures are drawn for this range of widths, in CSS pixels.
const WIDTHS: (f64, f64) = (240.0, 1600.0);

/// Runs under way over a list of labs, and a list of closed forms.
pub struct Session {
    labs: Vec<LabEntry>,
    models: &'static [&'static Model],
    runs: BTreeMap<u32, Box<dyn Run>>,
    last_run: u32,
}

#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "lowercase", deny_unknown_fields)]
enum Request {
    Labs,
    Start {
        lab: String,
        #[serde(default)]
        knobs: BTreeMap<String, Value>,
        seed: u64,
    },
    Advance {
        run: u32,
        events: u64,
    },
    Picture {
        run: u32,
        width: f64,
    },
    Facts {
        run: u32,
    },
    Grid(Pair),
    Map(Map),
    Drop {
        run: u32,
    },
    Calculate {
        model: String,
        #[serde(default)]
        inputs: BTreeMap<String, f64>,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Labs {
        labs: Vec<LabInfo>,
        models: &'static [&'static Model],
    },
    Run {
        run: u32,
    },
    More {
        more: bool,
    },
    Picture(Box<Picture>),
    Facts {
        done: f64,
        facts: Vec<Fact>,
        sides: Vec<String>,
    },
    Grid(Grid),
    Map(Drawn),
    Outputs {
        outputs: Vec<OutputValue>,
    },
    Done {},
    Error {
        error: String,
    },
}

#[derive(Serialize)]
struct LabInfo {
    name: String,
    title: &'static str,
    knobs: &'static [Knob],
}

#[derive(Serialize)]
struct OutputValue {
    name: &'static str,
    value: f64,
    text: String,
}

impl Session {
    /// A session over these labs and closed forms, with nothing running.
    pub fn new(labs: Vec<LabEntry>, models: &'static [&'static Model]) -> Self {
        Session { labs, models, runs: BTreeMap::new(), last_run: 0 }
    }

    /// Answers one request: JSON in, JSON out, an error as `{"error":"…"}`.
    pub fn handle(&mut self, request: &str) -> String {
        let answer = serde_json::from_str(request)
            .map_err(|e| format!("not a request: {e}"))
            .and_then(|r| self.answer(r))
            .unwrap_or_else(|error| Answer::Error { error });
        serde_json::to_string(&answer)
            .unwrap_or_else(|e| format!(r#"{{"error":"the answer could not be written: {e}"}}"#))
    }

    fn answer(&mut self, request: Request) -> Result<Answer, String> {
        match request {
            Request::Labs => {
                let info = |e: &LabEntry| LabInfo { name: e.name(), title: e.lab.title(), knobs: e.lab.knobs() };
                Ok(Answer::Labs { labs: self.labs.iter().map(info).collect(), models: self.models })
            }
            Request::Start { lab, knobs, seed } => self.start(&lab, &knobs, seed),
            Request::Advance { run, events } => {
                let under_way = self.runs.get_mut(&run).ok_or_else(|| no_run(run))?;
                Ok(Answer::More { more: under_way.advance(events.clamp(1, MOST_EVENTS)) })
            }
            Request::Picture { run, width } => {
                let under_way = self.runs.get(&run).ok_or_else(|| no_run(run))?;
                Ok(Answer::Picture(Box::new(
                    under_way.picture(width.clamp(WIDTHS.0, WIDTHS.1)),
                )))
            }
            Request::Facts { run } => {
                let under_way = self.runs.get(&run).ok_or_else(|| no_run(run))?;
                let Picture { done, facts, table, .. } = under_way.picture(WIDTHS.0);
                let sides = table.head.into_iter().skip(1).collect();
                Ok(Answer::Facts { done, facts, sides })
            }
            Request::Grid(pair) => Ok(Answer::Grid(pair.grid(self.lab(&pair.lab)?)?)),
            Request::Map(map) => {
                let lab = self.lab(&map.lab)?;
                Ok(Answer::Map(map.draw(lab, WIDTHS)?))
            }
            Request::Drop { run } => self
                .runs
                .remove(&run)
                .map(|_| Answer::Done {})
                .ok_or_else(|| no_run(run)),
            Request::Calculate { model, inputs } => self.calculate(&model, &inputs),
        }
    }

    fn lab(&self, name: &str) -> Result<&'static (dyn Lab + Sync), String> {
        let entry = self.labs.iter().find(|e| e.name() == name);
        entry.map(|e| e.lab).ok_or_else(|| {
            let known: Vec<_> = self.labs.iter().map(LabEntry::name).collect();
            format!("no lab “{name}”; there are {}", known.join(", "))
        })
    }

    fn start(&mut self, name: &str, knobs: &BTreeMap<String, Value>, seed: u64) -> Result<Answer, String> {
        let lab = self.lab(name)?;
        let texts: Vec<(&str, String)> = knobs.iter().map(|(k, v)| (k.as_str(), plain(v))).collect();
        let values = read_knobs(lab, texts.iter().map(|(k, v)| (*k, v.as_str())))?;
        if self.runs.len() >= MOST_RUNS {
            return Err(format!("{MOST_RUNS} runs are under way; drop one first"));
        }
        self.last_run += 1;
        self.runs.insert(self.last_run, lab.start(&values, seed));
        Ok(Answer::Run { run: self.last_run })
    }

    fn calculate(&self, id: &str, given: &BTreeMap<String, f64>) -> Result<Answer, String> {
        let model = self
            .models
            .iter()
            .find(|m| m.id == id)
            .ok_or_else(|| format!("no calculator “{id}”"))?;
        if let Some(name) = given
            .keys()
            .find(|k| !model.inputs.iter().any(|i| i.name == k.as_str()))
        {
            let known: Vec<_> = model.inputs.iter().map(|i| i.name).collect();
            return Err(format!("{id} has no input “{name}”; it has {}", known.join(", ")));
        }
        let inputs = model
            .inputs
            .iter()
            .map(|i| checked(i, given.get(i.name).copied().unwrap_or(i.default)))
            .collect::<Result<Vec<_>, _>>()?;
        let values = (model.run)(&inputs)?;
        let outputs = model
            .outputs
            .iter()
            .zip(values)
            .map(|(o, value)| {
                if !value.is_finite() {
                    return Err(format!("{}: no finite value for these inputs", o.label));
                }
                Ok(OutputValue { name: o.name, value, text: figures::number(value, o.digits, o.unit) })
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Answer::Outputs { outputs })
    }
}

fn no_run(run: u32) -> String {
    format!("run {run} is not under way")
}

/// A knob's value as a person would type it: words without quotation marks, numbers as they are.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn checked(input: &Input, value: f64) -> Result<f64, String> {
    if !(input.min..=input.max).contains(&value) {
        let print = |v: f64| figures::number(v, if v.fract() == 0.0 { 0 } else { 3 }, input.unit);
        return Err(format!(
            "{}: from {} to {}",
            input.label,
            print(input.min),
            print(input.max)
        ));
    }
    if input.whole && value.fract() != 0.0 {
        return Err(format!("{}: a whole number", input.label));
    }
    Ok(value)
}

#[cfg(test)]
mod tests;
