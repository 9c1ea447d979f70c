//! Step `calculate`: four formulas, held against cases that can be counted, properties and the simulator.

use super::FOLDER;
use super::rules::{FewestOfSome, FewestOpen, Ties};
use super::system::{Fault, System, Totals};
use super::trial::pooled;
use judge::Percent;
use judge::formula::{Formula, Mistake};
use sim::{Time, ms, secs};

/// Share of one server that takes every request while it has none open: `(requests a second, time of its replies)`.
pub type FirstInList = fn(f64, Time) -> Percent;
/// Share of one server that never has an open request, ties drawn by lot: `(servers, open requests at all others)`.
pub type TiesByLot = fn(u32, f64) -> Percent;
/// Share of one server that never has an open request, some drawn: `(servers, drawn, share of the others with open requests)`.
pub type SomeDrawn = fn(u32, u32, Percent) -> Percent;
/// Share of one server when all have equally many open requests: `(servers, usual time, its time)`.
pub type EquallyOpen = fn(u32, Time, Time) -> Percent;

static ALWAYS_FREE: Mistake = Mistake {
    key: "quick_is_no_time",
    assumes: "a reply that is quick takes no time at all",
    instead: "while its reply is under way the server has a request open, and others go elsewhere",
    ask: "how many requests arrive in the time that one of its replies takes?",
};

static EQUAL_SHARE: Mistake = Mistake {
    key: "one_of_many",
    assumes: "one server of n gets one n-th of the requests",
    instead: "the rule looks at open requests, and this server's count is not like the others'",
    ask: "how many servers have no open request when the next one arrives?",
};

static ALL_OTHERS_TIE: Mistake = Mistake {
    key: "others_stay_idle",
    assumes: "all that is open is spread over all requests, the failing server's too",
    instead: "what the failing server takes is not open at the others: they have fewer requests, and more of them are idle",
    ask: "how many requests are open at the others once this server takes its share?",
};

static ALWAYS_WINS: Mistake = Mistake {
    key: "always_wins",
    assumes: "a server without open requests wins whenever it is drawn",
    instead: "another one that is drawn may be idle as well, and then it is a tie",
    ask: "what happens when nobody has an open request?",
};

static MEAN_IDLE: Mistake = Mistake {
    key: "mean_idle_rivals",
    assumes: "a lot among some rivals can be reckoned with the mean number of those that are idle",
    instead: "you put in the mean number of idle rivals, and one over a mean is not the mean of one over: it is too small",
    ask: "two are drawn and 60 % are busy: how often is the only rival busy, how often idle, and what do you get in each case?",
};

static BY_TIME: Mistake = Mistake {
    key: "slower_gets_more",
    assumes: "a server that takes longer gets more",
    instead: "the share came out in proportion to the time, and not to one over it",
    ask: "two servers, five open requests each: which of them finishes more requests in a second?",
};

static FORGETS_OTHERS: Mistake = Mistake {
    key: "one_against_one",
    assumes: "the odd server is compared with one other",
    instead: "the share of all traffic was asked for, and there are n − 1 others",
    ask: "with all servers alike, what should your formula give?",
};

/// A minute of the brief's system with a policy and a fault of the first server.
fn measured(load: f64, slots: usize, fault: Fault, policy: impl super::policy::Policy + Copy + 'static) -> f64 {
    let judged = (secs(6), secs(50));
    let faults = vec![Fault { from: Time::ZERO, ..fault }];
    let system = System { load, slots, faults, judged, end: judged.1, ..System::default() };
    let totals: Totals = pooled(&system, 2, &mut || Box::new(policy));
    100.0 * totals.share(0)
}

/// A second number as times of a whole number of milliseconds.
fn first(rate: f64, time: f64) -> f64 {
    100.0 / (1.0 + rate * time)
}

