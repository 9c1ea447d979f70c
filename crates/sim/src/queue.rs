//! Pending events in order of time, and the timers among them.

use crate::{Id, Time};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A pending event, held in the heap itself. Without a message it is a timer, or (for [`NOBODY`]) a fault.
#[derive(Clone, Debug)]
pub(crate) struct Pending<M> {
    pub(crate) at: Time,
    /// Events of one instant happen in this order: the faults first, then everything else as it was scheduled.
    pub(crate) seq: u64,
    pub(crate) to: Id,
    /// The sender of a message, the slot of a timer, the index of a fault's edge.
    pub(crate) word: u32,
    pub(crate) msg: Option<M>,
}

/// The receiver of events that concern no single node.
pub(crate) const NOBODY: Id = Id::MAX;

impl<M> PartialEq for Pending<M> {
    fn eq(&self, other: &Self) -> bool {
        self.seq == other.seq
    }
}

impl<M> Eq for Pending<M> {}

impl<M> PartialOrd for Pending<M> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        other.key() <= self.key()
    }

    #[inline]
    fn lt(&self, other: &Self) -> bool {
        other.key() < self.key()
    }
}

impl<M> Pending<M> {
    /// Time and sequence as one number: two subtractions compare it, without a branch.
    #[inline]
    fn key(&self) -> u128 {
        (u128::from(self.at.as_ns()) << 64) | u128::from(self.seq)
    }
}

impl<M> Ord for Pending<M> {
    /// Reversed, because `BinaryHeap` gives its greatest element first.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

/// Sequence numbers below belong to the edges of faults: beginnings by their index, then ends by theirs.
const AFTER_FAULTS: u64 = 1 << 33;

/// The pending events.
#[derive(Clone, Debug)]
pub(crate) struct Queue<M> {
    heap: BinaryHeap<Pending<M>>,
    seq: u64,
}

impl<M> Queue<M> {
    pub(crate) fn new() -> Self {
        Queue { heap: BinaryHeap::new(), seq: AFTER_FAULTS }
    }

    /// Schedules an event; the number it got, which no other has.
    #[inline]
    pub(crate) fn push(&mut self, at: Time, to: Id, word: u32, msg: Option<M>) -> u64 {
        self.seq += 1;
        self.heap.push(Pending { at, seq: self.seq, to, word, msg });
        self.seq
    }

    /// A number for something that never becomes an event.
    pub(crate) fn number(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    /// Disarms every timer of these nodes; their events are skipped when they surface.
    pub(crate) fn disarm(&self, timers: &mut Timers, of: impl Fn(Id) -> bool) {
        let events = self
            .heap
            .iter()
            .filter(|e| e.msg.is_none() && e.to != NOBODY && of(e.to));
        events.for_each(|timer| timers.slots[timer.word as usize].armed = false);
    }

    /// Schedules the beginning or the end of a fault, ahead of all else in its instant.
    pub(crate) fn push_edge(&mut self, at: Time, ends: bool, fault: u32) {
        let seq = (u64::from(ends) << 32) | u64::from(fault);
        self.heap.push(Pending { at, seq, to: NOBODY, word: fault, msg: None });
    }

    /// Is nothing left to happen?
    pub(crate) fn is_over(&self) -> bool {
        self.heap.peek().is_none_or(|next| next.at == Time::MAX)
    }

    /// Takes the next event, if it is due at `end` or before.
    #[inline]
    pub(crate) fn pop(&mut self, end: Time) -> Option<Pending<M>> {
        if self.heap.peek()?.at > end {
            None
        } else {
            self.heap.pop()
        }
    }
}

/// Names one setting of one timer. Cancelling it after it has fired does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimerId {
    slot: u32,
    generation: u32,
}

#[derive(Clone, Debug)]
struct Slot {
    tag: u64,
    /// How many timers have used this slot and gone; a [`TimerId`] of an earlier one does not match.
    generation: u32,
    armed: bool,
}

/// The set timers. A slot stays taken until its event leaves the queue, cancelled or not; so the event needs only the slot's number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

impl Timers {
    #[inline]
    pub(crate) fn set(&mut self, tag: u64) -> TimerId {
        if let Some(slot) = self.free.pop() {
            let s = &mut self.slots[slot as usize];
            s.tag = tag;
            s.armed = true;
            return TimerId { slot, generation: s.generation };
        }
        let slot = u32::try_from(self.slots.len()).expect("at most 2³² timers at a time");
        self.slots.push(Slot { tag, generation: 0, armed: true });
        TimerId { slot, generation: 0 }
    }

    #[inline]
    pub(crate) fn cancel(&mut self, id: TimerId) {
        let s = &mut self.slots[id.slot as usize];
        if s.generation == id.generation {
            s.armed = false; // its event is skipped when it surfaces
        }
    }

    /// Is the timer in this slot still to fire?
    #[inline]
    pub(crate) fn armed(&self, slot: u32) -> bool {
        self.slots[slot as usize].armed
    }

    /// Frees the slot of an event that has left the queue; its tag, unless it was cancelled.
    #[inline]
    pub(crate) fn take(&mut self, slot: u32) -> Option<u64> {
        let s = &mut self.slots[slot as usize];
        let tag = s.armed.then_some(s.tag);
        s.armed = false;
        s.generation = s.generation.wrapping_add(1);
        self.free.push(slot);
        tag
    }
}

impl TimerId {
    #[inline]
    pub(crate) fn slot(self) -> u32 {
        self.slot
    }
}
