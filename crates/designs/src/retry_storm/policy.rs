//! What decides about tries: the policy trait, what a policy sees, and what it may answer.

use sim::Time;

/// What became of a try that did not succeed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Failure {
    /// Nothing has failed yet: this is about a first try.
    #[default]
    None,
    /// No answer within the time-out. The try may be queueing, or in work, or lost.
    TimedOut,
    /// The shard's queue was full; no work was done.
    Refused,
    /// The shard answered with an error; no work was done.
    Failed,
}

/// May this try leave?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Yes.
    Send,
    /// No: the request fails here and now, without a try.
    Refuse,
}

/// What to do after a try has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Try again when this much time has passed. `Retry(ms(0))`: at once. A request is tried 10 times at most.
    Retry(Time),
    /// Tell the user that it failed.
    GiveUp,
}

/// What one process counted over its last 10 s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// First tries that were sent.
    pub first_tries: u32,
    /// Retries that were decided on.
    pub retries: u32,
    /// Tries that were answered in time.
    pub successes: u32,
    /// Tries that failed, for whichever reason.
    pub failures: u32,
}

/// What a policy sees when it is asked. It belongs to one process and sees what that process sees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    /// Tries of this request so far.
    pub tries: u32,
    /// How the last of them failed.
    pub failure: Failure,
    /// Time since this request began.
    pub waited: Time,
    /// Time since this process began.
    pub now: Time,
    /// The shard that this request needs, counted from 0.
    pub shard: u32,
    /// A new random number, from 0 to 1, for those who want to spread things out.
    pub random: f64,
    /// This process, all shards, over the last 10 s.
    pub process: Counts,
    /// This process and this request's shard, over the last 10 s.
    pub this_shard: Counts,
}

/// A retry policy. Each process has its own, which serves all requests of that process.
pub trait Policy {
    /// Asked before every try, the first included.
    fn may_send(&mut self, seen: &Seen) -> Gate {
        let _ = seen;
        Gate::Send
    }

    /// Told about every try that was answered in time.
    fn on_success(&mut self, seen: &Seen) {
        let _ = seen;
    }

    /// Asked after every try that failed. The counts of `seen` include it.
    fn on_failure(&mut self, seen: &Seen) -> Next;
}
