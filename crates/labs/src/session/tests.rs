//! The session against a small lab of its own, so that these tests say nothing about any design.

use super::*;
use crate::module::LABS;
use designs::lab::{Fact, KnobKind, MapOf, Said, Table};

/// Adds numbers for 1,000 events: enough to see a run begin, refine and end.
struct Adder;

static KNOBS: [Knob; 2] = [
    Knob {
        name: "step",
        label: "Step",
        unit: "ms",
        help: "How far it goes.",
        min: 0.0,
        max: 100.0,
        step: 1.0,
        default: 10.0,
        kind: KnobKind::Setting,
        words: &[(0.0, "off")],
        said: Said { any: "it goes {} a step", special: &[(0.0, "it stands still")] },
        factors: false,
    },
    Knob {
        name: "bias",
        label: "Bias",
        unit: "",
        help: "Where it begins.",
        min: 0.0,
        max: 1.0,
        step: 0.5,
        default: 0.5,
        kind: KnobKind::Assumption,
        words: &[],
        said: Said::PLAIN,
        factors: false,
    },
];

struct Adding {
    step: f64,
    sum: f64,
    events: u64,
}

impl Lab for Adder {
    fn title(&self) -> &'static str {
        "Adding"
    }
    fn setup(&self) -> &'static str {
        "Adds a step a thousand times."
    }
    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }
    fn map(&self) -> MapOf {
        MapOf { across: "step", down: "bias", result: "sum" }
    }
    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        Box::new(Adding { step: values[0], sum: values[1] + seed as f64, events: 0 })
    }
}

impl Run for Adding {
    fn advance(&mut self, events: u64) -> bool {
        for _ in 0..events.min(1000 - self.events) {
            self.sum += self.step;
            self.events += 1;
        }
        self.events < 1000
    }
    fn picture(&self, width: f64) -> Picture {
        Picture {
            done: self.events as f64 / 1000.0,
            summary: format!("The sum is {} on {width} px.", self.sum),
            figures: vec![],
            facts: vec![Fact::new("sum", "Sum", self.sum, "ms", 0)],
            table: Table { caption: "Sums".into(), head: vec![], rows: vec![] },
        }
    }
}

fn session() -> Session {
    Session::new(vec![LabEntry { number: 99, lab: &Adder }], models::MODELS)
}

