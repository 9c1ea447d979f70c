//! Step `attack`: a slow-down, within bounds, that a plausible design does not survive and the repaired one does.

use super::FOLDER;
use super::evidence::POOL;
use super::pair::{ALLOWED, Names, Pair, Reported};
use super::policy::Policy;
use super::rules::HedgeAfter;
use super::system::{Cell, Storm, Totals};
use super::trial::pooled;
use crate::replay;
use judge::attack::Attempt;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use judge::{Percent, percent};
use sim::{Time, ms, secs};
use std::panic::Location;

/// A load, and a slow-down of leaf machines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Queries a second that the cell takes throughout: 100 to 500.
    pub queries_per_second: f64,
    /// Share of the leaf machines that slow down.
    pub machines: Percent,
    /// How many times slower they work: 1 to 3.
    pub factor: f64,
    /// How long it lasts: at most 4 s.
    pub lasting: Time,
}

/// The promise of both designs: at least this share of the answers that begin in the slow-down is complete.
pub const PROMISE: Percent = Percent(60.0);

#[derive(Clone)]
struct Shown {
    quiet: [Totals; 2],
    struck: [Totals; 2],
    attack: Attack,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// Runs the attack against both designs: a second request after 18 ms, without a limit and with the owner's limit of 8 %.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let calm = Attack { factor: 1.0, ..attack };
        Ok(Shown { quiet: run(calm), struck: run(attack), attack })
    });
    attempt.replay(|shown| lab(&shown.attack), |shown, seed| draw(&shown.attack, seed));
    Judged(attempt)
}

/// How the lab shows an attack: it slows all machines or none.
fn lab(attack: &Attack) -> Lab {
    if attack.machines < percent(100) {
        return Lab {
            knobs: None,
            otherwise: "It slows all machines or none, and your attack slows some.".into(),
        };
    }
    let knobs = format!(
        "queries_per_second={} storm_factor={} hedge_after=18",
        (attack.queries_per_second / 10.0).round() * 10.0,
        (attack.factor * 2.0).round() / 2.0
    );
    let otherwise = "Its slow-down lasts 5 s, and beside the design without a limit it shows waiting; hedge_budget=8 adds the limit.";
    Lab { knobs: Some(knobs), otherwise: otherwise.into() }
}

fn bounds(attack: &Attack) -> Result<(), String> {
    let Attack { queries_per_second, machines, factor, lasting } = *attack;
    if !(100.0..=500.0).contains(&queries_per_second) {
        return Err(format!("queries_per_second: {queries_per_second}; it is 100 to 500"));
    }
    if !(0.0..=100.0).contains(&machines.0) {
        return Err(format!("machines: {machines} of the machines; it is 0 % to 100 %"));
    }
    if !(1.0..=3.0).contains(&factor) {
        return Err(format!("factor: {factor}; it is 1 to 3"));
    }
    if lasting > secs(4) {
        return Err(format!("lasting: {lasting}; at most 4 s"));
    }
    Ok(())
}

/// The cell under an attack. What is judged is its last phase: as long as the slow-down lasts, at least half a second.
fn cell(attack: Attack) -> Cell {
    let begin = ms(1_000);
    let Attack { queries_per_second, machines, factor, lasting } = attack;
    let storm = (factor > 1.0).then_some(Storm { factor, share: machines.fraction(), from: begin, lasting });
    Cell {
        rate: queries_per_second,
        storm,
        phases: vec![ms(500), begin, begin + lasting.max(ms(500))],
        ..Cell::default()
    }
}

/// The limits of both designs: none first, then the owner's.
const LIMITS: [Percent; 2] = [Percent(100.0), Percent(ALLOWED)];

/// A design with a limit.
fn design(budget: Percent) -> Box<dyn Policy> {
    Box::new(HedgeAfter { after: ms(18), budget })
}

/// Both designs, without a limit first: what was measured in the judged phase.
fn run(attack: Attack) -> [Totals; 2] {
    LIMITS.map(|budget| pooled(&cell(attack), || design(budget)).swap_remove(2))
}

/// Both designs in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let [without, with] = LIMITS.map(design);
    let reported = Reported {
        phases: 2..3,
        when: "Under your attack".into(),
        caption: "Queries that arrived under your attack".into(),
    };
    let mut pair = Pair::new([(NO_LIMIT, without), (WITH_LIMIT, with)], cell(*attack), reported, seed);
    pair.allowed = Some(ALLOWED);
    pair.shown()
}

const NO_LIMIT: Names = Names {
    key: "without",
    legend: "no limit",
    column: "without a limit",
    label: "without a limit",
    subject: "the design without a limit",
    asks: true,
};

const WITH_LIMIT: Names = Names {
    key: "with",
    legend: "limit",
    column: "with a limit",
    label: "with a limit",
    subject: "The design with a limit",
    asks: true,
};

impl Judged {
    /// Passes when only the design without a limit breaks its promise, and only under the attack.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn breaks_only_the_design_without_a_limit(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        let kept = |t: &Totals| Percent::of(t.complete_share()) >= PROMISE;
        let [without, with] = &shown.struck;
        if !shown.quiet.iter().all(kept) {
            let observed = "a design breaks its promise at this load even with no slow-down";
            return self
                .0
                .no_result(observed, "which load do both designs bear on an ordinary day?");
        }
        if !kept(without) && kept(with) {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        v.observed = format!(
            "complete answers under your attack: {} without a limit, {} with one (promise {PROMISE})",
            Percent::of(without.complete_share()),
            Percent::of(with.complete_share())
        );
        if kept(without) {
            let machines = shown.attack.machines;
            let few = machines > percent(0) && machines < percent(20) && shown.attack.factor >= 2.0;
            if few {
                v.kind = Kind::Belief;
                v.belief = Some("worst_is_one_machine".into());
                v.assumes = "the worst fault is a machine that is as slow as can be".into();
                v.instead = format!(
                    "the other replicas answered: {} more requests were enough to save the users",
                    Percent::of(without.extra())
                );
                v.ask = "which slowness leaves no other replica to turn to?".into();
            } else {
                v.assumes = "effort for too little damage".into();
                let busy = Percent::of(without.busy());
                v.instead = if !kept(with) {
                    "the design with a limit broke, and the other did not: here the copies are what saves the users"
                        .into()
                } else if busy > percent(90) {
                    format!("{busy} of the slot time was in use, and not for long enough: queues take time to build")
                } else {
                    format!("there was room for the copies: {busy} of the slot time was in use")
                };
                v.ask = "how many slots does one second's work need, with copies and without, and how many are there?"
                    .into();
            }
        } else {
            v.kind = Kind::Belief;
            v.belief = Some("harder_is_better".into());
            v.assumes = "the harder the blow, the more it proves".into();
            v.instead = "the design with a limit broke as well: your attack shows that machines are finite, not that the missing limit matters".into();
            v.ask = "how slow may leaves become before even the first requests are too many?".into();
        }
        v
    }
}
