//! What a node's own clock reads.

use crate::Time;

/// A node's clock: how far it was ahead as the run began, and how much faster or slower than true time it runs.
///
/// It reads `ahead` at the start of the run and gains 1 + `drift_ppm` / 10⁶ seconds in each second. Only differences between nodes
/// count, so a clock that is behind is one that the others are ahead of.
///
/// ```
/// use sim::{Clock, ms, secs, us};
/// let fast = Clock { ahead: ms(5), drift_ppm: 200.0 };
/// assert_eq!(fast.read(secs(0)), ms(5));
/// assert_eq!(fast.read(secs(10)), secs(10) + ms(5) + ms(2)); // 200 µs gained in each second
/// assert_eq!(Clock::default().read(us(7)), us(7)); // true time
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Clock {
    /// What it reads at the start of the run.
    pub ahead: Time,
    /// Microseconds gained in each second (parts per million); below 0 the clock runs slow.
    pub drift_ppm: f64,
}

/// Rates are counted in whole 10⁻¹² parts, so that readings are exact integers and never step back.
const ONE: u128 = 1_000_000_000_000;

impl Clock {
    /// Nanoseconds that the clock gains in 10¹² ns.
    ///
    /// # Panics
    /// When it would stand still, run backwards or race.
    pub(crate) fn rate(self) -> u128 {
        let rate = libm::round(1e12 + self.drift_ppm * 1e6);
        assert!(
            (1.0..=1e18).contains(&rate),
            "a clock cannot drift by {} parts per million: it must run forwards, and at most a million times too fast",
            self.drift_ppm
        );
        rate as u128
    }

    /// What the clock reads `now` after the start of the run, rounded down to whole nanoseconds.
    ///
    /// # Panics
    /// When the clock would not run forwards (a drift of −10⁶ parts per million or less), or a million times too fast.
    pub fn read(self, now: Time) -> Time {
        if self.drift_ppm == 0.0 {
            return self.ahead + now;
        }
        self.ahead + Time::from_ns_u128(u128::from(now.as_ns()) * self.rate() / ONE)
    }

    /// The first moment at which the clock has advanced by `after` since `now`.
    pub(crate) fn due(self, now: Time, after: Time) -> Time {
        if self.drift_ppm == 0.0 || after == Time::MAX {
            return now + after;
        }
        let rate = self.rate();
        let reading = u128::from(now.as_ns()) * rate / ONE + u128::from(after.as_ns());
        Time::from_ns_u128((reading * ONE).div_ceil(rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stream, ms, ns, secs};

    #[test]
    fn a_timer_is_due_at_the_first_reading_that_is_late_enough() {
        let mut draw = Stream::new(1, 0);
        for drift_ppm in [-999_000.0, -300.5, -0.000_001, 0.0, 0.25, 200.0, 500_000.0, 3e6] {
            let clock = Clock { ahead: ms(3), drift_ppm };
            for _ in 0..200 {
                let (now, after) = (ns(draw.below(0, 1 << 42)), ns(draw.below(1, 1 << 36)));
                let (due, target) = (clock.due(now, after), clock.read(now) + after);
                assert!(clock.read(due) >= target, "{clock:?} at {now:?} after {after:?}");
                assert!(clock.read(due - ns(1)) < target, "{clock:?} at {now:?} after {after:?}");
            }
        }
    }

    #[test]
    fn a_clock_never_steps_back() {
        for drift_ppm in [-900_000.0, -0.1, 0.1, 1e6] {
            let clock = Clock { ahead: Time::ZERO, drift_ppm };
            let far = secs(3_600 * 24 * 365); // beyond what a float holds to the nanosecond
            let readings: Vec<Time> = (0..1_000).map(|n| clock.read(far + ns(n))).collect();
            assert!(readings.is_sorted(), "{clock:?}");
            assert!(clock.read(Time::MAX) >= readings[999]);
        }
    }

    #[test]
    fn never_stays_never() {
        for drift_ppm in [0.0, 50.0, -50.0] {
            assert_eq!(Clock { ahead: ms(1), drift_ppm }.due(secs(1), Time::MAX), Time::MAX);
        }
    }

    #[test]
    fn clocks_that_do_not_run_forwards_are_refused() {
        let refused = |drift_ppm| std::panic::catch_unwind(|| Clock { ahead: Time::ZERO, drift_ppm }.rate()).is_err();
        assert!(refused(-1e6) && refused(-2e6) && refused(f64::NAN) && refused(f64::INFINITY) && refused(1e13));
        assert!(!refused(-999_999.0) && !refused(0.0) && !refused(1e12 - 1e7));
    }
}
