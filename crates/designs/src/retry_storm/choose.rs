//! Step `choose`: queue, time-out and retries for three services, and the claim about one of them.

use super::FOLDER;
use super::beliefs;
use super::claims::{self, Claim};
use super::evidence::Situation;
use super::operate::STALL;
use super::policy::Policy;
use super::rules::RetryUpTo;
use super::system::{System, Trouble};
use super::trial::{Answers, Trial};
use judge::Percent;
use judge::claim::{Judged, Preference};
use judge::verdict::Place;
use sim::{Time, ms, secs};
use std::panic::Location;

/// What is chosen for one service: at the dependency the queue, at its callers the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Tries that may wait at the dependency; more are refused at once. [`NO_BOUND`] for as many as come.
    pub queue: usize,
    /// How long a process waits for a try.
    pub time_out: Time,
    /// Tries a request, the first included. A retry leaves at once.
    pub tries: u32,
    /// Retries of a process in any 10 s, as a share of its first tries, and one more. 100 % or more: no limit.
    pub retry_limit: Percent,
    /// Calls of the layer above: how often it asks a process for the same request before it gives up itself. It knows no limit.
    pub calls: u32,
}

/// A queue without a bound.
pub const NO_BOUND: usize = usize::MAX;

/// What a learner hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Settings for the checkout.
    pub checkout: Settings,
    /// Settings for the feed.
    pub feed: Settings,
    /// Settings for the nightly batch.
    pub batch: Settings,
    /// The reasons for the checkout's settings.
    pub claim: Claim,
}

/// Which service a situation is about.
#[derive(Clone, Copy, PartialEq)]
enum Service {
    Checkout,
    Feed,
    Batch,
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
        let service = self.service;
        let mut as_checkout = false;
        // The settings decide the system, so they are needed before the run; a fault of theirs is the trial's.
        if let Ok(chosen) = judge::guard::run(plan) {
            let settings = service.settings(&chosen);
            as_checkout = service != Service::Checkout && settings == chosen.checkout;
            self.situation.system = with(settings, self.situation.system);
            self.situation.knobs = knobs(&settings, &self.situation.knobs);
        }
        Trial::run(
            place,
            self.situation,
            beliefs::CHOOSE,
            Answers::Settings(as_checkout),
            move || policy_of(service.settings(&plan())),
        )
    }
}

impl Service {
    fn settings(self, plan: &Plan) -> Settings {
        match self {
            Service::Checkout => plan.checkout,
            Service::Feed => plan.feed,
            Service::Batch => plan.batch,
        }
    }
}

/// The system with a service's settings.
fn with(settings: Settings, system: System) -> System {
    System {
        queue: settings.queue,
        time_out: settings.time_out.clamp(ms(1), secs(600)),
        calls: settings.calls.clamp(1, 10),
        ..system
    }
}

/// The lab's knobs that show these settings in this situation.
fn knobs(settings: &Settings, situation: &str) -> String {
    let time_out = (settings.time_out.as_ms() / 100.0).round().clamp(1.0, 1_200.0) * 100.0;
    let policy = if settings.tries > 1 { "limit" } else { "never" };
    let (tries, calls) = (settings.tries.clamp(1, 10), settings.calls.clamp(1, 5));
    let budget = settings.retry_limit.0.round().clamp(1.0, 100.0);
    let mut text = format!("{situation} policy={policy} tries={tries} budget={budget} time_out={time_out}");
    if settings.queue < 100_000 {
        text += &format!(" queue={}", settings.queue);
    }
    if calls > 1 {
        text += &format!(" calls={calls}");
    }
    text.trim_start().to_owned()
}

/// The policy that settings stand for.
fn policy_of(settings: Settings) -> Box<dyn Policy> {
    Box::new(RetryUpTo { tries: settings.tries.max(1), pause: Time::ZERO, budget: settings.retry_limit })
}

