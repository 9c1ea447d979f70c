//! Design 08 behaves as its chapter says, whatever the policy.

use designs::coast_to_coast_failover::policy::Policy;
use designs::coast_to_coast_failover::repair::{Givens, restore_hours};
use designs::coast_to_coast_failover::rules::{NeverPromote, Timed};
use designs::coast_to_coast_failover::system::{
    BEGIN, FailoverRun, Outcome, PAGE_CALLS, PAGE_WORK, PROMOTED, Setup, Span, TAKEN_AGAIN, Trouble, Way, flapping,
    overlap,
};
use designs::coast_to_coast_failover::{
    Action, Answer, Attack, Claim, DESIGN, Expect, Limit, Plan, Quantity, Seen, Settings, Site, at_most, attack,
    choose, operate,
};
use sim::{Time, ms, secs};

fn run(setup: &Setup, policy: impl Policy + Copy + 'static, seed: u64) -> Outcome {
    FailoverRun::new(setup, || Box::new(policy), seed).finish().outcome()
}

fn timed(promote_s: u64, freeze_s: u64) -> Timed {
    Timed { promote_after: secs(promote_s), freeze_after: secs(freeze_s), max_lag: secs(5) }
}

fn unfrozen(promote_s: u64) -> Timed {
    Timed { freeze_after: Time::MAX, ..timed(promote_s, 0) }
}

fn cut(way: Way, lasting_s: u64) -> Setup {
    Setup::with(Trouble::Cut { way, from: BEGIN, lasting: secs(lasting_s) })
}

fn lost() -> Setup {
    Setup::with(Trouble::Away { from: BEGIN, lasting: Time::MAX })
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let setup = cut(Way::Both, 20);
    let text = |seed| format!("{:?}", run(&setup, timed(10, 8), seed));
    assert_eq!(text(3), text(3));
    assert_ne!(text(3), text(4));
}

#[test]
fn policies_run_on_the_same_arrivals() {
    let setup = cut(Way::Both, 43);
    let offered = |o: Outcome| o.offered;
    let waiting = offered(run(&setup, NeverPromote, 3));
    assert_eq!(waiting, offered(run(&setup, timed(10, 8), 3)));
    assert_eq!(waiting, offered(run(&setup, unfrozen(10), 3)));
}

#[test]
fn without_trouble_every_write_is_taken_and_nothing_is_promoted() {
    let o = run(&Setup::default(), timed(2, 2), 5);
    assert_eq!(o.offered, o.taken);
    assert!(o.offered > 19_000);
    assert_eq!((o.promotions, o.stranded, o.both), (0, 0, Time::ZERO));
}

#[test]
fn an_unfrozen_primary_strands_writes_for_as_long_as_the_cut_lasts() {
    for (lasting, toy) in [(43, 17_350.0), (90, 36_150.0)] {
        let o = run(&cut(Way::Both, lasting), unfrozen(10), 1);
        assert!((o.stranded as f64 / toy - 1.0).abs() < 0.03, "{} {toy}", o.stranded);
    }
}

#[test]
fn a_freeze_bounds_what_is_stranded_however_long_the_cut() {
    let short = run(&cut(Way::Both, 43), timed(10, 8), 1);
    let long = run(&cut(Way::Both, 120), timed(10, 8), 1);
    assert_eq!(short.stranded, long.stranded);
    // 0.3 s of all writes and 8 to 9 s of the East's.
    assert!((3_200..3_850).contains(&short.stranded), "{}", short.stranded);
    assert_eq!(short.both, Time::ZERO);
    assert!(long.down() > secs(85));
}

#[test]
fn patience_loses_nothing_in_a_cut_and_pays_when_the_site_is_lost() {
    let o = run(&cut(Way::Both, 90), timed(120, 110), 1);
    assert_eq!((o.stranded, o.promotions), (0, 0));
    let o = run(&lost(), timed(120, 110), 1);
    assert_eq!(o.promotions, 1);
    assert!((119.0..122.0).contains(&o.down().as_secs()), "{:?}", o.down());
}

