//! Step `operate`: the situations in which a learner's weights are tried, and their claim.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::policy::Weights;
use super::system::{Fault, System};
use super::trial::Trial;
use judge::claim::Judged;
use judge::verdict::Place;
use sim::{Time, ms, secs};
use std::panic::Location;

/// Weights, as a learner hands them in.
pub type Answer = Box<dyn Weights>;

/// A situation in which weights are tried.
pub struct Scenario(Situation);

impl Scenario {
    /// Runs the learner's weights, freshly made for each run of the pool.
    #[track_caller]
    pub fn run(self, answer: fn() -> Answer) -> Trial {
        Trial::run(Place::of(Location::caller()), self.0, beliefs::OPERATE, answer)
    }
}

fn scenario(
    name: &'static str,
    words: &'static str,
    knobs: &'static str,
    (from, to): (u64, u64),
    system: System,
) -> Scenario {
    let system = System { judged: (secs(from), secs(to)), end: secs(to), ..system };
    Scenario(Situation { name, words, knobs, system })
}

/// When a server begins to fail: a little after the fifth second, and so not in step with the weights.
pub(super) const BEGINS: Time = ms(5_300);

/// One server fails every request in 1 ms. Its health check is green.
pub(super) const FAST: Fault = Fault { from: BEGINS, ..Fault::FAST };

/// Eight servers take twice as long for everything, from the start, and make no errors.
pub(super) const SLOW: Fault = Fault { servers: 8, fails: 0.0, slower: 2.0, from: Time::ZERO, ..Fault::FAST };

/// Nothing is wrong but that one request in a hundred fails, wherever it is sent.
pub fn an_ordinary_day() -> Scenario {
    let system = System { errors: 0.01, ..System::default() };
    scenario("ordinary", "on an ordinary day", "fault=none", (5, 30), system)
}

/// One server fails every request in 1 ms, from second 5.3 on.
pub fn one_fails_fast() -> Scenario {
    let system = System { faults: vec![FAST], ..System::default() };
    scenario(
        "fast",
        "with one server that failed fast",
        "run_lasts=60",
        (5, 60),
        system,
    )
}

/// One server does not reply at all, from second 5.3 on.
pub fn one_is_silent() -> Scenario {
    let system = System { faults: vec![Fault { silent: true, ..FAST }], ..System::default() };
    scenario(
        "silent",
        "with one silent server",
        "fault=silent run_lasts=60",
        (5, 60),
        system,
    )
}

/// Eight of the servers take twice as long for everything, all the time. They make no errors.
pub fn eight_are_slow() -> Scenario {
    let system = System { faults: vec![SLOW], ..System::default() };
    let knobs = "fault=slow broken=8 times_slower=2 run_lasts=40";
    scenario("slow", "with eight slow servers", knobs, (10, 40), system)
}

/// Half of the servers fail every request in 1 ms, from second 5.3 on; their health checks are red.
pub fn half_of_them_fail() -> Scenario {
    let half = Fault { servers: 10, ..FAST };
    let system = System { faults: vec![half], check_sees: true, ..System::default() };
    scenario(
        "half",
        "with half of the servers failing",
        "broken=10 run_lasts=40",
        (10, 40),
        system,
    )
}

/// Something that all servers need fails three requests in ten, at every server; all health checks are red.
pub fn all_share_a_fault() -> Scenario {
    let shared = Fault { servers: 20, fails: 0.3, ..FAST };
    let system = System { faults: vec![shared], check_sees: true, ..System::default() };
    let knobs = "broken=20 fails=30 run_lasts=40";
    scenario("shared", "with a fault that all share", knobs, (10, 40), system)
}

/// Nine of the servers fail for 7 s each, one begins every 4 s, and are well again. Judged is what comes after the last of them.
pub fn one_after_the_other() -> Scenario {
    let restart = |k: u32| Fault { first: k, from: BEGINS + secs(4) * u64::from(k), lasting: secs(7), ..FAST };
    let system = System { faults: (0..9).map(restart).collect(), ..System::default() };
    scenario(
        "restarts",
        "after nine restarts, one after the other",
        "fault_lasts=7 run_lasts=65",
        (50, 65),
        system,
    )
}

/// Every situation.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    let all = [
        an_ordinary_day(),
        one_fails_fast(),
        one_is_silent(),
        eight_are_slow(),
        half_of_them_fail(),
        all_share_a_fault(),
        one_after_the_other(),
    ];
    all.map(|s| s.0).into()
}

/// The claim of a learner's weights, judged by runs like those above.
#[track_caller]
pub fn claim_of(answer: fn() -> Answer, claim: fn() -> Claim) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let claim = claim();
        claims::expectations(&claim, answer)?;
        claims::binding(&claim, answer)?;
        claims::reversal(&claim)
    })
}
