//! A number with its unit, as a source prints it.

use crate::unit::Unit;

/// A number and its unit; `as_stated` keeps how it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// The unit's words, to print a recomputed value in the same unit.
    pub unit_words: String,
    /// Digits after the decimal point, as written.
    pub digits: usize,
    /// How it was written: `24 h 11 min`.
    pub as_stated: String,
}

impl Quantity {
    /// Reads `1,800 ms`, `63 %`, `1 in 10,000`, `24 h 11 min`, `100 per 30 min`, `3`.
    ///
    /// # Errors
    /// What is no quantity, and how one is written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let clean = text.replace(['\u{a0}', '\u{202f}'], " ");
        let clean = clean.trim();
        let wrong = || {
            format!(
                "“{text}” is no quantity: write a number and its unit, for example \"1,800 ms\", \"63 %\", \"1 in 10,000\", \
                 \"24 h 11 min\" or \"100 per 30 min\""
            )
        };
        let (dollars, bare) = match clean.strip_prefix('$') {
            Some(rest) => (true, rest),
            None => (false, clean),
        };
        let (value, digits, rest) = number(bare).ok_or_else(wrong)?;
        let money = if dollars { format!("$ {rest}") } else { String::new() };
        let rest = if dollars { money.trim() } else { rest };
        let mut out = Self {
            value,
            unit: Unit::parse(rest),
            unit_words: rest.to_string(),
            digits,
            as_stated: clean.to_string(),
        };
        if let Some(whole) = rest.strip_prefix("in ") {
            let (of, _, rest) = number(whole.trim()).ok_or_else(wrong)?;
            if of <= 0.0 || !rest.is_empty() {
                return Err(wrong());
            }
            out.unit = Unit::share();
            (out.value, out.unit_words, out.digits) = (value / of, String::new(), 0);
        } else if rest.contains(|c: char| c.is_ascii_digit()) && !rest.contains("per ") && !rest.contains('/') {
            out = compound(clean).ok_or_else(wrong)?;
        }
        Ok(out)
    }

    /// A number without unit, from TOML.
    pub(crate) fn plain(value: f64) -> Self {
        let text = value.to_string();
        let digits = text.split_once('.').map_or(0, |(_, d)| d.len());
        let unit = Unit::parse("");
        Self {
            value,
            unit,
            unit_words: String::new(),
            digits,
            as_stated: figures::number(value, digits, ""),
        }
    }

    /// A value of another unit as this quantity's kind of value; `None` if the units do not measure the same.
    pub fn from_unit(&self, value: f64, unit: &Unit) -> Option<f64> {
        unit.convert(value, &self.unit)
    }

    /// A recomputed value of this quantity's unit, with enough digits to compare the two by eye.
    pub fn print(&self, value: f64) -> String {
        match self.unit_words.as_str() {
            // `1 in 10,000`: the whole of it would be a guess, the share is not.
            "" if self.unit == Unit::share() => show(value * 100.0, 2, "%"),
            words => match words.strip_prefix('$') {
                Some(rest) => format!("${}{rest}", show(value, self.digits + 2, "")),
                None => show(value, self.digits + 2, words),
            },
        }
    }
}

/// A value with at least `digits` decimals or four significant digits, without idle zeros.
pub(crate) fn show(value: f64, digits: usize, unit: &str) -> String {
    let size = value.abs();
    let before = if size >= 1.0 {
        size.log10().floor() as i32 + 1
    } else {
        0
    };
    let significant = if size > 0.0 && size < 1.0 {
        (3 - size.log10().floor() as i32).clamp(0, 12)
    } else {
        (4 - before).max(0)
    };
    // Beyond a thousand, decimals say nothing that a tolerance could see.
    let digits = if size >= 1000.0 {
        0
    } else {
        digits.max(significant as usize)
    };
    let text = figures::number(value, digits, "");
    let text = match text.split_once('.') {
        Some((whole, rest)) => {
            let rest = rest.trim_end_matches('0');
            if rest.is_empty() {
                whole.to_string()
            } else {
                format!("{whole}.{rest}")
            }
        }
        None => text,
    };
    let text = if text == "−0" { "0".into() } else { text };
    if unit.is_empty() {
        text
    } else {
        format!("{text}\u{202f}{unit}")
    }
}

