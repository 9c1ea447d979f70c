//! Percent: a share that says so.

use std::fmt;
use std::ops::{Add, Mul, Sub};

/// A share in percent: `percent(8)` is 8 in 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Percent(pub f64);

/// `percent(8)`, `percent(0.5)`.
pub fn percent(value: impl Into<f64>) -> Percent {
    Percent(value.into())
}

impl Percent {
    /// The share as a fraction: 8 % is 0.08.
    pub fn fraction(self) -> f64 {
        self.0 / 100.0
    }

    /// A fraction as a share: 0.08 is 8 %.
    pub fn of(fraction: f64) -> Percent {
        Percent(fraction * 100.0)
    }
}

impl Add for Percent {
    type Output = Percent;
    fn add(self, other: Percent) -> Percent {
        Percent(self.0 + other.0)
    }
}

impl Sub for Percent {
    type Output = Percent;
    fn sub(self, other: Percent) -> Percent {
        Percent(self.0 - other.0)
    }
}

impl Mul<f64> for Percent {
    type Output = Percent;
    fn mul(self, by: f64) -> Percent {
        Percent(self.0 * by)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = if self.0.abs() >= 10.0 { 0 } else { 1 };
        write!(f, "{:.digits$} %", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_prints_with_its_sign_and_converts_both_ways() {
        assert_eq!(percent(8).to_string(), "8.0 %");
        assert_eq!(percent(63.4).to_string(), "63 %");
        assert_eq!(Percent::of(0.08), percent(8));
        assert_eq!((percent(5) + percent(3) - percent(2)) * 2.0, percent(12));
        assert!((percent(8).fraction() - 0.08).abs() < 1e-12);
    }
}
