//! Design 07 behaves as its chapter says, whatever the policy.

use designs::quorum_store::policy::Policy;
use designs::quorum_store::rules::{Merge, Rule};
use designs::quorum_store::system::{
    Baskets, Delays, Merged, Paired, Pairs, Repair, Settings, Setup, StoreRun, Trouble, When, Work,
};
use sim::{Dist, Time, ms, secs};

fn rule(merge: Merge) -> impl Fn() -> Box<dyn Policy> {
    move || Box::new(Rule { merge, repair_after: Time::ZERO })
}

fn pairs(settings: Settings, read: When) -> Setup {
    let work = Pairs { pairs: 6_000, from: Time::ZERO, every: ms(1), read, read_failed: false };
    Setup { settings, work: Work::Pairs(work), ..Setup::default() }
}

fn settings(copies: u32, read: u32, write: u32) -> Settings {
    Settings { copies, read, write, repair: Repair::Never }
}

fn run(setup: &Setup, seed: u64) -> Paired {
    StoreRun::new(setup, &rule(Merge::ByHistory), seed)
        .finish()
        .paired(Time::ZERO, Time::MAX)
}

fn baskets(merge: Merge, troubles: Vec<Trouble>) -> Merged {
    let settings = Settings { repair: Repair::AfterReads, ..settings(3, 2, 1) };
    let setup = Setup { settings, work: Work::Baskets(Baskets::default()), troubles, ..Setup::default() };
    StoreRun::new(&setup, &rule(merge), 3).finish().merged()
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let setup = pairs(settings(3, 1, 1), When::After(Time::ZERO));
    let (one, two) = (run(&setup, 3), run(&setup, 3));
    assert_eq!((one.stale, one.sent), (two.stale, two.sent));
    assert_eq!(one.write_times.mean(), two.write_times.mean());
    assert_ne!(one.stale, run(&setup, 4).stale);
}

#[test]
fn overlapping_quorums_miss_no_answered_write() {
    for (n, r, w) in [(3, 2, 2), (3, 1, 3), (3, 3, 1), (5, 3, 3), (2, 1, 2)] {
        let p = run(&pairs(settings(n, r, w), When::After(Time::ZERO)), 1);
        assert_eq!(p.stale, 0, "{n} {r} {w}");
        // A write that waits for all copies misses the time-out now and then, and then its read is not counted.
        assert!((5_950..=6_000).contains(&p.read), "{n} {r} {w}: {}", p.read);
    }
    assert!(run(&pairs(settings(3, 2, 1), When::After(Time::ZERO)), 1).stale() > 0.1);
}

#[test]
fn the_time_until_a_write_is_seen_agrees_with_reads_that_begin_then() {
    let at = |gap| pairs(settings(3, 1, 1), When::After(gap));
    let waits = StoreRun::new(&at(Time::ZERO), &rule(Merge::ByHistory), 1)
        .finish()
        .visible_after();
    for gap in [0, 5, 20] {
        let said = waits.iter().filter(|w| **w > gap as f64).count() as f64 / waits.len() as f64;
        let seen = run(&at(ms(gap)), 2).stale();
        assert!((said - seen).abs() < 0.02, "{gap} ms: {said} {seen}");
    }
}

#[test]
fn the_kth_answer_is_the_formulas() {
    // Alike and exponential on the way there, at once on the way back.
    let nothing = Dist::Constant(Time::ZERO);
    let delays = Delays {
        write: Dist::Exponential { mean: ms(6) },
        ack: nothing.clone(),
        read: nothing.clone(),
        reply: nothing,
        far: Time::ZERO,
    };
    for w in 1..=3 {
        let setup = Setup { delays: delays.clone(), ..pairs(settings(3, 1, w), When::After(Time::ZERO)) };
        let mean = run(&setup, 1).write_times.mean().as_ms();
        let formula = 6.0 * models::quorum::mean_of_kth(3, w);
        assert!((mean / formula - 1.0).abs() < 0.05, "{w}: {mean} {formula}");
    }
}

#[test]
fn what_is_acknowledged_after_the_time_out_has_failed_on_any_day() {
    for (back, answered) in [(99, 6_000), (101, 0)] {
        let [write, ack] = [400, back].map(|t| Dist::Constant(ms(t)));
        let delays = Delays { write, ack, ..Delays::disk() };
        let p = run(
            &Setup { delays, ..pairs(settings(3, 1, 1), When::After(Time::ZERO)) },
            1,
        );
        assert_eq!(
            (p.writes, p.written),
            (6_000, answered),
            "there in 400 ms, back in {back} ms"
        );
    }
}

#[test]
fn what_is_left_decides_what_goes_on() {
    for zones in 0..=2_u32 {
        for needed in 1..=3_u32 {
            let trouble = Trouble::ZonesLost { zones, from: Time::ZERO, lasting: Time::MAX };
            let base = pairs(settings(3, 1, needed), When::After(ms(10)));
            let p = run(&Setup { troubles: vec![trouble], ..base }, 1);
            let goes_on = models::quorum::zones_to_lose(3, needed, 3) >= zones;
            assert_eq!(p.written > 0, goes_on, "{zones} {needed}");
        }
    }
}

#[test]
fn a_failed_write_stands_where_it_arrived() {
    let base = pairs(settings(3, 2, 2), When::After(Time::ZERO));
    let Work::Pairs(work) = base.work else {
        unreachable!("made of pairs")
    };
    let trouble = Trouble::WritesCut { zones: 2, from: Time::ZERO, lasting: Time::MAX };
    let work = Work::Pairs(Pairs { read_failed: true, ..work });
    let p = run(&Setup { troubles: vec![trouble], work, ..base }, 1);
    assert_eq!((p.written, p.read_failed), (0, 6_000));
    assert!((p.found_failed() - 2.0 / 3.0).abs() < 0.02, "{}", p.found_failed());
}

#[test]
fn hints_and_nothing_else_bring_back_what_a_lost_copy_missed() {
    let stale = |repair| {
        let base = pairs(
            Settings { repair, ..settings(2, 1, 1) },
            When::Between(secs(40), secs(50)),
        );
        let trouble = Trouble::ZonesLost { zones: 1, from: Time::ZERO, lasting: secs(20) };
        run(&Setup { troubles: vec![trouble], ..base }, 1).stale()
    };
    assert!(stale(Repair::Never) > 0.4 && stale(Repair::AfterReads) > 0.4);
    assert_eq!(stale(Repair::Hints), 0.0);
}

#[test]
fn a_clock_loses_items_and_a_history_does_not() {
    let cut = || vec![Trouble::Split { from: secs(5), lasting: secs(15) }];
    let (clock, history) = (baskets(Merge::ByClock, cut()), baskets(Merge::ByHistory, cut()));
    assert!(clock.adds > 500 && clock.lost() > 0.1, "{clock:?}");
    assert!(history.lost() < 0.02, "{history:?}");
    let (all, history) = (baskets(Merge::All, vec![]), baskets(Merge::ByHistory, vec![]));
    assert!(all.came_back() > 2.0 * history.came_back(), "{all:?} {history:?}");
}

#[test]
fn changes_are_answered_or_not_and_counted_once() {
    let m = baskets(
        Merge::ByHistory,
        vec![Trouble::Split { from: secs(5), lasting: secs(15) }],
    );
    assert!(m.answered <= m.changes && m.adds + m.removes <= m.answered);
    assert!(m.lost <= m.adds && m.came_back <= m.removes && m.behind <= m.copies);
    assert_eq!(m.copies, 180);
}
