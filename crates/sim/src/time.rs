//! Simulated time: whole nanoseconds.

use std::fmt;
use std::ops::{Add, AddAssign, Div, Mul, Sub, SubAssign};

/// An instant (counted from the start of the run) or a span, in whole nanoseconds.
///
/// Integers make a run the same on every machine. The range is 584 years; sums stop at [`Time::MAX`]
/// and differences at [`Time::ZERO`] instead of wrapping round.
///
/// ```
/// use sim::{ms, us, Time};
/// assert_eq!(ms(18) + us(500), us(18_500));
/// assert_eq!(ms(5) - ms(8), Time::ZERO);
/// assert_eq!(ms(18).to_string(), "18 ms");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Time(u64);

/// `n` nanoseconds.
pub const fn ns(n: u64) -> Time {
    Time(n)
}

/// `n` microseconds.
pub const fn us(n: u64) -> Time {
    Time(n.saturating_mul(1_000))
}

/// `n` milliseconds.
pub const fn ms(n: u64) -> Time {
    Time(n.saturating_mul(1_000_000))
}

/// `n` seconds.
pub const fn secs(n: u64) -> Time {
    Time(n.saturating_mul(1_000_000_000))
}

impl Time {
    /// The start of a run; an empty span.
    pub const ZERO: Time = Time(0);
    /// Later than everything: as an instant it means "never".
    pub const MAX: Time = Time(u64::MAX);

    /// From milliseconds with a fraction, rounded to the nearest nanosecond. Negative and not-a-number give zero.
    pub fn from_ms_f64(ms: f64) -> Time {
        Time::from_ns_f64(ms * 1e6)
    }

    /// From nanoseconds with a fraction, rounded to nearest; too large gives [`Time::MAX`].
    #[inline]
    pub(crate) fn from_ns_f64(ns: f64) -> Time {
        Time((ns + 0.5) as u64) // `as` saturates at both ends and turns not-a-number into 0
    }

    /// From nanoseconds in a wide integer; too large gives [`Time::MAX`].
    pub(crate) fn from_ns_u128(ns: u128) -> Time {
        u64::try_from(ns).map_or(Time::MAX, Time)
    }

    /// Whole nanoseconds.
    #[inline]
    pub const fn as_ns(self) -> u64 {
        self.0
    }

    /// Whole microseconds, rounded down.
    #[inline]
    pub const fn as_us(self) -> u64 {
        self.0 / 1_000
    }

    /// Milliseconds with their fraction.
    #[inline]
    pub fn as_ms(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Seconds with their fraction.
    #[inline]
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The span times a factor, rounded to the nearest nanosecond. Exact for a factor of 1.
    #[inline]
    pub fn scale(self, factor: f64) -> Time {
        if factor == 1.0 {
            self
        } else {
            Time::from_ns_f64(self.0 as f64 * factor)
        }
    }
}

impl Add for Time {
    type Output = Time;
    #[inline]
    fn add(self, other: Time) -> Time {
        Time(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Time {
    #[inline]
    fn add_assign(&mut self, other: Time) {
        *self = *self + other;
    }
}

impl Sub for Time {
    type Output = Time;
    #[inline]
    fn sub(self, other: Time) -> Time {
        Time(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Time {
    #[inline]
    fn sub_assign(&mut self, other: Time) {
        *self = *self - other;
    }
}

impl Mul<u64> for Time {
    type Output = Time;
    #[inline]
    fn mul(self, times: u64) -> Time {
        Time(self.0.saturating_mul(times))
    }
}

impl Div<u64> for Time {
    type Output = Time;
    #[inline]
    fn div(self, parts: u64) -> Time {
        Time(self.0 / parts)
    }
}

impl std::iter::Sum for Time {
    fn sum<I: Iterator<Item = Time>>(all: I) -> Time {
        all.fold(Time::ZERO, Add::add)
    }
}

/// In the largest unit that leaves at least 1, with up to three decimals: `250 µs`, `18 ms`, `1.31 s`, `never`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, name) = match self.0 {
            u64::MAX => return f.pad("never"),
            0 => return f.pad("0 ms"),
            1..1_000 => (1, "ns"),
            1_000..1_000_000 => (1_000, "µs"),
            1_000_000..1_000_000_000 => (1_000_000, "ms"),
            _ => (1_000_000_000, "s"),
        };
        // Thousandths in integers, rounded half up; 999.9996 ms may read "1000 ms", which is right too.
        let thousandths = (u128::from(self.0) * 1_000 + unit / 2) / unit;
        let (whole, part) = (thousandths / 1_000, thousandths % 1_000);
        let text = if part == 0 {
            format!("{whole} {name}")
        } else {
            format!("{} {name}", format!("{whole}.{part:03}").trim_end_matches('0'))
        };
        f.pad(&text)
    }
}

/// Exact, in milliseconds whatever the size, so that two times in a failed test compare at a glance: `0.25 ms`, `1310 ms`.
impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 1_000_000, self.0 % 1_000_000);
        match part {
            _ if *self == Time::MAX => f.write_str("never"),
            0 => write!(f, "{whole} ms"),
            _ => write!(f, "{} ms", format!("{whole}.{part:06}").trim_end_matches('0')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree() {
        assert_eq!(secs(2), ms(2_000));
        assert_eq!(ms(3), us(3_000));
        assert_eq!(us(4), ns(4_000));
        assert_eq!(Time::from_ms_f64(0.25), us(250));
        assert_eq!(Time::from_ms_f64(-1.0), Time::ZERO);
        assert_eq!(Time::from_ms_f64(f64::NAN), Time::ZERO);
        assert_eq!(Time::from_ms_f64(f64::INFINITY), Time::MAX);
        assert_eq!(us(1_250).as_ms(), 1.25);
        assert_eq!(ms(1_250).as_secs(), 1.25);
        assert_eq!(ns(1_999).as_us(), 1);
    }

    #[test]
    fn sums_stop_at_the_ends() {
        assert_eq!(Time::MAX + ns(1), Time::MAX);
        assert_eq!(Time::ZERO - ns(1), Time::ZERO);
        assert_eq!(secs(u64::MAX), Time::MAX);
        assert_eq!(secs(400) * u64::MAX, Time::MAX);
        assert_eq!(ms(9) / 3, ms(3));
        assert_eq!([ms(1), ms(2)].into_iter().sum::<Time>(), ms(3));
    }

    #[test]
    fn scaling_rounds_and_keeps_one_exact() {
        let odd = ns((1 << 60) + 1); // not representable as f64
        assert_eq!(odd.scale(1.0), odd);
        assert_eq!(ms(10).scale(1.5), ms(15));
        assert_eq!(ns(3).scale(0.5), ns(2));
        assert_eq!(ms(1).scale(-1.0), Time::ZERO);
    }

    #[test]
    fn reads_well() {
        for (t, text) in [
            (Time::ZERO, "0 ms"),
            (ns(7), "7 ns"),
            (us(250), "250 µs"),
            (us(1_500), "1.5 ms"),
            (ms(18), "18 ms"),
            (ms(1_310), "1.31 s"),
            (ns(1_000_001), "1 ms"),
            (Time::MAX, "never"),
        ] {
            assert_eq!(t.to_string(), text);
        }
        assert_eq!(format!("{:>7}", ms(18)), "  18 ms");
        let debug = format!("{:?}", [ns(1), us(250), ms(1_310), Time::MAX]);
        assert_eq!(debug, "[0.000001 ms, 0.25 ms, 1310 ms, never]");
    }
}
