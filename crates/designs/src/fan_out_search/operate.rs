//! Step `operate`: the situations in which a learner's policy is tried, and its claim.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::pair::Names;
use super::policy::Policy;
use super::rules::HedgeAfter;
use super::system::{Cell, Storm, Totals};
use super::trial::Trial;
use judge::claim::{Judged, Preference};
use judge::percent;
use judge::replay::Lab;
use judge::verdict::Place;
use sim::{ms, secs};
use std::panic::Location;

/// What a learner hands in; the reasons for it are a function of their own, so that the policy can be tried before they are written.
pub type Answer = Box<dyn Policy>;

/// A situation in which a policy is tried.
pub struct Scenario(Situation);

impl Scenario {
    /// Runs the learner's policy, freshly made for each run of the pool.
    #[track_caller]
    pub fn run(self, answer: fn() -> Answer) -> Trial {
        let place = Place::of(Location::caller());
        Trial::run(place, self.0, beliefs::OPERATE, YOUR_POLICY, answer)
    }
}

/// A learner's policy beside a built-in one.
const YOUR_POLICY: Names = Names {
    key: "yours",
    legend: "yours",
    column: "your policy",
    label: "your policy",
    subject: "Your policy",
    asks: true,
};

/// The lab with a built-in rule in place of the learner's policy.
fn built_in(knobs: &str) -> Lab {
    Lab {
        knobs: Some(knobs.into()),
        otherwise: "It runs a built-in rule in place of your policy: a second request after 18 ms, without a limit."
            .into(),
    }
}

/// An ordinary day: 10 s at the daily peak, nothing wrong.
pub fn ordinary_day() -> Scenario {
    Scenario(Situation {
        name: "ordinary",
        words: "on an ordinary day",
        lab: built_in(""),
        cell: Cell::default(),
        judged: 1,
    })
}

/// One leaf machine works ten times slower, all the time.
pub fn one_machine_slow() -> Scenario {
    let cell = Cell { slow_machine: Some(10.0), ..Cell::default() };
    Scenario(Situation {
        name: "one slow",
        words: "with one slow machine",
        lab: built_in("slow_machine=10"),
        cell,
        judged: 1,
    })
}

/// Eight ordinary seconds, then every leaf works five times slower for five seconds; those five are judged.
pub fn every_leaf_slow() -> Scenario {
    Scenario(Situation {
        name: "storm",
        words: "while every leaf was slow",
        lab: built_in("storm_factor=5"),
        cell: stormy(),
        judged: 2,
    })
}

/// The same, and then a second and a half to calm down and four ordinary seconds; those four are judged.
pub fn after_the_storm() -> Scenario {
    Scenario(Situation {
        name: "after",
        words: "after the storm",
        lab: Lab {
            otherwise: "It runs a built-in rule in place of your policy, a second request after 18 ms without a limit, and reports on the storm, not on the time after it.".into(),
            ..built_in("storm_factor=5")
        },
        cell: stormy(),
        judged: 4,
    })
}

fn stormy() -> Cell {
    let begin = ms(8_500);
    let lasting = secs(5);
    let end = begin + lasting;
    Cell {
        storm: Some(Storm { factor: 5.0, share: 1.0, from: begin, lasting }),
        phases: vec![ms(500), begin, end, end + ms(1_500), end + ms(5_500)],
        ..Cell::default()
    }
}

/// Every situation, in the order of the exercise.
#[cfg(test)]
pub(super) fn situations() -> Vec<Situation> {
    [ordinary_day(), one_machine_slow(), every_leaf_slow(), after_the_storm()]
        .map(|s| s.0)
        .into()
}

/// The claim of a learner's policy, judged by runs like those above.
#[track_caller]
pub fn claim_of(answer: fn() -> Answer, claim: fn() -> Claim) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let claim = claim();
        claims::expectations(&claim, &answer)?;
        // What limits a policy shows when it is under pressure: the median user in a storm.
        claims::binding(&claim, &answer, claims::storm_cell(5.0), |t| t.users.quantile(0.5))?;
        let storm = claims::storm_cell(5.0);
        claims::reversal(&claim, &storm, |quantity, value| {
            let cell = claims::with(storm.clone(), quantity, value);
            let limited = claims::run(&cell, &answer);
            let unlimited = claims::run(&cell, &|| Box::new(HedgeAfter { after: ms(20), budget: percent(100) }));
            prefer_in_storm(&limited, &unlimited)
        })
    })
}

/// In a storm the better policy is the one with more complete answers; where that differs by less than one in a hundred, the
/// one whose users wait less (p99).
fn prefer_in_storm(limited: &Totals, unlimited: &Totals) -> Preference {
    let gain = limited.complete_share() - unlimited.complete_share();
    let (limit_is_better, why) = if gain.abs() >= 0.01 {
        (gain > 0.0, "more answers are complete")
    } else {
        let faster = limited.users.quantile(0.99) < unlimited.users.quantile(0.99);
        (faster, "as many answers are complete, and users' p99 is lower")
    };
    Preference::new(
        if limit_is_better {
            "your policy"
        } else {
            "the rule without a limit"
        },
        why,
    )
}
