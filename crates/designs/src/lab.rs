//! What a lab is: knobs in, a run that refines, pictures and facts out.
//!
//! The page (through WebAssembly), `cargo learn lab` and the debrief all use these few types, so that
//! one knob setting and one seed mean one result everywhere.

mod grid;

use crate::manifest::Axis;
use figures::{Drawing, Svg};
use serde::Serialize;
use std::collections::BTreeMap;

pub use grid::MOST as MOST_OF_A_MAP;
pub use outline::replay::Table;

/// Is a knob part of the design under study, or an assumption of the model that can be doubted?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KnobKind {
    /// A choice that the designer makes.
    Setting,
    /// Something that the model takes for granted; shown under "What is assumed".
    Assumption,
}

/// One knob of a lab: a number in a range.
#[derive(Clone, Debug, Serialize)]
pub struct Knob {
    /// Key in addresses and on the command line, for example `hedge_after`.
    pub name: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Unit as printed after the value: `ms`, `%`, `×`, or empty for a count.
    pub unit: &'static str,
    /// One sentence: what turning it does.
    pub help: &'static str,
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
    /// Distance between two values.
    pub step: f64,
    /// Value before anyone turns it.
    pub default: f64,
    /// Setting or assumption.
    pub kind: KnobKind,
    /// Words for special values, for example `(0, "off")`.
    pub words: &'static [(f64, &'static str)],
    /// How a value is said in a sentence.
    #[serde(skip)]
    pub said: Said,
    /// Is it gone through by equal factors in a map, whatever its default looks like?
    #[serde(skip)]
    pub factors: bool,
}

/// How a knob's values are said in a sentence: "the East freezes after 4 s", "the East never freezes".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// Any value, which stands in place of `{}` with its unit, or of `{n}` without; empty when a label and a value have to do.
    pub any: &'static str,
    /// Values that are said in words of their own.
    pub special: &'static [(f64, &'static str)],
}

impl Said {
    /// Nothing declared: the label and the value.
    pub const PLAIN: Said = Said { any: "", special: &[] };
}

impl Knob {
    /// The same knob, gone through by equal factors in a map.
    pub const fn by_factors(mut self) -> Knob {
        self.factors = true;
        self
    }

    /// A value as it is printed: its word, or the number with its unit.
    pub fn printed(&self, value: f64) -> String {
        self.written(value, self.unit)
    }

    /// A value as it stands along an axis that names the unit.
    pub fn tick(&self, value: f64) -> String {
        self.written(value, "")
    }

    fn written(&self, value: f64, unit: &str) -> String {
        let digits = self.step.to_string().split_once('.').map_or(0, |(_, d)| d.len());
        match self.word(value) {
            Some(word) => word.into(),
            // As many digits as the value needs: `0.5`, but `2`.
            None => {
                let needed = (0..digits).find(|d| {
                    let shift = libm::pow(10.0, *d as f64);
                    ((value * shift).round() / shift - value).abs() < self.step * 1e-6
                });
                figures::number(value, needed.unwrap_or(digits), unit)
            }
        }
    }

    /// Do two values stand on the same step?
    fn same(&self, a: f64, b: f64) -> bool {
        (a - b).abs() < self.step / 2.0
    }