#[test]
fn one_loss_is_one_promotion_whoever_asks_first() {
    // In seeds 244 and 425 the West's database hears of the new epoch before it hears that the epoch is its own; in some
    // others two orchestrators ask within one round trip.
    for seed in (1..=60).chain([244, 425]) {
        let o = run(&lost(), timed(12, 8), seed);
        assert_eq!(o.promotions, 1, "seed {seed}");
        assert!(o.down() < secs(14), "seed {seed}: {}", o.down());
    }
}

#[test]
fn a_replica_that_lags_loses_its_lag() {
    let stale = |max_lag| {
        let cut = Trouble::Cut { way: Way::Both, from: secs(60), lasting: secs(43) };
        let setup = Setup { lag: secs(40), ..Setup::with(cut) };
        run(&setup, Timed { max_lag, ..timed(10, 8) }, 1)
    };
    assert_eq!(stale(secs(5)).stranded, 0);
    let lost = stale(secs(100)).stranded;
    assert!((22_500..25_000).contains(&lost), "{lost}");
}

#[test]
fn a_one_way_cut_is_seen_on_one_side_only() {
    // What the East sends is lost: it hears the others, and is told at once when it is deposed.
    let out = run(&cut(Way::FromEast, 43), timed(10, 8), 1);
    assert_eq!(out.promotions, 1);
    assert!(out.both < ms(400), "{:?}", out.both);
    // What is sent to the East is lost: it hears nobody and freezes in time, and its writes still arrive.
    let back = run(&cut(Way::ToEast, 43), timed(10, 8), 1);
    assert_eq!((back.promotions, back.stranded), (1, 0));
}

/// Promotes wherever it stands, from the first tick after the trouble on.
#[derive(Clone, Copy)]
struct Minority;

impl Policy for Minority {
    fn tick(&mut self, seen: &Seen) -> Action {
        if seen.with_majority {
            Action::Wait
        } else {
            Action::Promote(Site::West)
        }
    }
}

#[test]
fn a_promotion_without_a_majority_does_nothing_and_is_counted() {
    let o = run(&cut(Way::Both, 20), Minority, 1);
    assert_eq!(o.promotions, 0);
    assert!(o.hopeless > 10);
}

#[test]
fn a_deposed_primary_steps_down_when_the_link_is_back() {
    let run = FailoverRun::new(&cut(Way::Both, 30), || Box::new(unfrozen(10)), 2).finish();
    let (east, west) = (run.store(Site::East), run.store(Site::West));
    assert!(west.leads() && !east.leads());
    assert_eq!(east.epoch(), west.epoch());
    let healed = BEGIN + secs(30);
    let [down] = east.stepped_down[..] else {
        panic!("steps down once")
    };
    assert!(down >= healed && down < healed + secs(1), "{down}");
    assert!(east.took.last().unwrap().until < healed + secs(1));
}

#[test]
fn a_crash_loses_what_was_acknowledged_and_not_synced() {
    let crash = |group_commit| {
        let setup = Setup { group_commit, ..Setup::with(Trouble::Crash { from: BEGIN, lasting: secs(5) }) };
        run(&setup, NeverPromote, 1)
    };
    let (often, seldom) = (crash(ms(5)), crash(secs(2)));
    assert!(often.lost < 30, "{}", often.lost);
    assert!(
        seldom.lost > 3 * often.lost.max(1) && seldom.lost <= 1_100,
        "{}",
        seldom.lost
    );
    // It leads again, and the replica follows.
    assert_eq!(seldom.promotions, 0);
    assert!((4.5..6.5).contains(&seldom.down().as_secs()), "{:?}", seldom.down());
}

