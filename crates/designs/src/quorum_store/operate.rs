//! Step `operate`: the situations in which a learner's way to merge and mend is tried.

use super::FOLDER;
use super::merge_claims::{self, MergeClaim};
use super::merging::{Situation, Trial};
use super::policy::Policy;
use super::system::{Baskets, Repair, Settings, Setup, Trouble, Work};
use judge::claim::Judged;
use judge::verdict::Place;
use sim::{Time, secs};
use std::panic::Location;

/// A policy, as a learner hands it in.
pub type Answer = Box<dyn Policy>;

/// A situation in which a policy is tried.
pub struct Scenario(Situation);

impl Scenario {
    /// Runs the learner's policy, freshly made for each front of each run.
    #[track_caller]
    pub fn run(self, answer: fn() -> Answer) -> Trial {
        Trial::run(Place::of(Location::caller()), self.0, answer)
    }
}

/// Baskets at three fronts: 3 copies, R = 2, W = 1; a read goes on with one answer after 50 ms.
pub(super) fn baskets() -> Setup {
    let settings = Settings { copies: 3, read: 2, write: 1, repair: Repair::AfterReads };
    Setup { settings, work: Work::Baskets(Baskets::default()), ..Setup::default() }
}

/// When a cut, or the absence of a zone, begins, and for how long it lasts.
pub(super) const CUT_FROM: Time = secs(5);
pub(super) const CUT_LASTS: Time = secs(15);

/// The first zone cut off from the others.
pub(super) fn split(lasting: Time) -> Trouble {
    Trouble::Split { from: CUT_FROM, lasting }
}

fn scenario(name: &'static str, words: &'static str, setup: Setup) -> Scenario {
    Scenario(Situation { name, words, setup })
}

/// Nothing goes wrong but that people and robots change the same baskets.
pub fn an_ordinary_day() -> Scenario {
    scenario("ordinary", "on an ordinary day", baskets())
}

/// The first zone, its front and its copies, is cut off for 15 s. Both sides go on.
pub fn a_cut() -> Scenario {
    let troubles = vec![split(CUT_LASTS)];
    scenario("cut", "with a cut of 15 s", Setup { troubles, ..baskets() })
}

/// The copies of the first zone are away for 15 s, and come back with what they had.
pub fn a_zone_away() -> Scenario {
    let troubles = vec![Trouble::ZonesLost { zones: 1, from: CUT_FROM, lasting: CUT_LASTS }];
    scenario("away", "with a zone away for 15 s", Setup { troubles, ..baskets() })
}

/// The clock of the first front is 5 s behind the others. Nothing else is wrong.
pub fn a_clock_behind() -> Scenario {
    scenario(
        "clock",
        "with a clock 5 s behind",
        Setup { clock_ahead: secs(5), ..baskets() },
    )
}

/// The claim of a learner's rule, judged by runs like those above.
#[track_caller]
pub fn claim_of(answer: fn() -> Answer, claim: fn() -> MergeClaim) -> Judged {
    Judged::by(
        FOLDER,
        merge_claims::CLAIM_RUNS,
        Place::of(Location::caller()),
        move || {
            let claim = claim();
            merge_claims::judged(&claim, answer)
        },
    )
}

/// Every situation.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    [an_ordinary_day(), a_cut(), a_zone_away(), a_clock_behind()]
        .map(|s| s.0)
        .into()
}
