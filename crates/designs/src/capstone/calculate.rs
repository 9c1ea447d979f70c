//! Step `calculate`: what the whole promises and costs, from what its parts do; held against cases that can be counted by hand, a
//! published number, and the simulator.

use super::FOLDER;
use super::choose;
use super::sizing::World;
use super::system::{DURING, Fault, HIT};
use super::trial::pooled;
use super::units::{Bytes, Dollars, gb, tb};
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};
use sim::{Latencies, Time};

/// Traffic of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// Answers to readers. All of them leave for the internet, once.
    pub answers: Bytes,
    /// Share of the answers that cross from one zone to another on their way out.
    pub crossing: Percent,
    /// Scans as depots send them, once. What comes in costs nothing.
    pub scans: Bytes,
    /// Zones that hold a copy of each scan. The first of them has it from the depot, the others from the first.
    pub copies: f64,
}

/// Prices of moving a GB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prices {
    /// Out to the internet.
    pub out: Dollars,
    /// From one zone to another, charged at each of the two ends.
    pub zone_end: Dollars,
}

/// Share of time that a whole is up which needs all of its parts: `(parts)`.
pub type AllOf = fn(&[Percent]) -> Percent;
/// The same for two regions, either of which is enough, and what both of them need: `(region, shared)`.
pub type EitherRegion = fn(Percent, Percent) -> Percent;
/// Which percentile of the misses is the whole's: `(percentile of the whole, hit rate)`.
pub type OfMisses = fn(Percent, Percent) -> Percent;
/// Price of a month's traffic: `(month, prices)`.
pub type Traffic = fn(&Month, &Prices) -> Dollars;

static WEAKEST: Mistake = Mistake {
    key: "as_strong_as_the_weakest",
    assumes: "a chain is as good as its weakest link",
    instead: "the other parts are down at other times, and each time the whole is down too",
    ask: "when the weakest part is up, is everything up?",
};

static AVERAGE: Mistake = Mistake {
    key: "nines_are_averaged",
    assumes: "the whole is as good as its parts are on average",
    instead: "a request that needs every part fails with any of them; good parts do not make up for a bad one",
    ask: "one part of two is always down: what share of the requests does the whole answer?",
};

static ADDED: Mistake = Mistake {
    key: "down_times_add",
    assumes: "down times add, however large they are",
    instead: "they add only while they are small: the time in which two parts are down at once is counted twice",
    ask: "while the first part is down, for how much of that time is the second one down as well?",
};

static NOTHING_SHARED: Mistake = Mistake {
    key: "two_regions_share_nothing",
    assumes: "a second region is a second whole",
    instead: "in this case both regions need the same thing, and are down together when it is",
    ask: "which part of your picture stands in neither region?",
};

static TWICE: Mistake = Mistake {
    key: "the_shared_part_is_there_twice",
    assumes: "what both regions need fails for each of them by itself",
    instead: "there is one of it: when it is down for one region it is down for the other",
    ask: "how many of the shared part are there, and how often did you square it?",
};

static MISSES_ALONE: Mistake = Mistake {
    key: "the_slow_path_has_the_same_p99",
    assumes: "the p99 of the whole is the p99 of its slow path",
    instead: "most requests never take the slow path; one in a hundred of all is more than one in a hundred of those",
    ask: "of a thousand requests, how many miss, and how many of those are the ten slowest?",
};

static OVER_HITS: Mistake = Mistake {
    key: "divided_by_the_hits",
    assumes: "the percentile of the misses is that of all, divided by the share of the hits",
    instead: "the hits are the fast ones, and you counted the slow ones among them",
    ask: "of a thousand requests, which ten are the slowest, and how many of those ten are hits?",
};

static LESS_HITS: Mistake = Mistake {
    key: "what_the_hits_leave",
    assumes: "what the hits leave of the percentile is that of the misses",
    instead: "what is left is still a share of all requests, and a percentile of the misses is a share of the misses",
    ask: "your points are points of all requests: what share of the misses is that?",
};

static FREE: Mistake = Mistake {
    key: "moving_is_free",
    assumes: "a bill is made of machines and disks",
    instead: "every answer left for the internet, and none of that is in your price",
    ask: "which line of the price sheet is charged when a reader gets an answer?",
};

static ONE_END: Mistake = Mistake {
    key: "a_border_has_one_end",
    assumes: "a byte that crosses a border is charged once",
    instead: "both ends of the border are in the same account, and each is charged",
    ask: "who pays at the sending end, and who at the receiving one?",
};

static ALL_COPIES_TRAVEL: Mistake = Mistake {
    key: "every_copy_travels",
    assumes: "every copy crosses a border",
    instead: "the first copy came with the depot's request; only the others were sent on",
    ask: "how many borders are there between as many zones as there are copies?",
};

static ONE_END_ALL_COPIES: Mistake = Mistake {
    key: "one_end_and_every_copy",
    assumes: "every copy crosses a border, and a border has one end",
    instead: "the first copy came with the depot's request and crossed none; each that did cross was charged at both ends",
    ask: "how many of the copies cross a border, and how many ends does each border have?",
};