    fn among(&self, list: &[(f64, &'static str)], value: f64) -> Option<&'static str> {
        list.iter().find(|(v, _)| self.same(*v, value)).map(|(_, words)| *words)
    }

    /// The word that stands for a value, if there is one.
    fn word(&self, value: f64) -> Option<&'static str> {
        self.among(self.words, value)
    }

    /// A value as a person would say it within a sentence.
    pub fn said(&self, value: f64) -> String {
        if let Some(words) = self.among(self.said.special, value) {
            return words.into();
        }
        let printed = self.printed(value);
        if self.said.any.is_empty() {
            return format!("“{}” is {printed}", self.label);
        }
        self.said.any.replace("{}", &printed).replace("{n}", &self.tick(value))
    }

    /// The value put into the range and onto the grid of steps; not-a-number becomes the default.
    pub fn snap(&self, value: f64) -> f64 {
        if value.is_nan() {
            return self.default;
        }
        let steps = ((value.clamp(self.min, self.max) - self.min) / self.step).round();
        (self.min + steps * self.step).clamp(self.min, self.max)
    }
}

/// A [`Knob`] in one line: `knob!("leaves", "Leaves", "", 1.0..=200.0 by 1.0, 100.0, SETTING, &[], "What turning it does.")`.
/// At its end it may say how a value is said, and which values have words of their own: `"{} leaves are asked", &[(1.0, "one leaf is asked")]`.
macro_rules! knob {
    ($name:literal, $label:literal, $unit:literal, $min:literal..=$max:literal by $step:literal, $default:expr, $kind:expr, $words:expr, $help:literal) => {
        $crate::lab::knob!($name, $label, $unit, $min..=$max by $step, $default, $kind, $words, $help, "", &[])
    };
    ($name:literal, $label:literal, $unit:literal, $min:literal..=$max:literal by $step:literal, $default:expr, $kind:expr, $words:expr, $help:literal, $any:literal, $special:expr) => {
        $crate::lab::Knob {
            name: $name,
            label: $label,
            unit: $unit,
            help: $help,
            min: $min,
            max: $max,
            step: $step,
            default: $default,
            kind: $kind,
            words: $words,
            said: $crate::lab::Said { any: $any, special: $special },
            factors: false,
        }
    };
}
pub(crate) use knob;

/// A knob of a lab turned to about this value, as typed: `leaves=80`. The value is put where the knob can stand.
pub(crate) fn turned(lab: &dyn Lab, name: &str, value: f64) -> String {
    let knob = lab.knobs().iter().find(|k| k.name == name);
    let at = knob.map_or(value, |k| k.snap(value));
    // Without the noise of binary fractions.
    let text = format!("{at:.3}");
    format!("{name}={}", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A situation as knobs of a lab, as typed, and what the lab cannot show of it: a sentence for each value that lies outside a knob's
/// range.
pub(crate) struct Typed {
    lab: &'static dyn Lab,
    /// `machines=6 memory=8`.
    pub(crate) knobs: String,
    /// "In the lab “Images” goes from 10 million to 5,000 million: 5,000 million stands there for 18,000 million."
    pub(crate) beyond: Vec<String>,
}

impl Typed {
    /// The lab as it opens.
    pub(crate) fn of(lab: &'static dyn Lab) -> Typed {
        Typed { lab, knobs: String::new(), beyond: Vec::new() }
    }

    /// One knob more, turned as near to a value as it goes.
    pub(crate) fn and(mut self, name: &str, value: f64) -> Typed {
        let Some(knob) = self.lab.knobs().iter().find(|k| k.name == name) else {
            panic!("the lab has no knob {name}");
        };
        let space = if self.knobs.is_empty() { "" } else { " " };
        self.knobs += &format!("{space}{}", turned(self.lab, name, value));
        if value < knob.min || value > knob.max {
            let print = |v: f64| figures::number(v, usize::from(v < 10.0 && v.fract() != 0.0), knob.unit);
            self.beyond.push(format!(
                "In the lab “{}” goes from {} to {}: {} stands there for {}.",
                knob.label,
                print(knob.min),
                print(knob.max),
                print(knob.snap(value)),
                print(value)
            ));
        }
        self
    }
}

/// A number with its name: one result of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// Stable key, `snake_case`; in the book it is quoted as `{{fact NN.key LOW..HIGH UNIT}}`.
    pub key: String,
    /// What a person reads.
    pub label: String,
    /// The value, in `unit`.
    pub value: f64,
    /// `ms`, `%`, `×`, or empty for a count.
    pub unit: &'static str,
    /// Digits after the decimal point worth printing.
    pub digits: usize,
    /// Where it stands among the lab's results; a number that a text quotes needs none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// The place of a fact in a table of results: a row for what is measured, a column for whose it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The group that the row belongs to, in words.
    #[serde(serialize_with = "in_words")]
    pub axis: Axis,
    /// What the row measures; the same for both sides.
    pub what: String,
    /// The same in so few words that they fit a menu on a phone.
    pub short: String,
    /// The column: 0 or 1, in the order of the picture's sides.
    pub side: usize,
    /// What the value is preceded by: "not within".
    pub note: &'static str,
}

fn in_words<S: serde::Serializer>(axis: &Axis, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(axis.words())
}

impl Fact {
    /// A fact from its parts.
    pub fn new(key: &str, label: &str, value: f64, unit: &'static str, digits: usize) -> Self {
        Fact { key: key.into(), label: label.into(), value, unit, digits, place: None }
    }

    /// Puts it among the results of one of two sides: into the row `what`, in the group of an axis.
    pub fn on(mut self, axis: Axis, what: &str, side: usize) -> Self {
        self.place = Some(Place { axis, what: what.into(), short: what.into(), side, note: "" });
        self
    }

    /// What its row is called where there is little room.
    pub fn short(mut self, short: &str) -> Self {
        if let Some(place) = &mut self.place {
            place.short = short.into();
        }
        self
    }

    /// Words before its value: "not within".
    pub fn note(mut self, note: &'static str) -> Self {
        if let Some(place) = &mut self.place {
            place.note = note;
        }
        self
    }

    /// The value as printed: grouped thousands, a thin space before the unit (`1,310 ms`, `5.6 %`).
    pub fn text(&self) -> String {
        figures::number(self.value, self.digits, self.unit)
    }
}

/// One figure of a picture.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Stable key within the lab.
    pub key: &'static str,
    /// One sentence under the figure.
    pub caption: String,
    /// The drawing.
    pub svg: Svg,
}

/// What a lab shows at one moment of its run.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// Share of the run that stands behind it, 0 to 1; at 1 it equals the debrief's run.
    pub done: f64,
    /// One or two sentences in words, for screen readers and for the terminal.
    pub summary: String,
    /// The figures, most important first.
    pub figures: Vec<Figure>,
    /// The numbers.
    pub facts: Vec<Fact>,
    /// The same as a table.
    pub table: Table,
}

/// A figure of a picture before its width is known: a lab draws it for the page, a replay for a page and for a phone.
pub struct Drawn {
    /// Stable key within the lab.
    pub key: &'static str,
    /// One sentence under the figure.
    pub caption: String,
    /// What is drawn.
    pub drawing: Box<dyn Drawing>,
}

impl Drawn {
    /// A figure from its parts.
    pub fn new(key: &'static str, caption: impl Into<String>, drawing: impl Drawing + 'static) -> Drawn {
        Drawn { key, caption: caption.into(), drawing: Box::new(drawing) }
    }
}

/// What two runs side by side show, before a width is known.
pub struct View {
    /// One or two sentences in words.
    pub summary: String,
    /// The figures, most important first.
    pub drawn: Vec<Drawn>,
    /// The numbers.
    pub facts: Vec<Fact>,
    /// The same as a table: what is counted, and a column for each run.
    pub table: Table,
}

impl View {
    /// The picture for a width in CSS pixels; `done` is the share of the run that stands behind it.
    pub fn picture(self, done: f64, width: f64) -> Picture {
        let figures =
            self.drawn
                .into_iter()
                .map(|d| Figure { key: d.key, caption: d.caption, svg: d.drawing.draw(width) });
        Picture {
            done,
            summary: self.summary,
            figures: figures.collect(),
            facts: self.facts,
            table: self.table,
        }
    }
}

/// A run under way.
pub trait Run {
    /// Goes on for about `events` simulated events; false when the run is complete.
    fn advance(&mut self, events: u64) -> bool;
    /// The picture so far, drawn for a width in CSS pixels.
    fn picture(&self, width: f64) -> Picture;
}

/// The [`Run`] of a lab whose sides already know how to go on, how far they are and what they show.
pub fn run_of<P: 'static>(
    pair: P,
    advance: fn(&mut P, u64) -> bool,
    share_done: fn(&P) -> f64,
    view: fn(&P) -> View,
) -> Box<dyn Run> {
    Box::new(PairRun { pair, advance, share_done, view, running: true })
}

