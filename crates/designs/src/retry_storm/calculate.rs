//! Step `calculate`: four formulas, held against published numbers, properties and the simulator.

use super::FOLDER;
use super::operate::STALL;
use super::rules::{NeverRetry, RetryUpTo};
use super::system::{System, Totals};
use super::trial::pooled;
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};
use sim::{Time, secs};

/// Tries that reach the lowest layer for one request, when every try fails: `(layers, tries of each layer)`.
pub type TriesAtTheBottom = fn(u32, u32) -> f64;
/// Mean tries of a request: `(share of tries that fail, most tries)`.
pub type MeanTries = fn(Percent, u32) -> f64;
/// Seconds until a backlog is gone: `(tries that wait, capacity in tries/s, tries/s that still arrive)`.
pub type DrainSeconds = fn(f64, f64, f64) -> f64;
/// Requests a second below which a system comes back although all time out: `(capacity in tries/s, tries a request)`.
pub type StableLoad = fn(f64, u32) -> f64;

/// What [`DrainSeconds`] gives for a backlog that never goes.
pub const NEVER: f64 = f64::INFINITY;

static LAYERS_ADD: Mistake = Mistake {
    key: "layers_add",
    assumes: "the tries of several layers add up",
    instead: "each try of a layer makes the layer below start all over, with all of its tries",
    ask: "with two layers of two tries each, which tries does the lower one see? draw them",
};

static RETRIES_ARE_TRIES: Mistake = Mistake {
    key: "retries_are_tries",
    assumes: "the number of tries is the number of retries",
    instead: "the first try was counted as a retry, or a retry more was counted than there is",
    ask: "a layer that tries once and retries never: what does your formula give for it?",
};

static ALL_TRIES_USED: Mistake = Mistake {
    key: "all_tries_used",
    assumes: "a request that fails once uses all of its tries",
    instead: "most retries succeed while errors are rare, and then nothing more is sent",
    ask: "of the requests that are tried twice, how many are tried a third time?",
};

static ENDLESS_TRIES: Mistake = Mistake {
    key: "without_an_end",
    assumes: "a request is tried until it succeeds",
    instead: "the sum was taken without an end: with every try failing it has none",
    ask: "what is sent for each request when every try fails?",
};

static NOBODY_ARRIVES: Mistake = Mistake {
    key: "nobody_arrives",
    assumes: "the world stops while the backlog is worked off",
    instead: "what still arrives takes its part of the capacity",
    ask: "how many tries more, or less, wait one second later?",
};

static RETRIES_ARE_FREE: Mistake = Mistake {
    key: "capacity_is_enough",
    assumes: "a load below the capacity is safe",
    instead: "while all tries time out, each request brings all of its tries",
    ask: "what arrives at the dependency, in tries a second, while nothing is answered in time?",
};