/// `all_of`, against cases that can be counted by hand and a published one.
#[track_caller]
pub fn all_of(f: AllOf) -> Formula {
    let case = |c: Formula, what: &str, parts: &'static [f64], tolerance: f64| {
        let parts: Vec<Percent> = parts.iter().map(|p| percent(*p)).collect();
        let should = 100.0 * parts.iter().map(|p| p.fraction()).product::<f64>();
        let least = parts.iter().map(|p| p.0).fold(100.0, f64::min);
        let mean = parts.iter().map(|p| p.0).sum::<f64>() / (parts.len().max(1) as f64);
        let added = 100.0 - parts.iter().map(|p| 100.0 - p.0).sum::<f64>();
        let wrong: &[(f64, &Mistake)] = &[(least, &WEAKEST), (mean, &AVERAGE), (added, &ADDED)];
        c.expect(what, move || f(&parts).0, should, tolerance, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "of a thousand requests, how many come through the first part, and how many of those through the second?",
    );
    let c = case(c, "parts that are up for 90 % and 50 %", &[90.0, 50.0], 1e-9);
    let c = case(
        c,
        "three parts, up for 99.95 %, 99.9 % and 99.99 %",
        &[99.95, 99.9, 99.99],
        1e-6,
    );
    // Thirty dependencies at 99.99 % each: 99.7 %, as Netflix published with Hystrix in 2012.
    let c = case(c, "thirty parts at 99.99 %, as published", &[99.99; 30], 1e-6);
    case(c, "one part", &[98.0], 1e-9)
}

/// `either_region`, against cases that can be counted by hand.
#[track_caller]
pub fn either_region(f: EitherRegion) -> Formula {
    let case = |c: Formula, what: &str, region: f64, shared: f64| {
        let (r, s) = (region / 100.0, shared / 100.0);
        let either = |up: f64| 100.0 * (1.0 - (1.0 - up) * (1.0 - up));
        let wrong: &[(f64, &Mistake)] = &[(either(r), &NOTHING_SHARED), (either(r * s), &TWICE)];
        c.expect(
            what,
            move || f(percent(region), percent(shared)).0,
            either(r) * s,
            1e-7,
            wrong,
        )
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "when is the whole down: with one region, with both, or with what they share?",
    );
    let c = case(c, "regions up for 90 %, and what they share for 80 %", 90.0, 80.0);
    let c = case(c, "regions up for 99.95 %, and what they share for 99.9 %", 99.95, 99.9);
    case(c, "regions that are never up", 0.0, 99.0)
}

/// `percentile_of_misses`, against cases that can be counted by hand and the simulator.
#[track_caller]
pub fn of_misses(f: OfMisses) -> Formula {
    let case = |c: Formula, what: &str, whole: f64, hits: f64, should: f64, tolerance: f64| {
        // Without hits all are misses, and the mistake is none.
        let wrong: &[(f64, &Mistake)] = if hits > 0.0 {
            &[
                (whole, &MISSES_ALONE),
                (100.0 * whole / hits, &OVER_HITS),
                (whole - hits, &LESS_HITS),
            ]
        } else {
            &[]
        };
        c.expect(
            what,
            move || f(percent(whole), percent(hits)).0,
            should,
            tolerance,
            wrong,
        )
    };
    let by_hand = |whole: f64, hits: f64| 100.0 * (1.0 - (100.0 - whole) / (100.0 - hits));
    let c = Formula::new(
        FOLDER,
        " %",
        "of a thousand requests, how many are slower than the percentile, and how many missed?",
    );
    let c = case(c, "the p99, 90 % hits", 99.0, 90.0, by_hand(99.0, 90.0), 1e-6);
    let c = case(c, "the p95, 80 % hits", 95.0, 80.0, by_hand(95.0, 80.0), 1e-6);
    let c = case(c, "the p99, no hits", 99.0, 0.0, 99.0, 1e-6);
    // The simulator: all reads of proposal A in one histogram, hits and misses; its p99 is looked up among the misses.
    let t = pooled(&choose::scenario(World::default(), Fault::Nothing, 20), 1).swap_remove(DURING);
    let mut all = Latencies::new();
    all.merge(&t.misses);
    for _ in 0..t.hits as u64 {
        all.record(HIT);
    }
    let p99: Time = all.quantile(0.99);
    let seen = 100.0 * (1.0 - t.misses.share_above(p99));
    case(
        c,
        "the p99 of proposal A in its busiest hour, against the simulator",
        99.0,
        t.hit_share() * 100.0,
        seen,
        1.5,
    )
}

/// `traffic`, against cases that can be counted by hand.
#[track_caller]
pub fn traffic(f: Traffic) -> Formula {
    let case = |c: Formula, what: &str, month: Month, prices: Prices| {
        let crossed = |copies: f64| month.answers.as_gb() * month.crossing.fraction() + month.scans.as_gb() * copies;
        let out = month.answers.as_gb() * prices.out.0;
        let end = prices.zone_end.0;
        let should = out + crossed(month.copies - 1.0) * end * 2.0;
        let wrong: &[(f64, &Mistake)] = &[
            (should - out, &FREE),
            (out + crossed(month.copies - 1.0) * end, &ONE_END),
            (out + crossed(month.copies) * end * 2.0, &ALL_COPIES_TRAVEL),
            (out + crossed(month.copies) * end, &ONE_END_ALL_COPIES),
        ];
        c.expect(
            what,
            move || f(&month, &prices).0,
            should,
            1e-6 * should.max(1.0),
            wrong,
        )
    };
    let prices = Prices { out: Dollars(0.05), zone_end: Dollars(0.01) };
    let month = Month { answers: tb(600), crossing: percent(50), scans: tb(3), copies: 3.0 };
    let c = Formula::new(
        FOLDER,
        " dollars",
        "which bytes cross which border, and how often is each charged?",
    );
    let c = case(
        c,
        "600 TB of answers, half of them across a zone border; 3 TB of scans in three zones",
        month,
        prices,
    );
    let c = case(
        c,
        "no answers; 1,000 GB of scans in two zones",
        Month { answers: gb(0), scans: gb(1_000), copies: 2.0, ..month },
        prices,
    );
    case(
        c,
        "answers from the zone of their readers' front, at nine cents",
        Month { crossing: percent(0), scans: gb(0), ..month },
        Prices { out: Dollars(0.09), ..prices },
    )
}