fn trying(service: Service, words: &'static str, knobs: &str, (from, to): (u64, u64), system: System) -> Trying {
    let judged = (secs(from), secs(to));
    let name = match service {
        Service::Checkout => "checkout",
        Service::Feed => "feed",
        Service::Batch => "batch",
    };
    let system = System { judged, ..system };
    Trying { service, situation: Situation { name, words, knobs: knobs.into(), system, judged } }
}

/// How long somebody who pays waits.
fn buyers() -> System {
    System { patience: secs(5), ..System::default() }
}

/// The checkout on an ordinary day: 2 % of the tries are lost, and users wait for 5 s.
pub fn checkout() -> Trying {
    let system = System { lost: 0.02, end: secs(30), ..buyers() };
    let knobs = "stall_lasts=0 lost=2 patience=5 run_lasts=30";
    trying(Service::Checkout, "in the checkout", knobs, (5, 30), system)
}

/// The checkout through a stall of 10 s.
pub fn checkout_in_a_stall() -> Trying {
    let system = System { trouble: Some(STALL), end: secs(50), ..buyers() };
    let knobs = "patience=5 run_lasts=50";
    trying(
        Service::Checkout,
        "in the checkout's run with the stall",
        knobs,
        (10, 50),
        system,
    )
}

/// How long a page leaves the place of a feed empty.
fn readers() -> System {
    System { patience: ms(400), ..System::default() }
}

/// The feed on an ordinary day: 2 % of the tries are lost, and the page waits for 400 ms.
pub fn feed() -> Trying {
    let system = System { lost: 0.02, end: secs(30), ..readers() };
    let knobs = "stall_lasts=0 lost=2 patience=0.4 run_lasts=30";
    trying(Service::Feed, "in the feed", knobs, (5, 30), system)
}

/// The feed while the dependency works at 70 % of its speed for 15 s.
pub fn feed_in_a_slow_down() -> Trying {
    let trouble = Trouble { from: secs(10), lasting: secs(15), speed: 0.7 };
    let system = System { trouble: Some(trouble), end: secs(25), ..readers() };
    let knobs = "stall_lasts=15 capacity_left=70 patience=0.4 run_lasts=30";
    trying(
        Service::Feed,
        "in the feed's run with the slow-down",
        knobs,
        (10, 25),
        system,
    )
}

/// The nightly batch: 2 % of the tries are lost, the dependency stalls for 10 s, and an item may take 5 minutes.
pub fn batch() -> Trying {
    let system = System { lost: 0.02, patience: secs(300), trouble: Some(STALL), end: secs(100), ..System::default() };
    let knobs = "lost=2 patience=300 run_lasts=100";
    trying(Service::Batch, "in the batch", knobs, (5, 40), system)
}

/// The claim about the checkout's settings.
#[track_caller]
pub fn claim_of(plan: fn() -> Plan) -> Judged {
    Judged::by(FOLDER, claims::CLAIM_RUNS, Place::of(Location::caller()), move || {
        let Plan { checkout, claim, .. } = plan();
        let yours = with(checkout, buyers());
        let mut policy = || policy_of(checkout);
        claims::expectations(&claim, &yours, &mut policy)?;
        let ordinary = System { lost: 0.02, judged: (secs(5), secs(30)), end: secs(30), ..yours.clone() };
        claims::binding(&claim, ordinary, &mut policy, |t| t.users.quantile(0.99).as_ms())?;
        claims::reversal(&claim, &yours, |quantity, value| {
            let bounded = claims::with(&yours, quantity, value);
            let from = STALL.from;
            let to = claims::whole(bounded.trouble.map_or(from, |t| t.end())) + secs(30);
            let served = |queue, policy: &mut dyn FnMut() -> Box<dyn Policy>| {
                let system = System { queue, end: to, ..bounded.clone() };
                claims::run(&system, policy).success(from, to)
            };
            let gain = served(bounded.queue, &mut policy) - served(NO_BOUND, &mut policy);
            if gain >= 0.01 {
                Preference::new("your queue", "it serves more users")
            } else if gain <= -0.01 {
                Preference::new("a queue without a bound", "it serves more users")
            } else {
                Preference::new("a queue without a bound", "it serves as many, with one setting less")
            }
        })
    })
}
