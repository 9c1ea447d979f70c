//! One answer, judged on one situation: pooled runs, objectives, and the verdict on the first that is unmet.

use super::FOLDER;
use super::beliefs::{self, Belief};
use super::evidence::{Evidence, Objective, Situation};
use super::policy::{Action, Policy, Seen};
use super::system::{Cell, CellRun, Totals};
use judge::guard::{self, Fault};
use judge::verdict::{Kind, Measured, Place, Verdict};
use judge::{Bound, Percent};
use sim::{Time, ms};

/// Runs that are pooled for one verdict. Objectives are measured on all of them together, never on one.
pub const POOL: u64 = 3;

/// The seeds of the pool. `DSR_POOL` moves it, so that authors can prove that no verdict hangs on these seeds.
pub fn seeds() -> impl Iterator<Item = u64> {
    let pool = std::env::var("DSR_POOL")
        .ok()
        .and_then(|t| t.parse::<u64>().ok())
        .unwrap_or(0);
    (1..=POOL).map(move |i| pool * POOL + i)
}

/// Runs a cell once a seed and pools what was measured, phase by phase.
pub fn pooled(cell: &Cell, mut policy: impl FnMut() -> Box<dyn Policy>) -> Vec<Totals> {
    let mut pool: Vec<Totals> = vec![Totals::default(); cell.phases.len()];
    for seed in seeds() {
        let run = CellRun::new(cell, policy(), seed).finish();
        for (sum, one) in pool.iter_mut().zip(run.totals()) {
            sum.merge(&one);
        }
    }
    pool
}

/// An objective that was looked at.
#[derive(Clone, Debug)]
struct Looked {
    objective: Objective,
    held: bool,
    text: String,
    measured: Measured,
}

/// An answer under judgement.
pub struct Trial {
    place: Place,
    result: Result<Evidence, Fault>,
    looked: Vec<Looked>,
    beliefs: &'static [Belief],
}

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy for each run and is called off the test's thread.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief],
        policy: impl FnMut() -> Box<dyn Policy> + Send + 'static,
    ) -> Trial {
        let result = guard::run(move || {
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
        Trial { place, result, looked: Vec::new(), beliefs }
    }

    /// Second requests, as a share of first requests.
    pub fn extra_requests(self, bound: Bound<Percent>) -> Self {
        self.look(
            Objective::ExtraRequests,
            bound,
            |t| Percent::of(t.extra()),
            |p| p.0,
            beliefs::share,
            "more requests",
        )
    }

    /// Time within which 99 of 100 users have their answer, complete or partial.
    pub fn users_p99(self, bound: Bound<Time>) -> Self {
        self.look(
            Objective::UsersP99,
            bound,
            |t| t.users.quantile(0.99),
            Time::as_ms,
            beliefs::time,
            "users' p99",
        )
    }

    /// Share of answers that every leaf contributed to.
    pub fn complete_answers(self, bound: Bound<Percent>) -> Self {
        self.look(
            Objective::CompleteAnswers,
            bound,
            |t| Percent::of(t.complete_share()),
            |p| p.0,
            beliefs::share,
            "complete answers",
        )
    }

    fn look<T: PartialOrd + Copy>(
        mut self,
        objective: Objective,
        bound: Bound<T>,
        measure: impl Fn(&Totals) -> T,
        plain: impl Fn(T) -> f64,
        print: impl Fn(T) -> String,
        what: &str,
    ) -> Self {
        if let Ok(evidence) = &self.result {
            let measured = measure(evidence.judged());
            let limit = match bound {
                Bound::AtMost(limit) => format!("limit {}", print(limit)),
                Bound::AtLeast(limit) => format!("at least {}", print(limit)),
            };
            let text = format!("{} {what} {} ({limit})", print(measured), evidence.situation.words);
            let margin = Measured {
                objective: objective.words().into(),
                value: plain(measured),
                limit: plain(bound.limit()),
                at_most: matches!(bound, Bound::AtMost(_)),
                success_share: objective == Objective::CompleteAnswers,
            };
            self.looked
                .push(Looked { objective, held: bound.holds(measured), text, measured: margin });
        }
        self
    }

    /// Passes, or fails with the verdict on the first objective that is unmet.
    ///
    /// # Panics
    /// When an objective is unmet: that is how a test fails.
    #[track_caller]
    pub fn or_explain(self) {
        self.verdict().conclude();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let evidence = match &self.result {
            Ok(evidence) => evidence,
            Err(fault) => return fault_verdict(&self.place, fault),
        };
        let measured: Vec<Measured> = self.looked.iter().map(|l| l.measured.clone()).collect();
        let Some(unmet) = self.looked.iter().find(|l| !l.held) else {
            return Verdict { measured, ..Verdict::pass(FOLDER, &self.place) };
        };
        let first = seeds().next().unwrap_or(1);
        let command = format!(
            "cargo learn replay {} --seed {first} {}",
            self.place.short(FOLDER),
            evidence.situation.knobs
        );
        let replay = format!("{}   (first of {POOL} pooled runs)", command.trim_end());
        let named = beliefs::name(self.beliefs, evidence, unmet.objective);
        let mut verdict = Verdict::fail(
            FOLDER,
            &self.place,
            if named.is_some() { Kind::Belief } else { Kind::Trade },
        );
        verdict.measured = measured;
        verdict.observed.clone_from(&unmet.text);
        verdict.replay = replay;
        match named {
            Some(belief) => {
                verdict.belief = Some(belief.key.into());
                verdict.assumes = belief.assumes.into();
                verdict.instead = (belief.instead)(evidence);
                verdict.ask = belief.ask.into();
            }
            None => {
                let kept: Vec<_> = self
                    .looked
                    .iter()
                    .filter(|l| l.held)
                    .map(|l| l.objective.words())
                    .collect();
                verdict.assumes = if kept.is_empty() {
                    format!("{}, and nothing else was gained by it", unmet.objective.words())
                } else {
                    format!("{} for {}", unmet.objective.words(), kept.join(" and "))
                };
                verdict.instead = beliefs::what_it_did(evidence);
                verdict.ask = beliefs::question(unmet.objective).into();
            }
        }
        verdict
    }
}

/// The verdict on an answer that gave no result.
pub(super) fn fault_verdict(place: &Place, fault: &Fault) -> Verdict {
    let (kind, observed, ask) = match fault {
        Fault::Todo(what) => (
            Kind::Todo,
            format!("not yet implemented: {what}"),
            "which file is it, and what does its head comment ask for?",
        ),
        Fault::Panic(why) => (
            Kind::Crash,
            format!("your code panicked: {why}"),
            "which input did you not expect? (the place stands above, after “panicked at”)",
        ),
        Fault::Timeout(s) => (
            Kind::Timeout,
            format!("your code did not come back within {s} s"),
            "which loop of yours waits for something that never changes while it waits?",
        ),
    };
    let mut verdict = Verdict::fail(FOLDER, place, kind);
    verdict.observed = observed;
    verdict.ask = ask.into();
    verdict
}
