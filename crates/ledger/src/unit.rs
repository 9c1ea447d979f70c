//! Units as sources write them, and the conversions between those that measure the same thing.

/// What a unit measures.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Measures {
    /// A plain number.
    Count,
    /// A time; in seconds.
    Time,
    /// A part of a whole, or a drift (µs per s); as a share of one.
    Share,
    /// Something per time; per second.
    Rate,
    /// An amount of data; in bytes.
    Data,
    /// Energy; in watt-hours.
    Energy,
    /// One of these per time; per second.
    Per(Box<Measures>),
    /// A length; in metres.
    Length,
    /// A factor.
    Factor,
    /// Anything else: it agrees with the same words only.
    Words(String),
}

/// A unit: what it measures, and how much of it, as a fraction, so that 1 ms is exactly one thousandth of 1 s.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    measures: Measures,
    times: f64,
    over: f64,
}

const TIMES: &[(&[&str], f64, f64)] = &[
    (&["ns"], 1.0, 1e9),
    (&["µs", "μs", "us"], 1.0, 1e6),
    (&["ms"], 1.0, 1e3),
    (&["s", "sec", "second", "seconds"], 1.0, 1.0),
    (&["min", "minute", "minutes"], 60.0, 1.0),
    (&["h", "hour", "hours"], 3600.0, 1.0),
    (&["day", "days", "d"], 86_400.0, 1.0),
    (&["week", "weeks"], 604_800.0, 1.0),
    (&["year", "years"], 31_536_000.0, 1.0),
    // A twelfth of a year, so that three years are 36 months; a month of 30 days is stated in days.
    (&["month", "months"], 31_536_000.0, 12.0),
];

const DATA: &[(&[&str], f64, f64)] = &[
    (&["bit", "bits"], 1.0, 8.0),
    (&["kbit"], 125.0, 1.0),
    (&["Mbit"], 125e3, 1.0),
    (&["Gbit"], 125e6, 1.0),
    (&["B", "byte", "bytes"], 1.0, 1.0),
    (&["kB"], 1e3, 1.0),
    (&["MB"], 1e6, 1.0),
    (&["GB"], 1e9, 1.0),
    (&["TB"], 1e12, 1.0),
    (&["PB"], 1e15, 1.0),
    (&["KiB"], 1024.0, 1.0),
    (&["MiB"], 1_048_576.0, 1.0),
    (&["GiB"], 1_073_741_824.0, 1.0),
    (&["TiB"], 1_099_511_627_776.0, 1.0),
];

const ENERGY: &[(&[&str], f64, f64)] = &[(&["Wh"], 1.0, 1.0), (&["kWh"], 1e3, 1.0), (&["MWh"], 1e6, 1.0)];

const LENGTHS: &[(&[&str], f64, f64)] = &[(&["m"], 1.0, 1.0), (&["km"], 1e3, 1.0)];

fn look_up(table: &[(&[&str], f64, f64)], word: &str) -> Option<(f64, f64)> {
    let row = table.iter().find(|(names, ..)| names.contains(&word))?;
    Some((row.1, row.2))
}

impl Unit {
    fn new(measures: Measures, (times, over): (f64, f64)) -> Self {
        Self { measures, times, over }
    }

    /// A share of one: what `1 in 20` has.
    pub(crate) fn share() -> Self {
        Self::new(Measures::Share, (1.0, 1.0))
    }

