//! Step `attack`: a fault, within bounds, that one plan lets through to the whole fleet and the other stops at its first stage.
//!
//! Both plans look at all that step `operate` teaches, and none of its situations tells them apart. A look shows the errors of all
//! requests here and not of a sample: hours of looks at a sample of one machine's requests would stop a plan by chance.

use super::evidence::POOL;
use super::operate::Answer;
use super::pair::Pair;
use super::rules::{LongFirst, Staged};
use super::system::{ALL, Fault, REGIONS, System, SystemRun, Totals, hours};
use super::trial::pooled;
use super::{DESIGN, FOLDER};
use crate::lab::turned;
use crate::replay;
use judge::attack::Attempt;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use judge::{Percent, percent};
use sim::Time;
use std::panic::Location;

/// Which machines have the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// All of them.
    Everywhere,
    /// Those of one region, 1 (the largest, two fifths of the fleet) to 5 (the smallest, a twentieth).
    Region(u32),
}

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// When the changed rows are first read, counted from the begin of the first stage: 0 to 48 h.
    pub read_from: Time,
    /// How long a machine works with the rows before it fails: 0 to 48 h.
    pub shows_after: Time,
    /// Share of its requests that it then fails: 0 % to 100 %.
    pub fails: Percent,
    /// Which machines have it.
    pub machines: Where,
}

/// A plan lets a fault through when it does at least this harm, in fleet-minutes …
const THROUGH: f64 = 3.0;
/// … and stops it when it does at most this.
const STOPPED: f64 = 1.0;
/// The run goes on for this long.
const END: Time = hours(96);

/// What both plans did: the one with equal stages, and the one with a long first stage.
#[derive(Clone)]
struct Shown {
    struck: [Totals; 2],
    attack: Attack,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// Runs the attack against two plans.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let struck = [0, 1].map(|i| pooled(&system(&attack), POOL, &mut || plan(i)));
        Ok(Shown { struck, attack })
    });
    attempt.replay(|shown| lab(&shown.attack), |shown, seed| draw(&shown.attack, seed));
    Judged(attempt)
}

/// What both plans look at, and wait for: each region by itself, and twenty reads. Equal stages of four hours.
const EQUAL: Staged = Staged { bake: hours(4), margin: Percent(3.0), by_region: true, reads: 20 };
/// The same twelve hours, most of them in the first stage.
const LONG_FIRST: LongFirst = LongFirst { first: hours(10), then: Staged { bake: hours(1), ..EQUAL } };
/// What the plans are called in a drawing.
const NAMES: [&str; 2] = ["equal stages", "long first stage"];

/// The plan with equal stages, and the one with a long first stage.
fn plan(i: usize) -> Answer {
    match i {
        0 => Box::new(EQUAL),
        _ => Box::new(LONG_FIRST),
    }
}

fn bounds(attack: &Attack) -> Result<(), String> {
    let Attack { read_from, shows_after, fails, machines } = *attack;
    for (name, time) in [("read_from", read_from), ("shows_after", shows_after)] {
        if time > hours(48) {
            return Err(format!("{name}: {:.0} h; at most 48 h", time.as_secs() / 3_600.0));
        }
    }
    if !(0.0..=100.0).contains(&fails.0) {
        return Err(format!("fails: {fails}; it is 0 % to 100 %"));
    }
    match machines {
        Where::Region(n) if !(1..=5).contains(&n) => Err(format!("Region({n}); there are regions 1 to 5")),
        _ => Ok(()),
    }
}

/// The region's place in [`REGIONS`].
fn region(attack: &Attack) -> Option<usize> {
    match attack.machines {
        Where::Everywhere => None,
        Where::Region(n) => Some(n as usize - 1),
    }
}

fn system(attack: &Attack) -> System {
    let fault = Fault {
        after: attack.shows_after,
        ramp: Time::ZERO,
        fails: attack.fails.fraction(),
        crashes: false,
        region: region(attack),
    };
    System {
        fault: Some(fault),
        read_from: attack.read_from,
        sample: ALL,
        end: END,
        ..System::default()
    }
}

/// Both plans in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let system = system(attack);
    let runs = [0, 1].map(|i| (NAMES[i], SystemRun::new(&system, plan(i), seed)));
    Pair::new(runs, &system).finish().shown()
}

/// A harm as the verdict prints it.
fn told(harm: f64) -> String {
    format!("{harm:.1} fleet-minutes")
}

impl Judged {
    /// Passes when only the plan with equal stages lets the fault through.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn only_the_plan_with_equal_stages_lets_it_through(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        if shown.attack.fails.0 == 0.0 {
            let ask = "which share of its requests must a machine fail for anybody to be harmed?";
            return self.0.no_result("nothing fails, so no plan can fail", ask);
        }
        let [equal, long] = [0, 1].map(|i| shown.struck[i].harm());
        if equal >= THROUGH && long <= STOPPED {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        v.observed = format!(
            "{} of harm with equal stages (needed: {THROUGH:.0} or more), {} with a long first stage (needed: {STOPPED:.0} or less)",
            told(equal),
            told(long)
        );
        explain(&mut v, shown);
        v
    }
}

