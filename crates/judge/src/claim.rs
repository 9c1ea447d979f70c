//! The claim: the reasons behind an answer, judged by the same runs as the answer.
//!
//! An answer that works with a wrong claim fails: "it works, but not for your reason". The verdict names the part of the
//! claim and the side on which it misses, never the number.

use crate::guard::{self, Fault};
use crate::replay;
use crate::verdict::{self, Kind, Place, Verdict};
use std::fmt::{self, Debug, Display};

/// A part of a claim that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    /// Which part: `expects users' p99`, `binding`, `reverses_when`.
    pub part: String,
    /// What is wrong with it, without the number.
    pub how: String,
    /// A question that leads on.
    pub ask: String,
    /// Knobs of the design's lab that show the situation, as typed: `storm_factor=5`; empty for the lab as it opens.
    pub knobs: String,
    /// The test of this step whose replay shows the situation, where the design's lab cannot.
    pub test: Option<&'static str>,
}

impl Miss {
    /// The same, with the knobs of the lab that show the situation.
    #[must_use]
    pub fn seen_with(self, knobs: impl Into<String>) -> Miss {
        Miss { knobs: knobs.into(), ..self }
    }

    /// The same, where no lab shows the situation and the replay of a test of this step does.
    #[must_use]
    pub fn replayed_by(self, test: &'static str) -> Miss {
        Miss { test: Some(test), ..self }
    }
}

/// Widest allowed interval on a ratio scale: high ÷ low.
pub const WIDEST_FACTOR: f64 = 2.0;
/// Widest allowed interval of a share, in points.
pub const WIDEST_POINTS: f64 = 10.0;

/// How wide an expectation may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// At most [`WIDEST_FACTOR`] from low to high.
    Factor,
    /// At most [`WIDEST_POINTS`] from low to high.
    Points,
}

/// Does an expected interval say something, and does it hold the measured value?
///
/// `low`, `high` and `measured` have the same unit; shares are in percent.
///
/// # Errors
/// Names the objective and the side.
pub fn expectation(what: &str, low: f64, high: f64, width: Width, measured: f64) -> Result<(), Miss> {
    let miss = |how: String, ask: &str| {
        Err(Miss { part: format!("expects {what}"), how, ask: ask.into(), knobs: String::new(), test: None })
    };
    if !(low.is_finite() && high.is_finite()) || low < 0.0 || low > high {
        return miss(
            "low and high do not make an interval".into(),
            "which of the two is the smaller?",
        );
    }
    let too_wide = match width {
        Width::Factor => high > low * WIDEST_FACTOR,
        Width::Points => high - low > WIDEST_POINTS,
    };
    if too_wide {
        let limit = match width {
            Width::Factor => "high may be at most twice low",
            Width::Points => "high may be at most ten points above low",
        };
        return miss(
            format!("the interval is too wide to be wrong ({limit})"),
            "what would you bet on, if a wide answer cost you?",
        );
    }
    if measured < low {
        return miss(
            "the measured value lies below your interval".into(),
            "what keeps it lower than you think?",
        );
    }
    if measured > high {
        return miss(
            "the measured value lies above your interval".into(),
            "what adds to it that you left out?",
        );
    }
    Ok(())
}

/// Are the two expectations about different objectives? `ask` is the question when they are not.
///
/// # Errors
/// Says that they are about the same one.
pub fn two_objectives<E>(expects: &[E; 2], ask: &str) -> Result<(), Miss> {
    let [one, two] = expects.each_ref().map(std::mem::discriminant);
    if one != two {
        return Ok(());
    }
    Err(Miss {
        part: "expects".into(),
        how: "both expectations are about the same objective".into(),
        ask: ask.into(),
        knobs: String::new(),
        test: None,
    })
}

/// Relief by less than this share more than the claimed limit's proves nothing: it is within the noise of a short run.
pub const TIE: f64 = 0.015;

