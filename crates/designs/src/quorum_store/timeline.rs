//! One write, and two reads one after the other, with every delay given: what two stores answer.
//!
//! Nothing is drawn at random here, so time is added up by hand. Three copies hold the old value; R = W = 2. The store that mends after its
//! answers does so like the simulated one: when all three copies have replied.

use super::system::TIME_OUT;
use judge::register::{Did, Op, linearizable};
use sim::{Time, ms, ns};

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It arrives so long after it was sent.
    After(Time),
    /// It never arrives.
    Lost,
}

/// A message that arrives after this time.
pub const fn after(delay: Time) -> Way {
    Way::After(delay)
}

/// A message that never arrives.
pub const LOST: Way = Way::Lost;

/// Copies.
pub const COPIES: usize = 3;
/// Answers that a read and a write await.
pub const QUORUM: usize = 2;
/// How long messages take that a schedule says nothing about.
pub const USUAL: Time = ms(1);
/// When the first read begins, from the beginning of the write.
pub const FIRST_READ: Time = ms(10);
/// The old value and the new one.
const OLD: u32 = 0;
const NEW: u32 = 1;

/// The delays of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The write on its way to each copy.
    pub write: [Way; COPIES],
    /// Each copy's reply to the first read.
    pub first: [Way; COPIES],
    /// From the answer of the first read to the beginning of the second.
    pub pause: Time,
    /// Each copy's reply to the second read.
    pub second: [Way; COPIES],
    /// How far the writer's clock is behind the one that stamped the old value.
    pub clock_behind: Time,
}

/// When a read sends the new value on to copies that did not show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    /// Never.
    Not,
    /// Once all copies have replied; the read is answered long before, if one of them is slow.
    Afterwards,
    /// When a quorum has replied, and the read waits until a quorum has the new value.
    First,
}

/// One read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// When it began.
    pub begun: Time,
    /// When it was answered, and with what; `None`: never.
    pub answer: Option<(Time, u32)>,
    /// When each copy's reply was there, and what it had.
    pub replies: [(Option<Time>, u32); COPIES],
    /// Copies that the read sent the new value to, and when they had it.
    pub mended: [Option<Time>; COPIES],
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When each copy had the new value by the write's own message.
    pub stored: [Option<Time>; COPIES],
    /// When the write was answered.
    pub written: Option<Time>,
    /// Both reads.
    pub reads: [Read; 2],
    /// Is it linearizable?
    pub holds: bool,
}

impl Told {
    /// Copies that had the new value by a moment, from the write's own messages.
    pub fn stored_by(&self, at: Time) -> usize {
        self.stored.iter().flatten().filter(|t| **t <= at).count()
    }

    /// Copies that had it by then from mends of the first read alone.
    pub fn mended_by(&self, at: Time) -> usize {
        let by = |t: Option<Time>| t.is_some_and(|t| t <= at);
        let mended = self.reads[0].mended.iter().zip(&self.stored);
        mended.filter(|(mend, write)| by(**mend) && !by(**write)).count()
    }

    /// Is the answer of this read the new value?
    pub fn saw_new(&self, read: usize) -> bool {
        matches!(self.reads[read].answer, Some((_, NEW)))
    }

    /// Was every read answered?
    pub fn answered(&self) -> bool {
        self.reads.iter().all(|r| r.answer.is_some())
    }
}

