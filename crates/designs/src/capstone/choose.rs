//! Step `choose`: which proposal for which sentence of the brief, how large, and the claim about one of the two decisions.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::sizing::{Choice, World, on_the_table};
use super::system::{Fault, Scenario};
use super::trial::Trial;
use judge::claim::Judged;
use judge::verdict::Place;
use sim::{Time, secs};
use std::panic::Location;

/// What a learner hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// For the brief as it stands: a depot scans while a region is away, and a scan is seen within a minute.
    pub depots: Choice,
    /// For the brief with its other sentence: a customs officer's read sees the last acknowledged scan.
    pub customs: Choice,
    /// The reasons for the first of the two.
    pub claim: Claim,
}

/// Which sentence of the brief a situation is about.
#[derive(Clone, Copy)]
enum Sentence {
    Depots,
    Customs,
}

/// A sentence of the brief in a situation.
pub struct Trying {
    sentence: Sentence,
    situation: Situation,
}

impl Trying {
    /// Tries the learner's choice for this sentence.
    #[track_caller]
    pub fn run(self, plan: fn() -> Plan) -> Trial {
        let place = Place::of(Location::caller());
        let sentence = self.sentence;
        Trial::run(place, self.situation, beliefs::CHOOSE, move || {
            let plan = plan();
            match sentence {
                Sentence::Depots => plan.depots,
                Sentence::Customs => plan.customs,
            }
        })
    }
}

/// A fault begins here.
pub(super) const FROM: Time = secs(15);

/// The busiest hour, and in it a fault that lasts so many seconds.
pub(super) fn scenario(world: World, fault: Fault, seconds: u64) -> Scenario {
    let until = FROM + secs(seconds);
    Scenario {
        world,
        choice: on_the_table()[0],
        load: 1.0,
        fault,
        from: FROM,
        until,
        end: until + secs(1),
        judged_from: Time::ZERO,
    }
}

fn trying(sentence: Sentence, name: &'static str, words: &'static str, fault: Fault) -> Trying {
    let seconds = if fault == Fault::Nothing { 30 } else { 120 };
    Trying {
        sentence,
        situation: Situation { name, words, scenario: scenario(World::default(), fault, seconds) },
    }
}

/// The depots' brief in the busiest hour.
pub fn depots_in_the_busiest_hour() -> Trying {
    trying(
        Sentence::Depots,
        "depots ordinary",
        "in the depots' busiest hour",
        Fault::Nothing,
    )
}

/// The depots' brief while a region is away, for two minutes.
pub fn depots_without_a_region() -> Trying {
    trying(
        Sentence::Depots,
        "depots region",
        "for the depots while a region is away",
        Fault::Region,
    )
}

/// The depots' brief while a zone is away, for two minutes.
pub fn depots_without_a_zone() -> Trying {
    trying(
        Sentence::Depots,
        "depots zone",
        "for the depots while a zone is away",
        Fault::Zone,
    )
}

/// The customs' brief in the busiest hour.
pub fn customs_in_the_busiest_hour() -> Trying {
    trying(
        Sentence::Customs,
        "customs ordinary",
        "in the customs' busiest hour",
        Fault::Nothing,
    )
}

/// The customs' brief while a zone is away, for two minutes.
pub fn customs_without_a_zone() -> Trying {
    trying(
        Sentence::Customs,
        "customs zone",
        "for the customs while a zone is away",
        Fault::Zone,
    )
}

/// Every situation.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    [
        depots_in_the_busiest_hour(),
        depots_without_a_region(),
        depots_without_a_zone(),
        customs_in_the_busiest_hour(),
        customs_without_a_zone(),
    ]
    .map(|t| t.situation)
    .into()
}

/// The claim about the depots' choice.
#[track_caller]
pub fn claim_of(plan: fn() -> Plan) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let Plan { depots, claim, .. } = plan();
        claims::expectations(&claim, &depots)?;
        claims::binding(&claim, &depots)?;
        claims::reversal(&claim, &depots)
    })
    .lab_shows(claims::LAB_SHOWS)
}
