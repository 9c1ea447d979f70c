//! One answer in one situation: the pooled runs, and this design's objectives by name.

use super::evidence::{
    EXTRA_TRIES, Evidence, HELD_BACK, PEAK_TRIES, POOL, Probes, SERVED, Situation, USERS_P99, WELL_AGAIN, share, time,
};
use super::policy::{Counts, Failure, Gate, Next, Policy, Seen};
use super::system::{System, SystemRun, Totals};
use judge::trial::Belief;
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
    Probes {
        retries_time_outs,
        retries_errors,
        stops_at_few: policy().may_send(&few) == Gate::Refuse,
        stops_at_a_part: policy().may_send(&part) == Gate::Refuse,
    }
}

/// An answer under judgement.
pub struct Trial(judge::trial::Trial<Evidence>);

impl Trial {
    /// Runs an answer in a situation. `policy` makes a fresh policy for each process.
    pub(super) fn run(
        place: Place,
        situation: Situation,
        beliefs: &'static [Belief<Evidence>],
        as_checkout: bool,
        policy: impl FnMut() -> Box<dyn Policy> + Send + 'static,
    ) -> Trial {
        Trial(judge::trial::Trial::run(place, beliefs, move || {
            let mut policy = policy;
            let probes = probes(&mut policy);
            let totals = pooled(&situation.system, &mut policy);
            Evidence { situation, totals, probes, as_checkout }
        }))
    }

    /// Share of the users who were served while they still waited.
    #[must_use]
    pub fn users_served(self, bound: Bound<Percent>) -> Self {
        Trial(
            self.0
                .look(&SERVED, bound, Evidence::served, |p| p.0, share, "of the users served"),
        )
    }

    /// Time within which 99 of 100 of the served users have their answer.
    #[must_use]
    pub fn users_p99(self, bound: Bound<Time>) -> Self {
        let p99 = |e: &Evidence| e.totals.users.quantile(0.99);
        Trial(self.0.look(&USERS_P99, bound, p99, Time::as_ms, time, "users' p99"))
    }

    /// Retries as a share of requests.
    #[must_use]
    pub fn extra_tries(self, bound: Bound<Percent>) -> Self {
        Trial(
            self.0
                .look(&EXTRA_TRIES, bound, Evidence::extra, |p| p.0, share, "more tries"),
        )
    }

    /// Tries a request in the worst five seconds.
    #[must_use]
    pub fn tries_at_the_peak(self, bound: Bound<f64>) -> Self {
        let print = |x| format!("{x:.2}");
        Trial(self.0.look(
            &PEAK_TRIES,
            bound,
            Evidence::peak,
            |x| x,
            print,
            "tries a request at the peak",
        ))
    }

    /// Time from the trouble's end until 99 % of the users are served in every five seconds.
    #[must_use]
    pub fn well_again(self, bound: Bound<Time>) -> Self {
        let what = "until users were well again";
        Trial(
            self.0
                .look(&WELL_AGAIN, bound, Evidence::well_again, Time::as_secs, time, what),
        )
    }

    /// Share of the requests for healthy shards that were held back.
    #[must_use]
    pub fn good_requests_held_back(self, bound: Bound<Percent>) -> Self {
        let what = "of the good requests held back";
        Trial(
            self.0
                .look(&HELD_BACK, bound, Evidence::held_back, |p| p.0, share, what),
        )
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
