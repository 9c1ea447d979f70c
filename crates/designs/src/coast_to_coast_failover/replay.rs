//! One run of an answer beside waiting for a person, and the least faults with which it still goes wrong.

use super::evidence::Situation;
use super::pair::draw;
use super::pair::{Names, Pair, WAIT};
use super::policy::Policy;
use super::rules::NeverPromote;
use super::smallest;
use super::system::{FailoverRun, Outcome, Setup};
use crate::lab::Drawn;
use crate::replay::{Figure, Least, Shown};
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
            figure: Figure::of(&Drawn::new("least", caption, lanes)),
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
