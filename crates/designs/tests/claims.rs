//! A claim's verdict says what it rests on and where its situation is to be seen, and never the number.

use designs::coast_to_coast_failover as failover;
use designs::data_rollout as rollout;
use designs::fan_out_search as search;
use designs::front_door as door;
use designs::lab::{Lab, read_knobs};
use designs::quorum_store as store;
use designs::retry_storm as retries;
use judge::{Kind, Verdict, percent};
use sim::{Time, ms, secs};

/// The claim misses, its verdict shows these knobs, and the lab can be turned to them.
fn shows(verdict: &Verdict, lab: &dyn Lab, number: &str, knobs: &str) {
    assert_eq!(verdict.kind, Kind::Claim, "{verdict}");
    assert!(verdict.observed.contains("runs pooled"), "{}", verdict.observed);
    let command = verdict.replay.split("   ").next().unwrap();
    assert_eq!(command, format!("cargo learn lab {number} {knobs}"));
    let pairs = knobs.split(' ').map(|k| k.split_once('=').unwrap());
    assert!(read_knobs(lab, pairs).is_ok(), "{knobs}");
    let withheld = [&verdict.observed, &verdict.assumes, &verdict.instead, &verdict.ask];
    let numbers = |text: &str| text.split_whitespace().filter(|w| w.parse::<f64>().is_ok()).count();
    let told: usize = withheld.iter().map(|text| numbers(text)).sum();
    assert_eq!(told, 1, "only how many runs were pooled: {verdict}");
    assert_eq!(verdict.measured, []);
}

#[test]
fn search_in_its_storm() {
    let verdict = search::operate::claim_of(
        || Box::new(search::rules::NeverHedge),
        || search::Claim {
            binding: search::Limit::Slots,
            expects: [
                search::Expect::StormMedian(ms(1), ms(2)),
                search::Expect::ExtraRequests(percent(1), percent(2)),
            ],
            reverses_when: (search::Quantity::StormFactor, 3.0),
        },
    )
    .verdict();
    shows(&verdict, search::DESIGN.lab, "02", "storm_factor=5");
}

#[test]
fn retries_while_errors_persist() {
    let verdict = retries::operate::claim_of(
        || Box::new(retries::rules::NeverRetry),
        || retries::Claim {
            binding: retries::Limit::Capacity,
            expects: [
                retries::Expect::ServedWithErrors(percent(1), percent(2)),
                retries::Expect::PeakTries(1.0, 2.0),
            ],
            reverses_when: (retries::Quantity::StallSeconds, 3.0),
        },
    )
    .verdict();
    shows(
        &verdict,
        retries::DESIGN.lab,
        "04",
        "stall_lasts=0 failing=20 run_lasts=30",
    );
}

#[test]
fn a_failover_in_its_cut() {
    let verdict = failover::operate::claim_of(
        || {
            let wait = Time::MAX;
            Box::new(failover::rules::Timed { promote_after: secs(12), freeze_after: wait, max_lag: secs(5) })
        },
        || failover::Claim {
            binding: failover::Limit::FreezeWait,
            expects: [
                failover::Expect::StrandedInCut(1, 2),
                failover::Expect::DownInLoss(secs(9), secs(17)),
            ],
            reverses_when: (failover::Quantity::CutLength, 30.0),
        },
    )
    .verdict();
    shows(&verdict, failover::DESIGN.lab, "08", "cut=43");
}

#[test]
fn the_checkouts_users_wait_as_long_in_the_lab() {
    let verdict = retries::choose::claim_of(|| {
        let settings =
            retries::Settings { queue: 250, time_out: secs(1), tries: 1, retry_limit: percent(10), calls: 1 };
        retries::Plan {
            checkout: settings,
            feed: settings,
            batch: settings,
            claim: retries::Claim {
                binding: retries::Limit::Capacity,
                expects: [
                    retries::Expect::UsersP99(ms(1), ms(2)),
                    retries::Expect::PeakTries(1.0, 2.0),
                ],
                reverses_when: (retries::Quantity::StallSeconds, 3.0),
            },
        }
    })
    .verdict();
    let knobs = "stall_lasts=0 lost=2 run_lasts=30 patience=5";
    shows(&verdict, retries::DESIGN.lab, "04", knobs);
}

#[test]
fn a_rollout_of_rows_that_wear_machines_out() {
    let verdict = rollout::operate::claim_of(
        || Box::new(rollout::rules::AlwaysOn),
        || rollout::Claim {
            binding: rollout::Limit::Rollback,
            expects: [
                rollout::Expect::LeakHarm(0.1, 0.2),
                rollout::Expect::Everywhere(rollout::minutes(10), rollout::minutes(20)),
            ],
            reverses_when: (rollout::Quantity::DeadlineHours, 12.0),
        },
    )
    .verdict();
    shows(&verdict, rollout::DESIGN.lab, "15", "fault=leak run_lasts=24");
}

#[test]
fn a_fleet_of_which_some_are_slow() {
    let verdict = door::operate::claim_of(
        || Box::new(door::rules::AllAlike),
        || door::Claim {
            binding: door::Limit::Slots,
            expects: [
                door::Expect::SlowP99(ms(1), ms(2)),
                door::Expect::HalfServed(percent(1), percent(2)),
            ],
            reverses_when: (door::Quantity::FailingServers, 3.0),
        },
    )
    .verdict();
    let knobs = "fault=slow broken=8 times_slower=2 run_lasts=40";
    shows(&verdict, door::DESIGN.lab, "03", knobs);
}

#[test]
fn baskets_and_what_they_wait_for() {
    let plan = || {
        let settings = store::Settings { copies: 3, read: 2, write: 1, repair: store::Repair::Never };
        store::Plan {
            basket: settings,
            prices: settings,
            history: settings,
            claim: store::Claim {
                binding: store::Limit::WriteDelay,
                expects: [
                    store::Expect::WritesP999(ms(1), ms(2)),
                    store::Expect::StaleAtOnce(percent(1), percent(2)),
                ],
                reverses_when: (store::Quantity::ReadAfterMs, 3.0),
            },
        }
    };
    let verdict = store::choose::claim_of(plan).verdict();
    let knobs = "copies=3 read=2 write=1 repair=never read_after=10";
    shows(&verdict, store::DESIGN.lab, "07", knobs);
}