    /// Reads a unit. Words that are no known unit stay words.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let simple = |word: &str| {
            look_up(TIMES, word)
                .map(|s| Self::new(Measures::Time, s))
                .or_else(|| look_up(DATA, word).map(|s| Self::new(Measures::Data, s)))
                .or_else(|| look_up(ENERGY, word).map(|s| Self::new(Measures::Energy, s)))
                .or_else(|| look_up(LENGTHS, word).map(|s| Self::new(Measures::Length, s)))
        };
        match text {
            "" => return Self::new(Measures::Count, (1.0, 1.0)),
            "%" => return Self::new(Measures::Share, (1.0, 100.0)),
            "‰" => return Self::new(Measures::Share, (1.0, 1e3)),
            "ppm" => return Self::new(Measures::Share, (1.0, 1e6)),
            "×" | "x" | "times" => return Self::new(Measures::Factor, (1.0, 1.0)),
            _ => {}
        }
        if let Some(unit) = simple(text) {
            return unit;
        }
        if let Some((what, period)) = per(text)
            && let Some((times, over)) = period
        {
            return match simple(what) {
                // A clock that gains 200 µs per s; minutes down in a year.
                Some(Self { measures: Measures::Time, times: t, over: o }) => {
                    Self::new(Measures::Share, (t * over, o * times))
                }
                Some(Self { measures, times: t, over: o }) => {
                    Self::new(Measures::Per(Box::new(measures)), (t * over, o * times))
                }
                None if what.contains(['$', '€', '£']) => Self::new(
                    Measures::Per(Box::new(Measures::Words(what.to_string()))),
                    (over, times),
                ),
                // Requests, queries, calls: what is counted is no unit.
                None => Self::new(Measures::Rate, (over, times)),
            };
        }
        Self::new(Measures::Words(text.to_string()), (1.0, 1.0))
    }

    /// Does it measure a time?
    pub(crate) fn is_time(&self) -> bool {
        self.measures == Measures::Time
    }

    /// Is it no unit that we know?
    pub(crate) fn is_words(&self) -> bool {
        matches!(self.measures, Measures::Words(_))
    }

    /// A value of this unit in another one; `None` if they do not measure the same.
    pub fn convert(&self, value: f64, to: &Self) -> Option<f64> {
        let (times, over) = (self.times * to.over, self.over * to.times);
        // Dividing by a whole number keeps the last digit that multiplying by its reciprocal would lose.
        let converted = if times >= over {
            value * (times / over)
        } else {
            value / (over / times)
        };
        (self.measures == to.measures).then_some(converted)
    }
}

/// `requests per 30 min`, `MB/s`, `$ a month`: what is counted, and the period if it is a time.
fn per(text: &str) -> Option<(&str, Option<(f64, f64)>)> {
    let padded = text.strip_prefix("per ").map(|rest| ("", rest));
    let (what, period) = padded
        .or_else(|| text.split_once(" per "))
        .or_else(|| text.split_once(" a "))
        .or_else(|| text.split_once('/'))?;
    let period = period.trim();
    let end = period
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(period.len());
    let many = if end == 0 {
        Some(1.0)
    } else {
        period[..end].parse::<f64>().ok()
    };
    let scale = look_up(TIMES, period[end..].trim());
    Some((what.trim(), many.zip(scale).map(|(n, (times, over))| (n * times, over))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
        Unit::parse(from).convert(value, &Unit::parse(to))
    }

    #[test]
    fn units_of_one_kind_convert() {
        for (value, from, to, expected) in [
            (180.0, "s", "ms", 180_000.0),
            (1.0, "h", "min", 60.0),
            (0.2, "s", "ms", 200.0),
            (100.0, "calls per 30 min", "per second", 100.0 / 1800.0),
            (400.0, "/s", "per minute", 24_000.0),
            (300.0, "requests/s", "per second", 300.0),
            (200.0, "µs/s", "ppm", 200.0),
            (1.0, "%", "ppm", 10_000.0),
            (1.0, "Gbit/s", "MB per second", 125.0),
            (2.0, "TB", "GB", 2000.0),
            (18_840.0, "km", "m", 18_840_000.0),
            (3.0, "x", "×", 3.0),
            (5.0, "$ a month", "$ a month", 5.0),
            (2.0, "$ a month", "$ a year", 24.0),
            (10.0, "MWh a month", "kWh a month", 10_000.0),
            (3.0, "years", "months", 36.0),
            (200.0, "µs a second", "µs/s", 200.0),
            (0.15, "$ a kWh", "$ a kWh", 0.15),
            (2.0, "° north", "° north", 2.0),
            (7.0, "", "", 7.0),
        ] {
            assert_eq!(convert(value, from, to), Some(expected), "{value} {from} in {to}");
        }
    }

    #[test]
    fn units_of_different_kinds_do_not() {
        for (from, to) in [
            ("ms", "%"),
            ("", "ms"),
            ("%", ""),
            ("per second", "ms"),
            ("$", "€"),
            ("$ a month", "€ a month"),
            ("$ a month", "per month"),
            ("kWh a month", "kWh"),
            ("° north", "° east"),
            ("MB", "MB/s"),
            ("×", ""),
            ("km", "s"),
        ] {
            assert_eq!(convert(1.0, from, to), None, "{from} in {to}");
        }
    }

    #[test]
    fn there_and_back_is_the_same() {
        for (names, ..) in TIMES {
            let back = convert(convert(7.0, names[0], "s").unwrap(), "s", names[0]).unwrap();
            assert!((back - 7.0).abs() < 1e-12, "{names:?}");
        }
    }
}
