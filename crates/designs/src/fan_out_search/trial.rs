//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::beliefs;
use super::evidence::{COMPLETE_ANSWERS, EXTRA_REQUESTS, Evidence, POOL, Situation, USERS_P99};
use super::pair::{Names, Pair, Reported, WAIT};
use super::policy::{Action, Policy, Seen};
use super::rules::NeverHedge;
use super::system::{Cell, CellRun, Totals};
use crate::replay::{Shown, sentence};
use judge::trial::Belief;
use judge::verdict::{Place, Verdict};
use judge::{Bound, Percent, pool};
use sim::{Time, ms};

/// Runs a cell once a seed and pools what was measured, phase by phase.
pub fn pooled(cell: &Cell, mut policy: impl FnMut() -> Box<dyn Policy>) -> Vec<Totals> {
    let mut pooled: Vec<Totals> = vec![Totals::default(); cell.phases.len()];
    for seed in pool::seeds(POOL) {
        let run = CellRun::new(cell, policy(), seed).finish();
        for (sum, one) in pooled.iter_mut().zip(run.totals()) {
            sum.merge(&one);
        }
    }
    pooled
}

/// One run of an answer beside waiting for all leaves, on the same arrivals.
fn shown(situation: &Situation, yours: Names, policy: Box<dyn Policy>, seed: u64) -> Shown {
    let reported = Reported {
        phases: situation.judged..situation.judged + 1,
        when: sentence(situation.words),
        caption: format!("Queries that arrived in the time that is judged, {}", situation.words),
    };
    let sides: [(Names, Box<dyn Policy>); 2] = [(WAIT, Box::new(NeverHedge)), (yours, policy)];
    Pair::new(sides, situation.cell.clone(), reported, seed).shown()
}

/// An answer under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy for each run.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        yours: Names,
        policy: impl FnMut() -> Box<dyn Policy> + Clone + Send + 'static,
    ) -> Trial {
        let (tried, mut fresh) = (situation.clone(), policy.clone());
        let judged = judge::trial::Trial::run(place, beliefs, move || {
            let mut policy = policy;
            let late = Seen {
                waited: ms(500),
                leaves: situation.cell.leaves,
                still_waiting: 1,
                requests_last_second: 20_000,
                hedges_last_second: 0,
            };
            let hedges_when_late = policy().decide(&late) == Action::Hedge;
            let phases = pooled(&situation.cell, policy);
            Evidence { situation, phases, hedges_when_late }
        });
        judged.replay(move |seed| shown(&tried, yours, fresh(), seed));
        Trial(judged)
    }

    /// Second requests, as a share of first requests.
    #[must_use]
    pub fn extra_requests(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &EXTRA_REQUESTS,
            bound,
            |e| Percent::of(e.judged().extra()),
            |p| p.0,
            beliefs::share,
            "more requests",
        ))
    }

    /// Time within which 99 of 100 users have their answer, complete or partial.
    #[must_use]
    pub fn users_p99(self, bound: Bound<Time>) -> Self {
        Trial(self.0.look(
            &USERS_P99,
            bound,
            |e| e.judged().users.quantile(0.99),
            Time::as_ms,
            beliefs::time,
            "users' p99",
        ))
    }

    /// Share of answers that every leaf contributed to.
    #[must_use]
    pub fn complete_answers(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &COMPLETE_ANSWERS,
            bound,
            |e| Percent::of(e.judged().complete_share()),
            |p| p.0,
            beliefs::share,
            "complete answers",
        ))
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

#[cfg(test)]
mod tests {
    use super::super::lab::FanOutLab;
    use super::super::rules::HedgeAfter;
    use super::super::{choose, operate};
    use super::*;
    use crate::replay::checks;
    use judge::percent;

    const YOURS: Names = Names { key: "yours", label: "yours", asks: true, ..WAIT };

    #[test]
    fn every_situation_can_be_replayed_and_found_in_the_lab() {
        for situation in operate::situations().into_iter().chain(choose::situations()) {
            let policy = HedgeAfter { after: ms(18), budget: percent(6) };
            let shown = shown(&situation, YOURS, Box::new(policy), 3);
            checks::is_whole(&shown);
            assert!(
                shown.summary.starts_with(&sentence(situation.words)),
                "{}",
                shown.summary
            );
            if situation.lab.knobs.is_some() {
                checks::the_lab_knows(&FanOutLab, &situation.lab);
            }
        }
    }

    #[test]
    fn what_is_shown_is_what_one_run_gives() {
        let situation = operate::situations().swap_remove(2);
        let policy = HedgeAfter { after: ms(18), budget: percent(100) };
        let run = CellRun::new(&situation.cell, Box::new(policy), 3).finish();
        let complete = run.totals()[situation.judged].complete_share() * 100.0;
        let shown = shown(&situation, YOURS, Box::new(policy), 3);
        let row = shown.table.rows.iter().find(|r| r[0] == "complete answers").unwrap();
        assert_eq!(row[2], figures::number(complete, 1, "%"));
        assert_ne!(row[1], row[2]);
    }
}
