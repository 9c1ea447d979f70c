//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::evidence::{
    EXTRA_TRIES, Evidence, HELD_BACK, NOT_WELL, PEAK_TRIES, POOL, Probes, SERVED, SERVED_ORDINARY, Situation,
    USERS_P99, WELL_AGAIN, share, time,
};
use super::pair::{Pair, Reported};
use super::policy::{Counts, Failure, Gate, Next, Policy, Seen};
use super::rules::NeverRetry;
use super::system::{System, SystemRun, Totals};
use crate::replay::Shown;
use judge::trial::{Belief, Objective};
use judge::verdict::{Place, Verdict};
use judge::{Bound, Percent, pool};
use sim::{Time, secs};

/// Runs a system once a seed and pools what was measured. `policy` makes a fresh policy for each process of each run.
pub fn pooled(system: &System, policy: &mut dyn FnMut() -> Box<dyn Policy>) -> Totals {
    let mut pooled = Totals::default();
    for seed in pool::seeds(POOL) {
        pooled.merge(&SystemRun::new(system, policy, seed).finish().totals());
    }
    pooled
}

/// Asks fresh policies what the runs may never ask.
fn probes(policy: &mut dyn FnMut() -> Box<dyn Policy>) -> Probes {
    let counts = |first_tries, successes, failures| Counts { first_tries, retries: 0, successes, failures };
    let seen = |failure, process, this_shard| Seen {
        tries: u32::from(failure != Failure::None),
        failure,
        waited: if failure == Failure::None { Time::ZERO } else { secs(1) },
        now: secs(60),
        shard: 3,
        random: 0.5,
        process,
        this_shard,
    };
    let busy = |failure| seen(failure, counts(400, 392, 4), counts(40, 38, 1));
    let few = seen(Failure::None, counts(2_000, 1_960, 40), counts(200, 200, 0));
    let part = seen(Failure::None, counts(400, 340, 60), counts(40, 40, 0));
    let mut retries = |failure| matches!(policy().on_failure(&busy(failure)), Next::Retry(_));
    let (retries_time_outs, retries_errors) = (retries(Failure::TimedOut), retries(Failure::Failed));
    let after_time_out = |process, this_shard| Seen { tries: 1, ..seen(Failure::TimedOut, process, this_shard) };
    let quiet = after_time_out(counts(2, 1, 1), counts(1, 0, 1));
    let hopeless = after_time_out(
        Counts { retries: 400, ..counts(400, 0, 800) },
        Counts { retries: 40, ..counts(40, 0, 80) },
    );
    let mut again = |seen: &Seen| matches!(policy().on_failure(seen), Next::Retry(_));
    let (retries_when_quiet, retries_when_all_fails) = (again(&quiet), again(&hopeless));
    Probes {
        retries_when_quiet,
        retries_when_all_fails,
        retries_time_outs,
        retries_errors,
        stops_at_few: policy().may_send(&few) == Gate::Refuse,
        stops_at_a_part: policy().may_send(&part) == Gate::Refuse,
    }
}

/// Which part of an exercise an answer belongs to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Answers {
    /// A learner's own policy.
    Policy,
    /// Settings for a built-in policy; `true`: the same settings as the checkout's.
    Settings(bool),
}

/// One run of an answer beside never retrying, on the same requests.
fn shown(situation: &Situation, answers: Answers, policy: &mut dyn FnMut() -> Box<dyn Policy>, seed: u64) -> Shown {
    let yours = match answers {
        Answers::Policy => "your policy",
        Answers::Settings(_) => "your settings",
    };
    let system = &situation.system;
    let runs = [
        (yours, SystemRun::new(system, policy, seed)),
        ("no retries", SystemRun::new(system, &mut || Box::new(NeverRetry), seed)),
    ];
    let reported = Reported {
        from: situation.judged.0,
        to: situation.judged.1,
        always: false,
        caption: format!("Requests of the time that is judged, {}", situation.words),
        served: "Users served in the time that is judged",
    };
    Pair::new(runs, system, reported).finish().shown()
}

/// What a verdict says of the time until users are well again.
const WELL_WHAT: &str = "until users were well again";

/// A share as a verdict prints it beside its limit: with a digit more where one would make the two look the same.
fn share_beside(bound: &Bound<Percent>) -> impl Fn(Percent) -> String + use<> {
    let limit = bound.limit();
    move |p| {
        if p != limit && share(p) == share(limit) {
            format!("{:.3} %", p.0)
        } else {
            share(p)
        }
    }
}

