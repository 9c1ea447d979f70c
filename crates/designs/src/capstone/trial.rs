//! One choice in one situation: the pooled runs, and this design's objectives by name.

use super::beliefs;
use super::evidence::{ACCEPTED, AGE, ANSWERED, BAD_P99, BILL, Evidence, POOL, READS_P99, Situation};
use super::pair::{Names, Pair, Reported};
use super::sizing::{Choice, Proposal, on_the_table};
use super::system::{DURING, Fault, PHASES, PartitionRun, Scenario, Totals};
use crate::replay::{Shown, sentence};
use judge::trial::Belief;
use judge::verdict::{Place, Verdict};
use judge::{Bound, Percent, pool};
use sim::Time;

/// Runs a scenario once a seed and pools what was measured, phase by phase.
pub fn pooled(s: &Scenario, runs: u64) -> Vec<Totals> {
    let mut totals = vec![Totals::default(); PHASES];
    for seed in pool::seeds(runs) {
        let run = PartitionRun::new(s, seed).finish();
        for (sum, one) in totals.iter_mut().zip(run.totals()) {
            sum.merge(&one);
        }
    }
    totals
}

/// Fewest partitions that are simulated: fewer are overloaded many times over, which takes long to watch and shows the same.
const FEWEST: u32 = 16;

/// A situation with a choice in it.
pub(super) fn with(mut situation: Situation, choice: Choice) -> Situation {
    situation.scenario.choice = choice;
    situation
}

/// The scenario as it is simulated.
fn simulated(s: &Scenario) -> Scenario {
    let partitions = s.choice.partitions.clamp(FEWEST, 100_000);
    Scenario { choice: Choice { partitions, ..s.choice }, ..*s }
}

/// One run of a choice beside the other proposal as its page has it, on the same load.
fn shown(situation: &Situation, seed: u64) -> Shown {
    let reported = Reported {
        phase: DURING,
        when: sentence(situation.words),
        caption: format!(
            "Reads and scans that arrived in the time that is judged, {}",
            situation.words
        ),
    };
    let yours = simulated(&situation.scenario);
    let [a, b] = on_the_table();
    let (names, other) = match yours.choice.proposal {
        Proposal::Zones => (OTHER_B, b),
        Proposal::Regions => (OTHER_A, a),
    };
    let sides = [(names, Scenario { choice: other, ..yours }), (YOURS, yours)];
    Pair::new(sides, reported, seed).shown()
}

const OTHER_A: Names = Names {
    key: "table",
    legend: "A as proposed",
    label: "proposal A as proposed",
    subject: "proposal A as proposed",
};
const OTHER_B: Names = Names {
    key: "table",
    legend: "B as proposed",
    label: "proposal B as proposed",
    subject: "proposal B as proposed",
};
const YOURS: Names = Names { key: "yours", legend: "yours", label: "your choice", subject: "your choice" };

/// A choice under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs a choice in a situation; `choice` calls the learner's code.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        choice: impl Fn() -> Choice + Clone + Send + 'static,
    ) -> Trial {
        let again = choice.clone();
        let judged = judge::trial::Trial::run(place, beliefs, move || {
            let situation = with(situation, choice());
            let phases = pooled(&simulated(&situation.scenario), POOL);
            Evidence { situation, phases }
        });
        judged.replay(move |seed| shown(&with(situation, again()), seed));
        Trial(judged)
    }

    /// What is paid a month, as a share of what proposal B costs as its page has it: a limit in dollars would tell whoever has
    /// not worked a bill out yet how large it is.
    #[must_use]
    pub fn bill_beside_b(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &BILL,
            bound,
            |e| {
                let [_, b] = on_the_table();
                Percent::of(e.world().month(&e.situation.scenario.choice).0 / e.world().month(&b).0)
            },
            |p| p.0,
            beliefs::share,
            "of proposal B's bill",
        ))
    }

    /// Time within which 99 of 100 answered reads are done.
    #[must_use]
    pub fn reads_p99(self, bound: Bound<Time>) -> Self {
        let lost = self
            .0
            .evidence()
            .is_some_and(|e| e.situation.scenario.fault != Fault::Nothing);
        let objective = if lost { &BAD_P99 } else { &READS_P99 };
        Trial(self.0.look(
            objective,
            bound,
            |e| e.judged().reads_within(0.99),
            Time::as_ms,
            beliefs::time,
            "reads' p99",
        ))
    }

    /// Time from a scan's acknowledgement within which readers see 99 of 100.
    #[must_use]
    pub fn seen_within(self, bound: Bound<Time>) -> Self {
        Trial(self.0.look(
            &AGE,
            bound,
            |e| e.judged().ages.quantile(0.99),
            Time::as_ms,
            beliefs::time,
            "from scan to seen, p99,",
        ))
    }

    /// Share of reads that are answered.
    #[must_use]
    pub fn answered(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &ANSWERED,
            bound,
            |e| Percent::of(e.judged().answered()),
            |p| p.0,
            beliefs::share,
            "of the reads answered",
        ))
    }

    /// Share of scans that are acknowledged.
    #[must_use]
    pub fn acknowledged(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &ACCEPTED,
            bound,
            |e| Percent::of(e.judged().acknowledged()),
            |p| p.0,
            beliefs::share,
            "of the scans acknowledged",
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
    use super::super::choose;
    use super::super::lab::ProposalsLab;
    use super::*;
    use crate::replay::checks;

    #[test]
    fn every_situation_can_be_replayed_and_found_in_the_lab() {
        for situation in choose::situations() {
            let situation = with(situation, on_the_table()[1]);
            let shown = shown(&situation, 3);
            checks::is_whole(&shown);
            assert!(
                shown.summary.starts_with(&sentence(situation.words)),
                "{}",
                shown.summary
            );
            checks::the_lab_knows(&ProposalsLab, &super::super::evidence::lab(&situation.scenario));
        }
    }
}
