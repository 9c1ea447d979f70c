//! Step `attack`: a load and a short loss of capacity, within bounds, after which one policy stays down and the other comes back.

use super::FOLDER;
use super::evidence::POOL;
use super::pair::{Pair, Reported};
use super::policy::Policy;
use super::rules::RetryUpTo;
use super::system::{System, SystemRun, Totals, Trouble};
use super::trial::pooled;
use crate::replay;
use judge::attack::Attempt;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use judge::{Percent, percent};
use sim::{Time, secs};
use std::panic::Location;

/// A load, and a loss of capacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Requests a second throughout: 100 to 490.
    pub requests_per_second: f64,
    /// Capacity that the dependency has left meanwhile: 0 % (it stands still) to 100 %.
    pub capacity_left: Percent,
    /// How long it lasts.
    pub lasting: Time,
}

/// What an attack may take: so many seconds of the full capacity, in all.
pub const MOST_LOST: Time = sim::ms(1_500);
/// Users are judged from this long after the trouble's end …
const LATER: Time = secs(20);
/// … for this long.
const FOR: Time = secs(10);
/// A system is up when it serves this share of its users, and down when it does not serve half of them.
const UP: Percent = Percent(99.0);
const DOWN: Percent = Percent(50.0);

/// Users served later, under both policies: without a limit, and with one.
#[derive(Clone)]
struct Shown {
    quiet: [Percent; 2],
    struck: [Percent; 2],
    attack: Attack,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// Runs the attack against two policies: one retry at once, and the same within a limit of 20 %.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let calm = Attack { capacity_left: percent(100), ..attack };
        Ok(Shown { quiet: run(calm), struck: run(attack), attack })
    });
    attempt.replay(|shown| lab(&shown.attack), |shown, seed| draw(&shown.attack, seed));
    Judged(attempt)
}

/// Capacity that an attack takes, in seconds of the full capacity.
fn lost(attack: &Attack) -> f64 {
    (1.0 - attack.capacity_left.fraction()) * attack.lasting.as_secs()
}

fn bounds(attack: &Attack) -> Result<(), String> {
    let Attack { requests_per_second, capacity_left, lasting } = *attack;
    if !(100.0..=490.0).contains(&requests_per_second) {
        return Err(format!("requests_per_second: {requests_per_second}; it is 100 to 490"));
    }
    if !(0.0..=100.0).contains(&capacity_left.0) {
        return Err(format!("capacity_left: {capacity_left}; it is 0 % to 100 %"));
    }
    if lasting > secs(60) {
        return Err(format!("lasting: {lasting}; at most 60 s"));
    }
    // A thousandth more is a matter of rounding.
    if lost(attack) > MOST_LOST.as_secs() + 0.001 {
        return Err(format!(
            "it takes {:.2} s of the full capacity; at most {:.1} s",
            lost(attack),
            MOST_LOST.as_secs()
        ));
    }
    Ok(())
}

/// The system under an attack, and the moment from which users are judged.
fn struck(attack: &Attack) -> (System, Time) {
    let speed = attack.capacity_left.fraction();
    let trouble = Trouble { from: secs(10), lasting: attack.lasting, speed };
    let from = super::claims::whole(trouble.end()) + LATER;
    let system = System {
        rate: attack.requests_per_second,
        trouble: (speed < 1.0).then_some(trouble),
        end: from + FOR,
        ..System::default()
    };
    (system, from)
}

/// The limits of both policies: none first.
const LIMITS: [Percent; 2] = [Percent(100.0), Percent(20.0)];

/// A policy with a limit.
fn policy(budget: Percent) -> Box<dyn Policy> {
    Box::new(RetryUpTo { budget, ..RetryUpTo::at_once(2) })
}

/// Share of the users served some time after the attack, without a limit and with one.
fn run(attack: Attack) -> [Percent; 2] {
    let (system, from) = struck(&attack);
    LIMITS.map(|budget| {
        let t: Totals = pooled(&system, &mut || policy(budget));
        Percent::of(t.success(from, from + FOR))
    })
}

