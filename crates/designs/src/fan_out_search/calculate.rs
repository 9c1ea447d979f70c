//! Step `calculate`: four formulas, held against published numbers, properties and the simulator.

use super::FOLDER;
use super::policy::Policy;
use super::rules::{HedgeAfter, NeverHedge};
use super::system::Cell;
use super::trial::pooled;
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};
use sim::{Time, ms};

/// Share of queries that meet at least one slow leaf: `(share of slow leaf answers, leaves)`.
pub type ShareOfQueries = fn(Percent, u32) -> Percent;
/// Share of leaf answers that may be slow when at most this share of queries may meet one: `(share of queries, leaves)`.
pub type LeafShare = fn(Percent, u32) -> Percent;
/// Share still late although a second request was sent: `(late at x, late at x − delay)`.
pub type StillLate = fn(Percent, Percent) -> Percent;
/// Slots busy at a machine: `(queries per second, mean time in a slot, replicas, extra requests)`.
pub type BusySlots = fn(f64, Time, u32, Percent) -> f64;

static LEAF_IS_USER: Mistake = Mistake {
    key: "leaf_share_is_user_share",
    assumes: "what is rare for a leaf is as rare for a user",
    instead: "the user waits for all the leaves, and each of them has its own chance to be slow",
    ask: "with two leaves, in how many ways can a query meet a slow one?",
};

static SHARES_ADD: Mistake = Mistake {
    key: "shares_add_up",
    assumes: "chances add up, leaf by leaf",
    instead: "with enough leaves the sum passes 100 %: queries that meet two slow leaves were counted twice",
    ask: "what is the chance that no leaf at all is slow?",
};

static HALVED: Mistake = Mistake {
    key: "two_copies_halve",
    assumes: "a second copy halves the share that is late",
    instead: "a query is late only if both copies are, and the second began later",
    ask: "how often does something rare happen twice in a row?",
};

static FREE_COPIES: Mistake = Mistake {
    key: "copies_are_free",
    assumes: "second requests keep no slot busy",
    instead: "the copies of this case were left out of the sum",
    ask: "where does a second request spend its time?",
};

static ONE_REPLICA: Mistake = Mistake {
    key: "replicas_all_work",
    assumes: "every replica works on every query",
    instead: "a first request goes to one of the replicas, not to each",
    ask: "of a query's hundred requests, how many reach this machine on average?",
};