struct PairRun<P> {
    pair: P,
    advance: fn(&mut P, u64) -> bool,
    share_done: fn(&P) -> f64,
    view: fn(&P) -> View,
    running: bool,
}

impl<P> Run for PairRun<P> {
    fn advance(&mut self, events: u64) -> bool {
        self.running = (self.advance)(&mut self.pair, events);
        self.running
    }

    fn picture(&self, width: f64) -> Picture {
        // A run that still goes on never looks whole.
        let done = if self.running {
            (self.share_done)(&self.pair).min(0.999)
        } else {
            1.0
        };
        (self.view)(&self.pair).picture(done, width)
    }
}

/// Two knobs, and a result that depends on both.
#[derive(Clone, Copy, Debug)]
pub struct MapOf {
    /// Name of the knob that grows to the right.
    pub across: &'static str,
    /// Name of the knob that grows downwards.
    pub down: &'static str,
    /// Key of the fact in the cells.
    pub result: &'static str,
}

/// One lab a design.
pub trait Lab {
    /// Title, neutral: it must not give the lesson away.
    fn title(&self) -> &'static str;
    /// One paragraph: what is simulated and which two policies are compared.
    fn setup(&self) -> &'static str;
    /// The knobs, settings first.
    fn knobs(&self) -> &'static [Knob];
    /// What its map over two knobs opens with.
    fn map(&self) -> MapOf;
    /// Starts a run. `values` has one value a knob, in the order of [`Lab::knobs`]; each is snapped to its grid.
    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run>;
}