/// Is `claimed` the limit whose relief helps most, or as much as any, up to [`TIE`]?
///
/// `relief` holds, for every limit, how much the objective improves when that limit is relieved by a tenth (larger is better).
///
/// # Errors
/// Says that another limit binds, not which.
pub fn binding<L: PartialEq + Copy + Debug>(claimed: L, relief: &[(L, f64)]) -> Result<(), Miss> {
    let best = relief.iter().copied().fold(None::<(L, f64)>, |best, next| match best {
        Some(b) if b.1 >= next.1 => Some(b),
        _ => Some(next),
    });
    match best {
        Some((_, most))
            if relief
                .iter()
                .any(|(limit, gain)| *limit == claimed && most - gain <= TIE) =>
        {
            Ok(())
        }
        _ => Err(Miss {
            part: "binding".into(),
            how: format!("relieving {claimed:?} by about a tenth helps less than relieving another limit by as much"),
            ask: "if you could change one of them by a tenth, which would move the promise?".into(),
            knobs: String::new(),
            test: None,
        }),
    }
}

/// Does the preferred of two choices differ on the two sides of the claimed value?
///
/// `prefer` is called with 0.8 and with 1.25 times `value`.
///
/// # Errors
/// Says which choice is preferred on both sides.
pub fn reversal<C: PartialEq + Display>(
    quantity: &str,
    value: f64,
    mut prefer: impl FnMut(f64) -> C,
) -> Result<(), Miss> {
    if !value.is_finite() || value <= 0.0 {
        return Err(Miss {
            part: "reverses_when".into(),
            how: format!("{quantity} = {value} is not a value that can be tried"),
            ask: "at which value would you change your mind?".into(),
            knobs: String::new(),
            test: None,
        });
    }
    let (below, above) = (prefer(value * 0.8), prefer(value * 1.25));
    if below != above {
        return Ok(());
    }
    Err(Miss {
        part: "reverses_when".into(),
        how: format!("at 0.8 × your value of {quantity} the better choice is {below}; at 1.25 × it still is: {above}"),
        ask: "what must be true before the other choice is worth its price?".into(),
        knobs: String::new(),
        test: None,
    })
}

/// The better of two choices, and why. Two preferences are equal when the choice is.
#[derive(Clone, Copy, Debug)]
pub struct Preference {
    choice: &'static str,
    why: &'static str,
}

impl Preference {
    /// A choice and the reason for it.
    pub fn new(choice: &'static str, why: &'static str) -> Preference {
        Preference { choice, why }
    }
}

impl PartialEq for Preference {
    fn eq(&self, other: &Preference) -> bool {
        self.choice == other.choice
    }
}

impl Display for Preference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.choice, self.why)
    }
}

/// A claim under judgement.
#[derive(Debug)]
pub struct Judged {
    folder: &'static str,
    /// Runs that each part of the claim is judged on.
    pool: u64,
    place: Place,
    result: Result<Result<(), Miss>, Fault>,
    /// What the lab shows of the situation, in words.
    shows: &'static str,
}

impl Judged {
    /// Judges a claim with `judge`, which runs off the test's thread since it calls the learner's code. Each part of the claim
    /// rests on `pool` runs.
    pub fn by(
        folder: &'static str,
        pool: u64,
        place: Place,
        judge: impl FnOnce() -> Result<(), Miss> + Send + 'static,
    ) -> Judged {
        // Most labs run built-in policies: they show the situation, not the learner's code.
        let shows = "by the lab's own rules";
        Judged { folder, pool, place, result: guard::run(judge), shows }
    }

    /// The same, where the lab shows more of an answer than its situation: `shows` continues "one run of the situation, …".
    #[must_use]
    pub fn lab_shows(self, shows: &'static str) -> Judged {
        Judged { shows, ..self }
    }