/// `tries_at_the_bottom`, against the two published cases and its limits.
#[track_caller]
pub fn tries_at_the_bottom(f: TriesAtTheBottom) -> Formula {
    let case = |checks: Formula, layers: u32, tries: u32, what: &str| {
        let power = |base: u32| f64::from(base).powi(layers as i32);
        let wrong: &[(f64, &Mistake)] = &[
            (f64::from(layers * tries), &LAYERS_ADD),
            (power(tries - 1), &RETRIES_ARE_TRIES),
            (power(tries + 1), &RETRIES_ARE_TRIES),
        ];
        checks.expect(what, move || f(layers, tries), power(tries), 1e-6, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " tries",
        "one layer of three tries; two layers of one try: what should come out?",
    );
    let c = case(c, 2, 3, "2 layers of 3 tries");
    let c = case(c, 3, 4, "3 layers of 4 tries");
    let c = case(c, 5, 3, "5 layers of 3 tries");
    let c = case(c, 1, 7, "1 layer of 7 tries");
    case(c, 6, 1, "6 layers of 1 try")
}

/// `mean_tries`, against its limits and the simulator.
#[track_caller]
pub fn mean_tries(f: MeanTries) -> Formula {
    let case = |checks: Formula, failing: f64, most: u32, what: &str| {
        let p = failing / 100.0;
        let should: f64 = (0..most).map(|i| p.powi(i as i32)).sum();
        let retries_only: f64 = should + p.powi(most as i32);
        let wrong: &[(f64, &Mistake)] = &[
            (1.0 + p * f64::from(most - 1), &ALL_TRIES_USED),
            (1.0 / (1.0 - p), &ENDLESS_TRIES),
            (retries_only, &RETRIES_ARE_TRIES),
        ];
        checks.expect(what, move || f(percent(failing), most), should, 0.001, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " tries",
        "try the ends by hand: no try fails; every try fails; one try only",
    );
    let c = case(c, 50.0, 4, "half of the tries fail, 4 tries at most");
    let c = case(c, 20.0, 3, "20 % of the tries fail, 3 tries at most");
    let c = case(c, 0.0, 5, "no try fails, 5 tries at most");
    let c = case(c, 100.0, 4, "every try fails, 4 tries at most");
    let c = case(c, 30.0, 1, "30 % of the tries fail, 1 try");
    let judged = (secs(5), secs(30));
    let system = System { failing: 0.3, judged, end: judged.1, ..System::default() };
    let t = pooled(&system, &mut || Box::new(RetryUpTo::at_once(3)));
    let measured = t.tries_per_request(judged.0, judged.1);
    c.expect(
        "30 % of the tries fail, 3 tries at most, against the simulator",
        move || f(percent(30), 3),
        measured,
        0.02 * measured,
        &[],
    )
}

/// `drain_seconds`, against arithmetic and the simulator.
#[track_caller]
pub fn drain_seconds(f: DrainSeconds) -> Formula {
    let case = |checks: Formula, backlog: f64, capacity: f64, arriving: f64, what: &str| {
        let spare = capacity - arriving;
        let should = if backlog <= 0.0 {
            0.0
        } else if spare > 0.0 {
            backlog / spare
        } else {
            NEVER
        };
        let tolerance = if should.is_finite() {
            0.001 * should + 1e-9
        } else {
            0.001
        };
        let wrong: &[(f64, &Mistake)] = &[(backlog / capacity, &NOBODY_ARRIVES)];
        checks.expect(what, move || f(backlog, capacity, arriving), should, tolerance, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " s",
        "what if nothing arrives any more? what if exactly the capacity arrives?",
    );
    let c = case(c, 600.0, 300.0, 180.0, "600 wait, 300/s can be finished, 180/s arrive");
    let c = case(c, 600.0, 300.0, 0.0, "600 wait, 300/s can be finished, nothing arrives");
    let c = case(c, 600.0, 300.0, 300.0, "600 wait, 300/s can be finished, 300/s arrive");
    let c = case(c, 600.0, 300.0, 560.0, "600 wait, 300/s can be finished, 560/s arrive");
    let c = case(
        c,
        0.0,
        300.0,
        200.0,
        "nothing waits, 300/s can be finished, 200/s arrive",
    );
    // The simulator: the stall without retries. Users are served again a little before the last of the backlog is gone.
    let system = System { trouble: Some(STALL), end: STALL.end() + secs(80), ..System::default() };
    let t = pooled(&system, &mut || Box::new(NeverRetry));
    let well = t.well_after(STALL.end(), system.end).unwrap_or(Time::MAX).as_secs();
    let (backlog, capacity, rate) = (system.rate * STALL.lasting.as_secs(), system.capacity(), system.rate);
    c.expect(
        "the backlog of the brief's stall, nobody retries, against the simulator",
        move || f(backlog, capacity, rate),
        well,
        0.25 * well,
        &[],
    )
}

/// `stable_load`, against the published threshold and the simulator.
#[track_caller]
pub fn stable_load(f: StableLoad) -> Formula {
    let case = |checks: Formula, capacity: f64, tries: u32, what: &str| {
        let per = |n: u32| capacity / f64::from(n.max(1));
        let wrong: &[(f64, &Mistake)] = &[
            (capacity, &RETRIES_ARE_FREE),
            (per(tries + 1), &RETRIES_ARE_TRIES),
            (per(tries - 1), &RETRIES_ARE_TRIES),
        ];
        checks.expect(what, move || f(capacity, tries), per(tries), 1e-6 * capacity, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " requests/s",
        "without retries, which load can the dependency just bear?",
    );
    let c = case(c, 300.0, 2, "300 tries/s can be finished, 2 tries a request");
    let c = case(c, 900.0, 3, "900 tries/s can be finished, 3 tries a request");
    let c = case(c, 500.0, 1, "500 tries/s can be finished, 1 try a request");
    // The simulator: a tenth below the formula's load the system comes back from a stall, a tenth above it does not.
    let comes_back = |load: f64| {
        let trouble = Some(super::system::Trouble { lasting: secs(3), ..STALL });
        let end = secs(60);
        let system = System { rate: load, trouble, end, ..System::default() };
        let t: Totals = pooled(&system, &mut || Box::new(RetryUpTo::at_once(4)));
        f64::from(t.success(end - secs(5), end) > 0.5)
    };
    c.expect(
        "4 tries a request, a tenth below your load, simulated: it comes back (1) or not (0)",
        move || comes_back(0.9 * f(500.0, 4)),
        1.0,
        0.1,
        &[],
    )
    .expect(
        "4 tries a request, a tenth above your load, simulated: it comes back (1) or not (0)",
        move || comes_back(1.1 * f(500.0, 4)),
        0.0,
        0.1,
        &[],
    )
}
