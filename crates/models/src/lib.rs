//! Closed forms behind the building blocks, as one registry.
//!
//! Each [`Model`] is declared once; the calculator in the page, the docs and the ledger's way to call it come from that
//! declaration. The functions behind it are public too, in plain units (seconds, shares of one).
//!
//! ```
//! let model = models::find("tails.any_slow").unwrap();
//! let percent = model.call(&[1.0, 100.0]).unwrap()[0];
//! assert_eq!(percent.round(), 63.0);
//! assert_eq!(models::tails::any_slow(0.01, 100), percent / 100.0);
//! ```

pub mod availability;
pub mod balancing;
pub mod caches;
pub mod change;
pub mod composition;
pub mod cost;
pub mod overload;
pub mod queueing;
pub mod quorum;
pub mod replication;
pub mod storage;
pub mod tails;
pub mod time;

use serde::Serialize;

/// One input of a model.
#[derive(Clone, Debug, Serialize)]
pub struct Input {
    /// Key, `snake_case`.
    pub name: &'static str,
    /// Symbol in the formula, as TeX.
    pub symbol: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Unit as the input is typed (`ms`, `%`, `per second`); empty for a count.
    pub unit: &'static str,
    /// Smallest value, in `unit`.
    pub min: f64,
    /// Largest value, in `unit`.
    pub max: f64,
    /// Default, in `unit`.
    pub default: f64,
    /// Is it a whole number?
    pub whole: bool,
}

/// An input without a symbol, as a simulated experiment has them: there is no formula to show.
pub const fn input(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    (min, default, max): (f64, f64, f64),
    whole: bool,
) -> Input {
    Input { name, symbol: "", label, unit, min, max, default, whole }
}

/// An output in one line.
pub const fn output(name: &'static str, label: &'static str, unit: &'static str, digits: usize) -> Output {
    Output { name, label, unit, digits }
}

/// One output of a model.
#[derive(Clone, Debug, Serialize)]
pub struct Output {
    /// Key, `snake_case`.
    pub name: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// Unit of the printed value.
    pub unit: &'static str,
    /// Digits after the decimal point worth printing.
    pub digits: usize,
}

/// A closed form with everything needed to show, explain and call it.
#[derive(Clone, Debug, Serialize)]
pub struct Model {
    /// Stable id: `tails.any_slow`.
    pub id: &'static str,
    /// What it answers, in words.
    pub title: &'static str,
    /// The formula in TeX, with the inputs' symbols.
    pub tex: &'static str,
    /// Key in `sources.toml`, and place: where the formula is from.
    pub source: &'static str,
    /// The inputs, in the order that [`Model::run`] takes them.
    pub inputs: &'static [Input],
    /// The outputs, in the order that [`Model::run`] gives them.
    pub outputs: &'static [Output],
    /// Values in the inputs' units to values in the outputs' units. An input outside the formula's reach gives an error in words.
    #[serde(skip)]
    pub run: fn(&[f64]) -> Result<Vec<f64>, String>,
}

impl Model {
    /// Checks that there is one value an input, finite, in its range, and whole where it must be; then computes.
    ///
    /// # Errors
    /// Names the input that is missing or outside its range, or says why the formula does not reach that far.
    pub fn call(&self, values: &[f64]) -> Result<Vec<f64>, String> {
        if values.len() != self.inputs.len() {
            return Err(format!(
                "{} takes {} values, not {}",
                self.id,
                self.inputs.len(),
                values.len()
            ));
        }
        for (input, value) in self.inputs.iter().zip(values) {
            let Input { label, unit, min, max, .. } = input;
            if !(*min..=*max).contains(value) {
                return Err(format!("{label}: {value} is outside its range, {min} to {max} {unit}")
                    .trim_end()
                    .to_string());
            }
            if input.whole && value.fract() != 0.0 {
                return Err(format!("{label}: {value} is not a whole number"));
            }
        }
        (self.run)(values)
    }
}

/// Every model, by id.
pub static MODELS: &[&Model] = &[
    &queueing::LITTLES_LAW,
    &queueing::MM1,
    &queueing::MMC,
    &queueing::MG1,
    &tails::ANY_SLOW,
    &tails::LEAF_QUANTILE,
    &tails::HEDGED,
    &cost::MACHINES,
    &cost::DUPLICATE_WORK,
    &cost::OWNING,
    &overload::AMPLIFICATION,
    &overload::TRIES,
    &overload::DRAIN,
    &overload::STABLE_LOAD,
    &overload::USEFUL_QUEUE,
    &overload::BUDGET_GROWTH,
    &overload::CLIENT_THROTTLE,
    &overload::HELD_SLOTS,
    &overload::BACKOFF,
    &overload::RETRY_GROWTH,
    &replication::MAJORITY,
    &replication::PHI,
    &replication::STRANDED,
    &replication::OUTAGE,
    &replication::CATCH_UP,
    &replication::RESTORE,
    &replication::LIGHT,
    &replication::DISTANCE,
    &replication::SERIAL_COMMITS,
    &quorum::OVERLAP,
    &quorum::K_STALE,
    &quorum::KTH_ANSWER,
    &quorum::ZONES,
    &time::LEASE_MARGIN,
    &time::LONGEST_FENCE,
    &time::UNCERTAINTY,
    &time::LEASE_TRAFFIC,
    &time::BETWEEN,
    &time::OUTLASTED,
    &availability::DOWNTIME,
    &availability::REPAIR,
    &availability::SERIES,
    &availability::PARALLEL,
    &availability::DEPENDENCIES,
    &caches::MISSES,
    &caches::SPARE,
    &caches::REFILL,
    &composition::SHARED,
    &composition::MIXTURE,
    &composition::STEPS,
    &composition::TASKS,
    &composition::KEPT,
    &composition::MOVED,
    &storage::NEEDS,
    &storage::DENSITY,
    &storage::EFFECTIVE_COPIES,
    &storage::LOSSES,
    &balancing::D_CHOICES,
    &balancing::EQUAL_OPEN,
    &balancing::DRAWN,
    &balancing::WITHOUT_SOME,
    &balancing::TABLE,
    &balancing::MOVED,
    &change::MIXTURE,
    &change::HARM,
    &change::SEES,
    &change::IN_STEP,
    &change::REACH,
];

