//! Step `choose`: copies, answers and repair for three services, and the claim about one of them.

use super::FOLDER;
use super::chosen::{Day, Service, Situation, Trial};
use super::claims::{self, Claim};
use super::system::{Pairs, Settings, Setup, Trouble, When, Work};
use judge::claim::Judged;
use judge::verdict::Place;
use sim::{Time, ms, secs};
use std::panic::Location;

/// What a learner hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Settings for the baskets.
    pub basket: Settings,
    /// Settings for the price list.
    pub prices: Settings,
    /// Settings for what a customer looked at.
    pub history: Settings,
    /// The reasons for the baskets' settings.
    pub claim: Claim,
}

/// A service in a situation.
pub struct Trying(Situation);

impl Trying {
    /// Runs the learner's settings for this service.
    #[track_caller]
    pub fn run(self, plan: fn() -> Plan) -> Trial {
        let service = self.0.service;
        Trial::run(Place::of(Location::caller()), self.0, move || {
            let Plan { basket, prices, history, .. } = plan();
            let settings = match service {
                Service::Basket => basket,
                Service::Prices => prices,
                Service::History => history,
            };
            (settings, basket == prices && prices == history)
        })
    }
}

fn trying(
    service: Service,
    day: Day,
    words: &'static str,
    knobs: &'static str,
    pairs: Pairs,
    trouble: Option<Trouble>,
) -> Trying {
    let gigabytes = match service {
        Service::Basket => 50.0,
        Service::Prices => 20.0,
        Service::History => 500.0,
    };
    let setup = Setup { work: Work::Pairs(pairs), troubles: trouble.into_iter().collect(), ..Setup::default() };
    Trying(Situation { service, day, words, knobs, setup, gigabytes })
}

/// A page that shows the basket reads it so long after the answer to a change.
pub(super) const PAGE: Time = ms(10);

const ORDINARY: Pairs = Pairs {
    pairs: 8_000,
    from: Time::ZERO,
    every: ms(1),
    read: When::After(Time::ZERO),
    read_failed: false,
};
/// While zones are lost: reads begin whatever became of the write.
const IN_A_LOSS: Pairs =
    Pairs { pairs: 2_000, from: secs(2), every: ms(1), read: When::After(PAGE), read_failed: true };

fn lost(zones: u32) -> Option<Trouble> {
    Some(Trouble::ZonesLost { zones, from: secs(1), lasting: Time::MAX })
}

/// The baskets when nothing goes wrong; each is read 10 ms after a change of it was answered.
pub(super) fn basket_day() -> Pairs {
    Pairs { read: When::After(PAGE), ..ORDINARY }
}

/// The baskets when nothing goes wrong; each is read 10 ms after a change of it was answered.
pub fn basket() -> Trying {
    let words = "of the baskets on an ordinary day";
    trying(
        Service::Basket,
        Day::Ordinary,
        words,
        "read_after=10",
        basket_day(),
        None,
    )
}

/// The baskets while the copies in one zone are lost.
pub fn basket_without_a_zone() -> Trying {
    let words = "of the baskets with a zone lost";
    trying(
        Service::Basket,
        Day::Lost,
        words,
        "read_after=10 lost=1",
        IN_A_LOSS,
        lost(1),
    )
}

/// The price list when nothing goes wrong; a price is read at once when a change of it was answered.
pub fn prices() -> Trying {
    trying(
        Service::Prices,
        Day::Ordinary,
        "of the price list on an ordinary day",
        "read_after=0",
        ORDINARY,
        None,
    )
}

/// The price list while the copies in two zones are lost.
pub fn prices_without_two_zones() -> Trying {
    let words = "of the price list with two zones lost";
    trying(
        Service::Prices,
        Day::Lost,
        words,
        "read_after=10 lost=2",
        IN_A_LOSS,
        lost(2),
    )
}

/// What customers looked at when nothing goes wrong; it is read a second later.
pub fn history() -> Trying {
    let words = "of the history on an ordinary day";
    let pairs = Pairs { read: When::After(secs(1)), ..ORDINARY };
    trying(Service::History, Day::Ordinary, words, "read_after=1000", pairs, None)
}

/// What customers looked at while the copies in one zone are lost.
pub fn history_without_a_zone() -> Trying {
    let words = "of the history with a zone lost";
    trying(
        Service::History,
        Day::Lost,
        words,
        "read_after=10 lost=1",
        IN_A_LOSS,
        lost(1),
    )
}

/// What was written while the copies in one zone were lost, read when they have been back for 15 s to 30 s.
pub fn history_when_the_zone_is_back() -> Trying {
    let words = "of the history when the zone is back";
    let pairs = Pairs {
        pairs: 3_000,
        from: secs(2),
        every: ms(5),
        read: When::Between(secs(45), secs(60)),
        read_failed: false,
    };
    let trouble = Trouble::ZonesLost { zones: 1, from: secs(1), lasting: secs(29) };
    trying(
        Service::History,
        Day::Back,
        words,
        "lost=1 back=1",
        pairs,
        Some(trouble),
    )
}

/// The claim about the baskets' settings.
#[track_caller]
pub fn claim_of(plan: fn() -> Plan) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let Plan { basket, claim, .. } = plan();
        let basket = basket.possible();
        claims::expectations(&claim, basket)?;
        claims::binding(&claim, basket)?;
        claims::reversal(&claim)
    })
}
