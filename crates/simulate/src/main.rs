//! Runs a design's simulation and tells the result in words, as one JSON document on standard output.
//!
//! ```text
//! simulate lab NN [NAME=VALUE …]          the lab, its knobs, and which of them are turned   (outline::lab::Lab)
//! simulate run NN SEED [NAME=VALUE …]     a complete run of the lab                          (outline::lab::Run)
//! simulate truths NN                      what it gives for each question of the worksheet   (outline::lab::Truth, a list)
//! ```
//!
//! `cargo learn` asks it and shows what it says. It is a program of its own, so that who starts with the exercises waits for the
//! compiler when a simulation is wanted and not before. See `docs/decisions/0008-learn-without-the-simulator.md`.

mod words;

use designs::Design;
use designs::lab::{Lab, read_knobs};
use outline::lab as told;
use outline::manifest::Manifest;
use serde::Serialize;
use std::io::Write as _;
use std::process::ExitCode;

/// Simulated events in one go; the result does not depend on it.
const EVENTS: u64 = 1_000_000;
/// Width that a picture is drawn for; only its words and numbers are told.
const WIDTH: f64 = 720.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match answer(&words) {
        // A reader who closed the pipe has seen enough.
        Ok(json) => match writeln!(std::io::stdout(), "{json}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(1),
        },
        Err(why) => {
            eprintln!("simulate: {why}");
            ExitCode::from(2)
        }
    }
}

/// What is asked for, as JSON.
fn answer(words: &[&str]) -> Result<String, String> {
    match words {
        ["lab", name, knobs @ ..] => json(&lab(design(name)?.0.lab, knobs)),
        ["run", name, seed, knobs @ ..] => {
            let seed = seed
                .parse()
                .map_err(|_| format!("{seed:?} is no seed: give a whole number"))?;
            json(&run(design(name)?.0.lab, knobs, seed)?)
        }
        ["truths", name] => {
            let (design, manifest) = design(name)?;
            json(&truths(design, &manifest))
        }
        _ => Err(
            "give one of: lab NN [NAME=VALUE …]; run NN SEED [NAME=VALUE …]; truths NN. \
             For example: cargo run -p simulate -- run 02 7. `cargo learn lab` shows the same for people"
                .into(),
        ),
    }
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|e| e.to_string())
}

fn design(name: &str) -> Result<(&'static Design, Manifest), String> {
    designs::find(name).ok_or_else(|| format!("no design {name:?} in DESIGNS, crates/designs/src/lib.rs"))
}

/// `name=value` words as one value a knob.
fn read(lab: &dyn Lab, knobs: &[&str]) -> Result<Vec<f64>, String> {
    let pair = |text: &&str| match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(format!("{text:?} is no knob setting; write name=value")),
    };
    let pairs: Vec<(String, String)> = knobs.iter().map(pair).collect::<Result<_, _>>()?;
    read_knobs(lab, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn lab(lab: &dyn Lab, knobs: &[&str]) -> told::Lab {
    told::Lab {
        title: lab.title().into(),
        setup: lab.setup().into(),
        knobs: lab.knobs().iter().map(words::knob).collect(),
        turned: read(lab, knobs).map(|values| words::turned(lab, &values)),
    }
}

fn run(lab: &dyn Lab, knobs: &[&str], seed: u64) -> Result<told::Run, String> {
    let mut run = lab.start(&read(lab, knobs)?, seed);
    while run.advance(EVENTS) {}
    let picture = run.picture(WIDTH);
    Ok(told::Run {
        summary: picture.summary,
        facts: picture.facts.iter().map(|f| [f.label.clone(), f.text()]).collect(),
        table: picture.table,
    })
}

fn truths(design: &Design, manifest: &Manifest) -> Vec<told::Truth> {
    let values = design.truths(&manifest.questions);
    let of = manifest.questions.iter().zip(values);
    of.map(|(question, value)| told::Truth { id: question.id.clone(), value: value.to_string() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_as_the_lab_gives_it() {
        let text = answer(&["run", "02", "3", "leaves=20", "hedge_after=20"]).unwrap();
        let told: told::Run = serde_json::from_str(&text).unwrap();
        let lab = design("02").unwrap().0.lab;
        let mut run = lab.start(&read(lab, &["leaves=20", "hedge_after=20"]).unwrap(), 3);
        while run.advance(12_345) {}
        let picture = run.picture(300.0);
        assert_eq!((&told.summary, &told.table), (&picture.summary, &picture.table));
        let facts: Vec<[String; 2]> = picture.facts.iter().map(|f| [f.label.clone(), f.text()]).collect();
        assert_eq!(told.facts, facts);
    }

    #[test]
    fn every_truth_arrives_whole() {
        let text = answer(&["truths", "02"]).unwrap();
        let told: Vec<told::Truth> = serde_json::from_str(&text).unwrap();
        let (design, manifest) = design("02").unwrap();
        let values: Vec<f64> = told.iter().map(|t| t.value.parse().unwrap()).collect();
        assert_eq!(values, design.truths(&manifest.questions));
        assert!(told.iter().zip(&manifest.questions).all(|(t, q)| t.id == q.id));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (words, says) in [
            (&[][..], "truths NN"),
            (&["truths", "00"], "no design \"00\""),
            (&["run", "02", "x"], "no seed"),
            (&["run", "02", "7", "leaves"], "name=value"),
            (&["run", "02", "7", "nope=1"], "it has"),
        ] {
            let why = answer(words).unwrap_err();
            assert!(why.contains(says), "{words:?}: {why}");
        }
        let text = answer(&["lab", "02", "nope=1"]).unwrap();
        let lab: told::Lab = serde_json::from_str(&text).unwrap();
        assert!(lab.turned.unwrap_err().contains("nope"));
    }
}
