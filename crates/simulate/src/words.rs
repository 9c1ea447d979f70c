//! A knob and its values, as a person reads and types them.

use designs::lab::{Knob, KnobKind, Lab};
use outline::lab as told;

/// A knob in words.
pub(super) fn knob(k: &Knob) -> told::Knob {
    told::Knob {
        name: k.name.into(),
        assumed: k.kind == KnobKind::Assumption,
        range: range(k),
        help: format!("{}{}", k.help, words(k)),
        default: plain(k.default),
    }
}

/// The knobs that differ from their default.
pub(super) fn turned(lab: &dyn Lab, values: &[f64]) -> Vec<told::Turned> {
    lab.knobs()
        .iter()
        .zip(values.iter().copied())
        .filter(|(k, v)| k.snap(k.default) != *v)
        .map(|(k, v)| told::Turned {
            name: k.name.into(),
            value: plain(v),
            words: format!("{} = {}   (default {})", k.label, worded(k, v), worded(k, k.default)),
        })
        .collect()
}

/// A knob's default, and what it can be turned to: `18 ms; from 0 to 1000 ms`.
fn range(k: &Knob) -> String {
    let default = worded(k, k.default);
    if let Some(choice) = choice(k) {
        let others: Vec<&str> = choice.into_iter().filter(|w| *w != default).collect();
        return format!("{default}; or {}", others.join(", "));
    }
    let to = with_unit(k.max, k.unit);
    format!("{default}; from {} to {to}", plain(k.min))
}

/// The words of a knob that has nothing but words.
fn choice(k: &Knob) -> Option<Vec<&'static str>> {
    let steps = ((k.max - k.min) / k.step).round() as usize + 1;
    (k.words.len() == steps).then(|| k.words.iter().map(|(_, w)| *w).collect())
}

/// Which values have a word of their own, as sentences, unless the range or the help says so already.
fn words(k: &Knob) -> String {
    if choice(k).is_some() {
        return String::new();
    }
    let said = |w: &str| k.help.contains(&format!("means {w}"));
    let words = k.words.iter().filter(|(_, w)| !said(w));
    words
        .map(|(v, w)| format!(" {} means {w}.", with_unit(*v, k.unit)))
        .collect()
}

fn worded(k: &Knob, value: f64) -> String {
    match k.words.iter().find(|(v, _)| *v == value) {
        Some((_, word)) => (*word).to_owned(),
        None => with_unit(value, k.unit),
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    if unit.is_empty() {
        plain(value)
    } else {
        format!("{} {unit}", plain(value))
    }
}

/// A knob's value without the noise of binary fractions (0.30000000000000004 is 0.3), as it can be typed again.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use designs::lab::{Said, read_knobs};

    #[test]
    fn every_lab_reads_what_it_prints() {
        for design in designs::DESIGNS {
            let lab: &dyn Lab = design.lab;
            let typed: Vec<String> = lab.knobs().iter().map(|k| plain(k.max)).collect();
            let pairs = lab.knobs().iter().zip(&typed).map(|(k, v)| (k.name, v.as_str()));
            let values = read_knobs(lab, pairs).unwrap();
            assert_eq!(values, lab.knobs().iter().map(|k| k.snap(k.max)).collect::<Vec<_>>());
            assert!(turned(lab, &read_knobs(lab, []).unwrap()).is_empty());
        }
    }

    #[test]
    fn a_knob_s_special_values_are_said_once() {
        let knob = Knob {
            name: "limit",
            label: "limit",
            unit: "%",
            help: "As a share. 100 % means no limit.",
            min: 0.0,
            max: 100.0,
            step: 1.0,
            default: 100.0,
            kind: KnobKind::Setting,
            words: &[(100.0, "no limit")],
            said: Said::PLAIN,
            factors: false,
        };
        assert_eq!(
            (range(&knob).as_str(), words(&knob).as_str()),
            ("no limit; from 0 to 100 %", "")
        );
        let silent = Knob { help: "As a share.", ..knob };
        assert_eq!(words(&silent), " 100 % means no limit.");
        let switch = Knob { max: 1.0, default: 0.0, unit: "", words: &[(0.0, "no"), (1.0, "yes")], ..knob };
        assert_eq!((range(&switch).as_str(), words(&switch).as_str()), ("no; or yes", ""));
    }

    #[test]
    fn no_lab_says_a_word_twice() {
        for knob in designs::DESIGNS.iter().flat_map(|d| d.lab.knobs()) {
            let said = format!("{} {}{}", range(knob), knob.help, words(knob));
            for (_, word) in knob.words {
                let means = format!("means {word}.");
                assert!(said.matches(&means).count() <= 1, "{}: {said}", knob.name);
            }
        }
    }

    #[test]
    fn values_are_printed_as_they_are_typed() {
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(18.0), "18");
        assert_eq!(plain(100.0), "100");
    }
}
