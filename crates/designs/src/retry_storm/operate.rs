//! Step `operate`: the situations in which a learner's policy is tried, and its claim.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::policy::Policy;
use super::rules::RetryUpTo;
use super::system::{System, Trouble};
use super::trial::{Answers, Trial};
use judge::claim::{Judged, Preference};
use judge::verdict::Place;
use sim::{Time, secs};
use std::panic::Location;

/// A policy, as a learner hands it in.
pub type Answer = Box<dyn Policy>;

/// A situation in which a policy is tried.
pub struct Scenario(Situation);

impl Scenario {
    /// Runs the learner's policy, freshly made for each process of each run of the pool.
    #[track_caller]
    pub fn run(self, answer: fn() -> Answer) -> Trial {
        Trial::run(
            Place::of(Location::caller()),
            self.0,
            beliefs::OPERATE,
            Answers::Policy,
            answer,
        )
    }
}

fn scenario(name: &'static str, words: &'static str, knobs: &str, (from, to): (u64, u64), system: System) -> Scenario {
    let judged = (secs(from), secs(to));
    let system = System { judged, end: judged.1, ..system };
    Scenario(Situation { name, words, knobs: knobs.into(), system, judged })
}

/// Two of a hundred tries are lost without an answer; nothing else is wrong.
pub fn some_tries_lost() -> Scenario {
    let system = System { lost: 0.02, ..System::default() };
    let knobs = "stall_lasts=0 lost=2 run_lasts=30";
    scenario("lost", "with 2 % of the tries lost", knobs, (5, 30), system)
}

/// Ten of a hundred tries fail at once with an error, all the time.
pub fn errors_persist() -> Scenario {
    let system = System { failing: 0.1, ..System::default() };
    let knobs = "stall_lasts=0 failing=10 run_lasts=30";
    scenario("errors", "while errors persisted", knobs, (5, 30), system)
}

/// The dependency stands still for 10 s; judged from then until 160 s after it.
pub fn dependency_stalls() -> Scenario {
    scenario(
        "stall",
        "in the run with the stall",
        "run_lasts=180",
        (10, 180),
        System { trouble: Some(STALL), ..System::default() },
    )
}

/// The stall of the brief.
pub(super) const STALL: Trouble = Trouble { from: secs(10), lasting: secs(10), speed: 0.0 };

/// The dependency works at 70 % of its speed for 20 s; judged from then until 90 s after it.
pub fn dependency_slows_down() -> Scenario {
    let trouble = Trouble { from: secs(10), lasting: secs(20), speed: 0.7 };
    scenario(
        "slow",
        "in the run with the slow-down",
        "stall_lasts=20 capacity_left=70",
        (10, 120),
        System { trouble: Some(trouble), ..System::default() },
    )
}

/// Quiet processes: each sends one request in five seconds on average, and five of a hundred tries are lost.
pub fn quiet_processes() -> Scenario {
    let system = System { rate: 2.0, lost: 0.05, ..System::default() };
    let knobs = "stall_lasts=0 requests_per_second=2 lost=5 run_lasts=300";
    scenario("quiet", "in quiet processes", knobs, (0, 600), system)
}

/// One of ten shards is dead: every try to it fails at once.
pub fn one_shard_dead() -> Scenario {
    let system = System { dead_shard: true, ..System::default() };
    let knobs = "stall_lasts=0 dead_shard=yes run_lasts=60";
    scenario("dead", "with one shard dead", knobs, (20, 60), system)
}

/// Every situation.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    let all = [
        some_tries_lost(),
        errors_persist(),
        dependency_stalls(),
        dependency_slows_down(),
        quiet_processes(),
        one_shard_dead(),
    ];
    all.map(|s| s.0).into()
}

/// Up to which time after the stall the rule without a limit must be well again to be the better choice.
const SOON: Time = secs(60);

/// The claim of a learner's policy, judged by runs like those above.
#[track_caller]
pub fn claim_of(answer: fn() -> Answer, claim: fn() -> Claim) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let claim = claim();
        let base = System::default();
        let stall = System { trouble: Some(STALL), end: STALL.end() + secs(70), ..base.clone() };
        claims::expectations(&claim, &base, &mut || answer())?;
        // Users who fail from the stall's begin on: what relief lowers that number most?
        claims::binding(&claim, stall, &mut || answer(), |t| {
            1.0 - t.success(STALL.from, STALL.end() + secs(70))
        })?;
        claims::reversal(&claim, &base, |quantity, value| {
            let system = claims::with(&base, quantity, value);
            let rule = claims::well_again(&system, &mut || Box::new(RetryUpTo::at_once(4)));
            let yours = claims::well_again(&system, &mut || answer());
            match (rule <= SOON, yours <= SOON * 2) {
                (true, _) => Preference::new("the rule without a limit", "it comes back within 60 s, and is simpler"),
                (false, true) => Preference::new("your policy", "the rule is not back within 60 s"),
                (false, false) => Preference::new("the rule without a limit", "neither comes back"),
            }
        })
    })
}