/// The model of an id.
pub fn find(id: &str) -> Option<&'static Model> {
    MODELS.iter().copied().find(|m| m.id == id)
}

/// The values as an array of the length that a model's function expects.
fn exactly<const N: usize>(values: &[f64]) -> Result<[f64; N], String> {
    values
        .try_into()
        .map_err(|_| format!("{N} values are needed, {} were given", values.len()))
}

/// An input that may be any number of its range.
const fn real(
    name: &'static str,
    symbol: &'static str,
    label: &'static str,
    unit: &'static str,
    (min, default, max): (f64, f64, f64),
) -> Input {
    Input { name, symbol, label, unit, min, max, default, whole: false }
}

/// An input that counts something.
const fn count(
    name: &'static str,
    symbol: &'static str,
    label: &'static str,
    (min, default, max): (f64, f64, f64),
) -> Input {
    Input { name, symbol, label, unit: "", min, max, default, whole: true }
}

/// An output.
const fn out(name: &'static str, label: &'static str, unit: &'static str, digits: usize) -> Output {
    Output { name, label, unit, digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_keys_are_unique_and_well_formed() {
        let key = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        for (i, m) in MODELS.iter().enumerate() {
            assert!(MODELS[i + 1..].iter().all(|other| other.id != m.id), "{} twice", m.id);
            let (room, name) = m.id.split_once('.').expect(m.id);
            assert!(key(room) && key(name), "{}", m.id);
            assert!(std::ptr::eq(find(m.id).expect(m.id), *m));
            let mut names: Vec<_> = m
                .inputs
                .iter()
                .map(|i| i.name)
                .chain(m.outputs.iter().map(|o| o.name))
                .collect();
            assert!(names.iter().all(|n| key(n)), "{}: {names:?}", m.id);
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "{}: a key twice", m.id);
            let mut labels: Vec<_> = m.inputs.iter().map(|i| i.label).collect();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), m.inputs.len(), "{}: a label twice", m.id);
        }
        assert!(find("tails.none").is_none());
    }

    #[test]
    fn texts_are_there_and_tex_is_plain() {
        for m in MODELS {
            assert!(
                !m.title.is_empty() && !m.tex.is_empty() && !m.source.is_empty(),
                "{}",
                m.id
            );
            // A bar would end a cell of a Markdown table; a dollar would end the formula.
            assert!(!m.tex.contains('|') && !m.tex.contains('$'), "{}", m.id);
            assert_eq!(m.tex.matches('{').count(), m.tex.matches('}').count(), "{}", m.id);
            for i in m.inputs {
                let symbol = i.symbol.split('_').next().unwrap_or_default();
                assert!(
                    m.tex.contains(symbol),
                    "{}: the formula does not have {}",
                    m.id,
                    i.symbol
                );
            }
        }
    }

    #[test]
    fn defaults_lie_in_their_ranges_and_run() {
        for m in MODELS {
            for i in m.inputs {
                assert!(
                    i.min < i.max && (i.min..=i.max).contains(&i.default),
                    "{}.{}",
                    m.id,
                    i.name
                );
                assert!(!i.whole || i.default.fract() == 0.0, "{}.{}", m.id, i.name);
            }
            let defaults: Vec<f64> = m.inputs.iter().map(|i| i.default).collect();
            let values = m.call(&defaults).unwrap_or_else(|e| panic!("{}: {e}", m.id));
            assert_eq!(values.len(), m.outputs.len(), "{}", m.id);
            assert!(values.iter().all(|v| v.is_finite()), "{}: {values:?}", m.id);
        }
    }

    #[test]
    fn every_corner_gives_finite_values_or_a_reason() {
        for m in MODELS {
            for corner in 0..3usize.pow(m.inputs.len() as u32) {
                let mut rest = corner;
                let values: Vec<f64> = m
                    .inputs
                    .iter()
                    .map(|i| {
                        let pick = [i.min, i.default, i.max][rest % 3];
                        rest /= 3;
                        pick
                    })
                    .collect();
                match m.call(&values) {
                    Ok(out) => assert!(out.iter().all(|v| v.is_finite()), "{} {values:?}: {out:?}", m.id),
                    Err(why) => assert!(
                        why.contains(' ') && !why.contains("outside its range"),
                        "{} {values:?}: {why}",
                        m.id
                    ),
                }
            }
        }
    }

    #[test]
    fn wrong_values_are_refused_by_name() {
        let m = find("tails.any_slow").expect("it exists");
        assert!(m.call(&[1.0]).unwrap_err().contains("2 values, not 1"));
        assert!(m.call(&[101.0, 5.0]).unwrap_err().starts_with(m.inputs[0].label));
        assert!(m.call(&[f64::NAN, 5.0]).unwrap_err().contains("outside its range"));
        assert!(m.call(&[1.0, 2.5]).unwrap_err().contains("not a whole number"));
        assert!((m.run)(&[1.0]).is_err());
    }
}
