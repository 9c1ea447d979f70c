//! Step `attack`: a fault within bounds with which one balancing policy breaks its promise and another keeps it.

use super::FOLDER;
use super::evidence::POOL;
use super::pair::Pair;
use super::policy::Policy;
use super::rules::{FewestOpen, Ties};
use super::system::{Fault, System, SystemRun};
use super::trial::pooled;
use crate::replay;
use judge::attack::Attempt;
use judge::replay::Lab;
use judge::verdict::{Kind, Place, Verdict};
use judge::{Percent, percent};
use sim::{Time, ms, secs};
use std::panic::Location;

/// A load, and a fault.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attack {
    /// Requests, as a share of what all 20 servers can finish: 5 % to 100 %.
    pub load: Percent,
    /// How many servers the fault strikes.
    pub servers: u32,
    /// Share of its requests that such a server fails.
    pub fails: Percent,
    /// How long a failed reply takes: 1 ms to 900 ms. The other requests take the usual time.
    pub takes: Time,
}

/// A system keeps its promise when it serves this share of its users; it must break it clearly.
const PROMISE: Percent = Percent(95.0);
const BROKEN: Percent = Percent(60.0);

/// Users served under both policies: without counting errors, and counting them.
#[derive(Clone)]
struct Shown {
    quiet: [Percent; 2],
    struck: [Percent; 2],
    attack: Attack,
}

/// An attack under judgement.
pub struct Judged(Attempt<Shown>);

/// Runs the attack against two policies: the fewest open requests, and the same with recent errors counted as open.
#[track_caller]
pub fn strike(answer: fn() -> Attack) -> Judged {
    let place = Place::of(Location::caller());
    let attempt = Attempt::by(FOLDER, POOL, place, move || {
        let attack = answer();
        bounds(&attack)?;
        let calm = Attack { fails: percent(0), ..attack };
        Ok(Shown { quiet: run(&calm), struck: run(&attack), attack })
    });
    attempt.replay(|shown| lab(&shown.attack), |shown, seed| draw(&shown.attack, seed));
    Judged(attempt)
}

fn bounds(attack: &Attack) -> Result<(), String> {
    let Attack { load, servers, fails, takes } = *attack;
    if !(5.0..=100.0).contains(&load.0) {
        return Err(format!("load: {load}; it is 5 % to 100 %"));
    }
    if !(1..=20).contains(&servers) {
        return Err(format!("servers: {servers}; it is 1 to 20"));
    }
    if !(0.0..=100.0).contains(&fails.0) {
        return Err(format!("fails: {fails}; it is 0 % to 100 %"));
    }
    if !(ms(1)..=ms(900)).contains(&takes) {
        return Err(format!("takes: {takes}; it is 1 ms to 900 ms"));
    }
    let whole = f64::from(servers) * fails.fraction();
    // A thousandth more is a matter of rounding.
    if whole > 1.001 {
        return Err(format!("it breaks {whole:.2} whole servers; at most one"));
    }
    Ok(())
}

fn struck(attack: &Attack) -> System {
    let fault = Fault {
        servers: attack.servers,
        fails: attack.fails.fraction(),
        takes: attack.takes,
        ..Fault::FAST
    };
    let judged = (secs(5), secs(20));
    System {
        load: attack.load.fraction(),
        faults: vec![fault],
        judged,
        end: judged.1,
        ..System::default()
    }
}

fn policy(count_errors: bool) -> Box<dyn Policy> {
    Box::new(FewestOpen { ties: Ties::Random, count_errors })
}

/// Share of the users served, without counting errors and counting them.
fn run(attack: &Attack) -> [Percent; 2] {
    let system = struck(attack);
    [false, true].map(|count| Percent::of(pooled(&system, POOL, &mut || policy(count)).served()))
}

/// Both policies in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let system = struck(attack);
    let side = |name, count| (name, SystemRun::new(&system, &mut || policy(count), seed));
    let sides = [side("fewest open", false), side("errors count as open", true)];
    Pair::new(sides, &system).finish().shown()
}

impl Judged {
    /// Passes when only the policy that does not count errors breaks its promise, and only under the attack.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn only_the_policy_that_ignores_errors_breaks(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        if shown.quiet.iter().any(|p| *p < PROMISE) {
            let observed = "users are not well at this load even without a fault";
            return self
                .0
                .no_result(observed, "which load do both policies bear on an ordinary day?");
        }
        let [plain, counting] = shown.struck;
        if plain < BROKEN && counting >= PROMISE {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        v.observed = format!(
            "{plain} of the users served by fewest open requests (needed: under {BROKEN}), {counting} where errors count as open (needed: {PROMISE})"
        );
        if plain < BROKEN {
            v.assumes = "the difference between the policies for damage to both".into();
            v.instead = "the policy that counts errors broke its promise too".into();
            v.ask = "how much room is left at the other servers when one gets nothing?".into();
            return v;
        }
        explain(&mut v, shown);
        v
    }
}

/// Why the policy kept its promise.
fn explain(v: &mut Verdict, shown: &Shown) {
    let Attack { load, servers, fails, takes } = shown.attack;
    let whole = f64::from(servers) * fails.fraction();
    let (served, _) = (shown.struck[0], shown.struck[1]);
    let belief = |v: &mut Verdict, key: &str| {
        v.kind = Kind::Belief;
        v.belief = Some(key.into());
    };
    if whole >= 0.8 && servers == 1 && takes >= ms(100) {
        belief(v, "slow_hurts_most");
        v.assumes = "the slower a failure, the more users it hurts".into();
        v.instead = format!(
            "each failed request was open for {takes}, and {served} of the users were served: the rule saw them"
        );
        v.ask = "for how long is a failed request open, and what does the rule do meanwhile?".into();
    } else if whole >= 0.8 && servers >= 2 && takes < ms(100) {
        belief(v, "more_servers_more_harm");
        v.assumes = "a fault at more servers reaches more users".into();
        v.instead = format!(
            "each of the {servers} servers still did the work of {} of its requests, and these were open as long as everybody's",
            percent(100.0 - fails.0)
        );
        v.ask = "how many open requests has a server that does half of its work?".into();
    } else if whole >= 0.8 && load.0 < 13.0 {
        belief(v, "load_does_not_matter");
        v.assumes = "a bad server draws the same share at any load".into();
        v.instead = format!(
            "at a load of {load} most other servers had no open request either: many were as free as the failing one"
        );
        v.ask = "at which load does no other server look as free as this one?".into();
    } else {
        v.assumes = "effort for too little damage".into();
        v.instead = "too few requests went to the failing servers, or too few of these failed".into();
        v.ask = "how many requests are open at a failing server, and how many at a well one?".into();
    }
}

/// How the lab shows an attack.
fn lab(attack: &Attack) -> Lab {
    let knobs = format!(
        "load={:.0} broken={} fails={:.0} takes={:.0} against=aware run_lasts=20",
        attack.load.0.clamp(5.0, 100.0),
        attack.servers,
        attack.fails.0,
        attack.takes.as_ms()
    );
    Lab { knobs: Some(knobs), otherwise: String::new() }
}