/// Both policies in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let (system, later) = struck(attack);
    let side = |name, budget| (name, SystemRun::new(&system, &mut || policy(budget), seed));
    let reported = Reported {
        from: system.trouble.map_or(secs(10), |t| t.from),
        to: system.end,
        always: false,
        caption: "From the begin of your attack to the end".into(),
        served: "Users served from the begin of your attack to the end",
    };
    let sides = [side("no limit", LIMITS[0]), side("a limit of 20 %", LIMITS[1])];
    let pair = Pair::new(sides, &system, reported).finish();
    let [without, with] = pair.served(later, later + FOR);
    let mut shown = pair.shown();
    shown.summary += &format!(
        " What is judged, the 10 s that begin 20 s after your attack: {without} of the users were served with no limit, {with} with one."
    );
    shown
}

impl Judged {
    /// Passes when only the policy without a limit stays down, and only after the attack.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn only_the_policy_without_a_limit_stays_down(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        if shown.quiet.iter().any(|p| *p < UP) {
            let observed = "users are not well at this load even without an attack";
            return self
                .0
                .no_result(observed, "which load do both policies bear on an ordinary day?");
        }
        let [without, with] = shown.struck;
        if without < DOWN && with >= UP {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        v.observed = format!(
            "20 s after your attack: {without} of the users served without a limit (needed: under {DOWN}), {with} with one (needed: {UP})"
        );
        if without < DOWN {
            v.assumes = "the difference between the policies for damage to both".into();
            v.instead = "the policy with a limit did not come back in time either".into();
            v.ask = "at which load has the limited policy room to spare, and the other none?".into();
            return v;
        }
        explain(&mut v, &shown.attack);
        v
    }
}

/// Why the policy without a limit came back.
fn explain(v: &mut Verdict, attack: &Attack) {
    let capacity = System::default().capacity();
    let (load, left) = (attack.requests_per_second, capacity * attack.capacity_left.fraction());
    if lost(attack) >= 0.8 * MOST_LOST.as_secs() && left < load && 2.0 * load <= capacity {
        v.kind = Kind::Belief;
        v.belief = Some("any_load_will_do".into());
        v.assumes = "a blow brings a system down at any load".into();
        v.instead = format!(
            "with two tries a request {:.0} tries/s arrived, and {capacity:.0} can be finished: the queue went away again",
            2.0 * load
        );
        v.ask = "how much must arrive, retries included, to keep the queue from shrinking?".into();
    } else if lost(attack) >= 0.8 * MOST_LOST.as_secs() && left >= load && 2.0 * load > capacity {
        v.kind = Kind::Belief;
        v.belief = Some("lost_is_lost".into());
        v.assumes = "lost capacity does the same harm however it is spread".into();
        v.instead = format!(
            "{left:.0} tries/s could still be finished, and {load:.0} arrived: nothing had to wait for long, so nothing timed out"
        );
        v.ask = "which part of the capacity did nobody need at that time?".into();
    } else {
        v.assumes = "effort for too little damage".into();
        v.instead = format!(
            "{:.1} s of capacity were lost at {load:.0} requests/s; too few tries timed out, or their retries found room",
            lost(attack)
        );
        v.ask = "how long is the queue when the trouble ends, in seconds of work, and how long is the time-out?".into();
    }
}

/// How the lab shows an attack.
fn lab(attack: &Attack) -> Lab {
    let knobs = format!(
        "requests_per_second={} stall_lasts={:.1} capacity_left={:.0} tries=2 against=limit budget=20",
        (attack.requests_per_second / 2.0).round() * 2.0,
        attack.lasting.as_secs().min(40.0),
        attack.capacity_left.0
    );
    let otherwise = if attack.lasting > secs(40) {
        "There the trouble lasts 40 s at most."
    } else {
        ""
    };
    Lab { knobs: Some(knobs), otherwise: otherwise.into() }
}
