//! Reads entries from TOML. Strict: what is not understood is refused, with its line and what to write instead.

use crate::entry::{Check, Entry, Given, Run, Seen, Tolerance};
use crate::finding::{Finding, suggest};
use crate::quantity::Quantity;
use crate::unit::Unit;
use models::Model;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use toml::{Spanned, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    entry: Vec<Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawEntry {
    id: Spanned<String>,
    title: String,
    source: Spanned<String>,
    #[serde(default)]
    place: String,
    seen: Spanned<String>,
    quoted_by: Option<String>,
    #[serde(default)]
    teaches_against: String,
    note: Option<String>,
    #[serde(default)]
    used_by: Vec<Spanned<String>>,
    after: Option<Spanned<String>>,
    #[serde(default)]
    run: Vec<Spanned<RawRun>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRun {
    what: Option<String>,
    model: Spanned<String>,
    #[serde(default)]
    inputs: BTreeMap<Spanned<String>, Spanned<Value>>,
    #[serde(default)]
    assumed: BTreeMap<Spanned<String>, Spanned<Value>>,
    #[serde(default)]
    check: Vec<Spanned<RawCheck>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCheck {
    what: Option<String>,
    output: Spanned<String>,
    published: Option<Spanned<Value>>,
    tolerance: Spanned<String>,
    seen: Option<Spanned<String>>,
    fails: Option<String>,
}

/// Reads the text of a file.
///
/// # Errors
/// Everything that is wrong, each with its line.
pub(crate) fn read(text: &str, file: &Path, models: &[&'static Model]) -> Result<Vec<Entry>, Vec<Finding>> {
    let mut reader = Reader { text, file, models, wrong: Vec::new() };
    let raw: RawFile = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(e) => {
            reader.wrong(&e.span().unwrap_or(0..0), e.message().trim());
            return Err(reader.wrong);
        }
    };
    if raw.entry.is_empty() {
        reader.wrong.push(Finding::of(file, "there is no [[entry]] in it"));
    }
    let entries = raw.entry.into_iter().map(|e| reader.entry(e)).collect();
    if reader.wrong.is_empty() {
        Ok(entries)
    } else {
        Err(reader.wrong)
    }
}

struct Reader<'a> {
    text: &'a str,
    file: &'a Path,
    models: &'a [&'static Model],
    wrong: Vec<Finding>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.text[..at.min(self.text.len())].matches('\n').count() + 1
    }

    fn wrong(&mut self, at: &Range<usize>, what: impl Into<String>) {
        let line = Some(self.line(at.start));
        self.wrong
            .push(Finding { file: self.file.into(), line, what: what.into() });
    }

    fn entry(&mut self, spanned: Spanned<RawEntry>) -> Entry {
        let (at, raw) = (spanned.span(), spanned.into_inner());
        let id_at = raw.id.span();
        let id = raw.id.into_inner();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            self.wrong(
                &id_at,
                format!(
                    "the id “{id}” may have lower-case letters, digits and hyphens only: it is an anchor in the page"
                ),
            );
        }
        let seen = self.seen(&raw.seen);
        if (seen == Seen::Quoted) != raw.quoted_by.is_some() {
            let what = "seen = \"quoted\" and quoted-by = \"who quotes it\" go together: write both or neither";
            self.wrong(&raw.seen.span(), what);
        }
        if raw.run.is_empty() {
            self.wrong(
                &at,
                format!("{id} recomputes nothing: add an [[entry.run]] with model, inputs and [[entry.run.check]]"),
            );
        }
        for page in &raw.used_by {
            let slug = page
                .get_ref()
                .strip_prefix("blocks/")
                .or_else(|| page.get_ref().strip_prefix("designs/"));
            if slug.is_none_or(|s| s.is_empty() || !s.chars().all(plain)) {
                self.wrong(
                    &page.span(),
                    format!(
                        "used-by: “{}” is not of the form blocks/SLUG or designs/NN-SLUG",
                        page.get_ref()
                    ),
                );
            }
        }
        if let Some(after) = &raw.after
            && (after.get_ref().len() != 2 || after.get_ref().parse::<u8>().is_err())
        {
            self.wrong(
                &after.span(),
                "after is the number of a design with two digits, for example \"04\"",
            );
        }
        Entry {
            file: self.file.into(),
            line: self.line(at.start),
            title: raw.title,
            source: raw.source.into_inner(),
            place: raw.place,
            seen,
            quoted_by: raw.quoted_by,
            against: raw.teaches_against,
            note: raw.note,
            used_by: raw.used_by.into_iter().map(Spanned::into_inner).collect(),
            after: raw.after.map(Spanned::into_inner),
            runs: raw.run.into_iter().filter_map(|r| self.run(&id, seen, r)).collect(),
            id,
        }
    }

    fn seen(&mut self, word: &Spanned<String>) -> Seen {
        let known = Seen::WORDS.iter().find(|(w, _)| w == word.get_ref());
        known.map_or_else(
            || {
                let what = format!(
                    "seen = “{}”: write \"primary\", \"quoted\" or \"not seen\"",
                    word.get_ref()
                );
                self.wrong(&word.span(), what);
                Seen::NotSeen
            },
            |(_, seen)| *seen,
        )
    }

    fn run(&mut self, entry: &str, seen: Seen, spanned: Spanned<RawRun>) -> Option<Run> {
        let (at, raw) = (spanned.span(), spanned.into_inner());
        let id = raw.model.get_ref();
        let Some(model) = self.models.iter().copied().find(|m| m.id == id) else {
            let names = self.models.iter().map(|m| m.id);
            self.wrong(
                &raw.model.span(),
                format!("no model or experiment “{id}”; {}", suggest(id, names)),
            );
            return None;
        };
        let (given, values) = self.inputs(model, &at, raw.inputs, raw.assumed);
        if raw.check.is_empty() {
            self.wrong(
                &at,
                format!("a run of {entry} compares nothing: add an [[entry.run.check]]"),
            );
        }
        let checks = raw
            .check
            .into_iter()
            .filter_map(|c| self.check(model, seen, c))
            .collect();
        Some(Run { what: raw.what, model, given, values, checks })
    }

    /// All inputs in the model's order, and their values in the model's units.
    fn inputs(
        &mut self,
        model: &Model,
        at: &Range<usize>,
        stated: BTreeMap<Spanned<String>, Spanned<Value>>,
        assumed: BTreeMap<Spanned<String>, Spanned<Value>>,
    ) -> (Vec<Given>, Vec<f64>) {
        let mut found: BTreeMap<&str, (Given, f64)> = BTreeMap::new();
        let all = stated
            .iter()
            .map(|(k, v)| (k, v, false))
            .chain(assumed.iter().map(|(k, v)| (k, v, true)));
        for (key, value, assumed) in all {
            let name = key.get_ref().as_str();
            let Some(input) = model.inputs.iter().find(|i| i.name == name) else {
                let names = model.inputs.iter().map(|i| i.name);
                let what = format!("{} has no input “{name}”; {}", model.id, suggest(name, names));
                self.wrong(&key.span(), what);
                continue;
            };
            let Some(quantity) = self.quantity(value, input.name) else {
                continue;
            };
            let unit = Unit::parse(input.unit);
            let Some(number) = quantity.unit.convert(quantity.value, &unit) else {
                self.wrong(&value.span(), mismatch(model.id, input.name, &quantity, input.unit));
                continue;
            };
            if !(input.min..=input.max).contains(&number) || (input.whole && number.fract() != 0.0) {
                let whole = if input.whole { "whole, " } else { "" };
                self.wrong(
                    &value.span(),
                    format!(
                        "{}: {name} = {} is out of reach; it is {whole}{} to {} {}",
                        model.id, quantity.as_stated, input.min, input.max, input.unit
                    )
                    .trim_end()
                    .to_string(),
                );
                continue;
            }
            if found
                .insert(input.name, (Given { quantity, assumed }, number))
                .is_some()
            {
                self.wrong(
                    &key.span(),
                    format!("{name} stands in inputs and in assumed: it is one or the other"),
                );
            }
        }
        let named = |name: &str| stated.keys().chain(assumed.keys()).any(|k| k.get_ref() == name);
        let missing: Vec<String> = model
            .inputs
            .iter()
            .filter(|i| !named(i.name))
            .map(|i| match i.unit {
                "" => i.name.to_string(),
                unit => format!("{} (in {unit})", i.name),
            })
            .collect();
        if !missing.is_empty() {
            self.wrong(
                at,
                format!(
                    "{} also needs {}: put what the source states into inputs, what it leaves open into assumed",
                    model.id,
                    missing.join(", ")
                ),
            );
        }
        model.inputs.iter().filter_map(|i| found.remove(i.name)).unzip()
    }

    fn quantity(&mut self, value: &Spanned<Value>, name: &str) -> Option<Quantity> {
        let read = match value.get_ref() {
            Value::String(text) => Quantity::parse(text),
            Value::Integer(n) => Ok(Quantity::plain(*n as f64)),
            Value::Float(x) if x.is_finite() => Ok(Quantity::plain(*x)),
            other => Err(format!("{other} is neither a number nor a text such as “10 ms”")),
        };
        read.map_err(|e| self.wrong(&value.span(), format!("{name}: {e}"))).ok()
    }

    fn check(&mut self, model: &Model, of_entry: Seen, spanned: Spanned<RawCheck>) -> Option<Check> {
        let (at, raw) = (spanned.span(), spanned.into_inner());
        let name = raw.output.get_ref();
        let Some(output) = model.outputs.iter().position(|o| o.name == name) else {
            let names = model.outputs.iter().map(|o| o.name);
            self.wrong(
                &raw.output.span(),
                format!("{} has no output “{name}”; {}", model.id, suggest(name, names)),
            );
            return None;
        };
        let (label, unit) = (model.outputs[output].label, model.outputs[output].unit);
        let published = match &raw.published {
            Some(value) => {
                let quantity = self.quantity(value, "published")?;
                if quantity.from_unit(0.0, &Unit::parse(unit)).is_none() {
                    self.wrong(&value.span(), mismatch(model.id, name, &quantity, unit));
                    return None;
                }
                Some(quantity)
            }
            None => None,
        };
        let words = raw.tolerance.get_ref().as_str();
        let tolerance = tolerance(words, published.as_ref());
        let tolerance = tolerance.map_err(|e| self.wrong(&raw.tolerance.span(), e)).ok()?;
        if raw.fails.is_some() && matches!(tolerance, Tolerance::Information | Tolerance::Contrast(_)) {
            self.wrong(
                &at,
                format!("fails is for a value that should agree and does not, not for “{words}”"),
            );
        }
        let seen = raw.seen.map_or(of_entry, |s| self.seen(&s));
        Some(Check {
            what: raw.what.unwrap_or_else(|| label.to_string()),
            output,
            published,
            tolerance,
            tolerance_words: words.to_string(),
            seen,
            fails: raw.fails,
        })
    }
}