/// Runs a schedule in a store that mends in this way.
pub fn run(s: &Schedule, mending: Mending) -> Told {
    // A version with an older stamp than the copy has is refused, and acknowledged as superseded.
    let refused = s.clock_behind > Time::ZERO;
    let arrives = s.write.map(|way| match way {
        Way::After(delay) => Some(delay),
        Way::Lost => None,
    });
    let stored = if refused { [None; COPIES] } else { arrives };
    let acks: Vec<Time> = sorted(arrives.iter().flatten().map(|t| *t + USUAL));
    let written = acks.get(QUORUM - 1).copied().filter(|t| *t <= TIME_OUT);
    // When each copy has the new value, by whatever way.
    let mut has = stored;
    let first = read(FIRST_READ, s.first, &mut has, mending);
    // It begins after the answer, if only by a moment.
    let begins = first.answer.map_or(Time::MAX, |a| a.0 + s.pause.max(ns(1)));
    let second = read(begins, s.second, &mut has, mending);
    let op = |did, call: Time, back: Option<Time>| Op { did, call: call.as_ns(), back: back.map(Time::as_ns) };
    let mut history = vec![op(Did::Write(NEW), Time::ZERO, written)];
    for r in [&first, &second] {
        if let Some((at, value)) = r.answer {
            history.push(op(Did::Read(value), r.begun, Some(at)));
        }
    }
    let holds = linearizable(OLD, &history);
    Told { stored, written, reads: [first, second], holds }
}

fn sorted(times: impl Iterator<Item = Time>) -> Vec<Time> {
    let mut all: Vec<Time> = times.collect();
    all.sort_unstable();
    all
}

