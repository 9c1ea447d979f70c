//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::evidence::{self, BOTH, DOWN, Evidence, PAGE, POOL, PROMOTIONS, REPAIR, STRANDED, Situation};
use super::habits::Habits;
use super::policy::Policy;
use super::smallest;
use super::words::{Hours, page_time, seconds, writes};
use judge::trial::Belief;
use judge::verdict::{Place, Verdict};
use judge::{Bound, pool};
use sim::Time;

/// An answer under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy for each orchestrator of each run.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        policy: impl Fn() -> Box<dyn Policy> + Send + 'static,
    ) -> Trial {
        Trial(judge::trial::Trial::run(place, beliefs, move || {
            let outcome = evidence::pooled(|seed| situation.of(seed), &policy);
            let smallest = pool::seeds(POOL).find_map(|seed| smallest::faults(&situation, &policy, seed));
            Evidence { outcome, habits: Habits::of(&policy), smallest, situation }
        }))
    }

    /// Seconds without writes, a run; each counts with the share of the writes that could not be taken.
    #[must_use]
    pub fn down(self, bound: Bound<Time>) -> Self {
        let what = "without writes";
        Trial(
            self.0
                .look(&DOWN, bound, |e| e.outcome.down(), Time::as_secs, seconds, what),
        )
    }

    /// Stranded writes, a run: acknowledged, and missing in the history that goes on.
    #[must_use]
    pub fn stranded(self, bound: Bound<u32>) -> Self {
        let measure = |e: &Evidence| e.outcome.stranded_each().round() as u32;
        let print = |n: u32| writes(f64::from(n));
        Trial(self.0.look(&STRANDED, bound, measure, f64::from, print, "stranded"))
    }

    /// The longest time in any run for which both coasts took writes.
    #[must_use]
    pub fn both_coasts(self, bound: Bound<Time>) -> Self {
        let what = "of writes on both coasts at once";
        Trial(
            self.0
                .look(&BOTH, bound, |e| e.outcome.both, Time::as_secs, seconds, what),
        )
    }

    /// Changes of the primary, a run.
    #[must_use]
    pub fn promotions(self, bound: Bound<f64>) -> Self {
        let print = |n: f64| format!("{n:.1}");
        let measure = |e: &Evidence| e.outcome.promotions_each();
        Trial(
            self.0
                .look(&PROMOTIONS, bound, measure, |n| n, print, "promotions a run"),
        )
    }

    /// Hours of repair, a run.
    #[must_use]
    pub fn repair(self, bound: Bound<Hours>) -> Self {
        let measure = |e: &Evidence| Hours(e.outcome.repair());
        Trial(
            self.0
                .look(&REPAIR, bound, measure, |h| h.0, |h| h.to_string(), "of repair"),
        )
    }

    /// The mean page in the last ten seconds of a run, over the users of both coasts.
    #[must_use]
    pub fn page_afterwards(self, bound: Bound<Time>) -> Self {
        let what = "for a page at the end";
        Trial(
            self.0
                .look(&PAGE, bound, |e| e.outcome.page(true), Time::as_ms, page_time, what),
        )
    }

    /// Passes, or fails with the verdict on the first objective that is unmet.
    ///
    /// # Panics
    /// When an objective is unmet: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.0.or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.0.verdict()
    }
}
