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

static EXACTLY_SO_MANY: Mistake = Mistake {
    key: "exactly_so_many",
    assumes: "an operation is answered in time when just as many answers are there as it awaits",
    instead: "an operation that has more answers than it awaits has been answered as well",
    ask: "what becomes of an operation that awaits one answer, if two are there in time?",
};

static MEAN_IS_MEAN: Mistake = Mistake {
    key: "mean_is_mean",
    assumes: "waiting for any one of several takes as long as one takes on average",
    instead: "the first answer comes sooner than an average one, and the last one later",
    ask: "with three answers on their way, how often a second does one arrive, and how often when two are left?",
};

static IN_PROPORTION: Mistake = Mistake {
    key: "in_proportion",
    assumes: "each further answer takes as long as the one before it",
    instead: "the fewer are still on their way, the longer it is until the next of them is there",
    ask: "how many answers are on their way while you wait for the first, and how many while you wait for the last?",
};

static FROM_THE_WRONG_END: Mistake = Mistake {
    key: "from_the_wrong_end",
    assumes: "the first answer takes the longest, and each further one less",
    instead: "while all are on their way the first of them is soon there; the last one is waited for alone",
    ask: "of which answer does your longest term speak, and how many are on their way then?",
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
        let exactly = should - 100.0 * if k < n { quorum::answered(n, k + 1, p) } else { 0.0 };
        let wrong = told_apart(&[(these, &THESE_ANSWERS), (exactly, &EXACTLY_SO_MANY)]);
        let what = format!("{k} of {n} answers, each there with {each} %");
        checks.expect(&what, move || f(n, k, percent(each)).0, should, 0.005, &wrong)
    };
    let c = Formula::new(
        FOLDER,
        " %",
        "write down, for three copies, whose answer is there and whose is not: in which of these cases is the operation answered?",
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
        let times = |means: f64| mean as f64 * means;
        let should = times(quorum::mean_of_kth(n, k));
        let wrong = told_apart(&[
            (times(1.0), &MEAN_IS_MEAN),
            (times(f64::from(k) / f64::from(n)), &IN_PROPORTION),
            (times((1..=k).map(|i| 1.0 / f64::from(i)).sum()), &FROM_THE_WRONG_END),
        ]);
        let what = format!("answer {k} of {n}, mean of one {mean} ms");
        checks.expect(&what, move || f(n, k, ms(mean)).as_ms(), should, 1e-3, &wrong)
    };
    let c = Formula::new(
        FOLDER,
        " ms",
        "how long until the first of those that are still on their way, again and again?",
    );
    // Two of five first: there every known mistake gives a value of its own.
    let c = case(c, 5, 2, 60);
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
    let c = case(c, 7, 3, 3);
    // More zones than copies, and zones of which some hold more than others.
    let c = case(c, 2, 1, 4);
    let c = case(c, 6, 3, 4);
    let c = case(c, 4, 1, 3);
    let c = case(c, 3, 2, 6);
    case(c, 7, 4, 5)
}

/// Of known mistakes those whose value is theirs alone: where two give the same, neither is proven.
fn told_apart(mistakes: &[(f64, &'static Mistake)]) -> Vec<(f64, &'static Mistake)> {
    let alike = |a: f64, b: f64| (a - b).abs() <= 1e-6 * (a.abs() + b.abs());
    let alone = |value: f64| mistakes.iter().filter(|m| alike(m.0, value)).count() == 1;
    mistakes.iter().copied().filter(|m| alone(m.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proportional(copies: u32, needed: u32, mean: Time) -> Time {
        mean.scale(f64::from(needed) / f64::from(copies))
    }

    fn from_one_up(_: u32, needed: u32, mean: Time) -> Time {
        mean.scale((1..=needed).map(|i| 1.0 / f64::from(i)).sum())
    }

    fn always_one(_: u32, _: u32, mean: Time) -> Time {
        mean
    }

    #[test]
    fn a_belief_about_the_mean_is_named_where_no_other_gives_its_value() {
        let cases: [(MeanOfKth, &str); 3] = [
            (proportional, "in_proportion"),
            (from_one_up, "from_the_wrong_end"),
            (always_one, "mean_is_mean"),
        ];
        for (f, key) in cases {
            assert_eq!(mean_of_kth(f).verdict().belief.as_deref(), Some(key));
        }
        // Right but for the last of three, where a proportional mean and the mean of one are the same.
        let last: MeanOfKth = |n, k, mean| {
            let right = mean.scale(quorum::mean_of_kth(n, k));
            if (n, k) == (3, 3) { mean } else { right }
        };
        let v = mean_of_kth(last).verdict();
        assert!(!v.passed && v.belief.is_none(), "{v}");
    }

    #[test]
    fn zones_are_taken_away_one_by_one_and_not_by_a_ratio() {
        let right: ZonesToLose = quorum::zones_to_lose;
        let by_ratio: ZonesToLose = |n, k, zones| (n - k) * zones / n;
        let by_the_fullest: ZonesToLose = |n, k, zones| (n - k) / n.div_ceil(zones);
        assert!(zones_to_lose(right).verdict().passed);
        for f in [by_ratio, by_the_fullest] {
            let v = zones_to_lose(f).verdict();
            assert!(!v.passed && v.belief.is_none(), "{v}");
        }
    }
}