fn read(begun: Time, ways: [Way; COPIES], has: &mut [Option<Time>; COPIES], mending: Mending) -> Read {
    let never = Read { begun, answer: None, replies: [(None, OLD); COPIES], mended: [None; COPIES] };
    if begun == Time::MAX {
        return never;
    }
    let asked = begun + USUAL;
    let mut replies = never.replies;
    for copy in 0..COPIES {
        let value = if has[copy].is_some_and(|t| t <= asked) {
            NEW
        } else {
            OLD
        };
        let there = match ways[copy] {
            Way::After(delay) => Some(asked + delay).filter(|t| *t <= begun + TIME_OUT),
            Way::Lost => None,
        };
        replies[copy] = (there, value);
    }
    // The first answers count, of equals those of the first copies.
    let mut order: Vec<(Time, usize)> = (0..COPIES).filter_map(|i| replies[i].0.map(|t| (t, i))).collect();
    order.sort_unstable();
    let Some(quorum) = order.get(..QUORUM) else {
        return Read { replies, ..never };
    };
    let at = quorum[QUORUM - 1].0;
    let value = quorum.iter().map(|(_, i)| replies[*i].1).max().unwrap_or(OLD);
    // Whose reply is compared, when, and which copies are sent what they lack.
    let compared = match mending {
        Mending::Not => None,
        Mending::Afterwards => order.get(COPIES - 1).map(|last| (&order[..], last.0)),
        Mending::First => Some((quorum, at)),
    };
    let (mut mended, mut answered) = (never.mended, at);
    if let Some((heard, then)) = compared {
        let shows_new = |copy: usize| heard.iter().any(|(_, i)| *i == copy && replies[copy].1 == NEW);
        let new = (0..COPIES).filter(|copy| shows_new(*copy)).count();
        let enough = if mending == Mending::First { QUORUM } else { COPIES };
        if (1..enough).contains(&new) {
            for copy in (0..COPIES).filter(|copy| !shows_new(*copy)) {
                let there = then + USUAL;
                mended[copy] = Some(there);
                has[copy] = Some(has[copy].map_or(there, |t| t.min(there)));
            }
            if mending == Mending::First {
                // The mends there, and their acknowledgements back.
                answered = at + USUAL * 2;
            }
        }
    }
    Read { begun, answer: Some((answered, value)), replies, mended }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const CALM: Schedule = Schedule {
        write: [after(USUAL); COPIES],
        first: [after(USUAL); COPIES],
        pause: ms(1),
        second: [after(USUAL); COPIES],
        clock_behind: Time::ZERO,
    };

    #[test]
    fn without_an_attack_all_stores_are_in_order() {
        for mending in [Mending::Not, Mending::Afterwards, Mending::First] {
            let told = run(&CALM, mending);
            assert!(told.holds && told.answered() && told.saw_new(0) && told.saw_new(1));
            assert_eq!(told.written, Some(ms(2)));
            assert_eq!(told.reads.map(|r| r.mended), [[None; COPIES]; 2], "nothing differs");
        }
    }

    /// Copy 1 has the write early. The first read hears of copies 1 and 2, the second of copies 2 and 3.
    const SLOW: Schedule = Schedule {
        write: [after(ms(1)), after(ms(400)), LOST],
        first: [after(ms(1)), after(ms(1)), after(ms(50))],
        second: [after(ms(50)), after(ms(1)), after(ms(1))],
        ..CALM
    };

    #[test]
    fn a_slow_write_shows_new_and_then_old_unless_the_read_mends_first() {
        let plain = run(&SLOW, Mending::Afterwards);
        assert!(plain.saw_new(0) && !plain.saw_new(1) && !plain.holds);
        let mending = run(&SLOW, Mending::First);
        assert!(mending.saw_new(0) && mending.saw_new(1) && mending.holds);
        // It pays with one round more.
        assert_eq!(
            mending.reads[0].answer.unwrap().0,
            plain.reads[0].answer.unwrap().0 + ms(2)
        );
    }

    #[test]
    fn mends_after_the_answer_help_whoever_reads_after_them() {
        // The third reply is there at 10 + 1 + 50 ms, and the mends a millisecond later. The first read is answered at 12 ms.
        let told = run(&SLOW, Mending::Afterwards);
        assert_eq!(told.reads[0].mended, [None, Some(ms(62)), Some(ms(62))]);
        let paused = |pause| Schedule { pause, ..SLOW };
        // The second read asks a millisecond after it began.
        let late = run(&paused(ms(49)), Mending::Afterwards);
        assert!(late.holds && late.saw_new(1));
        assert!(
            !run(&paused(ms(49)), Mending::Not).holds,
            "without the mends the order is lost"
        );
        assert!(!run(&paused(ms(48)), Mending::Afterwards).holds);
        // A reply that never comes leaves the copies as they are.
        let unheard = Schedule { first: [after(ms(1)), after(ms(1)), LOST], ..paused(ms(300)) };
        let told = run(&unheard, Mending::Afterwards);
        assert_eq!(told.reads[0].mended, [None; COPIES]);
        assert!(!told.holds);
    }

    #[test]
    fn what_is_acknowledged_after_the_time_out_has_failed() {
        let arrives = |delay| Schedule { write: [after(ms(1)), after(delay), LOST], ..CALM };
        let told = |delay| run(&arrives(delay), Mending::Not).written;
        assert_eq!(told(TIME_OUT - USUAL), Some(TIME_OUT));
        assert_eq!(told(TIME_OUT), None);
    }

    #[test]
    fn a_store_that_mends_first_bears_every_schedule_of_a_grid() {
        let ways = [after(ms(1)), after(ms(30)), after(ms(300)), LOST];
        let (mut broken, mut mended) = (0, 0);
        for code in 0..4_usize.pow(9) {
            let way = |place: u32| ways[code / 4_usize.pow(place) % 4];
            let three = |from: u32| [way(from), way(from + 1), way(from + 2)];
            // Longer than the middle delay: mends of the first read may come in time.
            let s = Schedule { write: three(0), first: three(3), second: three(6), pause: ms(40), ..CALM };
            assert!(run(&s, Mending::First).holds, "{s:?}");
            let [bare, afterwards] = [Mending::Not, Mending::Afterwards].map(|m| run(&s, m).holds);
            assert!(bare <= afterwards, "mends put nothing out of order: {s:?}");
            broken += u32::from(!afterwards);
            mended += u32::from(afterwards && !bare);
        }
        assert!(
            broken > 1_000,
            "{broken} schedules break the store that mends afterwards"
        );
        assert!(mended > 100, "{mended} would, were it not for its mends");
    }

    #[test]
    fn a_clock_behind_breaks_all() {
        let skewed = Schedule { clock_behind: ms(5), ..CALM };
        for mending in [Mending::Not, Mending::Afterwards, Mending::First] {
            assert!(!run(&skewed, mending).holds);
        }
    }
}
