//! Prints a hash of every result of a fixed list of runs, as `.ci/labs-node.mjs` does for the WebAssembly module.
//!
//! The two lists must be the same, line by line: one knob setting and one seed mean one result, natively and in a page.

use serde_json::{Value, json};

/// Seeds of the runs with every knob at its default; the last has more than 32 bits.
const SEEDS: [u64; 3] = [1, 7, 4_294_967_311];

fn main() -> Result<(), String> {
    let known: Value = read(&labs::handle(r#"{"op":"labs"}"#))?;
    for lab in list(&known["labs"]) {
        let name = word(&lab["name"]);
        for seed in SEEDS {
            println!("{name} seed={seed} {}", run(name, json!({}), seed, u64::MAX)?);
        }
        for knob in list(&lab["knobs"]) {
            for end in ["min", "max"] {
                let (key, value) = (word(&knob["name"]), knob[end].as_f64().unwrap_or(f64::NAN));
                println!(
                    "{name} seed=7 {key}={value} {}",
                    run(name, json!({ key: value }), 7, 5)?
                );
            }
        }
    }
    for model in list(&known["models"]) {
        let id = word(&model["id"]);
        for at in ["default", "min", "max"] {
            let inputs: serde_json::Map<String, Value> = list(&model["inputs"])
                .map(|i| (word(&i["name"]).to_string(), i[at].clone()))
                .collect();
            println!(
                "{id} {at} {}",
                hash(&ask(json!({"op": "calculate", "model": id, "inputs": inputs})))
            );
        }
    }
    Ok(())
}

/// The hashes of a picture early in the run and of one after at most `slices` slices.
fn run(lab: &str, knobs: Value, seed: u64, slices: u64) -> Result<String, String> {
    let started: Value = read(&ask(json!({"op": "start", "lab": lab, "knobs": knobs, "seed": seed})))?;
    let run = started["run"]
        .as_u64()
        .ok_or_else(|| format!("it did not start: {started}"))?;
    ask(json!({"op": "advance", "run": run, "events": 20_000}));
    let early = hash(&ask(json!({"op": "picture", "run": run, "width": 360})));
    let mut left = slices;
    while left > 0 && read(&ask(json!({"op": "advance", "run": run, "events": 200_000})))?["more"] == true {
        left -= 1;
    }
    let late = hash(&ask(json!({"op": "picture", "run": run, "width": 720})));
    if slices == u64::MAX {
        println!(
            "{lab} seed={seed} facts {}",
            hash(&ask(json!({"op": "facts", "run": run})))
        );
    }
    ask(json!({"op": "drop", "run": run}));
    Ok(format!("{early} {late}"))
}

fn ask(request: Value) -> String {
    labs::handle(&request.to_string())
}

fn read(answer: &str) -> Result<Value, String> {
    serde_json::from_str(answer).map_err(|e| format!("{answer}: {e}"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// FNV-1a, 64 bits, over the answer's very bytes.
fn hash(text: &str) -> String {
    let fnv = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, fnv))
}