fn mismatch(model: &str, name: &str, quantity: &Quantity, unit: &str) -> String {
    let stated = &quantity.as_stated;
    let has = match unit {
        "" => "is a plain number".to_string(),
        unit => format!("is in {unit}"),
    };
    format!(
        "{model}: {name} {has}, but “{stated}” is not: write the unit that the source states, if it measures the same"
    )
}

/// Reads `relative 3 %`, `absolute 0.5 ms`, `exact`, `at least`, `at most`, `contrast 20 %`, `information`.
fn tolerance(words: &str, published: Option<&Quantity>) -> Result<Tolerance, String> {
    let forms = "write \"exact\", \"relative 3 %\", \"absolute 0.5 ms\", \"at least\", \"at most\", \"contrast 20 %\" or \"information\"";
    let (kind, amount) = words.split_once(' ').unwrap_or((words, ""));
    let share = |what: &str| {
        let share = Quantity::parse(amount)
            .ok()
            .and_then(|q| q.unit.convert(q.value, &Unit::share()))
            .filter(|s| *s > 0.0);
        share.ok_or_else(|| format!("“{words}”: {what} is a share of the published value, for example \"{what} 3 %\""))
    };
    let read = match (kind, amount) {
        ("information", "") => Tolerance::Information,
        ("exact", "") => Tolerance::Exact,
        ("at", "least") => Tolerance::AtLeast,
        ("at", "most") => Tolerance::AtMost,
        ("relative", _) => Tolerance::Relative(share("relative")?),
        ("contrast", _) => Tolerance::Contrast(share("contrast")?),
        ("absolute", _) => {
            let of = published.map(|p| p.unit.clone()).unwrap_or_else(Unit::share);
            let amount = Quantity::parse(amount)
                .ok()
                .and_then(|q| q.unit.convert(q.value, &of))
                .filter(|a| *a >= 0.0);
            let amount = amount.ok_or_else(|| format!("“{words}”: the amount needs the published value’s unit"))?;
            Tolerance::Absolute(amount)
        }
        _ => return Err(format!("“{words}” is no tolerance: {forms}")),
    };
    match (&read, published) {
        (Tolerance::Information, Some(_)) => Err("information has no published value: take away one of the two".into()),
        (Tolerance::Information, None) => Ok(read),
        (_, None) => Err(format!(
            "“{words}” needs a published value; a value that nobody published is \"information\""
        )),
        (Tolerance::Relative(_) | Tolerance::Contrast(_), Some(p)) if p.value == 0.0 => {
            Err("a share of 0 is 0: write \"absolute\" and an amount".into())
        }
        _ => Ok(read),
    }
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