/// An answer under judgement.
pub struct Trial {
    inner: judge::trial::Trial<Evidence>,
    /// Nothing but chance is wrong.
    ordinary: bool,
}

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy for each process.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        answers: Answers,
        policy: impl FnMut() -> Box<dyn Policy> + Clone + Send + 'static,
    ) -> Trial {
        let s = &situation.system;
        let ordinary = s.trouble.is_none() && s.failing == 0.0 && !s.dead_shard;
        let (tried, mut fresh) = (situation.clone(), policy.clone());
        let inner = judge::trial::Trial::run(place, beliefs, move || {
            let mut policy = policy;
            let probes = probes(&mut policy);
            let totals = pooled(&situation.system, &mut policy);
            Evidence {
                situation,
                totals,
                probes,
                as_checkout: answers == Answers::Settings(true),
                own_policy: answers == Answers::Policy,
            }
        });
        inner.replay(move |seed| shown(&tried, answers, &mut fresh, seed));
        Trial { inner, ordinary }
    }

    /// Share of the users who were served while they still waited.
    #[must_use]
    pub fn users_served(self, bound: Bound<Percent>) -> Self {
        let served = if self.ordinary { &SERVED_ORDINARY } else { &SERVED };
        let (print, what) = (share_beside(&bound), "of the users served");
        self.look(served, bound, Evidence::served, |p| p.0, print, what)
    }

    /// Time within which 99 of 100 of the served users have their answer.
    #[must_use]
    pub fn users_p99(self, bound: Bound<Time>) -> Self {
        let p99 = |e: &Evidence| e.totals.users.quantile(0.99);
        self.look(&USERS_P99, bound, p99, Time::as_ms, time, "users' p99")
    }

    /// Retries as a share of requests.
    #[must_use]
    pub fn extra_tries(self, bound: Bound<Percent>) -> Self {
        let print = share_beside(&bound);
        self.look(&EXTRA_TRIES, bound, Evidence::extra, |p| p.0, print, "more tries")
    }

    /// Tries sent per arriving request in the worst five seconds; retries of earlier requests count.
    #[must_use]
    pub fn tries_at_the_peak(self, bound: Bound<f64>) -> Self {
        let print = |x| format!("{x:.2}");
        let what = "tries sent per arriving request (retries of earlier requests count) at the peak";
        self.look(&PEAK_TRIES, bound, Evidence::peak, |x| x, print, what)
    }

    /// Time from the trouble's end until 99 % of the users are served in every five seconds.
    #[must_use]
    pub fn well_again(self, bound: Bound<Time>) -> Self {
        self.look(&WELL_AGAIN, bound, Evidence::well_again, Time::as_secs, time, WELL_WHAT)
    }

    /// Share of the requests for healthy shards that were held back.
    #[must_use]
    pub fn good_requests_held_back(self, bound: Bound<Percent>) -> Self {
        let (print, what) = (share_beside(&bound), "of the good requests held back");
        self.look(&HELD_BACK, bound, Evidence::held_back, |p| p.0, print, what)
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
        let mut verdict = self.inner.verdict();
        // A time without an end is no number to read out.
        if let Some(run) = verdict.observed.strip_prefix(&format!("{NOT_WELL} {WELL_WHAT} in ")) {
            verdict.observed = format!("users were not well again by the end of {run}");
        }
        verdict
    }

    /// Looks at one objective.
    fn look<T: PartialOrd + Copy>(
        self,
        objective: &'static Objective,
        bound: Bound<T>,
        measure: impl Fn(&Evidence) -> T,
        plain: impl Fn(T) -> f64,
        print: impl Fn(T) -> String,
        what: &str,
    ) -> Trial {
        let inner = self.inner.look(objective, bound, measure, plain, print, what);
        Trial { inner, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lab::RetryLab;
    use super::super::operate;
    use super::super::rules::RetryUpTo;
    use super::*;
    use crate::replay::checks;
    use judge::trial::Evidence as _;

    fn at_once() -> Box<dyn Policy> {
        Box::new(RetryUpTo::at_once(4))
    }

    #[test]
    fn every_situation_can_be_replayed() {
        for situation in operate::situations() {
            let shown = shown(&situation, Answers::Policy, &mut at_once, 3);
            checks::is_whole(&shown);
            let about_trouble = shown.facts.rows.iter().any(|r| r[0].contains("after the trouble"));
            assert_eq!(about_trouble, situation.system.trouble.is_some(), "{}", situation.name);
            let served = SystemRun::new(&situation.system, &mut at_once, 3).finish().totals();
            let (from, to) = situation.judged;
            let row = shown.table.rows.iter().find(|r| r[0] == "users served").unwrap();
            assert_eq!(row[1], figures::number(served.success(from, to) * 100.0, 1, "%"));
        }
    }

    #[test]
    fn every_situation_can_be_found_in_the_lab() {
        for situation in operate::situations() {
            let evidence = Evidence {
                totals: Totals::default(),
                probes: Probes::default(),
                as_checkout: false,
                own_policy: true,
                situation,
            };
            checks::the_lab_knows(&RetryLab, &evidence.lab());
        }
    }
}
