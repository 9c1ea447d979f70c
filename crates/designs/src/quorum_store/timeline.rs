//! One write, and two reads one after the other, with every delay given: what two stores answer.
//!
//! Nothing is drawn at random here, so time is added up by hand. Three copies hold the old value; R = W = 2. The mends of the store that
//! mends after its answers are taken to arrive when all is over: none of them is run here.

use judge::register::{Did, Op, linearizable};
use sim::{Time, ms, ns, secs};

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
/// How long anybody waits for answers.
pub const PATIENCE: Time = secs(2);
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

/// One read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// When it began.
    pub begun: Time,
    /// When it was answered, and with what; `None`: never.
    pub answer: Option<(Time, u32)>,
    /// When each copy's reply was there, and what it had.
    pub replies: [(Option<Time>, u32); COPIES],
    /// Copies that were sent the new value before the answer, and when they had it.
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

    /// Is the answer of this read the new value?
    pub fn saw_new(&self, read: usize) -> bool {
        matches!(self.reads[read].answer, Some((_, NEW)))
    }

    /// Was every read answered?
    pub fn answered(&self) -> bool {
        self.reads.iter().all(|r| r.answer.is_some())
    }
}

/// Runs a schedule. With `mends_first` a read whose answers differ sends the new value on and waits until a quorum has it; without, it
/// answers at once.
pub fn run(s: &Schedule, mends_first: bool) -> Told {
    // A version with an older stamp than the copy has is refused, and acknowledged as superseded.
    let refused = s.clock_behind > Time::ZERO;
    let arrives = s.write.map(|way| match way {
        Way::After(delay) => Some(delay),
        Way::Lost => None,
    });
    let stored = if refused { [None; COPIES] } else { arrives };
    let acks: Vec<Time> = sorted(arrives.iter().flatten().map(|t| *t + USUAL));
    let written = acks.get(QUORUM - 1).copied().filter(|t| *t <= PATIENCE);
    // When each copy has the new value, by whatever way.
    let mut has = stored;
    let first = read(FIRST_READ, s.first, &mut has, mends_first);
    // It begins after the answer, if only by a moment.
    let begins = first.answer.map_or(Time::MAX, |a| a.0 + s.pause.max(ns(1)));
    let second = read(begins, s.second, &mut has, mends_first);
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

fn read(begun: Time, ways: [Way; COPIES], has: &mut [Option<Time>; COPIES], mends_first: bool) -> Read {
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
            Way::After(delay) => Some(asked + delay).filter(|t| *t <= begun + PATIENCE),
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
    let mut mended = never.mended;
    let mut answered = at;
    if mends_first && value == NEW {
        let known = quorum.iter().filter(|(_, i)| replies[*i].1 == NEW).count();
        for copy in 0..COPIES {
            let counted_new = quorum.iter().any(|(_, i)| *i == copy && replies[copy].1 == NEW);
            if !counted_new && known < QUORUM {
                mended[copy] = Some(at + USUAL);
                has[copy] = Some(has[copy].map_or(at + USUAL, |t| t.min(at + USUAL)));
            }
        }
        if known < QUORUM {
            answered = at + USUAL * 2;
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
    fn without_an_attack_both_stores_are_in_order() {
        for mends in [false, true] {
            let told = run(&CALM, mends);
            assert!(told.holds && told.answered() && told.saw_new(0) && told.saw_new(1));
            assert_eq!(told.written, Some(ms(2)));
        }
    }

    #[test]
    fn a_slow_write_shows_new_and_then_old_unless_the_read_mends_first() {
        let slow = Schedule {
            write: [after(ms(1)), after(ms(400)), LOST],
            first: [after(ms(1)), after(ms(1)), after(ms(50))],
            second: [after(ms(50)), after(ms(1)), after(ms(1))],
            ..CALM
        };
        let plain = run(&slow, false);
        assert!(plain.saw_new(0) && !plain.saw_new(1) && !plain.holds);
        let mending = run(&slow, true);
        assert!(mending.saw_new(0) && mending.saw_new(1) && mending.holds);
        // It pays with one round more.
        assert_eq!(
            mending.reads[0].answer.unwrap().0,
            plain.reads[0].answer.unwrap().0 + ms(2)
        );
    }

    #[test]
    fn a_store_that_mends_first_bears_every_schedule_of_a_grid() {
        let ways = [after(ms(1)), after(ms(30)), after(ms(300)), LOST];
        let mut broken = 0;
        for code in 0..4_usize.pow(9) {
            let way = |place: u32| ways[code / 4_usize.pow(place) % 4];
            let three = |from: u32| [way(from), way(from + 1), way(from + 2)];
            let s = Schedule { write: three(0), first: three(3), second: three(6), ..CALM };
            assert!(run(&s, true).holds, "{s:?}");
            broken += u32::from(!run(&s, false).holds);
        }
        assert!(broken > 1_000, "{broken} schedules break the plain store");
    }

    #[test]
    fn a_clock_behind_breaks_both() {
        let skewed = Schedule { clock_behind: ms(5), ..CALM };
        assert!(!run(&skewed, false).holds && !run(&skewed, true).holds);
    }
}