/// One value a knob, each on its knob's grid; a value that is missing is the default.
pub fn snapped(knobs: &[Knob], values: &[f64]) -> Vec<f64> {
    knobs
        .iter()
        .enumerate()
        .map(|(i, k)| k.snap(values.get(i).copied().unwrap_or(k.default)))
        .collect()
}

/// The seed of every lab as it opens, and of every debrief.
pub const SEED: u64 = 7;

/// The facts of one complete run with [`SEED`], by key: what the debrief prints is what the lab shows.
///
/// # Panics
/// When the lab has no such knob.
pub fn facts_of(lab: &dyn Lab, knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    let values = read_knobs(lab, knobs.iter().copied()).unwrap_or_else(|e| panic!("{e}"));
    let mut run = lab.start(&values, SEED);
    while run.advance(1 << 22) {}
    run.picture(720.0)
        .facts
        .into_iter()
        .map(|f| (f.key.clone(), f))
        .collect()
}

/// Copies facts of a run under new keys: `(key in the run, key in the book)`.
///
/// # Panics
/// When the run has no fact of that key.
pub fn renamed(out: &mut Vec<Fact>, run: &BTreeMap<String, Fact>, names: &[(&str, &str)]) {
    for (from, to) in names {
        let fact = run.get(*from).unwrap_or_else(|| panic!("the lab gives no fact {from}"));
        out.push(Fact { key: (*to).into(), ..fact.clone() });
    }
}

