//! Design 02 behaves as its chapter says, whatever the policy.

use designs::fan_out_search::policy::Policy;
use designs::fan_out_search::rules::{HedgeAfter, NeverHedge};
use designs::fan_out_search::system::{Cell, CellRun, LEAF_QUANTILES, Storm, Totals};
use designs::fan_out_search::{Action, Seen};
use judge::percent;
use sim::{Time, ms, secs};

fn run(cell: &Cell, policy: impl Policy + 'static, seed: u64) -> Totals {
    CellRun::new(cell, Box::new(policy), seed)
        .finish()
        .totals()
        .swap_remove(1)
}

fn hedge(after: u64, budget: f64) -> HedgeAfter {
    HedgeAfter { after: ms(after), budget: percent(budget) }
}

fn small() -> Cell {
    Cell { leaves: 30, phases: vec![ms(500), secs(4)], ..Cell::default() }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let one = run(&small(), hedge(18, 6.0), 3);
    let two = run(&small(), hedge(18, 6.0), 3);
    assert_eq!(format!("{one:?}"), format!("{two:?}"));
    let other = run(&small(), hedge(18, 6.0), 4);
    assert_ne!(one.users.mean(), other.users.mean());
}

#[test]
fn policies_run_on_the_same_arrivals_and_the_same_luck() {
    let wait = run(&small(), NeverHedge, 3);
    let late = run(&small(), hedge(999, 100.0), 3);
    // A second request one millisecond before the deadline changes hardly anything, and no arrival.
    assert_eq!(wait.queries, late.queries);
    assert_eq!(wait.requests, late.requests);
    assert_eq!(wait.users.quantile(0.5), late.users.quantile(0.5));
}

#[test]
fn no_query_is_lost_and_none_answers_after_the_deadline() {
    for cell in [
        small(),
        Cell { machine_off: true, ..small() },
        Cell { slots: 1, queue: 2, ..small() },
        Cell {
            storm: Some(Storm { factor: 10.0, share: 1.0, from: secs(1), lasting: secs(2) }),
            ..small()
        },
    ] {
        for budget in [0.0, 6.0, 100.0] {
            let t = run(&cell, hedge(18, budget), 5);
            assert_eq!(t.requests, t.queries * u64::from(cell.leaves), "{cell:?}");
            assert_eq!(t.users.len(), t.queries);
            assert!(
                t.users.quantile(1.0) <= cell.deadline.scale(1.002),
                "{:?}",
                t.users.quantile(1.0)
            );
            assert!(t.complete <= t.queries);
            assert!(t.hedges <= t.requests);
        }
    }
}

#[test]
fn a_query_waits_for_the_slowest_leaf() {
    // Without queueing the users' median is the leaf quantile 0.5^(1/n), plus two network trips.
    let cell = Cell { rate: 20.0, leaves: 69, phases: vec![ms(500), secs(200)], ..Cell::default() };
    let t = run(&cell, NeverHedge, 1);
    // 69 leaves: the leaf's p99, which is 40 ms.
    let median = t.users.quantile(0.5).as_ms();
    assert!((38.0..43.0).contains(&median), "{median}");
}

#[test]
fn a_limit_on_second_requests_holds_in_every_second() {
    let cell = Cell { storm: Some(Storm { factor: 8.0, share: 1.0, from: ms(500), lasting: secs(4) }), ..small() };
    let t = run(&cell, hedge(10, 5.0), 2);
    assert!(t.extra() > 0.04 && t.extra() < 0.06, "{}", t.extra());
}

#[test]
fn a_dead_machine_costs_its_shard_half_of_the_answers() {
    let cell = Cell { machine_off: true, ..small() };
    let waiting = run(&cell, NeverHedge, 1);
    assert!(
        (0.35..0.60).contains(&waiting.complete_share()),
        "{}",
        waiting.complete_share()
    );
    let asking = run(&cell, hedge(20, 6.0), 1);
    assert!(asking.complete_share() > 0.99, "{}", asking.complete_share());
}

#[test]
fn replicas_that_share_their_cause_gain_nothing() {
    let cell = Cell { shared: 1.0, ..small() };
    let wait = run(&cell, NeverHedge, 1).users.quantile(0.9).as_ms();
    let asking = run(&cell, hedge(20, 100.0), 1).users.quantile(0.9).as_ms();
    assert!((asking / wait - 1.0).abs() < 0.05, "{wait} {asking}");
}

#[test]
fn the_leafs_table_is_the_briefs() {
    let m = designs::fan_out_search::DESIGN.manifest().unwrap();
    let given = |key: &str| {
        m.given
            .iter()
            .find(|g| g.key == key)
            .unwrap_or_else(|| panic!("no given {key}"))
            .value
    };
    for (key, share) in [
        ("leaf_p50", 0.5),
        ("leaf_p95", 0.95),
        ("leaf_p99", 0.99),
        ("leaf_p999", 0.999),
        ("leaf_p9999", 0.9999),
    ] {
        let row = LEAF_QUANTILES.iter().find(|(p, _)| *p == share).unwrap();
        assert_eq!(row.1, given(key), "{key}");
    }
    let cell = Cell::default();
    assert_eq!(f64::from(cell.leaves), given("leaves"));
    assert_eq!(cell.slots as f64, given("slots"));
    assert_eq!(cell.queue as f64, given("queue"));
    assert_eq!(cell.rate, given("rate"));
    assert_eq!(cell.network, Time::from_ms_f64(given("network")));
    assert_eq!(cell.deadline.as_ms(), given("deadline"));
}

/// A policy that is asked as often as it likes is still asked a bounded number of times.
struct Nagging(u32);

impl Policy for Nagging {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited == Time::ZERO {
            self.0 = 0;
        }
        self.0 += 1;
        Action::AskAgain(Time::ZERO)
    }
}

#[test]
fn a_policy_that_always_asks_again_does_not_stall_the_run() {
    let cell = Cell { leaves: 2, phases: vec![ms(500), secs(2)], ..Cell::default() };
    let run = CellRun::new(&cell, Box::new(Nagging(0)), 1).finish();
    let t = &run.totals()[1];
    assert_eq!(t.hedges, 0);
    assert!(run.events() < t.requests * 200, "{} events", run.events());
}

#[test]
fn no_more_slot_time_is_in_use_than_there_is() {
    let storm = Storm { factor: 10.0, share: 1.0, from: secs(1), lasting: secs(3) };
    let cell = Cell { storm: Some(storm), ..small() };
    let busy = run(&cell, hedge(0, 100.0), 1).busy();
    assert!(busy > 0.7 && busy <= 1.0, "{busy}");
}