#[test]
fn a_clock_that_runs_slow_freezes_late() {
    let freeze_at = |drift_ppm| {
        let setup = Setup { drift_ppm, ..cut(Way::Both, 60) };
        let run = FailoverRun::new(&setup, || Box::new(timed(50, 30)), 1).finish();
        run.store(Site::East).took[0].until - BEGIN
    };
    let (right, slow) = (freeze_at(0.0), freeze_at(-100_000.0));
    assert!(right > secs(29) && right < secs(32), "{right}");
    // 30 s on a clock that counts 0.9 of a second in each: 33.3 s, and the tick comes up to a second later.
    assert!(slow > secs(32) && slow < secs(36), "{slow}");
}

#[test]
fn properties_are_looked_at_in_every_run() {
    let held = |o: &Outcome, name: &str| o.properties.results().iter().find(|p| p.name == name).unwrap().holds();
    let well = run(&lost(), timed(10, 8), 1);
    assert!(held(&well, TAKEN_AGAIN) && held(&well, PROMOTED));
    let waiting = run(&lost(), NeverPromote, 1);
    assert!(!held(&waiting, TAKEN_AGAIN) && !held(&waiting, PROMOTED));
    let split = run(&cut(Way::Both, 43), unfrozen(10), 1);
    assert!(!split.properties.hold());
}

#[test]
fn where_nobody_leads_there_is_no_page() {
    let o = run(&lost(), NeverPromote, 1);
    assert_eq!((o.page(true), o.page_east(true), o.page_west(true)), (None, None, None));
    assert!(o.page(false).is_some());
    let o = run(&lost(), timed(12, 8), 1);
    assert!(o.page(true) > Some(ms(500)));
    // A coast without users takes nothing away from the mean.
    let all_in_the_east = Setup { east_share: 1.0, ..cut(Way::Both, 5) };
    let o = run(&all_in_the_east, NeverPromote, 1);
    assert_eq!((o.page_west(true), o.page(true)), (None, o.page_east(true)));
}

#[test]
fn an_attack_that_ends_before_the_freeze_is_told_so() {
    let v = attack::strike(|| Attack { first: Way::FromEast, other_later: secs(5), lasting: secs(30), drift_ppm: 0.0 })
        .verdict();
    assert!(!v.passed && v.instead.contains("the East never froze"), "{}", v.instead);
}

/// Stops when it is cut off, and never again begins.
#[derive(Default)]
struct Latched(bool);

impl Policy for Latched {
    fn tick(&mut self, seen: &Seen) -> Action {
        self.0 |= !seen.with_majority;
        if self.0 {
            Action::Freeze
        } else {
            timed(12, 8).tick(seen)
        }
    }
}

#[test]
fn a_replay_says_when_the_lab_cannot_show_the_policy() {
    let lab = |answer: fn() -> Answer| operate::cut().run(answer).lab().unwrap();
    let shown = lab(|| Box::new(timed(12, 8)));
    assert_eq!(
        shown.knobs.as_deref(),
        Some("cut=43 promote_after=12 freeze_after=8 max_lag=5")
    );
    assert!(!shown.otherwise.contains("does otherwise"), "{}", shown.otherwise);
    let other = lab(|| Box::new(Latched::default()));
    assert!(
        other.otherwise.contains("does otherwise than your policy"),
        "{}",
        other.otherwise
    );
}

#[test]
fn a_verdict_names_the_command_that_shows_its_run() {
    let v = operate::cut()
        .run(|| Box::new(timed(12, 8)))
        .down(at_most(secs(1)))
        .verdict();
    let test = "a_verdict_names_the_command_that_shows_its_run";
    let command = format!("--test {test} --seed 1   (first of 5 pooled runs)");
    assert!(
        v.replay.starts_with("cargo learn replay 08/") && v.replay.ends_with(&command),
        "{}",
        v.replay
    );
}

