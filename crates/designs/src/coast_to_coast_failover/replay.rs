//! One run of an answer beside waiting for a person, and the least faults with which it still goes wrong.

use super::evidence::Situation;
use super::pair::draw;
use super::pair::{Names, Pair, WAIT};
use super::policy::Policy;
use super::rules::NeverPromote;
use super::smallest;
use super::system::{FailoverRun, Outcome, Setup};
use crate::lab::Drawn;
use crate::replay::{Least, Shown};
use judge::Bound;

/// Runs that the search for the least faults may take: somebody who asks for a page waits longer than for a verdict.
const MOST_RUNS: u32 = 200;

/// An objective, as one run keeps it.
struct Keep {
    holds: Box<dyn Fn(&Outcome) -> bool + Send>,
    says: Box<dyn Fn(&Outcome) -> String + Send>,
}

/// What is needed to show a run of an answer.
pub(super) struct Replay {
    situation: Situation,
    policy: Box<dyn Fn() -> Box<dyn Policy> + Send>,
    keeps: Vec<Keep>,
}

impl Replay {
    /// An answer in a situation.
    pub(super) fn new(situation: Situation, policy: impl Fn() -> Box<dyn Policy> + Send + 'static) -> Replay {
        Replay { situation, policy: Box::new(policy), keeps: Vec::new() }
    }

    /// Remembers an objective; the first that a run does not keep is what goes wrong in it.
    pub(super) fn keep<T: PartialOrd + Copy + Send + 'static>(
        &mut self,
        bound: Bound<T>,
        measure: impl Fn(&Outcome) -> T + Copy + Send + 'static,
        print: impl Fn(T) -> String + Send + 'static,
        what: &'static str,
    ) {
        self.keeps.push(Keep {
            holds: Box::new(move |o| bound.holds(measure(o))),
            says: Box::new(move |o| format!("{} {what}", print(measure(o)))),
        });
    }

    /// One run of the answer beside waiting for a person.
    pub(super) fn shown(&self, seed: u64) -> Shown {
        let setup = self.situation.of(seed);
        let yours = if self.situation.settings.is_some() {
            YOUR_SETTINGS
        } else {
            YOUR_POLICY
        };
        let sides = [
            (yours, &*self.policy as &dyn Fn() -> Box<dyn Policy>),
            (WAIT, &|| Box::new(NeverPromote)),
        ];
        let pair = Pair::new(setup.clone(), sides, seed).finish();
        Shown { least: self.least(&setup, &pair.chosen(), yours, seed), ..pair.shown() }
    }

    /// The least faults of a generated situation with which the answer still does not keep what it does not keep in the run.
    fn least(&self, setup: &Setup, outcome: &Outcome, yours: Names, seed: u64) -> Option<Least> {
        let unkept = self.keeps.iter().find(|k| !(k.holds)(outcome))?;
        if self.situation.flaps == 0 {
            return None;
        }
        let run = |setup: &Setup| FailoverRun::new(setup, &*self.policy, seed).finish();
        let (least, runs) = smallest::least(setup, MOST_RUNS, |tried| !(unkept.holds)(&run(tried).outcome()));
        let left = run(&least);
        let lanes = draw::histories(&left, &least, "lab-08-least", yours.label);
        let caption = format!("The run with these faults alone, {}.", yours.captioned);
        Some(Least {
            wrong: (unkept.says)(&left.outcome()),
            before: smallest::in_words(&setup.troubles),
            after: smallest::in_words(&least.troubles),
            runs,
            figure: crate::replay::figure(&Drawn::new("least", caption, lanes)),
        })
    }
}

const YOUR_POLICY: Names = Names {
    key: "yours",
    column: "your policy",
    label: "your policy",
    opening: "With your policy",
    within: "with your policy",
    captioned: "with your policy",
};

const YOUR_SETTINGS: Names = Names {
    key: "yours",
    column: "your settings",
    label: "your settings",
    opening: "With your settings",
    within: "with your settings",
    captioned: "with your settings",
};

#[cfg(test)]
mod tests {
    use super::super::operate;
    use super::super::policy::{Action, Seen, Site};
    use super::super::rules::Timed;
    use super::*;
    use crate::replay::checks;
    use judge::at_most;
    use sim::{Time, secs};

    /// Promotes the West after 12 s and the East as soon as it is back.
    struct Restless;

    impl Policy for Restless {
        fn tick(&mut self, seen: &Seen) -> Action {
            if seen.here == Site::East && seen.with_majority && seen.primary == Site::West {
                return Action::Promote(Site::East);
            }
            Timed { promote_after: secs(12), freeze_after: Time::MAX, max_lag: secs(5) }.tick(seen)
        }
    }

    fn restless() -> Replay {
        let mut replay = Replay::new(operate::flapping().0, || Box::new(Restless));
        let print = |n: f64| format!("{n:.1}");
        replay.keep(at_most(1.5), Outcome::promotions_each, print, "promotions a run");
        replay
    }

    #[test]
    fn the_least_faults_are_fewer_and_still_break_the_same_limit() {
        let replay = restless();
        let shown = (1..=5)
            .map(|seed| replay.shown(seed))
            .find(|s| s.least.is_some())
            .expect("a run that breaks the limit");
        checks::is_whole(&shown);
        let least = shown.least.unwrap();
        assert_eq!((least.before.len(), least.after.len()), (5, 1));
        assert_eq!(least.wrong, "2.0 promotions a run");
        assert!(least.runs <= MOST_RUNS && !least.figure.table.rows.is_empty());
    }

    #[test]
    fn what_is_said_around_the_decision_is_told_in_order() {
        let shown = restless().shown(1);
        let events = shown.figures.iter().find(|f| f.events).expect("a space–time diagram");
        let times: Vec<f64> = events
            .table
            .rows
            .iter()
            .map(|r| r[0].replace(',', "").parse().unwrap())
            .collect();
        assert!(times.len() > 2 && times.is_sorted(), "{times:?}");
    }

    #[test]
    fn a_run_that_keeps_its_limits_has_nothing_to_shrink() {
        let mut calm = Replay::new(operate::flapping().0, || Box::new(NeverPromote));
        calm.keep(
            at_most(1.5),
            Outcome::promotions_each,
            |n| format!("{n:.1}"),
            "promotions a run",
        );
        assert!(calm.shown(1).least.is_none());
    }
}
