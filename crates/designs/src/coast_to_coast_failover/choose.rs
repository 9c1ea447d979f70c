//! Step `choose`: settings for two services with opposite wishes, and the claim about one of them.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::{STRANDED, STRANDED_BY_PROMOTION, Situation};
use super::operate::{behind, situation};
use super::policy::Policy;
use super::rules::Timed;
use super::system::Setup;
use super::trial::Trial;
use judge::claim::Judged;
use judge::verdict::Place;
use sim::{Time, secs};
use std::panic::Location;

/// What is chosen for one service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Promote the West when the primary has been silent for this long; [`Time::MAX`]: never.
    pub promote_after: Time,
    /// Freeze the East when it has been without a majority for this long; [`Time::MAX`]: never.
    pub freeze_after: Time,
    /// Refuse a replica that is further behind than this.
    pub max_lag: Time,
}

/// What a learner hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Settings for the ledger.
    pub ledger: Settings,
    /// Settings for the chat.
    pub chat: Settings,
    /// The reasons for the chat's settings.
    pub claim: Claim,
}

/// Which service a situation is about.
#[derive(Clone, Copy)]
enum Service {
    Ledger,
    Chat,
}

/// A service in a situation.
pub struct Trying {
    service: Service,
    situation: Situation,
}

impl Trying {
    /// Runs the learner's settings for this service.
    #[track_caller]
    pub fn run(mut self, plan: fn() -> Plan) -> Trial {
        let place = Place::of(Location::caller());
        // The replay shows the settings, so they are needed before the run; a fault of theirs is the trial's.
        if let Ok(chosen) = judge::guard::run(plan) {
            self.situation.settings = Some(rule(self.service.settings(&chosen)));
            self.situation.same = chosen.ledger == chosen.chat;
        }
        let service = self.service;
        Trial::run(place, self.situation, beliefs::CHOOSE, move || {
            policy_of(service.settings(&plan()))
        })
    }
}

impl Service {
    fn settings(self, plan: &Plan) -> Settings {
        match self {
            Service::Ledger => plan.ledger,
            Service::Chat => plan.chat,
        }
    }
}

fn ledger(name: &'static str, words: &'static str, knobs: &str, setup: Setup) -> Trying {
    // In the cuts that its owner wants to sleep through, what strands a write is the promotion.
    let stranded = if name == "cut 90" {
        &STRANDED_BY_PROMOTION
    } else {
        &STRANDED
    };
    let situation = Situation { stranded, ..situation(name, words, knobs, setup) };
    Trying { service: Service::Ledger, situation }
}

fn chat(name: &'static str, words: &'static str, knobs: &str, setup: Setup) -> Trying {
    Trying { service: Service::Chat, situation: situation(name, words, knobs, setup) }
}

/// The ledger, the East cut off for 90 s.
pub fn ledger_in_a_long_cut() -> Trying {
    ledger("cut 90", "in the ledger's cut of 90 s", "cut=90", claims::cut(secs(90)))
}

/// The ledger, the East cut off for 180 s.
pub fn ledger_in_a_very_long_cut() -> Trying {
    ledger(
        "cut 180",
        "in the ledger's cut of 180 s",
        "cut=180",
        claims::cut(secs(180)),
    )
}

/// The ledger, the East's databases lost for good; 200 s are watched.
pub fn ledger_after_a_loss() -> Trying {
    let words = "after the ledger's databases in the East were lost";
    ledger("lost", words, "cut=0 away=600", claims::away(Time::MAX))
}

/// The ledger, the East cut off for 180 s while the replica is 40 s behind.
pub fn ledger_with_a_stale_replica() -> Trying {
    let words = "in the ledger's cut of 180 s with the replica 40 s behind";
    ledger("behind", words, "cut=180 lag=40000", behind(secs(180)))
}

/// The chat, the East cut off for 5 s.
pub fn chat_in_a_short_cut() -> Trying {
    chat("blip", "in the chat's cut of 5 s", "cut=5", claims::cut(secs(5)))
}

/// The chat, the East cut off for 90 s.
pub fn chat_in_a_long_cut() -> Trying {
    chat("cut 90", "in the chat's cut of 90 s", "cut=90", claims::cut(secs(90)))
}

/// The chat, the East's databases lost for good; 200 s are watched.
pub fn chat_after_a_loss() -> Trying {
    let words = "after the chat's databases in the East were lost";
    chat("lost", words, "cut=0 away=600", claims::away(Time::MAX))
}

/// The chat, the East cut off for 43 s while the replica is 40 s behind.
pub fn chat_with_a_stale_replica() -> Trying {
    let words = "in the chat's cut of 43 s with the replica 40 s behind";
    chat("behind", words, "cut=43 lag=40000", behind(secs(43)))
}

/// The claim about the chat's settings.
#[track_caller]
pub fn claim_of(plan: fn() -> Plan) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let Plan { chat, claim, .. } = plan();
        let yours = move || policy_of(chat);
        claims::expectations(&claim, &yours)?;
        // What the chat's owner limits is what a long cut strands.
        claims::binding(&claim, &yours, &claims::cut(secs(90)), |o| o.stranded_each())?;
        claims::reversal(&claim, &yours)
    })
}

/// The rule that settings stand for.
fn rule(s: Settings) -> Timed {
    Timed { promote_after: s.promote_after, freeze_after: s.freeze_after, max_lag: s.max_lag }
}

/// The policy that settings stand for.
fn policy_of(s: Settings) -> Box<dyn Policy> {
    Box::new(rule(s))
}
