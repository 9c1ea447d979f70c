//! Bytes and dollars as values, so that a sum of both cannot be written.

use std::fmt;
use std::ops::{Add, Div, Mul};

/// An amount of data or of memory, in bytes; a kilobyte is 1,000 of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Bytes(pub f64);

/// `bytes(536)`.
pub fn bytes(value: impl Into<f64>) -> Bytes {
    Bytes(value.into())
}

/// `kb(80)`: thousands of bytes.
pub fn kb(value: impl Into<f64>) -> Bytes {
    Bytes(value.into() * 1e3)
}

/// `gb(48)`: thousands of millions of bytes.
pub fn gb(value: impl Into<f64>) -> Bytes {
    Bytes(value.into() * 1e9)
}

/// `tb(36)`: millions of millions of bytes.
pub fn tb(value: impl Into<f64>) -> Bytes {
    Bytes(value.into() * 1e12)
}

impl Bytes {
    /// The amount in GB.
    pub fn as_gb(self) -> f64 {
        self.0 / 1e9
    }

    /// The amount in TB.
    pub fn as_tb(self) -> f64 {
        self.0 / 1e12
    }
}

impl Add for Bytes {
    type Output = Bytes;
    fn add(self, other: Bytes) -> Bytes {
        Bytes(self.0 + other.0)
    }
}

/// Twice as much: `tb(3) * 2.0`.
impl Mul<f64> for Bytes {
    type Output = Bytes;
    fn mul(self, by: f64) -> Bytes {
        Bytes(self.0 * by)
    }
}

/// As many of them: `450e6 * kb(80)`.
impl Mul<Bytes> for f64 {
    type Output = Bytes;
    fn mul(self, of: Bytes) -> Bytes {
        Bytes(self * of.0)
    }
}

/// How often one amount goes into another: `tb(36) / kb(80)` is a plain number.
impl Div for Bytes {
    type Output = f64;
    fn div(self, by: Bytes) -> f64 {
        self.0 / by.0
    }
}

/// A part: `tb(36) / 3.0`.
impl Div<f64> for Bytes {
    type Output = Bytes;
    fn div(self, by: f64) -> Bytes {
        Bytes(self.0 / by)
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self.0 {
            b if b >= 1e12 => (b / 1e12, "TB"),
            b if b >= 1e9 => (b / 1e9, "GB"),
            b if b >= 1e6 => (b / 1e6, "MB"),
            b if b >= 1e3 => (b / 1e3, "KB"),
            b => (b, "bytes"),
        };
        let digits = usize::from(value < 10.0 && value.fract() != 0.0);
        write!(f, "{value:.digits$} {unit}")
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Dollars(pub f64);

/// `dollars(62_000)`.
pub fn dollars(value: impl Into<f64>) -> Dollars {
    Dollars(value.into())
}

impl Add for Dollars {
    type Output = Dollars;
    fn add(self, other: Dollars) -> Dollars {
        Dollars(self.0 + other.0)
    }
}

impl Mul<f64> for Dollars {
    type Output = Dollars;
    fn mul(self, by: f64) -> Dollars {
        Dollars(self.0 * by)
    }
}

impl Div<f64> for Dollars {
    type Output = Dollars;
    fn div(self, by: f64) -> Dollars {
        Dollars(self.0 / by)
    }
}

impl fmt::Display for Dollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", figures::number(self.0, 0, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_multiply_and_divide_to_what_they_should_be() {
        assert_eq!(450e6 * kb(80), tb(36));
        assert_eq!(tb(36) / kb(80), 450e6);
        assert_eq!(tb(36) / 12.0 + tb(3) * 2.0, tb(9));
        assert_eq!((gb(48).as_gb(), tb(3).as_tb()), (48.0, 3.0));
        assert_eq!(dollars(10) * 2.0 + dollars(5) / 2.0, dollars(22.5));
    }

    #[test]
    fn amounts_print_in_the_unit_that_fits() {
        let texts = [bytes(536), kb(80), gb(2.25), gb(48), tb(36)].map(|b| b.to_string());
        assert_eq!(texts, ["536 bytes", "80 KB", "2.2 GB", "48 GB", "36 TB"]);
        assert_eq!(dollars(51_120).to_string(), "$51,120");
    }
}
