//! Step `calculate`: four formulas, held against cases to count by hand, their limits, and the simulator.

use super::FOLDER;
use super::claims;
use super::evidence::pooled;
use super::policy::Policy;
use super::repair::{self, Givens};
use super::rules::Timed;
use super::system::Outcome;
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};
use sim::{Time, ms, secs};

/// Stranded writes: `(writes per second, share of the East, lag, length of the cut, wait before the freeze)`.
pub type Stranded = fn(f64, Percent, Time, Time, Time) -> f64;
/// Weighted seconds without writes: `(share of the East, length of the cut, wait before the promotion, wait before the freeze)`.
pub type SecondsDown = fn(Percent, Time, Time, Time) -> f64;
/// Hours of repair: `(hours to restore, writes per second, writes replayed per second, stranded writes, writes put right per
/// hour)`.
pub type RepairHours = fn(f64, f64, f64, f64, f64) -> f64;
/// Longest safe wait before the freeze, in seconds: `(wait before the promotion, delays, drift in millionths)`.
pub type LongestFreeze = fn(Time, Time, f64) -> f64;

static LAG_IS_THE_LOSS: Mistake = Mistake {
    key: "lag_is_the_loss",
    assumes: "what is stranded is what was on its way at the moment of the cut",
    instead: "the East's users went on writing to the East's database after that moment, and it went on taking it",
    ask: "what does the old primary do in the second after the cut, and in the tenth?",
};

static NOTHING_STOPS_IT: Mistake = Mistake {
    key: "nothing_stops_it",
    assumes: "the East goes on for as long as the cut lasts, whatever its freeze",
    instead: "in this case the freeze came before the end of the cut",
    ask: "which of the two comes first: the end of the cut, or the freeze?",
};

static FAILOVER_ENDS_IT: Mistake = Mistake {
    key: "failover_ends_it",
    assumes: "from the promotion on everybody can write",
    instead: "the promotion reaches the users on its own side of the cut; those in the East wait for the link",
    ask: "on which side of the cut are most of the users, and which primary can they reach?",
};

static NOBODY_WRITES_MEANWHILE: Mistake = Mistake {
    key: "nobody_writes_meanwhile",
    assumes: "while a copy catches up, there is nothing new to catch up with",
    instead: "the primary goes on taking writes, so the copy gains only what it replays faster than they come",
    ask: "how far is the copy after it has replayed everything that was written during the restore?",
};

static CLOCKS_AGREE: Mistake = Mistake {
    key: "clocks_agree",
    assumes: "a second on one side is a second on the other",
    instead: "a clock that runs slow has counted less than the time that has passed",
    ask: "how much true time has passed when a clock that is 1 % slow has counted to 20 s?",
};

const NEVER: Time = Time::MAX;

/// `stranded`, case by case and against the simulator.
#[track_caller]
pub fn stranded(f: Stranded) -> Formula {
    let case = |checks: Formula, rate: f64, east: f64, lag: Time, cut: Time, freeze: Time, what: &str| {
        let apart = |span: Time| rate * east / 100.0 * span.as_secs();
        let on_its_way = rate * lag.as_secs();
        let should = on_its_way + apart(cut.min(freeze));
        let wrong: &[(f64, &Mistake)] = &[
            (on_its_way, &LAG_IS_THE_LOSS),
            (on_its_way + apart(cut), &NOTHING_STOPS_IT),
        ];
        let gives = move || f(rate, percent(east), lag, cut, freeze);
        checks.expect(what, gives, should, 1e-3 * should.max(1.0), wrong)
    };
    let c = Formula::new(
        FOLDER,
        " writes",
        "two heaps of writes: which were on their way, and which were taken after the cut, and until when?",
    );
    let c = case(
        c,
        100.0,
        50.0,
        Time::ZERO,
        secs(10),
        NEVER,
        "100 writes/s, half in the East, no lag, 10 s, no freeze",
    );
    let c = case(
        c,
        200.0,
        75.0,
        secs(1),
        secs(60),
        secs(20),
        "200 writes/s, 75 % in the East, lag 1 s, 60 s, freeze after 20 s",
    );
    let c = case(
        c,
        200.0,
        75.0,
        secs(1),
        secs(12),
        secs(20),
        "the same, and the cut ends after 12 s",
    );
    let c = case(
        c,
        300.0,
        0.0,
        secs(2),
        secs(60),
        NEVER,
        "300 writes/s, none of them in the East, lag 2 s",
    );
    let measured = simulated(10).stranded_each();
    // The freeze waits for the next tick, half a second on average, which the formula leaves out.
    c.expect(
        "the brief's cut of 43 s, promotion after 12 s, freeze after 10 s, against the simulator",
        move || f(500.0, percent(80), ms(300), secs(43), secs(10)),
        measured,
        0.12 * measured,
        &[],
    )
}

