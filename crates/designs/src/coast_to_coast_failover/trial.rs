//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::evidence::{self, BOTH, DOWN, Evidence, PAGE, POOL, PROMOTIONS, REPAIR, Situation};
use super::habits::Habits;
use super::policy::Policy;
use super::replay::Replay;
use super::smallest;
use super::system::{FailoverRun, Outcome};
use super::words::{Hours, page_time, seconds, writes};
use judge::replay::Lab;
use judge::trial::{Belief, Objective};
use judge::verdict::{Place, Verdict};
use judge::{Bound, pool};
use sim::Time;

/// An answer under judgement.
pub struct Trial {
    judged: judge::trial::Trial<Evidence>,
    stranded: &'static Objective,
    replay: Replay,
}

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy for each orchestrator of each run.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        policy: impl Fn() -> Box<dyn Policy> + Clone + Send + 'static,
    ) -> Trial {
        let stranded = situation.stranded;
        let replay = Replay::new(situation.clone(), policy.clone());
        let judged = judge::trial::Trial::run(place, beliefs, move || {
            let outcome = evidence::pooled(|seed| situation.of(seed), &policy);
            let smallest = pool::seeds(POOL).find_map(|seed| smallest::faults(&situation, &policy, seed));
            let habits = Habits::of(&policy);
            let rule = evidence::nearest(&situation, &habits);
            let reproduced = pool::seeds(1).all(|seed| {
                let once = |policy: &dyn Fn() -> Box<dyn Policy>| {
                    FailoverRun::new(&situation.of(seed), policy, seed).finish().outcome()
                };
                evidence::alike(&once(&policy), &once(&|| Box::new(rule)))
            });
            Evidence { outcome, habits, smallest, reproduced, situation }
        });
        Trial { judged, stranded, replay }
    }

    fn look<T: PartialOrd + Copy + Send + 'static>(
        mut self,
        objective: &'static Objective,
        bound: Bound<T>,
        measure: impl Fn(&Outcome) -> T + Copy + Send + 'static,
        plain: impl Fn(T) -> f64,
        print: impl Fn(T) -> String + Copy + Send + 'static,
        what: &'static str,
    ) -> Self {
        self.replay.keep(bound, measure, print, what);
        let judged = self
            .judged
            .look(objective, bound, |e| measure(&e.outcome), plain, print, what);
        Trial { judged, ..self }
    }

    /// Seconds without writes, a run; each counts with the share of the writes that could not be taken.
    #[must_use]
    pub fn down(self, bound: Bound<Time>) -> Self {
        let what = "without writes";
        self.look(&DOWN, bound, Outcome::down, Time::as_secs, seconds, what)
    }

    /// Stranded writes, a run: acknowledged, and missing in the history that goes on.
    #[must_use]
    pub fn stranded(self, bound: Bound<u32>) -> Self {
        let measure = |o: &Outcome| o.stranded_each().round() as u32;
        let print = |n: u32| writes(f64::from(n));
        let objective = self.stranded;
        self.look(objective, bound, measure, f64::from, print, "stranded")
    }

    /// The longest time in any run for which both coasts took writes.
    #[must_use]
    pub fn both_coasts(self, bound: Bound<Time>) -> Self {
        let what = "of writes on both coasts at once";
        self.look(&BOTH, bound, |o| o.both, Time::as_secs, seconds, what)
    }

    /// Changes of the primary, a run.
    #[must_use]
    pub fn promotions(self, bound: Bound<f64>) -> Self {
        let print = |n: f64| format!("{n:.1}");
        let measure = |o: &Outcome| o.promotions_each();
        self.look(&PROMOTIONS, bound, measure, |n| n, print, "promotions a run")
    }

    /// Hours of repair, a run.
    #[must_use]
    pub fn repair(self, bound: Bound<Hours>) -> Self {
        let measure = |o: &Outcome| Hours(o.repair());
        self.look(&REPAIR, bound, measure, |h| h.0, |h| h.to_string(), "of repair")
    }

    /// The mean page in the last ten seconds of a run, over the users of both coasts.
    #[must_use]
    pub fn page_afterwards(self, bound: Bound<Time>) -> Self {
        let what = "for a page at the end";
        // Where nobody answers no limit is kept.
        let measure = |o: &Outcome| o.page(true).unwrap_or(Time::MAX);
        let print = |t: Time| page_time(Some(t).filter(|t| *t < Time::MAX));
        self.look(&PAGE, bound, measure, Time::as_ms, print, what)
    }

    /// Passes, or fails with the verdict on the first objective that is unmet.
    ///
    /// # Panics
    /// When an objective is unmet: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        let Trial { judged, replay, .. } = self;
        judged.replay(move |seed| replay.shown(seed));
        judged.or_explain();
    }

    /// How the lab shows the situation and, as far as it can, the answer; `None` when the answer gave no result.
    pub fn lab(&self) -> Option<Lab> {
        self.judged.evidence().map(judge::trial::Evidence::lab)
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.judged.verdict()
    }
}
