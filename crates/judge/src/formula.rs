//! Step `calculate`: a formula, held case by case against what it should give.

use crate::guard;
use crate::verdict::{self, Kind, Place, Verdict};
use std::panic::Location;

/// A mistake in a formula that its result gives away.
#[derive(Debug)]
pub struct Mistake {
    /// Key; also the file name of the wrong answer that shows it.
    pub key: &'static str,
    /// "you seem to assume …".
    pub assumes: &'static str,
    /// "what happened instead …".
    pub instead: &'static str,
    /// "ask yourself …".
    pub ask: &'static str,
}

/// Cases of one formula, judged one after the other up to the first that does not fit.
#[derive(Debug)]
pub struct Formula {
    folder: &'static str,
    place: Place,
    /// Unit of the result, with the space before it.
    unit: &'static str,
    /// What to try when no known mistake fits.
    try_this: &'static str,
    miss: Option<Verdict>,
}

impl Formula {
    /// No case yet. `unit` stands behind the results (`" %"`, `" slots"`); `try_this` is the question for a result that no known
    /// mistake explains.
    #[track_caller]
    pub fn new(folder: &'static str, unit: &'static str, try_this: &'static str) -> Formula {
        Formula { folder, place: Place::of(Location::caller()), try_this, unit, miss: None }
    }

    /// Holds what the formula gives against what it should give, up to `tolerance` in the same unit; infinite results fit when
    /// they are expected. `wrong` lists what known mistakes would give.
    #[must_use]
    pub fn expect(
        mut self,
        case: &str,
        gives: impl FnOnce() -> f64 + Send + 'static,
        should: f64,
        tolerance: f64,
        wrong: &[(f64, &Mistake)],
    ) -> Formula {
        if self.miss.is_some() {
            return self;
        }
        self.miss = match guard::run(gives) {
            Ok(got) => self.compare(case, got, should, tolerance, wrong),
            Err(fault) => Some(verdict::fault(self.folder, &self.place, &fault)),
        };
        self
    }

    /// The verdict on one result that does not fit.
    fn compare(&self, case: &str, got: f64, should: f64, tolerance: f64, wrong: &[(f64, &Mistake)]) -> Option<Verdict> {
        let fits = |value: f64| got == value || (got - value).abs() <= tolerance;
        if fits(should) {
            return None;
        }
        let mistake = wrong.iter().find(|(value, _)| fits(*value)).map(|(_, m)| *m);
        let kind = if mistake.is_some() { Kind::Belief } else { Kind::Trade };
        let mut v = Verdict::fail(self.folder, &self.place, kind);
        let side = if got.is_nan() {
            "is not a number"
        } else if got > should {
            "is too large"
        } else {
            "is too small"
        };
        v.observed = format!("{case}: your {}{} {side}", figure(got), self.unit);
        match mistake {
            Some(m) => {
                v.belief = Some(m.key.into());
                v.assumes = m.assumes.into();
                v.instead = m.instead.into();
                v.ask = m.ask.into();
            }
            None if got.is_nan() => {
                v.instead = "somewhere in it 0 is divided by 0, or a root is taken of what is less than 0".into();
                v.ask = "what does your formula divide by in this case, and what should it give there?".into();
            }
            None => {
                v.instead = "no mistake that we know gives this value".into();
                v.ask = self.try_this.into();
            }
        }
        Some(v)
    }

    /// Passes, or fails with the verdict on the first case that does not fit.
    ///
    /// # Panics
    /// When a case does not fit: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.miss
            .clone()
            .unwrap_or_else(|| Verdict::pass(self.folder, &self.place))
    }
}

fn figure(x: f64) -> String {
    let text = format!("{x:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    static DOUBLED: Mistake = Mistake { key: "doubled", assumes: "a", instead: "b", ask: "c" };

    fn judged(got: f64, should: f64) -> Verdict {
        Formula::new("99-x", " s", "try zero")
            .expect("one case", move || got, should, 0.01, &[(2.0 * should, &DOUBLED)])
            .verdict()
    }

    #[test]
    fn a_result_within_its_tolerance_passes() {
        assert!(judged(3.005, 3.0).passed);
        assert!(judged(f64::INFINITY, f64::INFINITY).passed);
        assert!(!judged(3.02, 3.0).passed);
        assert!(!judged(f64::NAN, 3.0).passed);
        assert!(!judged(3.0, f64::INFINITY).passed);
    }

    #[test]
    fn a_known_mistake_is_named_and_another_is_not() {
        let v = judged(6.0, 3.0);
        assert_eq!((v.kind, v.belief.as_deref()), (Kind::Belief, Some("doubled")));
        assert_eq!(v.observed, "one case: your 6 s is too large");
        let v = judged(2.5, 3.0);
        assert_eq!((v.kind, v.ask.as_str()), (Kind::Trade, "try zero"));
        assert_eq!(v.observed, "one case: your 2.5 s is too small");
    }

    #[test]
    fn what_is_no_number_is_asked_for_its_division() {
        let v = judged(f64::NAN, 3.0);
        assert_eq!(
            (v.kind, v.observed.as_str()),
            (Kind::Trade, "one case: your NaN s is not a number")
        );
        assert!(v.instead.contains("divided by 0"), "{}", v.instead);
    }

    #[test]
    fn the_first_case_that_does_not_fit_decides() {
        let v = Formula::new("99-x", "", "")
            .expect("first", || 1.0, 1.0, 0.0, &[])
            .expect("second", || 1.0, 2.0, 0.0, &[])
            .expect("third", || panic!("never asked"), 0.0, 0.0, &[])
            .verdict();
        assert!(v.observed.starts_with("second"));
    }
}
