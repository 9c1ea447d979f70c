//! Step `operate`: the situations in which a learner's policy is tried, and its claim.

use super::FOLDER;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::policy::Policy;
use super::system::{Fault, System, hours, minutes};
use super::trial::Trial;
use judge::claim::Judged;
use judge::verdict::Place;
use sim::Time;
use std::panic::Location;

/// A policy, as a learner hands it in.
pub type Answer = Box<dyn Policy>;

/// A situation in which a policy is tried.
pub struct Scenario(Situation);

impl Scenario {
    /// Runs the learner's policy, freshly made for each run of the pool.
    #[track_caller]
    pub fn run(self, answer: fn() -> Answer) -> Trial {
        Trial::run(Place::of(Location::caller()), self.0, answer)
    }
}

fn scenario(name: &'static str, words: &'static str, knobs: &'static str, system: System) -> Scenario {
    Scenario(Situation { name, words, knobs, system })
}

/// Every machine that reads the rows goes down, at once and again with every start.
pub(super) const CRASH: Fault = Fault { after: Time::ZERO, ramp: Time::ZERO, fails: 1.0, crashes: true, region: None };

/// A machine that has worked with the rows for three hours begins to fail, and half an hour later fails every request.
pub(super) const LEAK: Fault = Fault { after: hours(3), ramp: minutes(30), crashes: false, ..CRASH };

/// The hour at which rows that are read late are first read.
pub(super) const LATE: Time = hours(72);

/// In the smallest region, a twentieth of the fleet, one request in twenty fails.
pub(super) const ONE_REGION: Fault = Fault { fails: 0.05, region: Some(4), crashes: false, ..CRASH };

/// A system with a faulty change.
pub(super) fn with(fault: Fault, end: Time) -> System {
    System { fault: Some(fault), end, ..System::default() }
}

/// Nothing is wrong with the change.
pub fn good_change() -> Scenario {
    scenario("good", "with a good change", "fault=none", System::default())
}

/// Nothing is wrong with the change. Every three hours on average the errors of all machines rise for ten minutes, and each machine is
/// restarted once in two hours on average.
pub fn good_change_on_a_restless_day() -> Scenario {
    let system = System { spikes: hours(3), breaks: hours(2), ..System::default() };
    scenario(
        "restless",
        "with a good change on a restless day",
        "fault=none spikes=3 breaks=2",
        system,
    )
}

/// Each machine that has the rows goes down at once, and again with every start.
pub fn machines_go_down() -> Scenario {
    let words = "with rows that crash each machine";
    scenario("crash", words, "fault=crash run_lasts=24", with(CRASH, hours(24)))
}

/// Each machine that has had the rows for three hours begins to fail requests.
pub fn machines_wear_out() -> Scenario {
    let words = "with rows that wear machines out";
    scenario("leak", words, "fault=leak run_lasts=24", with(LEAK, hours(24)))
}

/// Nobody reads the rows for 72 hours; then they crash each machine that has them.
pub fn rows_are_read_late() -> Scenario {
    let words = "with rows that are first read after 72 h";
    scenario(
        "dormant",
        words,
        "fault=crash read_from=72 run_lasts=96",
        System { read_from: LATE, ..with(CRASH, hours(96)) },
    )
}

/// One request in twenty fails, in the smallest region only.
pub fn one_region_differs() -> Scenario {
    let words = "with rows that do not suit the smallest region";
    scenario(
        "region",
        words,
        "fault=region run_lasts=72",
        with(ONE_REGION, hours(72)),
    )
}

/// Every situation.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    let all = [
        good_change(),
        good_change_on_a_restless_day(),
        machines_go_down(),
        machines_wear_out(),
        rows_are_read_late(),
        one_region_differs(),
    ];
    all.map(|s| s.0).into()
}

/// The claim of a learner's policy, judged by runs like those above.
#[track_caller]
pub fn claim_of(answer: fn() -> Answer, claim: fn() -> Claim) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let claim = claim();
        claims::expectations(&claim, &mut || answer())?;
        claims::binding(&claim, &mut || answer())?;
        claims::reversal(&claim, &mut || answer())
    })
}