/// `first_in_list`, against its limits and the simulator.
#[track_caller]
pub fn first_in_list(f: FirstInList) -> Formula {
    let case = |checks: Formula, rate: f64, time: Time, what: &str| {
        let wrong: &[(f64, &Mistake)] = &[(100.0, &ALWAYS_FREE), (5.0, &EQUAL_SHARE)];
        let should = first(rate, time.as_secs());
        checks.expect(what, move || f(rate, time).0, should, 0.05, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "after a reply, how long does the server wait for its next request, and how long is it then busy?",
    );
    let c = case(c, 100.0, ms(10), "100 requests/s, replies in 10 ms");
    let c = case(c, 500.0, ms(2), "500 requests/s, replies in 2 ms");
    let c = case(c, 10.0, ms(300), "10 requests/s, replies in 300 ms");
    let c = case(c, 1_000.0, ms(0), "1,000 requests/s, replies in no time");
    // One slot a server, 60 % load: 120 requests/s; 1 ms at the server and two ways of 0.5 ms.
    let simulated = measured(0.6, 1, Fault::FAST, FewestOpen::new(Ties::First));
    let what = "120 requests/s, replies in 2 ms, against the simulator";
    c.expect(what, move || f(120.0, ms(2)).0, simulated, 3.0, &[])
}

/// The share with ties by lot: the root of a s² + (n − a) s − 1 = 0, where n counts all servers.
fn lot(servers: u32, open: f64) -> f64 {
    let spare = f64::from(servers) - open;
    if open <= 0.0 {
        return 100.0 / f64::from(servers);
    }
    100.0 * (-spare + (spare * spare + 4.0 * open).sqrt()) / (2.0 * open)
}

/// `ties_by_lot`, against its limits, its own equation, and the simulator.
#[track_caller]
pub fn ties_by_lot(f: TiesByLot) -> Formula {
    let case = |checks: Formula, servers: u32, open: f64, what: &str| {
        let idle = f64::from(servers) - 1.0 - open;
        let wrong: &[(f64, &Mistake)] = &[
            (100.0 / f64::from(servers), &EQUAL_SHARE),
            (100.0 / (1.0 + idle.max(0.0)), &ALL_OTHERS_TIE),
        ];
        checks.expect(what, move || f(servers, open).0, lot(servers, open), 0.1, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "put your share back: how many others are idle then, and is it one in that many and one more?",
    );
    let c = case(c, 20, 12.0, "20 servers, 12 requests open");
    let c = case(c, 20, 19.0, "20 servers, 19 requests open");
    let c = case(c, 10, 8.0, "10 servers, 8 requests open");
    let c = case(c, 50, 5.0, "50 servers, 5 requests open");
    let c = case(c, 20, 0.0, "20 servers, nothing open");
    // One slot a server, 60 % load: 120 requests/s of 101 ms are 12.1 open.
    let simulated = measured(0.6, 1, Fault::FAST, FewestOpen::new(Ties::Random));
    let what = "20 servers, 12.1 requests open, against the simulator";
    c.expect(what, move || f(20, 12.1).0, simulated, 0.2 * simulated, &[])
}

fn drawn(servers: u32, drawn: u32, busy: f64) -> f64 {
    (0..drawn).map(|i| busy.powi(i as i32)).sum::<f64>() * 100.0 / f64::from(servers)
}

/// `some_drawn`, against its limits and the simulator.
#[track_caller]
pub fn some_drawn(f: SomeDrawn) -> Formula {
    let case = |checks: Formula, servers: u32, some: u32, busy: f64, what: &str| {
        let wins = 100.0 * f64::from(some) / f64::from(servers);
        let idle = (f64::from(some) - 1.0) * (1.0 - busy / 100.0);
        let wrong: &[(f64, &Mistake)] = &[
            (100.0 / f64::from(servers), &EQUAL_SHARE),
            (wins, &ALWAYS_WINS),
            (wins / (1.0 + idle), &MEAN_IDLE),
        ];
        let should = drawn(servers, some, busy / 100.0);
        checks.expect(what, move || f(servers, some, Percent(busy)).0, should, 0.02, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "two are drawn, so there is one rival: what do you get when it is busy, what when it is idle, and how often is each?",
    );
    let c = case(c, 20, 2, 60.0, "20 servers, 2 drawn, 60 % of the others busy");
    let c = case(c, 20, 2, 100.0, "20 servers, 2 drawn, all others busy");
    let c = case(c, 20, 3, 50.0, "20 servers, 3 drawn, 50 % of the others busy");
    let c = case(c, 10, 1, 80.0, "10 servers, 1 drawn, 80 % of the others busy");
    let c = case(c, 10, 4, 0.0, "10 servers, 4 drawn, all others idle");
    let simulated = measured(0.6, 8, Fault::FAST, FewestOfSome { drawn: 2 });
    let what = "20 servers, 2 drawn, 99 % of the others busy, against the simulator";
    c.expect(what, move || f(20, 2, Percent(99.0)).0, simulated, 0.6, &[])
}

fn equal(servers: u32, usual: f64, odd: f64) -> f64 {
    100.0 * models::balancing::equal_open_share(servers, usual, odd)
}

/// `equally_open`, against its limits and the simulator: a quick failure, a slow server, a silent one.
#[track_caller]
pub fn equally_open(f: EquallyOpen) -> Formula {
    let case = |checks: Formula, servers: u32, usual: u64, odd: u64, what: &str| {
        let others = f64::from(servers) - 1.0;
        let (u, o) = (usual as f64, odd as f64);
        let wrong: &[(f64, &Mistake)] = &[
            (100.0 / f64::from(servers), &EQUAL_SHARE),
            (100.0 * o / (o + others * u), &BY_TIME),
            (100.0 * u / (u + o), &FORGETS_OTHERS),
        ];
        let should = equal(servers, u, o);
        checks.expect(what, move || f(servers, ms(usual), ms(odd)).0, should, 0.02, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "a server with five open requests that take 100 ms each finishes how many in a second?",
    );
    let c = case(c, 20, 100, 20, "20 servers, 100 ms usually, 20 ms at this one");
    let c = case(c, 20, 100, 1_000, "20 servers, 100 ms usually, 1,000 ms at this one");
    let c = case(c, 2, 50, 10, "2 servers, 50 ms usually, 10 ms at this one");
    let c = case(c, 10, 80, 80, "10 servers, 80 ms at all");
    let at = |load: f64, fault: Fault| measured(load, 8, fault, FewestOpen::new(Ties::Random));
    let quick = at(0.9, Fault { takes: ms(49), ..Fault::FAST });
    let c = c.expect(
        "20 servers, 101 ms usually, failing in 50 ms, against the simulator",
        move || f(20, ms(101), ms(50)).0,
        quick,
        0.15 * quick,
        &[],
    );
    let silent = at(0.9, Fault { silent: true, ..Fault::FAST });
    c.expect(
        "20 servers, 101 ms usually, no reply for 1,000 ms, against the simulator",
        move || f(20, ms(101), ms(1_000)).0,
        silent,
        0.25 * silent,
        &[],
    )
}
