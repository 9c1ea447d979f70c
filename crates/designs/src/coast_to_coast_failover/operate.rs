//! Step `operate`: the situations in which a learner's policy is tried, and its claim.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::{STRANDED, Situation};
use super::policy::Policy;
use super::system::{Setup, Trouble, Way};
use super::trial::Trial;
use judge::claim::Judged;
use judge::verdict::Place;
use sim::{Time, secs};
use std::panic::Location;

/// What a learner hands in; the reasons for it are a function of their own, so that the policy can be tried before they are
/// written.
pub type Answer = Box<dyn Policy>;

/// A situation in which a policy is tried.
pub struct Scenario(pub(super) Situation);

impl Scenario {
    /// Runs the learner's policy, freshly made for each orchestrator of each run.
    #[track_caller]
    pub fn run(self, answer: fn() -> Answer) -> Trial {
        Trial::run(Place::of(Location::caller()), self.0, beliefs::OPERATE, answer)
    }
}

/// A situation by its words, knobs and set-up.
pub(super) fn situation(name: &'static str, words: &'static str, knobs: &str, setup: Setup) -> Situation {
    Situation {
        name,
        words,
        knobs: knobs.into(),
        setup,
        flaps: 0,
        settings: None,
        stranded: &STRANDED,
        same: false,
    }
}

/// The East is cut off for 5 s.
pub fn short_cut() -> Scenario {
    Scenario(situation("blip", "in a cut of 5 s", "cut=5", claims::cut(secs(5))))
}

/// The East is cut off for 43 s.
pub fn cut() -> Scenario {
    Scenario(situation("cut 43", "in a cut of 43 s", "cut=43", claims::cut(secs(43))))
}

/// The East is cut off for 90 s.
pub fn long_cut() -> Scenario {
    Scenario(situation("cut 90", "in a cut of 90 s", "cut=90", claims::cut(secs(90))))
}

/// The East's databases are lost for good; 200 s are watched.
pub fn databases_lost() -> Scenario {
    let words = "after the East's databases were lost";
    Scenario(situation("lost", words, "cut=0 away=600", claims::away(Time::MAX)))
}

/// The East is cut off for 43 s while the replica is 40 s behind.
pub fn stale_replica() -> Scenario {
    let words = "in a cut of 43 s with the replica 40 s behind";
    Scenario(situation("behind", words, "cut=43 lag=40000", behind(secs(43))))
}

/// The replica is 40 s behind when the East is cut off for so long.
pub(super) fn behind(lasting: Time) -> Setup {
    let cut = Trouble::Cut { way: Way::Both, from: secs(50), lasting };
    Setup { lag: secs(40), ..Setup::with(cut) }
}

/// The link comes and goes: five cuts of 3 to 25 s, drawn anew for each run.
pub fn flapping() -> Scenario {
    let words = "on a link that came and went";
    Scenario(Situation { flaps: 5, ..situation("flapping", words, "flaps=5", Setup::default()) })
}

/// The claim of a learner's policy, judged by runs like those above.
#[track_caller]
pub fn claim_of(answer: fn() -> Answer, claim: fn() -> Claim) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let claim = claim();
        claims::expectations(&claim, &answer)?;
        // What people are busy with afterwards: the hours of repair when the East's databases are lost.
        claims::binding(&claim, &answer, &claims::away(Time::MAX), |o| o.repair())?;
        claims::reversal(&claim, &answer)
    })
}
