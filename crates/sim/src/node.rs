//! What a participant is, and what it can do.

use crate::engine::Core;
use crate::trace::{Kind, Note};
use crate::{Id, Stream, Time, TimerId};

/// One participant: a state machine that reacts to messages and timers.
///
/// All effects go through the [`Cx`], so a node is plain data: it can be looked at, cloned and compared between events.
/// Participants of several kinds are one enum that implements `Node`.
pub trait Node {
    /// What nodes say to each other. Kept small (an enum of plain data), it makes the engine faster: messages lie in the event queue.
    type Msg;

    /// Called once, at the start of the run; for a node that is down then, when it first comes up.
    fn start(&mut self, cx: &mut Cx<'_, Self::Msg>) {
        let _ = cx;
    }

    /// A message arrived.
    fn message(&mut self, from: Id, msg: Self::Msg, cx: &mut Cx<'_, Self::Msg>);

    /// A timer fired that was set with this tag.
    fn timer(&mut self, tag: u64, cx: &mut Cx<'_, Self::Msg>) {
        let _ = (tag, cx);
    }

    /// The node [crashes](crate::fault::What::Crash): here it forgets what was in its memory alone. Its timers are gone already.
    ///
    /// It can do nothing else now. Without this method of its own, a node keeps all of its state, as if everything lay on a disk.
    fn crash(&mut self) {}

    /// The node is back after a crash. By default it starts as at the start of the run.
    fn restart(&mut self, cx: &mut Cx<'_, Self::Msg>) {
        self.start(cx);
    }
}

/// What a node sees of the world, and how it acts on it, during one event.
#[derive(Debug)]
pub struct Cx<'a, M> {
    pub(crate) core: &'a mut Core<M>,
    pub(crate) me: Id,
}

impl<M> Cx<'_, M> {
    /// This node.
    #[inline]
    pub fn me(&self) -> Id {
        self.me
    }

    /// The time since the start of the run, true for every node. What a real node could know is its [clock](Cx::clock).
    #[inline]
    pub fn now(&self) -> Time {
        self.core.now
    }

    /// This node's own stream of random numbers.
    #[inline]
    pub fn rng(&mut self) -> &mut Stream {
        &mut self.core.seats[self.me as usize].rng
    }

    /// Sends a message. It arrives after one draw of the latency from here to there: the [link](crate::Sim::link)'s if it has its own, else
    /// the network's. It is lost if a [cut](crate::fault::What::Cut) is in force between the two now, and it vanishes if the receiver is down as it arrives.
    ///
    /// # Panics
    /// When there is no node `to`; without debug assertions, only as the message arrives.
    #[inline]
    pub fn send(&mut self, to: Id, msg: M) {
        let core = &mut *self.core;
        debug_assert!(
            (to as usize) < core.seats.len(),
            "node {} sends to node {to}, which does not exist",
            self.me
        );
        if let Some(latency) = core.network.latency(self.me, to) {
            let number = core.queue.push(core.now + latency, to, self.me, Some(msg));
            core.record_message(self.me, Kind::Sent, to, number);
        } else {
            core.lose(self.me, to);
        }
    }

    /// Calls [`Node::timer`] with `tag` after this span, unless [cancelled](Cx::cancel). A timer due at [`Time::MAX`] never fires.
    #[inline]
    pub fn set_timer(&mut self, after: Time, tag: u64) -> TimerId {
        self.core.set_timer(self.me, self.core.now + after, tag)
    }

    /// What this node's own [clock](crate::Clock) reads; true time unless [`Sim::set_clock`](crate::Sim::set_clock) said otherwise.
    #[inline]
    pub fn clock(&self) -> Time {
        self.core.clock(self.me).read(self.core.now)
    }

    /// Calls [`Node::timer`] as soon as this node's own clock has advanced by `after`: on a fast clock earlier than [`Cx::set_timer`].
    /// A clock that is set anew meanwhile does not move the timer.
    #[inline]
    pub fn set_timer_by_clock(&mut self, after: Time, tag: u64) -> TimerId {
        let due = self.core.clock(self.me).due(self.core.now, after);
        self.core.set_timer(self.me, due, tag)
    }

    /// Cancels a timer; does nothing when it has fired or was cancelled before. Takes constant time.
    #[inline]
    pub fn cancel(&mut self, timer: TimerId) {
        self.core.timers.cancel(timer);
    }

    /// How many times longer than usual this node's work takes now: the product of the [`Slow`](crate::fault::What::Slow) faults in force on it, 1 when well.
    #[inline]
    pub fn slowdown(&self) -> f64 {
        self.core.seats[self.me as usize].slowdown
    }

    /// How long this much work takes at this node now: `work` times the [slowdown](Cx::slowdown); exactly `work` when well.
    #[inline]
    pub fn stretch(&self, work: Time) -> Time {
        work.scale(self.slowdown())
    }

    /// Writes a number or a text into the trace. The closure is called only when a trace is on.
    #[inline]
    pub fn note<T: Into<Note>>(&mut self, what: impl FnOnce() -> T) {
        if let Some(trace) = &mut self.core.trace {
            trace.note(self.core.now, self.me, what().into());
        }
    }

    /// Ends the run after this event.
    #[inline]
    pub fn stop(&mut self) {
        self.core.stopped = true;
    }
}
