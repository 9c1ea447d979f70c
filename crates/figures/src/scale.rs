//! Axes: from a value to a pixel, and where the ticks stand.

use crate::{number, text};

/// A linear or logarithmic axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    log: bool,
    lo: f64,
    hi: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// An axis from `lo` to `hi` drawn between the pixels `from` and `to`. Empty or impossible ranges are widened.
    pub(crate) fn new(log: bool, lo: f64, hi: f64, from: f64, to: f64) -> Self {
        let (lo, hi) = if lo.is_finite() && hi.is_finite() {
            (lo.min(hi), hi.max(lo))
        } else {
            (0.0, 1.0)
        };
        if log {
            let hi = if hi > 0.0 { hi } else { 1.0 };
            let lo = if lo > 0.0 { lo } else { hi / 1000.0 };
            let (lo, hi) = if hi / lo < 1.5 { (lo / 2.0, hi * 2.0) } else { (lo, hi) };
            return Scale { log, lo: libm::log10(lo), hi: libm::log10(hi), from, to };
        }
        let hi = if hi - lo > hi.abs() * 1e-9 && hi > lo {
            hi
        } else {
            lo + if lo == 0.0 { 1.0 } else { lo.abs() }
        };
        Scale { log, lo, hi, from, to }
    }

    /// The pixel of a value; values outside the axis lie on its end.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let (low, high) = (self.from.min(self.to), self.from.max(self.to));
        let pixel = self.beyond(value);
        if pixel.is_nan() {
            self.from
        } else {
            pixel.clamp(low, high)
        }
    }

    /// The pixel of a value, also outside the axis. On a logarithmic axis, what is not above zero lies at its beginning.
    pub(crate) fn beyond(&self, value: f64) -> f64 {
        let v = match (self.log, value > 0.0) {
            (true, true) => libm::log10(value),
            (true, false) => self.lo,
            (false, _) => value,
        };
        self.from + (v - self.lo) / (self.hi - self.lo) * (self.to - self.from)
    }

    /// Smallest and largest value.
    pub(crate) fn ends(&self) -> (f64, f64) {
        if self.log {
            (power(self.lo), power(self.hi))
        } else {
            (self.lo, self.hi)
        }
    }

    /// Ticks for a horizontal axis, at most about one in 56 px, with room between their labels, which carry `unit` and
    /// are pushed into the drawing, 0 to `width`.
    pub(crate) fn ticks(&self, unit: &str, width: f64) -> Vec<Tick> {
        let with_unit = |mut tick: Tick| {
            if !unit.is_empty() {
                tick.label = format!("{}\u{202f}{unit}", tick.label);
            }
            tick
        };
        let fits = |ticks: &[Tick]| {
            let mut spans: Vec<(f64, f64)> = ticks.iter().map(|t| self.span(t, width)).collect();
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            spans.windows(2).all(|w| w[1].0 - w[0].1 >= 10.0)
        };
        let most = (((self.to - self.from).abs() / 56.0) as usize).clamp(2, 12);
        let sets = self
            .choices(most)
            .into_iter()
            .map(|set| set.into_iter().map(with_unit).collect::<Vec<_>>());
        sets.into_iter().find(|t| fits(t)).unwrap_or_default()
    }

    /// Left and right end of a tick's label below a horizontal axis: centred on the tick, but never cut.
    pub(crate) fn span(&self, tick: &Tick, width: f64) -> (f64, f64) {
        let half = text::width(&tick.label, 11.0) / 2.0;
        let middle = self.at(tick.value).min(width - half).max(half);
        (middle - half, middle + half)
    }

    /// Ticks for a vertical axis: about one in `every` px.
    pub(crate) fn ticks_up(&self, every: f64) -> Vec<Tick> {
        let most = (((self.to - self.from).abs() / every) as usize).clamp(2, 12);
        self.choices(most).into_iter().next().unwrap_or_default()
    }

    /// Sets of ticks, densest first, none with more than `most` steps.
    fn choices(&self, most: usize) -> Vec<Vec<Tick>> {
        let (lo, hi) = self.ends();
        if !self.log {
            return (1..=most).rev().map(|n| linear(lo, hi, n)).collect();
        }
        let decades = self.hi - self.lo;
        let mut sets = Vec::new();
        if decades < 1.0 {
            sets.extend((2..=most).rev().map(|n| linear(lo, hi, n)));
        }
        for mantissas in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
            sets.push(logarithmic(lo, hi, mantissas, 1));
        }
        sets.extend((2..=6).map(|step| logarithmic(lo, hi, &[1.0], step)));
        sets.retain(|set| set.len() >= 2 && set.len() <= most + 1);
        if sets.is_empty() {
            sets.push(logarithmic(lo, hi, &[1.0, 2.0, 5.0], 1));
        }
        sets
    }
}