fn plan(promote_s: u64, freeze_s: u64, max_lag_s: u64) -> Plan {
    let settings = |p, f, l| Settings { promote_after: secs(p), freeze_after: secs(f), max_lag: secs(l) };
    let expects = [
        Expect::DownInCut(secs(22), secs(42)),
        Expect::DownInLoss(secs(9), secs(17)),
    ];
    let reverses_when = (Quantity::OutageLength, 13.0);
    Plan {
        ledger: settings(promote_s, freeze_s, max_lag_s),
        chat: settings(11, 8, 5),
        claim: Claim { binding: Limit::FreezeWait, expects, reverses_when },
    }
}

#[test]
fn a_replay_of_settings_stays_within_the_labs_knobs() {
    let lab = choose::ledger_after_a_loss().run(|| plan(200, 190, 0)).lab().unwrap();
    let knobs = lab.knobs.unwrap();
    assert!(
        knobs.ends_with(" promote_after=180 freeze_after=180 max_lag=1"),
        "{knobs}"
    );
    assert!(lab.otherwise.contains("come no nearer"), "{}", lab.otherwise);
}

#[test]
fn a_freeze_that_protects_nothing_and_a_promotion_that_strands_are_told_apart() {
    let early = choose::ledger_in_a_long_cut()
        .run(|| plan(120, 5, 5))
        .down(at_most(secs(25)))
        .verdict();
    assert_eq!(early.belief.as_deref(), Some("to_stop_is_safe"));
    let promoted = choose::ledger_in_a_long_cut()
        .run(|| plan(60, 5, 5))
        .stranded(at_most(50))
        .verdict();
    assert_eq!(promoted.belief, None);
    assert!(promoted.ask.starts_with("which event"), "{}", promoted.ask);
}

#[test]
fn overlap_is_what_both_lists_share() {
    let span = |from, until| Span { from: secs(from), until: secs(until) };
    let (sum, first) = overlap(&[span(0, 10), span(20, 30)], &[span(5, 22), span(29, 40)]);
    assert_eq!((sum, first), (secs(5) + secs(2) + secs(1), Some(secs(5))));
    assert_eq!(overlap(&[span(0, 10)], &[span(10, 20)]), (Time::ZERO, None));
}

#[test]
fn a_flapping_link_is_drawn_from_its_seed() {
    assert_eq!(flapping(4, 5), flapping(4, 5));
    assert_ne!(flapping(4, 5), flapping(5, 5));
    let troubles = flapping(4, 5);
    assert!(troubles.windows(2).all(|w| w[0].end() + secs(10) <= w[1].from()));
}

#[test]
fn the_set_up_is_the_briefs() {
    let m = DESIGN.manifest().unwrap();
    let given = |key: &str| {
        m.given
            .iter()
            .find(|g| g.key == key)
            .unwrap_or_else(|| panic!("no given {key}"))
            .value
    };
    let s = Setup::default();
    assert_eq!(s.writes_per_s, given("writes"));
    assert_eq!(100.0 * s.east_share, given("east_share"));
    assert_eq!(s.lag.as_secs(), given("lag"));
    assert_eq!(s.across.as_ms(), given("across"));
    assert_eq!(s.near.as_ms(), given("near"));
    assert_eq!(s.group_commit.as_ms(), given("group_commit"));
    assert_eq!(s.tick.as_secs(), given("tick"));
    assert_eq!(PAGE_CALLS as f64, given("page_calls"));
    assert_eq!(PAGE_WORK.as_ms(), given("page_work"));
    let g = Givens::default();
    assert_eq!(g.database_gb, given("database"));
    assert_eq!(g.restore_mb_per_s, given("restore"));
    assert_eq!(g.replay_per_s, given("replay"));
    assert_eq!(g.by_hand_per_h, given("by_hand"));
    assert_eq!(restore_hours(&g), 2.5);
    assert_eq!(lost().end.as_secs(), BEGIN.as_secs() + given("watched"));
}