/// A number at the start of a text: its value, decimals, and what follows.
fn number(text: &str) -> Option<(f64, usize, &str)> {
    let (sign, unsigned) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let end = unsigned
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .unwrap_or(unsigned.len());
    let (plain, rest) = unsigned.split_at(end);
    let mut grouped = plain
        .split_once('.')
        .map_or(plain, |(whole, _)| whole)
        .split(',')
        .skip(1);
    if grouped.any(|g| g.len() != 3) {
        return None;
    }
    let mut written = plain.replace(',', "");
    let mut digits = written.split_once('.').map_or(0, |(_, d)| d.len());
    let mut rest = rest;
    if let Some(power) = rest.strip_prefix(['e', 'E']) {
        let end = power
            .char_indices()
            .find(|(i, c)| !(c.is_ascii_digit() || *i == 0 && matches!(c, '-' | '+')))
            .map_or(power.len(), |(i, _)| i);
        if let Ok(exponent) = power[..end].parse::<i32>() {
            written = format!("{written}e{exponent}");
            digits = usize::try_from(digits as i32 - exponent).unwrap_or(0);
            rest = &power[end..];
        }
    }
    let value = sign * written.parse::<f64>().ok().filter(|v| v.is_finite())?;
    // `5x` and `5ms` are quantities; a word that is no unit stands apart from its number.
    let word = rest.split(' ').next().unwrap_or("");
    let glued = word.starts_with(|c: char| c.is_alphabetic()) && Unit::parse(word).is_words();
    (!glued).then_some((value, digits, rest.trim()))
}

/// `24 h 11 min`, in the last unit.
fn compound(text: &str) -> Option<Quantity> {
    let (mut rest, mut seconds) = (text, 0.0);
    let second = Unit::parse("s");
    let (mut last, mut words);
    loop {
        let (value, _, after) = number(rest)?;
        let end = after.find(' ').unwrap_or(after.len());
        words = &after[..end];
        last = Unit::parse(words);
        if !last.is_time() {
            return None;
        }
        seconds += last.convert(value, &second)?;
        rest = after[end..].trim_start();
        if rest.is_empty() {
            break;
        }
    }
    Some(Quantity {
        value: second.convert(seconds, &last)?,
        unit: last,
        unit_words: words.to_string(),
        digits: 0,
        as_stated: text.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, unit: &str) -> f64 {
        let q = Quantity::parse(text).unwrap();
        q.unit
            .convert(q.value, &Unit::parse(unit))
            .unwrap_or_else(|| panic!("{text} is not in {unit}"))
    }

    #[test]
    fn quantities_are_read_as_sources_write_them() {
        assert_eq!(of("1,800 ms", "s"), 1.8);
        assert_eq!(of("63 %", "%"), 63.0);
        assert_eq!(of("63%", "%"), 63.0);
        assert!((of("1 in 10,000", "%") - 0.01).abs() < 1e-15);
        assert_eq!(of("24 h 11 min", "min"), 1451.0);
        assert_eq!(of("1 h 30 min 30 s", "s"), 5430.0);
        assert_eq!(of("100 per 30 min", "per hour"), 200.0);
        assert_eq!(of("300 queries/s", "per second"), 300.0);
        assert_eq!(of("1e-4", ""), 1e-4);
        assert_eq!(of("-3.5 ms", "ms"), -3.5);
        assert_eq!(of("100ms", "ms"), 100.0);
        assert_eq!(of("2.5e3 s", "s"), 2500.0);
        assert_eq!(of("45,978", ""), 45_978.0);
        assert_eq!(of("$278,000", "$"), 278_000.0);
        assert_eq!(of("$7,700 a month", "$ a month"), 7700.0);
    }

    #[test]
    fn what_is_no_quantity_is_refused_with_examples() {
        for bad in [
            "",
            "ms",
            "about 3",
            "1,00 ms",
            "5.5.5",
            "1 in 0",
            "1 in x",
            "1 in 5 ms",
            "2 h 3 %",
        ] {
            let e = Quantity::parse(bad).unwrap_err();
            assert!(e.contains("is no quantity") && e.contains("1,800 ms"), "{bad}: {e}");
        }
    }

    #[test]
    fn a_recomputed_value_has_the_digits_to_compare() {
        let print = |stated: &str, value: f64| Quantity::parse(stated).unwrap().print(value).replace('\u{202f}', " ");
        assert_eq!(print("63 %", 63.396_77), "63.4 %");
        assert_eq!(print("99.99 %", 99.999_614), "99.9996 %");
        assert_eq!(print("0.150 %", 0.156_709), "0.15671 %");
        assert_eq!(print("74 ms", 53.4003), "53.4 ms");
        assert_eq!(print("64", 64.0), "64");
        assert_eq!(print("1451 min", 1451.0), "1,451 min");
        assert_eq!(print("3,000,000", 2_995_654.9), "2,995,655");
        assert_eq!(print("1 in 5", 0.181_273), "18.13 %");
        assert_eq!(print("0", -0.0), "0");
        assert_eq!(print("$7,700 a month", 7722.2), "$7,722 a month");
        assert_eq!(print("0.0001", 0.000_012_345), "0.00001234");
    }
}
