//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::evidence::{Evidence, FAILED, POOL, Probes, SERVED, Situation, USERS_P99, share, time};
use super::operate::Answer;
use super::pair::Pair;
use super::policy::{Fleet, Policy, Server};
use super::rules::{AllAlike, ByWeight, FirstNoWeight};
use super::system::{System, SystemRun, Totals};
use crate::replay::Shown;
use judge::trial::Belief;
use judge::verdict::{Place, Verdict};
use judge::{Bound, Percent, pool};
use sim::{Time, ms};

/// Runs a system once a seed and pools what was measured. `policy` makes a fresh policy for each balancer of each run.
pub fn pooled(system: &System, runs: u64, policy: &mut dyn FnMut() -> Box<dyn Policy>) -> Totals {
    let mut pooled = Totals::default();
    for seed in pool::seeds(runs) {
        pooled.merge(&SystemRun::new(system, policy, seed).finish().totals());
    }
    pooled
}

/// Weights as the policy that follows them.
pub(super) fn by_weight(answer: fn() -> Answer) -> impl FnMut() -> Box<dyn Policy> {
    move || Box::new(ByWeight::new(answer()))
}

/// The same, where the first weight that is none is noted.
fn by_watched_weight(answer: fn() -> Answer, first: &FirstNoWeight) -> impl FnMut() -> Box<dyn Policy> {
    let first = first.clone();
    move || Box::new(ByWeight::watched(answer(), first.clone()))
}

/// Asks fresh weights what the runs may never ask.
fn probes(answer: fn() -> Answer) -> Probes {
    let well = Server { number: 1, check_ok: true, open: 5.0, answers: 480.0, errors: 0.0, mean_time: ms(100) };
    let fleet = Fleet { servers: 20.0, failing: 0.0, answers: 9_600.0, errors: 0.0, mean_time: ms(100) };
    // Fresh weights for each question, asked about all servers in order, as the balancer does.
    let beside = |odd: Server, fleet: Fleet, failing: usize| {
        let mut weights = answer();
        let mut of = |server: Server| {
            let weight = weights.weight(&server, &fleet);
            if weight > 0.0 { weight.min(1e6) } else { 0.0 }
        };
        let (mut first, mut last) = (0.0, 0.0);
        for number in 0..20 {
            if number < failing {
                first = of(Server { number, ..odd });
            } else {
                last = of(Server { number, ..well });
            }
        }
        if last > 0.0 { first / last } else { 0.0 }
    };
    let failing = Server { open: 0.0, answers: 0.0, errors: 480.0, mean_time: ms(2), ..well };
    let with_failing = |n: u32| Fleet {
        failing: f64::from(n),
        answers: 480.0 * f64::from(20 - n),
        errors: 480.0 * f64::from(n),
        ..fleet
    };
    Probes {
        failing: beside(failing, with_failing(1), 1),
        red: beside(Server { check_ok: false, ..well }, fleet, 1),
        one_error: beside(Server { errors: 1.0, ..well }, Fleet { errors: 1.0, ..fleet }, 1),
        half_fail: beside(failing, with_failing(10), 10),
        most_fail: beside(failing, with_failing(14), 14),
        slow: beside(
            Server { mean_time: ms(200), open: 10.0, ..well },
            Fleet { mean_time: ms(105), ..fleet },
            1,
        ),
        unheard: beside(Server { answers: 0.0, open: 0.0, ..well }, fleet, 1),
        idle: beside(Server { open: 0.0, ..well }, fleet, 1),
    }
}

/// One run of an answer beside equal weights, on the same requests.
fn shown(situation: &Situation, answer: fn() -> Answer, seed: u64) -> Shown {
    let system = &situation.system;
    let runs = [
        ("your weights", SystemRun::new(system, &mut by_weight(answer), seed)),
        (
            "equal weights",
            SystemRun::new(system, &mut || Box::new(ByWeight::new(AllAlike)), seed),
        ),
    ];
    Pair::new(runs, system).finish().shown()
}

/// A share as a verdict prints it beside its limit: with more digits where two would make the two look the same.
fn share_beside(bound: &Bound<Percent>) -> impl Fn(Percent) -> String + use<> {
    let limit = bound.limit();
    move |p| {
        if p != limit && share(p) == share(limit) {
            format!("{:.4} %", p.0)
        } else {
            share(p)
        }
    }
}

