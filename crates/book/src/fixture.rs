//! A small design and model for tests: what the pages of a book can refer to.

use designs::Design;
use designs::lab::{Fact, Knob, KnobKind, Lab, MapOf, Picture, Run, Said, Table};
use models::{Input, Model, Output};

/// Its manifest.
pub(crate) const MANIFEST: &str = r#"
number = 2
slug = "fixture-search"
title = "Fixture search"
promise = "Asks many, waits for all."
moral = "The slowest of many decides."
objectives = ["say *why*", "compute $x^2$", "decide [@dean2013 p. 76]"]
rust = "none"
role = "day"
day-step = "operate"
self-study-minutes = 90
blocks = ["queues-and-tails"]
sources = ["dean2013"]
as-of = "2026-11"
needs = []

[[day]]
what = "Read"
minutes = 10
[[day]]
what = "Argue"
minutes = 35

[[given]]
key = "leaves"
value = 1000
what = "Leaves a query asks."
[[given]]
key = "deadline"
value = 0.5
unit = "s"
what = "When the root answers with `what it has`."

[[questions]]
id = "busy"
axis = "cost"
text = "How busy is a leaf?"
unit = "%"
scale = "share"
fact = "busy"
mechanisms = [
  { key = "m1", text = "one", right = true },
  { key = "m2", text = "two" },
  { key = "m3", text = "three" },
  { key = "m4", text = "four" },
]

[[steps]]
kind = "predict"
minutes = 15
task = "Fill in the sheet."
hints = ["a", "b", "c"]
[[steps]]
kind = "operate"
minutes = 15
task = """
Write a policy.

- cheap
- quick"""
hints = ["a", "b", "c"]
[[steps]]
kind = "attack"
minutes = 20
task = "Break it."
hints = ["a", "b", "c"]
"#;

struct FixtureLab;

static KNOBS: &[Knob] = &[
    Knob {
        name: "hedge_after",
        label: "Second request after",
        unit: "ms",
        help: "When the root asks the other replica.",
        min: 0.0,
        max: 100.0,
        step: 1.0,
        default: 18.0,
        kind: KnobKind::Setting,
        words: &[(0.0, "off")],
        said: Said::PLAIN,
        factors: false,
    },
    Knob {
        name: "storm",
        label: "Storm",
        unit: "×",
        help: "How much slower every leaf becomes.",
        min: 1.0,
        max: 10.0,
        step: 0.5,
        default: 1.0,
        kind: KnobKind::Assumption,
        words: &[],
        said: Said::PLAIN,
        factors: false,
    },
];

struct Still;

impl Run for Still {
    fn advance(&mut self, _: u64) -> bool {
        false
    }
    fn picture(&self, _: f64) -> Picture {
        let table = Table { caption: String::new(), head: vec![], rows: vec![] };
        Picture { done: 1.0, summary: String::new(), figures: vec![], facts: facts(), table }
    }
}

impl Lab for FixtureLab {
    fn title(&self) -> &'static str {
        "A search cell under load"
    }
    fn setup(&self) -> &'static str {
        "One root asks *all* leaves; two policies run on the same arrivals."
    }
    fn knobs(&self) -> &'static [Knob] {
        KNOBS
    }
    fn map(&self) -> MapOf {
        MapOf { across: "hedge_after", down: "storm", result: "p90_wait" }
    }
    fn start(&self, _: &[f64], _: u64) -> Box<dyn Run> {
        Box::new(Still)
    }
}

fn facts() -> Vec<Fact> {
    vec![
        Fact::new("p90_wait", "p90", 654.2, "ms", 0),
        Fact::new("busy", "busy", 17.3, "%", 1),
        Fact::new("extra", "extra requests", 5.6, "%", 1),
    ]
}

fn figure(name: &str, _width: f64) -> Option<Box<dyn figures::Drawing>> {
    use figures::{About, Architecture, Arrow, Place};
    (name == "architecture").then(|| {
        let about = About::new("arch", "Root and leaves", "The root asks a leaf.");
        let drawing = Architecture::new(about, 2.0, 1.0)
            .part("root", "root", "merges", Place::at(0.0, 0.0))
            .part("leaf", "leaf <1>", "a shard", Place::at(1.0, 0.0))
            .arrow(Arrow::new("root", "leaf").dashed());
        Box::new(drawing) as Box<dyn figures::Drawing>
    })
}

static DESIGN: Design =
    Design { manifest_toml: MANIFEST, lab: &FixtureLab, answers: facts, facts, figure, experiments: &[] };

/// The registry of one design.
pub(crate) static DESIGNS: &[&Design] = &[&DESIGN];

static ANY_SLOW: Model = Model {
    id: "tails.any_slow",
    title: "Share of queries that meet a slow leaf",
    tex: r"P = 1 - (1 - p)^{n}",
    source: "dean2013 p. 75",
    inputs: &[Input {
        name: "n",
        symbol: "n",
        label: "Leaves",
        unit: "",
        min: 1.0,
        max: 10000.0,
        default: 100.0,
        whole: true,
    }],
    outputs: &[Output { name: "share", label: "Queries that meet one", unit: "%", digits: 1 }],
    run: |x| Ok(vec![100.0 * (1.0 - 0.99f64.powf(x[0]))]),
};

/// The registry of one model.
pub(crate) static MODELS: &[&Model] = &[&ANY_SLOW];