/// A tick and its label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) label: String,
}

/// Ten to a power. Whole powers are exact, so that ticks are.
pub(crate) fn power(v: f64) -> f64 {
    libm::exp10(v)
}

/// The least of 1, 2, 2.5, 5 or 10 times a power of ten that is not below `value`.
pub(crate) fn round_up(value: f64) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 1.0;
    }
    let base = power(libm::floor(libm::log10(value)));
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .iter()
        .map(|m| m * base)
        .find(|s| *s >= value * (1.0 - 1e-9))
        .unwrap_or(10.0 * base)
}

/// The largest of 1, 2 or 5 times a power of ten that is not above `value`.
pub(crate) fn round_down(value: f64) -> f64 {
    let base = power(libm::floor(libm::log10(value)));
    [5.0, 2.0, 1.0]
        .iter()
        .map(|m| m * base)
        .find(|s| *s <= value * (1.0 + 1e-9))
        .unwrap_or(base)
}

/// The end of a linear axis from zero that shows `value`: the next multiple of a round step, so that a tick stands there.
pub(crate) fn nice_end(value: f64, steps: f64) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 1.0;
    }
    let step = round_up(value / steps);
    libm::ceil(value / step - 1e-9) * step
}

fn linear(lo: f64, hi: f64, steps: usize) -> Vec<Tick> {
    let step = round_up((hi - lo) / steps as f64);
    let exponent = libm::floor(libm::log10(step) + 1e-9);
    // A step of 2.5 needs one digit more than one of 2.
    let fine = (step / power(exponent) - 2.5).abs() < 1e-6;
    let digits = (-exponent + if fine { 1.0 } else { 0.0 }).max(0.0) as usize;
    let first = libm::ceil(lo / step - 1e-9) as i64;
    let last = libm::floor(hi / step + 1e-9) as i64;
    (first..=last)
        .take(64)
        .map(|i| {
            let value = i as f64 * step;
            Tick { value, label: number(value + 0.0, digits, "") }
        })
        .collect()
}

