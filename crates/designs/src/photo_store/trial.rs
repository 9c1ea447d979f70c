//! One choice in one situation: the pooled runs, and this design's objectives by name.

use super::evidence::{BAD_P99, Evidence, LEFT, POOL, PRICE, READABLE, READS_P99, Situation};
use super::pair::{Names, Pair, Reported};
use super::sizing::Choice;
use super::system::{Pod, PodRun, Totals};
use super::units::Dollars;
use super::{beliefs, choose};
use crate::replay::{Shown, sentence};
use judge::trial::Belief;
use judge::verdict::{Place, Verdict};
use judge::{Bound, Percent, pool};
use sim::Time;

/// What the runs of a pool measured together.
pub struct Pooled {
    /// One entry a phase.
    pub totals: Vec<Totals>,
}

/// Runs a pod once a seed and pools what was measured, phase by phase.
pub fn pooled(pod: &Pod) -> Pooled {
    let mut totals: Vec<Totals> = vec![Totals::default(); pod.phases.len()];
    for seed in pool::seeds(POOL) {
        let run = PodRun::new(pod, seed).finish();
        for (sum, one) in totals.iter_mut().zip(run.totals()) {
            sum.merge(&one);
        }
    }
    Pooled { totals }
}

/// Most machines that are simulated; whoever buys more has spent more than any limit allows.
const MOST_MACHINES: u32 = 120;

/// A situation with a choice in it.
pub(super) fn with(mut situation: Situation, choice: Choice) -> Situation {
    situation.pod.choice = Choice { copies: choice.copies.min(16), ..choice };
    situation
}

/// One run of a choice beside the files on the table, on the same reads.
fn shown(situation: &Situation, seed: u64) -> Shown {
    let reported = Reported {
        phase: situation.judged,
        when: sentence(situation.words),
        caption: format!("Reads that arrived in the time that is judged, {}", situation.words),
    };
    let yours = simulated(&situation.pod);
    let table = Choice { machines: yours.choice.machines, ..choose::ON_THE_TABLE };
    let sides = [(TABLE, Pod { choice: table, ..yours.clone() }), (YOURS, yours)];
    Pair::new(sides, reported, seed).shown()
}

const TABLE: Names = Names {
    key: "table",
    legend: "files, 48 GB",
    label: "as files with 48 GB",
    subject: "as many machines with files and 48 GB",
};
const YOURS: Names = Names { key: "yours", legend: "yours", label: "your choice", subject: "your choice" };

/// The pod as it is simulated: not more machines than anyone can pay for.
fn simulated(pod: &Pod) -> Pod {
    let choice = Choice { machines: pod.choice.machines.min(MOST_MACHINES), ..pod.choice };
    Pod { choice, ..pod.clone() }
}

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
        let (tried, again) = (situation.clone(), choice.clone());
        let judged = judge::trial::Trial::run(place, beliefs, move || {
            let situation = with(situation, choice());
            let phases = pooled(&simulated(&situation.pod)).totals;
            Evidence { situation, phases }
        });
        judged.replay(move |seed| shown(&with(tried, again()), seed));
        Trial(judged)
    }

    /// What is paid for the pod, with its share of the software.
    #[must_use]
    pub fn price(self, bound: Bound<Dollars>) -> Self {
        Trial(self.0.look(
            &PRICE,
            bound,
            |e| e.world().price(&e.situation.pod.choice),
            |d| d.0,
            |d| d.to_string(),
            "paid",
        ))
    }

    /// Time within which 99 of 100 reads have their bytes, counted at the store.
    #[must_use]
    pub fn reads_p99(self, bound: Bound<Time>) -> Self {
        let objective = if self.in_the_bad_hour() { &BAD_P99 } else { &READS_P99 };
        Trial(self.0.look(
            objective,
            bound,
            |e| e.judged().times.quantile(0.99),
            Time::as_ms,
            beliefs::time,
            "reads' p99",
        ))
    }

    fn in_the_bad_hour(&self) -> bool {
        self.0.evidence().is_some_and(|e| e.situation.pod.lost > 0)
    }

    /// Share of reads that find a copy on a machine that is there.
    #[must_use]
    pub fn readable(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &READABLE,
            bound,
            |e| Percent::of(e.judged().readable()),
            |p| p.0,
            beliefs::share,
            "of the reads found their photo",
        ))
    }

    /// Share of photos of which a copy is left when machines are gone for good.
    #[must_use]
    pub fn photos_left(self, bound: Bound<Percent>) -> Self {
        Trial(self.0.look(
            &LEFT,
            bound,
            |e| Percent::of(e.world().left(&e.situation.pod.choice, e.situation.dead)),
            |p| p.0,
            beliefs::share,
            "of the photos have a copy left",
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
    use super::super::lab::PhotoLab;
    use super::*;
    use crate::replay::checks;

    #[test]
    fn every_situation_can_be_replayed_and_found_in_the_lab() {
        for situation in choose::situations() {
            let situation = with(situation, Choice { machines: 5, ..choose::ON_THE_TABLE });
            let shown = shown(&situation, 3);
            checks::is_whole(&shown);
            assert!(
                shown.summary.starts_with(&sentence(situation.words)),
                "{}",
                shown.summary
            );
            checks::the_lab_knows(&PhotoLab, &super::super::evidence::lab(&situation));
        }
    }

    #[test]
    fn what_is_shown_is_what_one_run_gives() {
        let choice = Choice { layout: super::super::Layout::Needles, machines: 5, ..choose::ON_THE_TABLE };
        let situation = with(choose::situations().swap_remove(1), choice);
        let t = PodRun::new(&situation.pod, 3)
            .finish()
            .totals()
            .swap_remove(situation.judged);
        let shown = shown(&situation, 3);
        let row = shown.table.rows.iter().find(|r| r[0] == "disks busy").unwrap();
        assert_eq!(row[2], figures::number(t.busy() * 100.0, 0, "%"));
        assert_ne!(row[1], row[2]);
    }
}