fn sum(s: &mut Session, run: u32) -> f64 {
    let picture: Value =
        serde_json::from_str(&s.handle(&format!(r#"{{"op":"picture","run":{run},"width":720}}"#))).expect("JSON");
    picture["facts"][0]["value"].as_f64().expect("a number")
}

#[test]
fn a_run_starts_refines_completes_and_is_dropped() {
    let mut s = session();
    assert_eq!(
        s.handle(r#"{"op":"start","lab":"99","knobs":{"step":3},"seed":7}"#),
        r#"{"run":1}"#
    );
    assert_eq!(s.handle(r#"{"op":"advance","run":1,"events":400}"#), r#"{"more":true}"#);
    assert!(
        s.handle(r#"{"op":"picture","run":1,"width":720}"#)
            .starts_with(r#"{"done":0.4,"#)
    );
    assert_eq!(sum(&mut s, 1), 7.5 + 400.0 * 3.0);
    assert_eq!(
        s.handle(r#"{"op":"advance","run":1,"events":5000}"#),
        r#"{"more":false}"#
    );
    assert_eq!(sum(&mut s, 1), 7.5 + 1000.0 * 3.0);
    assert_eq!(s.handle(r#"{"op":"drop","run":1}"#), "{}");
    assert!(
        s.handle(r#"{"op":"advance","run":1,"events":1}"#)
            .contains("run 1 is not under way")
    );
}

#[test]
fn two_runs_do_not_touch_each_other() {
    let mut s = session();
    s.handle(r#"{"op":"start","lab":"99","knobs":{"step":1},"seed":0}"#);
    s.handle(r#"{"op":"start","lab":"99","knobs":{"step":2},"seed":0}"#);
    s.handle(r#"{"op":"advance","run":2,"events":1000}"#);
    assert_eq!((sum(&mut s, 1), sum(&mut s, 2)), (0.5, 2000.5));
}

#[test]
fn a_knob_takes_its_word_and_keeps_its_default_when_left_out() {
    let mut s = session();
    s.handle(r#"{"op":"start","lab":"99","knobs":{"step":"off"},"seed":0}"#);
    s.handle(r#"{"op":"start","lab":"99","seed":0}"#);
    s.handle(r#"{"op":"advance","run":1,"events":1000}"#);
    s.handle(r#"{"op":"advance","run":2,"events":1000}"#);
    assert_eq!((sum(&mut s, 1), sum(&mut s, 2)), (0.5, 10_000.5));
}

#[test]
fn facts_are_those_of_the_picture_without_its_figures() {
    let mut s = session();
    s.handle(r#"{"op":"start","lab":"99","knobs":{"step":2},"seed":0}"#);
    s.handle(r#"{"op":"advance","run":1,"events":500}"#);
    assert_eq!(
        s.handle(r#"{"op":"facts","run":1}"#),
        r#"{"done":0.5,"facts":[{"key":"sum","label":"Sum","value":1000.5,"unit":"ms","digits":0}],"sides":[]}"#
    );
}

/// A map of the bias (three values) over the step (six).
fn map(values: &[Option<f64>], here: &str, width: u32) -> Value {
    let values = serde_json::to_string(values).expect("JSON");
    let request = format!(
        r#"{{"op":"map","lab":"99","across":"step","down":"bias","quantity":"Sum","unit":"ms","digits":0,"values":{values},"here":{here},"width":{width}}}"#
    );
    serde_json::from_str(&session().handle(&request)).expect("JSON")
}

#[test]
fn a_grid_is_that_of_its_knobs_and_said_by_them() {
    let grid: Value =
        serde_json::from_str(&session().handle(r#"{"op":"grid","lab":"99","across":"step","down":"bias"}"#))
            .expect("JSON");
    assert_eq!(
        grid["across"]["values"],
        serde_json::json!([0.0, 1.0, 3.0, 10.0, 30.0, 100.0])
    );
    assert_eq!(grid["across"]["said"][0], "it stands still");
    assert_eq!(grid["across"]["said"][2], "it goes 3\u{202f}ms a step");
    assert_eq!(grid["down"]["said"][1], "“Bias” is 0.5");
    let none = session().handle(r#"{"op":"grid","lab":"99","across":"step","down":"stride"}"#);
    assert!(none.contains("no knob “stride”"), "{none}");
}

#[test]
fn a_map_is_drawn_told_and_tabled() {
    let mut cells = vec![Some(40.0); 18];
    (cells[2], cells[12]) = (Some(7.0), Some(1310.0));
    let drawn = map(&cells, "[10,0.5]", 320);
    assert_eq!(
        drawn["summary"],
        "Lowest: 7\u{202f}ms when it goes 3\u{202f}ms a step and “Bias” is 0. Highest: 1,310\u{202f}ms when it stands still and “Bias” is 1."
    );
    assert_eq!(drawn["head"].as_array().map(Vec::len), Some(7));
    assert_eq!(drawn["rows"][2][1], "1,310\u{202f}ms");
    let svg = drawn["svg"].as_str().expect("a drawing");
    assert!(
        svg.contains("<title id=\"lab-99-map-320-title\">Sum, by “Step” and “Bias”"),
        "{svg}"
    );
    assert!(svg.contains("f-here"));
    let between = map(&cells, "[17,0.5]", 320)["svg"].to_string();
    assert!(!between.contains("f-here") && between.contains("between these values"));
    cells[3] = Some(7.0);
    assert!(
        map(&cells, "null", 320)["summary"]
            .to_string()
            .contains("ms, for example when it goes 3")
    );
    assert_eq!(map(&[None; 18], "null", 320)["summary"], "No cell has a value yet.");
    assert_eq!(
        map(&[Some(5.0); 18], "null", 320)["summary"],
        "It is 5\u{202f}ms in every cell."
    );
    assert!(map(&[Some(1.0); 18], "null", 1).to_string().contains("map-240-title"));
}

#[test]
fn a_map_with_cells_missing_is_refused_in_words() {
    assert_eq!(
        map(&[Some(1.0)], "null", 320)["error"],
        "a map of 6 columns and 3 rows does not have 1 cells"
    );
}

#[test]
fn the_width_of_a_figure_stays_within_reason() {
    let mut s = session();
    s.handle(r#"{"op":"start","lab":"99","seed":0}"#);
    assert!(s.handle(r#"{"op":"picture","run":1,"width":-5}"#).contains("on 240 px"));
    assert!(
        s.handle(r#"{"op":"picture","run":1,"width":1e300}"#)
            .contains("on 1600 px")
    );
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let mut s = session();
    for (request, says) in [
        ("", "not a request"),
        ("[]", "not a request"),
        (r#"{"op":"fly"}"#, "not a request"),
        (r#"{"op":"start","lab":"98","seed":1}"#, "no lab “98”; there are 99"),
        (
            r#"{"op":"start","lab":"99","knobs":{"stride":1},"seed":1}"#,
            "no knob “stride”; it has step, bias",
        ),
        (
            r#"{"op":"start","lab":"99","knobs":{"step":101},"seed":1}"#,
            "outside its range, 0 to 100 ms",
        ),
        (
            r#"{"op":"start","lab":"99","knobs":{"step":"fast"},"seed":1}"#,
            "not a number",
        ),
        (
            r#"{"op":"start","lab":"99","knobs":{"step":null},"seed":1}"#,
            "not a number",
        ),
        (r#"{"op":"start","lab":"99","seed":-1}"#, "not a request"),
        (r#"{"op":"drop","run":5}"#, "run 5 is not under way"),
        (r#"{"op":"calculate","model":"no.such"}"#, "no calculator “no.such”"),
    ] {
        let answer: Value = serde_json::from_str(&s.handle(request)).expect("JSON");
        let error = answer["error"]
            .as_str()
            .unwrap_or_else(|| panic!("{request} gave no error: {answer}"));
        assert!(error.contains(says), "{request}: “{error}” does not say “{says}”");
    }
}

#[test]
fn forgotten_runs_do_not_pile_up() {
    let mut s = session();
    for _ in 0..MOST_RUNS {
        assert!(
            s.handle(r#"{"op":"start","lab":"99","seed":1}"#)
                .starts_with(r#"{"run":"#)
        );
    }
    assert!(
        s.handle(r#"{"op":"start","lab":"99","seed":1}"#)
            .contains("drop one first")
    );
    s.handle(r#"{"op":"drop","run":3}"#);
    assert!(
        s.handle(r#"{"op":"start","lab":"99","seed":1}"#)
            .starts_with(r#"{"run":"#)
    );
}

#[test]
fn every_calculator_answers_at_its_defaults_and_refuses_what_is_out_of_range() {
    let mut s = session();
    for m in models::MODELS {
        let answer: Value =
            serde_json::from_str(&s.handle(&format!(r#"{{"op":"calculate","model":"{}"}}"#, m.id))).expect("JSON");
        assert_eq!(
            answer["outputs"].as_array().map(Vec::len),
            Some(m.outputs.len()),
            "{}: {answer}",
            m.id
        );
        for i in m.inputs {
            let beyond = i.max * 2.0 + 1.0;
            let said = s.handle(&format!(
                r#"{{"op":"calculate","model":"{}","inputs":{{"{}":{beyond}}}}}"#,
                m.id, i.name
            ));
            assert!(
                said.contains(r#""error":"#) && said.contains(i.label),
                "{} {}={beyond}: {said}",
                m.id,
                i.name
            );
        }
        let said = s.handle(&format!(
            r#"{{"op":"calculate","model":"{}","inputs":{{"colour":1}}}}"#,
            m.id
        ));
        assert!(said.contains("no input “colour”"), "{said}");
    }
}

#[test]
fn every_lab_that_exists_is_listed_and_runs_to_its_end() {
    let mut s = Session::new(LABS.to_vec(), models::MODELS);
    for entry in &LABS {
        let run: Value =
            serde_json::from_str(&s.handle(&format!(r#"{{"op":"start","lab":"{}","seed":7}}"#, entry.name())))
                .expect("JSON");
        let run = run["run"].as_u64().expect("it starts");
        let more = (0..2000)
            .any(|_| s.handle(&format!(r#"{{"op":"advance","run":{run},"events":1000000}}"#)) == r#"{"more":false}"#);
        assert!(
            more,
            "lab {} has not ended after two thousand million events",
            entry.name()
        );
        assert!(
            s.handle(&format!(r#"{{"op":"picture","run":{run},"width":720}}"#))
                .starts_with(r#"{"done":1.0,"#)
        );
    }
}