/// `seconds_down`, case by case and against the simulator.
#[track_caller]
pub fn seconds_down(f: SecondsDown) -> Formula {
    let case = |checks: Formula, east: f64, cut: Time, promote: Time, freeze: Time, what: &str| {
        let share = east / 100.0;
        let west = cut.min(promote).as_secs() * (1.0 - share);
        let should = west + (cut - freeze).as_secs() * share;
        let wrong: &[(f64, &Mistake)] = &[
            (cut.min(promote).as_secs(), &FAILOVER_ENDS_IT),
            (west, &FAILOVER_ENDS_IT),
        ];
        let gives = move || f(percent(east), cut, promote, freeze);
        checks.expect(what, gives, should, 1e-3 * should.max(1.0), wrong)
    };
    let c = Formula::new(
        FOLDER,
        " s",
        "draw one line a coast: from when to when can its users not write, and what share of all writes are theirs?",
    );
    let c = case(
        c,
        60.0,
        secs(100),
        secs(20),
        secs(10),
        "60 % in the East, 100 s, promotion after 20 s, freeze after 10 s",
    );
    let c = case(
        c,
        75.0,
        secs(40),
        NEVER,
        NEVER,
        "75 % in the East, 40 s, nobody promoted, nothing frozen",
    );
    let c = case(
        c,
        75.0,
        secs(5),
        secs(20),
        secs(10),
        "75 % in the East, 5 s, promotion after 20 s, freeze after 10 s",
    );
    let c = case(
        c,
        100.0,
        secs(50),
        secs(20),
        secs(10),
        "all in the East, 50 s, promotion after 20 s, freeze after 10 s",
    );
    let measured = simulated(10).down().as_secs();
    c.expect(
        "the brief's cut of 43 s, promotion after 12 s, freeze after 10 s, against the simulator",
        move || f(percent(80), secs(43), secs(12), secs(10)),
        measured,
        0.08 * measured,
        &[],
    )
}

/// `repair_hours`, case by case and against what the brief states.
#[track_caller]
pub fn repair_hours(f: RepairHours) -> Formula {
    let case = |checks: Formula, restore: f64, rate: f64, replay: f64, stranded: f64, by_hand: f64, what: &str| {
        let should = restore + restore * rate / (replay - rate) + stranded / by_hand;
        let wrong: &[(f64, &Mistake)] = &[
            (
                restore + restore * rate / replay + stranded / by_hand,
                &NOBODY_WRITES_MEANWHILE,
            ),
            (restore + stranded / by_hand, &NOBODY_WRITES_MEANWHILE),
        ];
        let gives = move || f(restore, rate, replay, stranded, by_hand);
        checks.expect(what, gives, should, 1e-3 * should, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " h",
        "three stretches, one after the other: restore, catch up, put right; what is the gain a second in the second?",
    );
    let c = case(
        c,
        4.0,
        100.0,
        300.0,
        0.0,
        100.0,
        "4 h to restore, 100 writes/s, 300 replayed a second, none stranded",
    );
    let c = case(
        c,
        4.0,
        200.0,
        250.0,
        0.0,
        100.0,
        "4 h to restore, 200 writes/s, 250 replayed a second, none stranded",
    );
    let c = case(
        c,
        2.0,
        0.0,
        300.0,
        500.0,
        100.0,
        "2 h to restore, no new writes, 500 stranded, 100 put right an hour",
    );
    let g = Givens::default();
    let restore = repair::restore_hours(&g);
    let should = repair::hours(&g, 500.0, 3_000.0);
    c.expect(
        "the brief's database with 3,000 stranded writes",
        move || f(restore, 500.0, g.replay_per_s, 3_000.0, g.by_hand_per_h),
        should,
        1e-3 * should,
        &[],
    )
}

/// `longest_freeze`, case by case: with it no clock within its bounds lets both sides write.
#[track_caller]
pub fn longest_freeze(f: LongestFreeze) -> Formula {
    let case = |checks: Formula, promote: Time, late: Time, ppm: f64, what: &str| {
        let room = (promote - late).as_secs();
        let wrong: &[(f64, &Mistake)] = &[(room, &CLOCKS_AGREE)];
        checks.expect(
            what,
            move || f(promote, late, ppm),
            room * (1.0 - ppm / 1e6),
            1e-4 * room,
            wrong,
        )
    };
    let c = Formula::new(
        FOLDER,
        " s",
        "count backwards from the promotion: what must be over by then, and what has a slow clock counted until that moment?",
    );
    let c = case(
        c,
        secs(30),
        secs(2),
        0.0,
        "promotion after 30 s, 2 s of delays, a perfect clock",
    );
    let c = case(
        c,
        secs(30),
        secs(2),
        10_000.0,
        "promotion after 30 s, 2 s of delays, a clock wrong by 1 %",
    );
    let c = case(
        c,
        secs(600),
        secs(1),
        200.0,
        "promotion after 600 s, 1 s of delays, a clock wrong by 200 millionths",
    );
    case(
        c,
        secs(100),
        secs(10),
        500_000.0,
        "promotion after 100 s, 10 s of delays, a clock that may count half",
    )
}

/// The brief's cut of 43 s with a promotion after 12 s.
fn simulated(freeze_after: u64) -> Outcome {
    let policy = move || -> Box<dyn Policy> {
        Box::new(Timed { promote_after: secs(12), freeze_after: secs(freeze_after), max_lag: secs(5) })
    };
    pooled(|_| claims::cut(secs(43)), &policy)
}