/// `share_of_queries`, against the two published cases and its limits.
#[track_caller]
pub fn share_of_queries(f: ShareOfQueries) -> Formula {
    let case = |checks: Formula, p: f64, n: u32, tolerance: f64, what: &str| {
        let should = 100.0 * (1.0 - (1.0 - p / 100.0).powi(n as i32));
        let wrong: &[(f64, &Mistake)] = &[(p, &LEAF_IS_USER), (p * f64::from(n), &SHARES_ADD)];
        checks.expect(what, move || f(percent(p), n).0, should, tolerance, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "count by hand: one leaf, two leaves, none slow, all slow; does the formula agree?",
    );
    let c = case(c, 10.0, 2, 0.01, "10 % slow, 2 leaves");
    let c = case(c, 1.0, 100, 0.5, "1 % slow, 100 leaves");
    let c = case(c, 0.01, 2_000, 0.5, "0.01 % slow, 2,000 leaves");
    let c = case(c, 30.0, 1, 0.01, "30 % slow, 1 leaf");
    let c = case(c, 0.0, 100, 1e-9, "none slow, 100 leaves");
    case(c, 100.0, 3, 1e-9, "all slow, 3 leaves")
}

/// `leaf_share`, against the inverse and its limits.
#[track_caller]
pub fn leaf_share(f: LeafShare) -> Formula {
    let case = |checks: Formula, q: f64, n: u32, tolerance: f64, what: &str| {
        let should = 100.0 * (1.0 - (1.0 - q / 100.0).powf(1.0 / f64::from(n)));
        checks.expect(
            what,
            move || f(percent(q), n).0,
            should,
            tolerance,
            &[(q, &LEAF_IS_USER), (q / f64::from(n), &SHARES_ADD)],
        )
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "put its result into `share_of_queries`: do you get back what you began with?",
    );
    let c = case(c, 90.0, 100, 0.01, "90 % of the queries, 100 leaves");
    let c = case(c, 50.0, 69, 0.01, "half of the queries, 69 leaves");
    let c = case(c, 30.0, 1, 0.01, "30 % of the queries, 1 leaf");
    case(c, 0.0, 100, 1e-9, "no query, 100 leaves")
}

/// `still_late`, against its limits, and, composed with `share_of_queries`, against the simulator.
#[track_caller]
pub fn still_late(f: StillLate, compose: ShareOfQueries) -> Formula {
    let case = |checks: Formula, a: f64, b: f64, tolerance: f64, what: &str| {
        let wrong: &[(f64, &Mistake)] = &[(a / 2.0, &HALVED), ((a + b) / 2.0, &HALVED)];
        checks.expect(
            what,
            move || f(percent(a), percent(b)).0,
            a * b / 100.0,
            tolerance,
            wrong,
        )
    };
    let c = Formula::new(FOLDER, " %", "what if one of the two shares is 0 %, or 100 %?");
    let c = case(c, 10.0, 20.0, 0.01, "10 % late at x, 20 % late at x − delay");
    let c = case(c, 1.0, 100.0, 0.001, "1 % late, the second request sent only now");
    let c = case(c, 0.0, 50.0, 1e-9, "none late at x");
    // The simulator: users later than 50 ms with a second request after 18 ms. A leaf's answer takes two network trips more.
    let leaf = Cell::default().leaf_times();
    let trips = Cell::default().network * 2;
    let late = |x: Time| Percent::of(leaf.survival(x - trips));
    let (first, second) = (late(ms(50)), late(ms(32)));
    let measured = simulated(|| Box::new(HedgeAfter { after: ms(18), budget: percent(100) }), ms(50));
    // Sampling alone moves the simulated share by about a tenth.
    let tolerance = 0.3 * measured.0;
    c.expect(
        "users later than 50 ms with a second request after 18 ms, against the simulator",
        move || compose(f(first, second), 100).0,
        measured.0,
        tolerance,
        &[],
    )
}

/// `busy_slots`, against arithmetic and the simulator.
#[track_caller]
pub fn busy_slots(f: BusySlots) -> Formula {
    let case = |checks: Formula, rate: f64, mean: Time, replicas: u32, extra: f64, what: &str| {
        let all = rate * mean.as_ms() / 1_000.0 * (1.0 + extra / 100.0);
        let should = all / f64::from(replicas);
        let no_copies = should / (1.0 + extra / 100.0);
        let wrong: &[(f64, &Mistake)] = &[(no_copies, &FREE_COPIES), (all, &ONE_REPLICA)];
        checks.expect(
            what,
            move || f(rate, mean, replicas, percent(extra)),
            should,
            0.002 * should,
            wrong,
        )
    };
    let c = Formula::new(
        FOLDER,
        " slots",
        "which units go in, which should come out, and what happens with one replica and nothing extra?",
    );
    let c = case(
        c,
        1_000.0,
        ms(20),
        2,
        50.0,
        "1,000 queries/s, 20 ms, 2 replicas, 50 % extra",
    );
    let c = case(
        c,
        300.0,
        ms(10),
        3,
        0.0,
        "300 queries/s, 10 ms, 3 replicas, nothing extra",
    );
    let t = pooled(&Cell::default(), || Box::new(NeverHedge)).swap_remove(1);
    let slots = Cell::default().slots as f64;
    let leaf = Cell::default().leaf_times();
    let mean = leaf.mean();
    let measured = t.busy() * slots;
    c.expect(
        "the brief's cell on an ordinary day, against the simulator",
        move || f(200.0, mean, 2, percent(0)),
        measured,
        0.05 * measured,
        &[],
    )
}

fn simulated(policy: fn() -> Box<dyn Policy>, later_than: Time) -> Percent {
    let t = pooled(&Cell::default(), policy).swap_remove(1);
    Percent::of(t.users.share_above(later_than))
}
