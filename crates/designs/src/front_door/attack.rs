//! Step `attack`: a fault within bounds with which one balancing policy breaks its promise and another keeps it.

use super::FOLDER;
use super::evidence::{POOL, share, time};
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

/// A policy keeps its promise when it serves this share of its users …
const SERVED: Percent = Percent(90.0);
/// … and 99 of 100 of these within this time.
const PROMISE: Time = ms(600);
/// It must break it clearly: 99 of 100 of the served users are not within this.
const BROKEN: Time = ms(700);

/// What users had of one policy.
#[derive(Clone, Copy)]
struct Had {
    served: Percent,
    p99: Time,
}

impl Had {
    fn kept(&self) -> bool {
        self.served >= SERVED && self.p99 <= PROMISE
    }
}

/// What users had of both policies: without counting errors, and counting them.
#[derive(Clone)]
struct Shown {
    quiet: [Had; 2],
    struck: [Had; 2],
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

/// What users have without counting errors, and counting them.
fn run(attack: &Attack) -> [Had; 2] {
    let system = struck(attack);
    [false, true].map(|count| {
        let totals = pooled(&system, POOL, &mut || policy(count));
        Had { served: Percent::of(totals.served()), p99: totals.users.quantile(0.99) }
    })
}

/// Both policies in one run under the attack.
fn draw(attack: &Attack, seed: u64) -> replay::Shown {
    let system = struck(attack);
    let side = |name, count| (name, SystemRun::new(&system, &mut || policy(count), seed));
    let sides = [side("fewest open", false), side("errors count as open", true)];
    Pair::new(sides, &system).finish().shown()
}

impl Judged {
    /// Passes when only the policy that counts errors breaks its promise, and only under the attack.
    ///
    /// # Panics
    /// When the attack does not do that: that is how a test fails.
    #[track_caller]
    pub fn only_the_policy_that_counts_errors_breaks(self) {
        self.verdict().or_explain();
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        let shown = match self.0.shown() {
            Ok(shown) => shown,
            Err(verdict) => return *verdict,
        };
        if !shown.quiet.iter().all(Had::kept) {
            let observed = "users are not well at this load even without a fault";
            return self
                .0
                .no_result(observed, "which load do both policies bear on an ordinary day?");
        }
        let [plain, counting] = shown.struck;
        let broken = counting.p99 > BROKEN;
        if broken && plain.kept() {
            return self.0.holds();
        }
        let mut v = self.0.fails();
        v.observed = format!(
            "99 of 100 served users within {} where errors count as open (needed: over {}); within {} by fewest open requests, {} of the users served (needed: {}, {SERVED})",
            time(counting.p99),
            time(BROKEN),
            time(plain.p99),
            share(plain.served),
            time(PROMISE),
        );
        if broken {
            v.assumes = "the difference between the policies for damage to both".into();
            v.instead = "the policy that does not count errors broke its promise too".into();
            v.ask = "how many of the requests does your fault fail where nobody avoids it?".into();
            return v;
        }
        explain(&mut v, shown);
        v
    }
}

/// Why the policy kept its promise.
fn explain(v: &mut Verdict, shown: &Shown) {
    let Attack { load, servers, fails, takes } = shown.attack;
    let whole = f64::from(servers) * fails.fraction() >= 0.8;
    let counting = time(shown.struck[1].p99);
    let belief = |v: &mut Verdict, key: &str| {
        v.kind = Kind::Belief;
        v.belief = Some(key.into());
    };
    if whole && servers <= 2 && takes >= ms(100) {
        belief(v, "slow_hurts_most");
        v.assumes = "the slower a failure, the more users it hurts".into();
        v.instead = format!(
            "each failed request was open for {takes} and counted once more after that: hardly any went there, and the p99 was {counting}"
        );
        v.ask = "how many requests did the other servers get instead, and how much of that could they bear?".into();
    } else if whole && servers <= 2 {
        belief(v, "whole_is_worst");
        v.assumes = "what is hardest for one rule is hardest for the other".into();
        v.instead = format!(
            "the rule that counts errors sent hardly anything to what you broke; the other servers bore it, with a p99 of {counting}"
        );
        v.ask = "what does this rule do to a server that fails a few of its requests, and who gets the rest of them?"
            .into();
    } else if whole && servers >= 16 {
        belief(v, "more_servers_more_harm");
        v.assumes = "a fault at more servers does more harm".into();
        v.instead = format!(
            "with {servers} servers struck alike the counts of errors were nearly alike as well, and the p99 was {counting}"
        );
        v.ask = "whom does a rule avoid when all have equally many errors?".into();
    } else if whole && load.0 < 65.0 {
        belief(v, "load_does_not_matter");
        v.assumes = "what a rule does to a fault does not depend on the load".into();
        v.instead = format!(
            "at a load of {load} the {} other servers had room for nearly all that was kept from those struck; the p99 was {counting}",
            20 - servers.min(20)
        );
        v.ask = "when have the other servers no room for what is kept from these?".into();
    } else {
        v.assumes = "effort for too little damage".into();
        v.instead = format!("the other servers bore what was sent to them: the p99 was {counting}");
        v.ask = "how many requests a second are kept from the servers that fail, and where do they go?".into();
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