/// An answer under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs an answer in a situation.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        answer: fn() -> Answer,
    ) -> Trial {
        let tried = situation.clone();
        let trial = judge::trial::Trial::run(place, beliefs, move || {
            let first = FirstNoWeight::default();
            Evidence {
                totals: pooled(&situation.system, POOL, &mut by_watched_weight(answer, &first)),
                probes: probes(answer),
                no_weight: first.get(),
                situation,
            }
        });
        trial.replay(move |seed| shown(&tried, answer, seed));
        Trial(trial)
    }

    /// Share of the users who got an error, or no answer within the time-out.
    #[must_use]
    pub fn users_failing(self, bound: Bound<Percent>) -> Self {
        let print = share_beside(&bound);
        let what = "of the users failing";
        Trial(self.0.look(&FAILED, bound, Evidence::failed, |p| p.0, print, what))
    }

    /// Share of the users who were answered within the time-out.
    #[must_use]
    pub fn users_served(self, bound: Bound<Percent>) -> Self {
        let print = share_beside(&bound);
        let what = "of the users served";
        Trial(self.0.look(&SERVED, bound, Evidence::served, |p| p.0, print, what))
    }

    /// Time within which 99 of 100 of the served users have their answer.
    #[must_use]
    pub fn users_p99(self, bound: Bound<Time>) -> Self {
        let p99 = |e: &Evidence| e.totals.users.quantile(0.99);
        Trial(self.0.look(&USERS_P99, bound, p99, Time::as_ms, time, "users' p99"))
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
        self.0.verdict()
    }
}

#[cfg(test)]
mod tests {
    use super::super::lab::DoorLab;
    use super::super::operate;
    use super::super::policy::Weights;
    use super::*;
    use crate::replay::checks;
    use judge::trial::Evidence as _;

    fn alike() -> Answer {
        Box::new(AllAlike)
    }

    #[test]
    fn every_situation_can_be_replayed() {
        for situation in operate::situations() {
            let shown = shown(&situation, alike, 3);
            checks::is_whole(&shown);
            let served = SystemRun::new(&situation.system, &mut by_weight(alike), 3)
                .finish()
                .totals();
            let row = shown.table.rows.iter().find(|r| r[0] == "users served").unwrap();
            assert_eq!(row[1], figures::number(served.served() * 100.0, 2, "%"));
        }
    }

    #[test]
    fn every_situation_can_be_found_in_the_lab() {
        for situation in operate::situations() {
            let evidence =
                Evidence { totals: Totals::default(), probes: Probes::default(), no_weight: None, situation };
            checks::the_lab_knows(&DoorLab, &evidence.lab());
        }
    }

    /// The share of answers, which is 0 ÷ 0 before the first reply.
    struct ShareOfAnswers;

    impl Weights for ShareOfAnswers {
        fn weight(&mut self, server: &Server, _: &Fleet) -> f64 {
            server.answers / (server.answers + server.errors)
        }
    }

    /// Less than nothing for a server that fails all.
    struct BelowZero;

    impl Weights for BelowZero {
        fn weight(&mut self, server: &Server, _: &Fleet) -> f64 {
            if server.errors > server.answers { -1.0 } else { 1.0 }
        }
    }

    #[test]
    fn what_is_no_weight_is_named_with_server_and_time_and_no_belief() {
        let v = operate::an_ordinary_day().run(|| Box::new(ShareOfAnswers)).verdict();
        assert!(!v.passed && v.belief.is_none());
        assert!(
            v.observed
                .starts_with("your weight for server 0 was NaN, asked at second 0 "),
            "{}",
            v.observed
        );
        let v = operate::one_fails_fast().run(|| Box::new(BelowZero)).verdict();
        assert!(!v.passed && v.belief.is_none());
        assert!(
            v.observed
                .starts_with("your weight for server 0 was -1, asked at second 1"),
            "{}",
            v.observed
        );
        assert!(v.ask.contains("subtract"));
        assert!(operate::an_ordinary_day().run(|| Box::new(BelowZero)).verdict().passed);
    }

    #[test]
    fn equal_weights_are_equal_whatever_is_asked() {
        let p = probes(alike);
        for weight in [
            p.failing,
            p.red,
            p.one_error,
            p.half_fail,
            p.most_fail,
            p.slow,
            p.unheard,
            p.idle,
        ] {
            assert_eq!(weight, 1.0);
        }
    }
}
