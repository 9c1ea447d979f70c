//! Step `attack`: a slow-down, within bounds, that a plausible design does not survive and the repaired one does.

use super::FOLDER;
use super::policy::Policy;
use super::rules::HedgeAfter;
use super::system::{Cell, Storm, Totals};
use super::trial::pooled;
use judge::attack::Attempt;
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
    Judged(Attempt::by(FOLDER, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let calm = Attack { factor: 1.0, ..attack };
        Ok(Shown { quiet: run(calm), struck: run(attack), attack })
    }))
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

/// Both designs, without a limit first: what was measured while the slow-down lasted (at least half a second).
fn run(attack: Attack) -> [Totals; 2] {
    let begin = ms(1_000);
    let Attack { queries_per_second, machines, factor, lasting } = attack;
    let storm = (factor > 1.0).then_some(Storm { factor, share: machines.fraction(), from: begin, lasting });
    let cell = Cell {
        rate: queries_per_second,
        storm,
        phases: vec![ms(500), begin, begin + lasting.max(ms(500))],
        ..Cell::default()
    };
    [percent(100), percent(8)].map(|budget| {
        let design = move || -> Box<dyn Policy> { Box::new(HedgeAfter { after: ms(18), budget }) };
        pooled(&cell, design).swap_remove(2)
    })
}

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
        // The lab slows all machines or none, so only such an attack can be seen there.
        if shown.attack.machines >= percent(100) {
            v.replay = format!(
                "cargo learn lab 02 queries_per_second={} storm_factor={} hedge_after=18",
                (shown.attack.queries_per_second / 10.0).round() * 10.0,
                (shown.attack.factor * 2.0).round() / 2.0
            );
        }
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
