//! Step `choose`: settings for three services, and the claim about one of them.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::pair::Names;
use super::policy::Policy;
use super::rules::{HedgeAfter, NeverHedge};
use super::system::{Cell, Storm};
use super::trial::Trial;
use judge::Percent;
use judge::claim::{Judged, Preference};
use judge::replay::Lab;
use judge::verdict::Place;
use sim::{Time, ms, secs};
use std::panic::Location;

/// When to send a second request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hedge {
    /// Never.
    Never,
    /// After a delay, within a budget.
    After {
        /// Delay before the second request.
        delay: Time,
        /// Second requests allowed in any second, as a share of first ones. 100 % or more: no limit.
        budget: Percent,
    },
}

/// What is chosen for one service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// When to send a second request.
    pub hedge: Hedge,
    /// After this long the root answers with what it has.
    pub deadline: Time,
}

/// What a learner hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Settings for web search.
    pub web_search: Settings,
    /// Settings for suggestions while typing.
    pub suggestions: Settings,
    /// Settings for the archive, whose two replicas read the same disks.
    pub archive: Settings,
    /// The reasons for web search's settings.
    pub claim: Claim,
}

/// Which service a situation is about.
#[derive(Clone, Copy)]
enum Service {
    WebSearch,
    Suggestions,
    Archive,
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
        // The settings decide the deadline, so they are needed before the run; a fault of theirs is the trial's.
        let chosen = judge::guard::run(plan);
        if let Ok(chosen) = &chosen {
            let settings = self.service.settings(chosen);
            let longest = if matches!(self.service, Service::Suggestions) {
                PATIENCE
            } else {
                secs(10)
            };
            self.situation.cell.deadline = settings.deadline.clamp(ms(1), longest);
            self.situation.lab = self.service.lab(&settings, &self.situation.cell);
            if matches!(self.service, Service::Suggestions) && settings == chosen.web_search {
                self.situation.name = "suggestions: same settings as web search";
            }
        }
        let service = self.service;
        Trial::run(place, self.situation, beliefs::CHOOSE, YOUR_SETTINGS, move || {
            policy_of(service.settings(&plan()))
        })
    }
}

/// A learner's settings beside a built-in policy.
const YOUR_SETTINGS: Names = Names {
    key: "yours",
    legend: "yours",
    column: "your settings",
    label: "your settings",
    subject: "Your settings",
    asks: true,
};

/// How long a page waits for suggestions: what the root sends later is not looked at.
const PATIENCE: Time = ms(26);

impl Service {
    /// How the lab shows these settings in this cell.
    fn lab(self, settings: &Settings, cell: &Cell) -> Lab {
        let deadline = (cell.deadline.as_ms() / 10.0).round().max(2.0) * 10.0;
        let otherwise = if Time::from_ms_f64(deadline) == cell.deadline {
            String::new()
        } else {
            format!("The deadline there is {deadline} ms: its knob goes in steps of 10 ms.")
        };
        let mut knobs = format!("deadline={deadline}");
        if let Hedge::After { delay, budget } = settings.hedge {
            let (delay, budget) = (delay.as_ms().round(), budget.0.round().clamp(0.0, 100.0));
            knobs += &format!(" hedge_after={delay} hedge_budget={budget}");
        }
        match self {
            Service::WebSearch if cell.storm.is_some() => knobs += " storm_factor=5",
            Service::WebSearch => {}
            Service::Suggestions => knobs += " leaves=20 queries_per_second=120",
            Service::Archive => knobs += " shared_cause=90",
        }
        Lab { knobs: Some(knobs), otherwise }
    }

    fn settings(self, plan: &Plan) -> Settings {
        match self {
            Service::WebSearch => plan.web_search,
            Service::Suggestions => plan.suggestions,
            Service::Archive => plan.archive,
        }
    }
}

/// Web search, the cell of the brief, on an ordinary day.
pub fn web_search() -> Trying {
    let situation = Situation {
        name: "web search",
        words: "in web search",
        lab: Lab::default(),
        cell: Cell::default(),
        judged: 1,
    };
    Trying { service: Service::WebSearch, situation }
}

/// Web search while every leaf works five times slower.
pub fn web_search_in_a_storm() -> Trying {
    let begin = ms(2_500);
    let cell = Cell {
        storm: Some(Storm { factor: 5.0, share: 1.0, from: begin, lasting: secs(5) }),
        phases: vec![ms(500), begin, begin + secs(5)],
        ..Cell::default()
    };
    let situation = Situation {
        name: "web search storm",
        words: "in web search's storm",
        lab: Lab::default(),
        cell,
        judged: 2,
    };
    Trying { service: Service::WebSearch, situation }
}

/// Suggestions while typing: 20 leaves, 120 queries a second, machines to spare, and the page stops listening after 26 ms.
pub fn suggestions() -> Trying {
    let cell = Cell { leaves: 20, rate: 120.0, phases: vec![ms(500), ms(20_500)], ..Cell::default() };
    let situation = Situation { name: "suggestions", words: "in suggestions", lab: Lab::default(), cell, judged: 1 };
    Trying { service: Service::Suggestions, situation }
}

/// The archive: as web search, and nine of ten slow answers come from the disks that both replicas read.
pub fn archive() -> Trying {
    let cell = Cell { shared: 0.9, ..Cell::default() };
    let situation = Situation { name: "archive", words: "in the archive", lab: Lab::default(), cell, judged: 1 };
    Trying { service: Service::Archive, situation }
}

/// Every situation, with settings in it.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    let settings = Settings { hedge: Hedge::After { delay: ms(18), budget: Percent(7.4) }, deadline: ms(555) };
    let tryings = [web_search(), web_search_in_a_storm(), suggestions(), archive()];
    let with = |t: Trying| {
        let lab = t.service.lab(&settings, &t.situation.cell);
        Situation { lab, ..t.situation }
    };
    tryings.map(with).into()
}

/// Web search's promise, which decides between second requests and none.
const PROMISE: Time = ms(90);

/// The claim about web search's settings.
#[track_caller]
pub fn claim_of(plan: fn() -> Plan) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let Plan { web_search, claim, .. } = plan();
        let yours = move || policy_of(web_search);
        claims::expectations(&claim, &yours)?;
        let cell = Cell { deadline: web_search.deadline, ..Cell::default() };
        claims::binding(&claim, &yours, cell.clone(), |t| t.users.quantile(0.99))?;
        claims::reversal(&claim, &cell, |quantity, value| {
            let cell = claims::with(cell.clone(), quantity, value);
            let hedging = claims::run(&cell, &yours).users.quantile(0.99) <= PROMISE;
            let waiting = claims::run(&cell, &|| Box::new(NeverHedge)).users.quantile(0.99) <= PROMISE;
            // The cheaper choice that keeps the promise; where none keeps it, the cheaper one.
            match (hedging, waiting) {
                (true, false) => Preference::new("second requests", "only they keep the promise"),
                (_, true) => Preference::new("no second requests", "waiting keeps the promise too"),
                (false, false) => Preference::new("no second requests", "neither keeps the promise"),
            }
        })
    })
}

/// The policy that settings stand for.
fn policy_of(settings: Settings) -> Box<dyn Policy> {
    match settings.hedge {
        Hedge::Never => Box::new(NeverHedge),
        Hedge::After { delay, budget } => Box::new(HedgeAfter { after: delay, budget }),
    }
}
