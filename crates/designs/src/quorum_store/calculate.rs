//! Step `calculate`: four formulas, held against cases to count by hand, their limits, and the simulator.

use super::FOLDER;
use super::chosen::pooled;
use super::system::{Delays, Pairs, Repair, Settings, Setup, When, Work};
use judge::formula::{Formula, Mistake};
use judge::{Percent, percent};
use models::quorum;
use sim::{Dist, Stream, Time, ms};

/// Stale reads: `(copies, read, write, versions)`.
pub type OlderThan = fn(u32, u32, u32, u32) -> Percent;
/// Operations that are answered within a time: `(copies, needed, one copy's answer is there within the time)`.
pub type Answered = fn(u32, u32, Percent) -> Percent;
/// Mean time of the k-th answer: `(copies, needed, mean of one)`.
pub type MeanOfKth = fn(u32, u32, Time) -> Time;
/// Zones that may be lost: `(copies, needed, zones)`.
pub type ZonesToLose = fn(u32, u32, u32) -> u32;

static EACH_ANSWER_ALONE: Mistake = Mistake {
    key: "each_answer_alone",
    assumes: "each answer of a read is drawn from all copies anew",
    instead: "a read never hears of the same copy twice: the second answer comes from those that are left",
    ask: "when the first answer came from a stale copy, how many stale ones are left, and of how many copies?",
};

static OLD_IS_OLD: Mistake = Mistake {
    key: "old_is_old",
    assumes: "a read that misses the last version may be as old as you like",
    instead: "to be older than the last k versions it must have missed each of them",
    ask: "how many writes must a read have missed to show something older than the last three?",
};

static THESE_ANSWERS: Mistake = Mistake {
    key: "these_answers",
    assumes: "an operation waits for certain copies",
    instead: "whichever copies are quick enough count",
    ask: "in how many ways can two of three copies be the quick ones, and what if all three are?",
};

static MEAN_IS_MEAN: Mistake = Mistake {
    key: "mean_is_mean",
    assumes: "waiting for any one of several takes as long as one takes on average",
    instead: "the first answer comes sooner than an average one, and the last one later",
    ask: "with three answers on their way, how often a second does one arrive, and how often when two are left?",
};

static A_ZONE_IS_A_COPY: Mistake = Mistake {
    key: "a_zone_is_a_copy",
    assumes: "a zone holds one copy",
    instead: "here some zones hold more than one, and whichever zone is lost takes all of its copies along",
    ask: "how many copies are in the fullest zone?",
};

