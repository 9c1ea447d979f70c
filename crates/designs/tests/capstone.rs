//! Design 17 behaves as its chapter says: neither proposal dominates, and one sentence of the brief turns the decision.

use designs::capstone::claims::{prefer, turn};
use designs::capstone::sizing::{Loss, World, on_the_table};
use designs::capstone::system::{DURING, PartitionRun, Scenario, Totals};
use designs::capstone::{Choice, Fault, Proposal, Quantity, Time, ms, secs};
use judge::claim::Preference;

fn scenario(choice: Choice, fault: Fault) -> Scenario {
    Scenario {
        world: World::default(),
        choice,
        load: 1.0,
        fault,
        from: secs(15),
        until: secs(75),
        end: secs(90),
        judged_from: Time::ZERO,
    }
}

fn run(s: &Scenario, seed: u64) -> Totals {
    PartitionRun::new(s, seed).finish().totals().swap_remove(DURING)
}

fn twice(proposal: Proposal) -> Choice {
    Choice { proposal, partitions: 70, cache_copies: 2 }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    for choice in on_the_table() {
        let s = scenario(choice, Fault::Zone);
        assert_eq!(format!("{:?}", run(&s, 3)), format!("{:?}", run(&s, 3)));
        assert_ne!(format!("{:?}", run(&s, 3)), format!("{:?}", run(&s, 4)));
    }
}

#[test]
fn one_sentence_of_the_brief_turns_the_decision() {
    let [a, b] = [Proposal::Zones, Proposal::Regions].map(twice);
    // A depot keeps scanning while a region is away.
    let away = |c| run(&scenario(c, Fault::Region), 1).acknowledged();
    assert!(away(a) < 0.01 && away(b) > 0.7);
    // An officer's read sees the last acknowledged scan.
    let seen = |c| run(&scenario(c, Fault::Nothing), 1).ages.quantile(0.99);
    assert!(seen(a) < ms(10) && seen(b) > ms(500));
    // Neither is bought off with machines.
    let large = |p| Choice { partitions: 300, ..twice(p) };
    assert!(away(large(Proposal::Zones)) < 0.01);
    assert!(seen(large(Proposal::Regions)) > ms(500));
}

#[test]
fn each_number_that_turns_the_decision_turns_it_once() {
    let (a, b) = (Preference::new("A", ""), Preference::new("B", ""));
    for (quantity, values, first, then) in [
        (Quantity::HourWithoutScans, [20_000.0, 45_400.0, 200_000.0], a, b),
        (Quantity::HoursAway, [0.5, 1.82, 10.0], a, b),
        (Quantity::Reads, [100_000.0, 747_000.0, 1_500_000.0], b, a),
        (Quantity::SeenWithin, [0.2, 1.4, 60.0], a, b),
    ] {
        let [low, middle, high] = values;
        assert!(prefer(&turn(quantity, low)) == first, "{quantity:?} {low}");
        assert!(prefer(&turn(quantity, high)) == then, "{quantity:?} {high}");
        assert!(prefer(&turn(quantity, middle * 0.8)) == first, "{quantity:?} {middle}");
        assert!(prefer(&turn(quantity, middle * 1.25)) == then, "{quantity:?} {middle}");
    }
    for days in [1.0, 30.0, 400.0] {
        assert!(prefer(&turn(Quantity::HistoryDays, days)) == b, "{days}");
    }
}

#[test]
fn more_of_anything_never_answers_less() {
    let base = on_the_table()[0];
    let answered = |c: Choice| run(&scenario(c, Fault::Zone), 2).answered();
    let least = answered(base);
    assert!(answered(Choice { partitions: 120, ..base }) > least);
    assert!(answered(Choice { cache_copies: 2, ..base }) > least);
}

#[test]
fn a_lost_cache_stops_scans_that_need_none() {
    let [one, two] = [1, 2].map(|cache_copies| {
        let s = scenario(Choice { cache_copies, ..on_the_table()[0] }, Fault::Zone);
        run(&s, 1).acknowledged()
    });
    assert!(one < 0.8 && two > 0.9, "{one} {two}");
    let w = World::default();
    let c = on_the_table()[0];
    assert!(w.work(&c, Loss::Zone, w.cold(&c, Loss::Zone)).busy() > 1.5);
}