    /// Passes, or fails with the verdict on the first part of the claim that does not hold.
    ///
    /// # Panics
    /// When a part of the claim does not hold: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let miss = match &self.result {
            Err(fault) => return verdict::fault(self.folder, &self.place, fault),
            Ok(Ok(())) => return Verdict::pass(self.folder, &self.place),
            Ok(Err(miss)) => miss,
        };
        let mut verdict = Verdict::fail(self.folder, &self.place, Kind::Claim);
        verdict.observed = format!(
            "your answer was run again, {} runs pooled for each reason that you gave; a single run can differ",
            self.pool
        );
        verdict.assumes.clone_from(&miss.part);
        verdict.instead.clone_from(&miss.how);
        verdict.ask.clone_from(&miss.ask);
        if let Some(test) = miss.test {
            let place = Place { test: test.into(), ..self.place.clone() };
            let command = replay::command(self.folder, &place, self.pool);
            verdict.replay = format!("{command}   (one run of the situation, with your answer)");
            return verdict;
        }
        let number = self.folder.split('-').next().unwrap_or(self.folder);
        let command = format!("cargo learn lab {number} {}", miss.knobs);
        verdict.replay = format!("{}   (one run of the situation, {})", command.trim_end(), self.shows);
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expectation_names_the_side() {
        assert!(expectation("p99", 40.0, 80.0, Width::Factor, 60.0).is_ok());
        assert!(
            expectation("p99", 40.0, 80.0, Width::Factor, 39.0)
                .unwrap_err()
                .how
                .contains("below")
        );
        assert!(
            expectation("p99", 40.0, 80.0, Width::Factor, 81.0)
                .unwrap_err()
                .how
                .contains("above")
        );
        assert!(
            expectation("p99", 40.0, 81.0, Width::Factor, 60.0)
                .unwrap_err()
                .how
                .contains("too wide")
        );
        assert!(expectation("share", 0.0, 10.0, Width::Points, 6.0).is_ok());
        assert!(expectation("share", 0.0, 11.0, Width::Points, 6.0).is_err());
        assert!(expectation("p99", 80.0, 40.0, Width::Factor, 60.0).is_err());
        assert!(expectation("p99", f64::NAN, 40.0, Width::Factor, 30.0).is_err());
    }

    #[test]
    fn a_verdict_says_that_runs_were_pooled_and_where_the_situation_is() {
        let verdict = |knobs: &'static str| {
            let place = Place { step: "step2_operate".into(), test: "claim".into() };
            let judged = Judged::by("99-x", 6, place, move || {
                expectation("p99", 40.0, 80.0, Width::Factor, 81.25).map_err(|miss| miss.seen_with(knobs))
            });
            judged.verdict()
        };
        let v = verdict("storm_factor=5");
        assert!(
            v.observed.contains("6 runs pooled") && v.observed.contains("a single run can differ"),
            "{}",
            v.observed
        );
        assert!(
            v.replay.starts_with("cargo learn lab 99 storm_factor=5   ("),
            "{}",
            v.replay
        );
        assert!(verdict("").replay.starts_with("cargo learn lab 99   ("));
        assert!(v.replay.ends_with("(one run of the situation, by the lab's own rules)"));
        assert!(!v.to_string().contains("81"), "never the number: {v}");
        assert_eq!(v.measured, []);
    }

    #[test]
    fn a_situation_that_no_lab_shows_is_replayed() {
        let place = Place { step: "step4_operate".into(), test: "the_claim_holds".into() };
        let judged = Judged::by("99-x", 6, place, || {
            expectation("p99", 40.0, 80.0, Width::Factor, 81.25).map_err(|miss| miss.replayed_by("in_a_cut"))
        });
        assert_eq!(
            judged.verdict().replay,
            "cargo learn replay 99/operate --test in_a_cut --seed 1   (one run of the situation, with your answer)"
        );
    }

    #[test]
    fn the_limit_that_binds_is_the_one_whose_relief_helps_most() {
        let relief = [('a', 0.01), ('b', 0.3), ('c', 0.1), ('d', 0.29)];
        assert!(binding('b', &relief).is_ok());
        assert!(binding('d', &relief).is_ok(), "a tie is no proof");
        assert!(binding('a', &relief).is_err());
    }

    #[test]
    fn a_reversal_must_flip_the_preferred_choice() {
        let prefer = |x: f64| if x < 10.0 { "wait" } else { "hedge" };
        assert!(reversal("leaves", 10.0, prefer).is_ok());
        assert!(reversal("leaves", 20.0, prefer).is_err());
        assert!(reversal("leaves", -1.0, prefer).is_err());
    }
}