/// Why the attack does not tell the two plans apart.
fn explain(v: &mut Verdict, shown: &Shown) {
    let [equal, long] = &shown.struck;
    let stopped = |t: &Totals| t.share(|run| run.stopped.is_some() && run.by_policy) > 0.5;
    let by_person = |t: &Totals| t.share(|run| run.stopped.is_some() && !run.by_policy) > 0.5;
    let all = |t: &Totals| t.share(|run| run.done.is_some()) > 0.5;
    let reach = |t: &Totals| Percent::of(t.mean(|run| run.reach));
    let attack = &shown.attack;
    let at_first = stopped(equal) && stopped(long) && reach(equal).0 < 1.5 && reach(long).0 < 1.5;
    if at_first && attack.read_from >= hours(1) {
        v.assumes = "hours in which both plans do the same for hours in which they do not".into();
        v.instead = format!(
            "nobody read the rows before hour {:.1}; neither plan had gone on by then, and both stopped it when {} of the fleet had the change",
            in_hours(attack.read_from),
            reach(equal)
        );
        v.ask = "what do both plans wait for, and what did each do once it had come?".into();
    } else if at_first && attack.fails >= percent(50) && attack.shows_after == Time::ZERO {
        v.kind = Kind::Belief;
        v.belief = Some("harder_is_better".into());
        v.assumes = "the worse a fault is, the further it comes".into();
        v.instead = format!(
            "both plans saw it when {} of the fleet had the change: what fails that much, and at once, is easy to see",
            reach(equal)
        );
        v.ask =
            "what did both plans look at when it showed, and is there a time at which they look at different machines?"
                .into();
    } else if all(equal) && all(long) && attack.shows_after >= hours(12) {
        v.kind = Kind::Belief;
        v.belief = Some("late_is_hidden".into());
        v.assumes = "what shows late is what a repaired plan would have found".into();
        v.instead = "the rows were read from early on, every machine was well, and both plans had gone on before anything failed".into();
        v.ask = "what does the other plan see at that time that the first one does not?".into();
    } else if stopped(equal) {
        v.assumes = "a fault that both plans see for one that only one of them sees".into();
        v.instead = format!(
            "the plan with equal stages stopped it when {} of the fleet had the change",
            reach(equal)
        );
        v.ask = "how large is your fault in the numbers that this plan looks at, at the hour at which it shows?".into();
    } else if equal.harm() < THROUGH && by_person(equal) {
        v.assumes = "a fault that comes far for one that stays".into();
        v.instead = format!(
            "no look of the plan with equal stages showed it; a person was called, and stopped it after {:.1} h",
            equal.mean(|run| run.stopped.map_or(0.0, in_hours))
        );
        v.ask =
            "what called that person, and how would your fault have to differ for nobody to be called so soon?".into();
    } else if equal.harm() < THROUGH {
        let machines = region(attack).map_or(20, |r| REGIONS[r]);
        v.assumes = "the whole fleet for too little".into();
        v.instead = format!(
            "{} of the requests of {} of the fleet fail; the change was everywhere in {} of the runs, and nobody stopped it",
            attack.fails,
            Percent::of(machines as f64 / 20.0),
            Percent::of(equal.share(|run| run.done.is_some()))
        );
        v.ask = "how many requests fail in an hour when the change is everywhere, and for how many hours?".into();
    } else {
        v.assumes = "a fault that neither plan sees for one that only the first does not see".into();
        v.instead = format!(
            "with the long first stage {} of the fleet had the change; the plan stopped it in {} of the runs",
            reach(long),
            Percent::of(long.share(|run| run.stopped.is_some() && run.by_policy))
        );
        v.ask = "how large is your fault in the numbers of the second plan while it is on its first stage?".into();
    }
}

/// A time in hours.
fn in_hours(t: Time) -> f64 {
    t.as_secs() / 3_600.0
}

/// How the lab shows an attack.
fn lab(attack: &Attack) -> Lab {
    let turned = |name, value| turned(DESIGN.lab, name, value);
    let region = region(attack).map_or(0, |r| r + 1);
    let knobs = format!(
        "plan=by-reads fault=errors {} {} {} region={region} run_lasts=96",
        turned("read_from", in_hours(attack.read_from)),
        turned("shows_after", in_hours(attack.shows_after)),
        turned("fails", attack.fails.0)
    );
    let otherwise = "Its plan by reads is the one with equal stages; its looks see a sample of the requests.".into();
    Lab { knobs: Some(knobs), otherwise }
}

#[cfg(test)]
mod tests {
    use super::super::operate;
    use super::*;

    /// Step 3 must not hand over an answer of step 4: no fault of its situations is a valid attack.
    #[test]
    fn no_situation_of_the_step_before_tells_the_plans_apart() {
        for situation in operate::situations() {
            let system = System { end: END, sample: ALL, ..situation.system };
            let [equal, long] = [0, 1].map(|i| pooled(&system, POOL, &mut || plan(i)).harm());
            assert!(
                equal < 0.8 * THROUGH || long > 1.25 * STOPPED,
                "{}: {equal} and {long}",
                situation.name
            );
        }
    }
}