fn logarithmic(lo: f64, hi: f64, mantissas: &[f64], every: usize) -> Vec<Tick> {
    let (first, last) = (libm::floor(libm::log10(lo)) as i32, libm::ceil(libm::log10(hi)) as i32);
    let mut ticks = Vec::new();
    for exponent in (first..=last).filter(|e| e.rem_euclid(every as i32) == 0) {
        for mantissa in mantissas {
            let value = mantissa * power(f64::from(exponent));
            if value >= lo * (1.0 - 1e-9) && value <= hi * (1.0 + 1e-9) {
                ticks.push(Tick { value, label: number(value, (-exponent).max(0) as usize, "") });
            }
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|t| t.label.as_str()).collect()
    }

    #[test]
    fn linear_ticks_are_round_and_fit() {
        assert_eq!(
            labels(&Scale::new(false, 0.0, 300.0, 0.0, 400.0).ticks("", 2000.0)),
            ["0", "50", "100", "150", "200", "250", "300"]
        );
        assert_eq!(labels(&linear(0.0, 1.0, 4)), ["0.00", "0.25", "0.50", "0.75", "1.00"]);
        assert_eq!(labels(&linear(0.0, 10.0, 4)), ["0.0", "2.5", "5.0", "7.5", "10.0"]);
        assert_eq!(labels(&linear(-20.0, 20.0, 4)), ["−20", "−10", "0", "10", "20"]);
        for width in [150.0, 320.0, 720.0] {
            for hi in [0.004, 0.9, 7.0, 33.0, 1234.0, 9.9e6] {
                let scale = Scale::new(false, 0.0, hi, 0.0, width);
                let ticks = scale.ticks("", 2000.0);
                assert!(ticks.len() >= 2, "{width} {hi}");
                assert!(
                    ticks
                        .windows(2)
                        .all(|w| scale.at(w[1].value) - scale.at(w[0].value) > 20.0)
                );
            }
        }
    }

    #[test]
    fn log_ticks_thin_out_as_the_range_grows() {
        assert_eq!(
            labels(&Scale::new(true, 1.0, 1000.0, 0.0, 1200.0).ticks("", 2000.0)).len(),
            10
        );
        assert_eq!(
            labels(&Scale::new(true, 1.0, 1000.0, 0.0, 450.0).ticks("", 2000.0)),
            ["1", "3", "10", "30", "100", "300", "1,000"]
        );
        assert_eq!(
            labels(&Scale::new(true, 1.0, 1000.0, 0.0, 240.0).ticks("", 2000.0)),
            ["1", "10", "100", "1,000"]
        );
        assert_eq!(
            labels(&Scale::new(true, 0.01, 100.0, 0.0, 240.0).ticks("", 2000.0)),
            ["0.01", "0.1", "1", "10", "100"]
        );
    }

    #[test]
    fn equal_factors_are_equal_lengths_on_a_log_axis() {
        let scale = Scale::new(true, 1.0, 1000.0, 40.0, 700.0);
        for (value, pixel) in [(1.0, 40.0), (10.0, 260.0), (100.0, 480.0), (1000.0, 700.0)] {
            assert!((scale.at(value) - pixel).abs() < 1e-9, "{value}");
        }
        assert!((scale.beyond(1e4) - 920.0).abs() < 1e-9 && scale.at(1e4) == 700.0 && scale.beyond(-1.0) == 40.0);
        let down = Scale::new(false, -3.0, 12.0, 700.0, 40.0);
        assert!((down.at(2.0) - 480.0).abs() < 1e-9 && down.at(99.0) == 40.0);
    }

    #[test]
    fn impossible_ranges_still_give_an_axis() {
        for (log, lo, hi) in [
            (false, 0.0, 0.0),
            (false, 5.0, 5.0),
            (true, 0.0, 0.0),
            (true, 10.0, 10.0),
            (true, -1.0, 50.0),
            (false, f64::NAN, 1.0),
            (false, f64::NEG_INFINITY, f64::INFINITY),
        ] {
            let scale = Scale::new(log, lo, hi, 0.0, 300.0);
            let (a, b) = scale.ends();
            assert!(a < b && a.is_finite() && b.is_finite(), "{log} {lo} {hi}");
            assert!(scale.ticks("", 2000.0).len() >= 2, "{log} {lo} {hi}");
            for v in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
                assert!((0.0..=300.0).contains(&scale.at(v)));
            }
        }
    }

    #[test]
    fn rounding_goes_the_right_way() {
        assert_eq!(round_up(3.0), 5.0);
        assert_eq!(round_up(2.1), 2.5);
        assert_eq!(round_up(0.0), 1.0);
        assert_eq!(round_down(4.9), 2.0);
        assert!((round_down(0.07) - 0.05).abs() < 1e-12);
        assert_eq!(nice_end(259.0, 5.0), 300.0);
        assert_eq!(nice_end(0.0, 5.0), 1.0);
    }
}