/// `older_than`, case by case and against drawn quorums.
#[track_caller]
pub fn older_than(f: OlderThan) -> Formula {
    let case = |checks: Formula, n: u32, r: u32, w: u32, k: u32| {
        let should = 100.0 * quorum::k_stale(n, r, w, k);
        let alone = libm::pow(f64::from(n - w) / f64::from(n), f64::from(r * k));
        let wrong: &[(f64, &Mistake)] = &[
            (100.0 * quorum::misses(n, r, w), &OLD_IS_OLD),
            (100.0 * alone, &EACH_ANSWER_ALONE),
        ];
        let what = format!("{n} copies, R = {r}, W = {w}, older than the last {k}");
        checks.expect(&what, move || f(n, r, w, k).0, should, 0.01, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "of how many sets of R copies is there none with the write, and of how many in all?",
    );
    let c = case(c, 3, 1, 1, 1);
    let c = case(c, 3, 2, 1, 1);
    let c = case(c, 3, 1, 1, 3);
    let c = case(c, 3, 2, 2, 1);
    let c = case(c, 5, 2, 2, 2);
    let measured = 100.0 * drawn(5, 2, 2, 2);
    c.expect(
        "5 copies, R = 2, W = 2, older than the last 2, against 100,000 drawn quorums",
        move || f(5, 2, 2, 2).0,
        measured,
        0.06 * measured,
        &[],
    )
}

/// Share of 100,000 reads that meet none of the last `versions` writes, when quorums are drawn by lot.
pub(super) fn drawn(copies: u32, read: u32, write: u32, versions: u32) -> f64 {
    let mut luck = Stream::new(7, 1 << 32);
    let mut some = |of: u32| {
        let (mut mask, mut left) = (0_u32, of);
        while left > 0 {
            let bit = 1 << luck.below(0, u64::from(copies));
            if mask & bit == 0 {
                mask |= bit;
                left -= 1;
            }
        }
        mask
    };
    let tries = 100_000;
    let mut missed = 0;
    for _ in 0..tries {
        let reads = some(read);
        // Every write is drawn, whatever the others did.
        let met = (0..versions).filter(|_| some(write) & reads != 0).count();
        missed += u32::from(met == 0);
    }
    f64::from(missed) / f64::from(tries)
}

/// `answered`, case by case and against the simulator.
#[track_caller]
pub fn answered(f: Answered) -> Formula {
    let case = |checks: Formula, n: u32, k: u32, each: f64| {
        let p = each / 100.0;
        let should = 100.0 * quorum::answered(n, k, p);
        let these = 100.0 * libm::pow(p, f64::from(k));
        let wrong: &[(f64, &Mistake)] = &[(these, &THESE_ANSWERS)];
        let what = format!("{k} of {n} answers, each there with {each} %");
        checks.expect(&what, move || f(n, k, percent(each)).0, should, 0.005, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "add up: exactly so many are there, one more, … all; how many ways has each?",
    );
    let c = case(c, 3, 1, 50.0);
    let c = case(c, 3, 2, 90.0);
    let c = case(c, 3, 3, 90.0);
    let c = case(c, 5, 3, 0.0);
    let c = case(c, 5, 2, 80.0);
    // Of one copy alone, how many answers are there within 10 ms; and of 3 copies two.
    let within = |copies, write| 1.0 - exponentials(copies, write).write_times.share_above(ms(10));
    let (one, two_of_three) = (within(1, 1), 100.0 * within(3, 2));
    c.expect(
        "two of three answers within 10 ms, against the simulator",
        move || f(3, 2, Percent::of(one)).0,
        two_of_three,
        1.5,
        &[],
    )
}

/// Writes whose way to a copy is exponential with a mean of 6 ms, and the way back nothing.
fn exponentials(copies: u32, write: u32) -> super::system::Paired {
    let nothing = Dist::Constant(Time::ZERO);
    let delays = Delays {
        write: Dist::Exponential { mean: ms(6) },
        ack: nothing.clone(),
        read: nothing.clone(),
        reply: nothing,
        far: Time::ZERO,
    };
    let settings = Settings { copies, read: 1, write, repair: Repair::Never };
    let work = Pairs {
        pairs: 12_000,
        from: Time::ZERO,
        every: ms(1),
        read: When::After(Time::ZERO),
        read_failed: false,
    };
    pooled(
        &Setup { settings, delays, work: Work::Pairs(work), ..Setup::default() },
        2,
    )
}

/// `mean_of_kth`, case by case and against the simulator.
#[track_caller]
pub fn mean_of_kth(f: MeanOfKth) -> Formula {
    let case = |checks: Formula, n: u32, k: u32, mean: u64| {
        let should = mean as f64 * quorum::mean_of_kth(n, k);
        let wrong: &[(f64, &Mistake)] = &[(mean as f64, &MEAN_IS_MEAN)];
        let what = format!("answer {k} of {n}, mean of one {mean} ms");
        checks.expect(&what, move || f(n, k, ms(mean)).as_ms(), should, 1e-3, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " ms",
        "how long until the first of those that are still on their way, again and again?",
    );
    let c = case(c, 1, 1, 6);
    let c = case(c, 3, 1, 6);
    let c = case(c, 3, 3, 6);
    let c = case(c, 5, 3, 60);
    let measured = exponentials(3, 2).write_times.mean().as_ms();
    c.expect(
        "answer 2 of 3, mean of one 6 ms, against the simulator",
        move || f(3, 2, ms(6)).as_ms(),
        measured,
        0.04 * measured,
        &[],
    )
}

/// `zones_to_lose`, case by case.
#[track_caller]
pub fn zones_to_lose(f: ZonesToLose) -> Formula {
    let case = |checks: Formula, n: u32, k: u32, zones: u32| {
        let should = f64::from(quorum::zones_to_lose(n, k, zones));
        let wrong: &[(f64, &Mistake)] = &[(f64::from((n - k).min(zones)), &A_ZONE_IS_A_COPY)];
        let what = format!("{n} copies in {zones} zones, {k} answers needed");
        checks.expect(&what, move || f64::from(f(n, k, zones)), should, 1e-9, wrong)
    };
    let c = Formula::new(
        FOLDER,
        " zones",
        "take away the fullest zone, then the next: after how many are too few copies left?",
    );
    let c = case(c, 3, 2, 3);
    let c = case(c, 3, 3, 3);
    let c = case(c, 3, 1, 3);
    let c = case(c, 5, 2, 3);
    let c = case(c, 6, 4, 2);
    case(c, 7, 3, 3)
}
