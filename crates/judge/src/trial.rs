//! One answer, judged in one situation: what the pooled runs showed, the objectives, and the verdict on the first unmet one.
//!
//! A design says what its evidence is, which objectives it has and which beliefs its runs can prove. It wraps [`Trial`] in a
//! type of its own, whose methods carry the objectives' names; the order of judging and the words of a verdict are the same everywhere.

use crate::guard::{self, Fault};
use crate::objective::Bound;
use crate::replay::{self, Lab, Wanted};
use crate::verdict::{self, Kind, Measured, Place, Verdict};
use crate::worksheet::Axis;
use serde::Serialize;

/// A quantity that an answer is judged on. Two objectives are the same when their keys are.
#[derive(Debug)]
pub struct Objective {
    /// Key, `snake_case`, for the signatures of beliefs.
    pub key: &'static str,
    /// The axis that it belongs to.
    pub axis: Axis,
    /// The quantity in words, without its axis: `extra requests`.
    pub name: &'static str,
    /// Is it a share of successes in percent, whose margin counts on what is missing to 100 %?
    pub success_share: bool,
    /// The question that leads on when it is unmet and no belief is proven.
    pub ask: &'static str,
}

impl Objective {
    /// Axis and quantity, in words: `cost (extra requests)`.
    pub fn words(&self) -> String {
        format!("{} ({})", self.axis.in_a_sentence(), self.name)
    }
}

impl PartialEq for Objective {
    fn eq(&self, other: &Objective) -> bool {
        self.key == other.key
    }
}

/// What the pooled runs of one situation showed.
pub trait Evidence: Send + 'static {
    /// Folder of the design: `02-fan-out-search`.
    const FOLDER: &'static str;
    /// Runs that were pooled.
    const POOL: u64;
    /// The situation in words, as a verdict continues after a number: "on an ordinary day".
    fn words(&self) -> &str;
    /// How the design's lab shows the situation.
    fn lab(&self) -> Lab;
    /// What a verdict adds to the command that shows the run, in words; mostly nothing.
    fn remark(&self) -> Option<String> {
        None
    }
    /// What the answer did, in numbers, for a verdict without a belief.
    fn did(&self) -> String;
    /// The question when no belief is proven: the objective's own, unless the run allows a better one.
    fn ask(&self, unmet: &Objective) -> &'static str {
        unmet.ask
    }
    /// Is this kept objective better than it would be with a right answer? If not, nothing was bought with it, and a verdict that
    /// says what was traded leaves it out.
    fn bought(&self, _kept: &Objective) -> bool {
        true
    }
    /// Did the answer give what is no answer, as a number that is none? Then its runs prove nothing, and only this is spoken of.
    fn unfit(&self) -> Option<Unfit> {
        None
    }
}

/// Why runs are not judged.
#[derive(Debug)]
pub struct Unfit {
    /// What the answer gave, where and when, in words.
    pub observed: String,
    /// What it has to give instead.
    pub wanted: &'static str,
    /// The question that leads to the mistake.
    pub ask: &'static str,
}

/// A belief that a run can prove.
pub struct Belief<E: 'static> {
    /// Key; also the file name of the wrong answer that shows it.
    pub key: &'static str,
    /// Does the run prove it? The second argument is the first unmet objective.
    pub signature: fn(&E, &Objective) -> bool,
    /// "you seem to assume …".
    pub assumes: &'static str,
    /// "what happened instead …".
    pub instead: fn(&E) -> String,
    /// "ask yourself …".
    pub ask: &'static str,
}

/// An objective that was looked at.
#[derive(Clone, Debug)]
struct Looked {
    objective: &'static Objective,
    held: bool,
    text: String,
    measured: Measured,
}

/// An answer under judgement.
pub struct Trial<E: 'static> {
    place: Place,
    result: Result<E, Fault>,
    looked: Vec<Looked>,
    beliefs: &'static [Belief<E>],
}