/// Reads `name=value` pairs into one value a knob; knobs that are not named keep their default.
///
/// # Errors
/// Names the pair that is unknown or not a number, and lists the knobs.
pub fn read_knobs<'a>(lab: &dyn Lab, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<f64>, String> {
    let knobs = lab.knobs();
    let mut values: Vec<f64> = knobs.iter().map(|k| k.default).collect();
    for (name, text) in pairs {
        let Some(i) = knobs.iter().position(|k| k.name == name) else {
            let names: Vec<_> = knobs.iter().map(|k| k.name).collect();
            return Err(format!("this lab has no knob “{name}”; it has {}", names.join(", ")));
        };
        let k = &knobs[i];
        let word = k.words.iter().find(|(_, w)| *w == text).map(|(v, _)| *v);
        let value = word.or_else(|| text.parse::<f64>().ok()).filter(|v| v.is_finite());
        let range = format!("{} to {} {}", k.min, k.max, k.unit);
        let Some(value) = value else {
            return Err(format!(
                "{name}={text}: not a number; give one from {}",
                range.trim_end()
            ));
        };
        if value < k.min || value > k.max {
            return Err(format!("{name}={text}: outside its range, {}", range.trim_end()));
        }
        values[i] = k.snap(value);
    }
    Ok(values)
}

/// What every lab's own tests ask of it.
#[cfg(test)]
mod tests {
    use super::turned;
    use crate::fan_out_search::DESIGN;

    #[test]
    fn a_turned_knob_stands_where_it_can_and_is_typed_plainly() {
        assert_eq!(turned(DESIGN.lab, "leaves", 79.6), "leaves=80");
        assert_eq!(turned(DESIGN.lab, "storm_factor", 3.2), "storm_factor=3");
        assert_eq!(turned(DESIGN.lab, "network", 0.15 + 0.15), "network=0.3");
        assert_eq!(turned(DESIGN.lab, "leaves", f64::INFINITY), "leaves=200");
        assert_eq!(turned(DESIGN.lab, "leaves", f64::NAN), "leaves=100");
    }
}

#[cfg(test)]
mod words {
    use crate::DESIGNS;

    #[test]
    fn a_knobs_word_can_stand_after_from_and_to() {
        for design in DESIGNS {
            for (knob, word) in design
                .lab
                .knobs()
                .iter()
                .flat_map(|k| k.words.iter().map(|(_, w)| (k.name, w)))
            {
                let doubled = ["to ", "from ", "until "].iter().any(|begin| word.starts_with(begin));
                assert!(!doubled, "the page says “From … to {word}” of the knob {knob}");
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod checks {
    use super::{Lab, Picture, read_knobs};

    /// A run in slices of `slice` events ends as a run at once does, and no picture on the way calls itself complete.
    pub(crate) fn slices_equal_the_whole(lab: &dyn Lab, knobs: &[(&str, &str)], slice: u64) {
        let values = read_knobs(lab, knobs.iter().copied()).unwrap();
        let mut whole = lab.start(&values, 7);
        while whole.advance(u64::MAX / 4) {}
        let mut sliced = lab.start(&values, 7);
        let mut pictures = 0;
        while sliced.advance(slice) {
            pictures += 1;
            assert!(sliced.picture(320.0).done < 1.0);
        }
        assert!(pictures > 3);
        let (a, b) = (whole.picture(320.0), sliced.picture(320.0));
        assert_eq!(a.facts, b.facts);
        let drawings = |p: &Picture| p.figures.iter().map(|f| f.svg.0.clone()).collect::<Vec<_>>();
        assert_eq!(drawings(&a), drawings(&b));
        assert_eq!(b.done, 1.0);
    }

    /// Each knob at each of its ends draws, before the run and within it; `small` keeps the others cheap.
    pub(crate) fn extreme_knobs_draw(lab: &dyn Lab, small: &[(&str, &str)]) {
        for (i, knob) in lab.knobs().iter().enumerate() {
            for end in [knob.min, knob.max] {
                let mut values = read_knobs(lab, small.iter().copied()).unwrap();
                values[i] = end;
                let mut run = lab.start(&values, 1);
                assert!(!run.picture(320.0).figures.is_empty());
                run.advance(20_000);
                let picture = run.picture(720.0);
                assert!(
                    picture.facts.iter().all(|f| f.value.is_finite()),
                    "{} = {end}",
                    knob.name
                );
            }
        }
    }
}