impl<E: Evidence> Trial<E> {
    /// Runs an answer: `work` calls the learner's code, so it runs off the test's thread and within a limit of time.
    pub fn run(place: Place, beliefs: &'static [Belief<E>], work: impl FnOnce() -> E + Send + 'static) -> Trial<E> {
        Trial { place, result: guard::run(work), looked: Vec::new(), beliefs }
    }

    /// Draws one run for whoever asks for a replay; does nothing when nobody does. `draw` is given the run's seed.
    pub fn replay<T: Serialize + Send + 'static>(&self, draw: impl FnOnce(u64) -> T + Send + 'static) {
        let Some(wanted) = Wanted::find(E::POOL) else {
            return;
        };
        let replay = match &self.result {
            Ok(evidence) => wanted.draw(E::FOLDER, &self.place, evidence.lab(), draw),
            Err(fault) => wanted.nothing(verdict::fault(E::FOLDER, &self.place, fault)),
        };
        wanted.write(&self.place, &replay);
    }

    /// What was shown, when the answer gave a result.
    pub fn evidence(&self) -> Option<&E> {
        self.result.as_ref().ok()
    }

    /// Looks at one objective. `plain` gives the measured value as a number for authors who check margins, `print` as a person
    /// reads it; the verdict says "{printed} {what} {situation} (limit …)".
    #[must_use]
    pub fn look<T: PartialOrd + Copy>(
        mut self,
        objective: &'static Objective,
        bound: Bound<T>,
        measure: impl Fn(&E) -> T,
        plain: impl Fn(T) -> f64,
        print: impl Fn(T) -> String,
        what: &str,
    ) -> Self {
        if let Ok(evidence) = &self.result {
            let value = measure(evidence);
            let limit = match bound {
                Bound::AtMost(limit) => format!("limit {}", print(limit)),
                Bound::AtLeast(limit) => format!("at least {}", print(limit)),
            };
            self.looked.push(Looked {
                objective,
                held: bound.holds(value),
                text: format!("{} {what} {} ({limit})", print(value), evidence.words()),
                measured: Measured {
                    objective: objective.words(),
                    value: plain(value),
                    limit: plain(bound.limit()),
                    at_most: matches!(bound, Bound::AtMost(_)),
                    success_share: objective.success_share,
                },
            });
        }
        self
    }

    /// Passes, or fails with the verdict on the first objective that is unmet.
    ///
    /// # Panics
    /// When an objective is unmet: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let evidence = match &self.result {
            Ok(evidence) => evidence,
            Err(fault) => return verdict::fault(E::FOLDER, &self.place, fault),
        };
        if let Some(unfit) = evidence.unfit() {
            return Verdict {
                observed: unfit.observed,
                instead: format!("{}; the run is not judged", unfit.wanted),
                ask: unfit.ask.into(),
                ..Verdict::fail(E::FOLDER, &self.place, Kind::Trade)
            };
        }
        let measured: Vec<Measured> = self.looked.iter().map(|l| l.measured.clone()).collect();
        let Some(unmet) = self.looked.iter().find(|l| !l.held) else {
            return Verdict { measured, ..Verdict::pass(E::FOLDER, &self.place) };
        };
        let named = self.beliefs.iter().find(|b| (b.signature)(evidence, unmet.objective));
        let kind = if named.is_some() { Kind::Belief } else { Kind::Trade };
        let mut verdict = Verdict::fail(E::FOLDER, &self.place, kind);
        verdict.measured = measured;
        verdict.observed.clone_from(&unmet.text);
        verdict.replay = self.see(evidence);
        match named {
            Some(belief) => {
                verdict.belief = Some(belief.key.into());
                verdict.assumes = belief.assumes.into();
                verdict.instead = (belief.instead)(evidence);
                verdict.ask = belief.ask.into();
            }
            None => {
                verdict.assumes = self.traded(evidence, unmet.objective);
                verdict.instead = evidence.did();
                verdict.ask = evidence.ask(unmet.objective).into();
            }
        }
        verdict
    }

    /// The unmet objective against those that were kept: an objective that was looked at twice counts as unmet.
    fn traded(&self, evidence: &E, unmet: &'static Objective) -> String {
        let mut kept: Vec<&'static Objective> = Vec::new();
        for l in self.looked.iter().filter(|l| l.held && l.objective != unmet) {
            if !kept.contains(&l.objective) && evidence.bought(l.objective) {
                kept.push(l.objective);
            }
        }
        let (same, other): (Vec<_>, Vec<_>) = kept.iter().partition(|o| o.axis == unmet.axis);
        let names = |all: &[&Objective]| all.iter().map(|o| o.name).collect::<Vec<_>>().join(" and ");
        let axis = unmet.axis.in_a_sentence();
        match (other.is_empty(), same.is_empty()) {
            (true, true) => format!("{}, and nothing else was gained by it", unmet.words()),
            // One axis against itself is no trade between axes: then the quantities are what differs.
            (true, false) => {
                let (all, bought) = if same.len() == 1 {
                    ("both", "the second")
                } else {
                    ("all", "the others")
                };
                let (gave, got) = (unmet.name, names(&same));
                format!("{gave} for {got}; {all} are {axis}: you bought {bought} by giving up the first")
            }
            (false, _) => {
                let words: Vec<String> = other.iter().map(|o| o.words()).collect();
                let mut text = format!("{} for {}", unmet.words(), words.join(" and "));
                if !same.is_empty() {
                    text += &format!("; {}, also {axis}, stayed within its limit", names(&same));
                }
                text
            }
        }
    }

    /// How to see one of the runs.
    fn see(&self, evidence: &E) -> String {
        let command = replay::command(E::FOLDER, &self.place, E::POOL);
        let remark = evidence.remark().map_or_else(String::new, |r| format!("; {r}"));
        format!("{command}   (first of {} pooled runs{remark})", E::POOL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{at_least, at_most};

    struct Runs {
        cost: f64,
        good: f64,
    }

    impl Evidence for Runs {
        const FOLDER: &'static str = "99-x";
        const POOL: u64 = 3;
        fn words(&self) -> &str {
            "in a test"
        }
        fn lab(&self) -> Lab {
            Lab { knobs: Some("load=2".into()), ..Lab::default() }
        }
        fn did(&self) -> String {
            format!("{} spent", self.cost)
        }
        fn bought(&self, kept: &Objective) -> bool {
            kept.key != "held" || self.cost < 7.0
        }
        fn unfit(&self) -> Option<Unfit> {
            self.cost.is_nan().then(|| Unfit {
                observed: "you spent NaN".into(),
                wanted: "a cost is a number",
                ask: "of what?",
            })
        }
    }

    static COST: Objective =
        Objective { key: "cost", axis: Axis::Cost, name: "work", success_share: false, ask: "what for?" };
    static GOOD: Objective = Objective {
        key: "good",
        axis: Axis::Performance,
        name: "good",
        success_share: true,
        ask: "what is missing?",
    };
    static BELIEFS: &[Belief<Runs>] = &[Belief {
        key: "free",
        signature: |e, unmet| *unmet == COST && e.cost > 100.0,
        assumes: "work is free",
        instead: |e| format!("{} were spent", e.cost),
        ask: "who pays?",
    }];

    fn judged(cost: f64, good: f64) -> Verdict {
        let place = Place { step: "step2_operate".into(), test: "t".into() };
        Trial::run(place, BELIEFS, move || Runs { cost, good })
            .look(&COST, at_most(8.0), |e| e.cost, |v| v, |v| format!("{v:.0}"), "spent")
            .look(
                &GOOD,
                at_least(90.0),
                |e| e.good,
                |v| v,
                |v| format!("{v:.0} %"),
                "good",
            )
            .verdict()
    }

    #[test]
    fn all_objectives_kept_pass_with_their_margins() {
        let v = judged(5.0, 95.0);
        assert!(v.passed);
        assert_eq!(v.measured.len(), 2);
        assert_eq!(
            (v.measured[0].value, v.measured[0].limit, v.measured[0].at_most),
            (5.0, 8.0, true)
        );
        assert!(v.measured[1].success_share && !v.measured[1].at_most);
    }

    #[test]
    fn only_the_first_unmet_objective_is_spoken_of() {
        let v = judged(9.0, 80.0);
        assert_eq!(v.kind, Kind::Trade);
        assert_eq!(v.observed, "9 spent in a test (limit 8)");
        assert_eq!(v.assumes, "cost (work), and nothing else was gained by it");
        assert_eq!((v.instead.as_str(), v.ask.as_str()), ("9 spent", "what for?"));
        assert_eq!(
            v.replay,
            "cargo learn replay 99/operate --test t --seed 1   (first of 3 pooled runs)"
        );
    }

    #[test]
    fn a_trade_names_what_was_kept() {
        assert_eq!(judged(9.0, 95.0).assumes, "cost (work) for performance (good)");
        assert_eq!(judged(5.0, 80.0).assumes, "performance (good) for cost (work)");
    }

    #[test]
    fn a_trade_within_one_axis_is_said_by_its_quantities() {
        static HELD: Objective = Objective {
            key: "held",
            axis: Axis::Performance,
            name: "held back",
            success_share: false,
            ask: "whom?",
        };
        let judged = |cost: f64, cost_counts: bool| {
            let place = Place { step: "step2_operate".into(), test: "t".into() };
            let trial = Trial::run(place, BELIEFS, move || Runs { cost, good: 80.0 })
                .look(&HELD, at_most(8.0), |_| 1.0, |v| v, |v| format!("{v:.0}"), "held")
                .look(
                    &GOOD,
                    at_least(90.0),
                    |e| e.good,
                    |v| v,
                    |v| format!("{v:.0} %"),
                    "good",
                );
            let trial = match cost_counts {
                true => trial.look(&COST, at_most(8.0), |e| e.cost, |v| v, |v| format!("{v:.0}"), "spent"),
                false => trial,
            };
            trial.verdict().assumes
        };
        assert_eq!(
            judged(5.0, false),
            "good for held back; both are performance: you bought the second by giving up the first"
        );
        assert_eq!(
            judged(5.0, true),
            "performance (good) for cost (work); held back, also performance, stayed within its limit"
        );
        // What would be as good with a right answer was not bought.
        assert_eq!(judged(7.5, true), "performance (good) for cost (work)");
        assert_eq!(
            judged(7.5, false),
            "performance (good), and nothing else was gained by it"
        );
    }

    #[test]
    fn a_belief_is_named_only_when_its_signature_holds() {
        let v = judged(101.0, 95.0);
        assert_eq!((v.kind, v.belief.as_deref()), (Kind::Belief, Some("free")));
        assert_eq!(v.instead, "101 were spent");
        assert_eq!(judged(100.0, 95.0).belief, None);
    }

    #[test]
    fn what_is_no_answer_is_said_before_any_objective_or_belief() {
        let v = judged(f64::NAN, 80.0);
        assert!(!v.passed && v.belief.is_none() && v.measured.is_empty());
        assert_eq!(v.observed, "you spent NaN");
        assert_eq!(v.instead, "a cost is a number; the run is not judged");
        assert_eq!(v.ask, "of what?");
    }

    #[test]
    fn a_panic_is_a_verdict() {
        let place = Place { step: "step2_operate".into(), test: "t".into() };
        let trial: Trial<Runs> = Trial::run(place, BELIEFS, || panic!("no"));
        assert_eq!(trial.verdict().kind, Kind::Crash);
    }
}
