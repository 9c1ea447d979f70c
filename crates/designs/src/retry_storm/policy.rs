//! What decides about tries: the policy trait, what it sees, and the policies that are built in.

use judge::Percent;
use sim::{Time, ms};

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

/// Tries once.
#[derive(Clone, Copy, Debug, Default)]
pub struct NeverRetry;

impl Policy for NeverRetry {
    fn on_failure(&mut self, _: &Seen) -> Next {
        Next::GiveUp
    }
}

/// Tries a number of times, at once or after a pause that doubles, within a budget.
#[derive(Clone, Copy, Debug)]
pub struct RetryUpTo {
    /// Tries a request, the first included.
    pub tries: u32,
    /// The most that the first pause can be; zero: at once. The pause is drawn between zero and this, and this doubles with every try.
    pub pause: Time,
    /// Retries allowed in any 10 s, as a share of first tries. 100 % or more: no budget.
    pub budget: Percent,
}

impl RetryUpTo {
    /// Up to `tries` tries a request, each at once after the last has failed, without a budget.
    pub fn at_once(tries: u32) -> RetryUpTo {
        RetryUpTo { tries, pause: Time::ZERO, budget: Percent(100.0) }
    }
}

/// The longest pause that doubling leads to.
pub const LONGEST_PAUSE: Time = ms(20_000);

impl Policy for RetryUpTo {
    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries >= self.tries {
            return Next::GiveUp;
        }
        // One retry in 10 s is always allowed, or a process with few requests would have none.
        let allowed = 1.0 + f64::from(seen.process.first_tries) * self.budget.fraction();
        if self.budget.0 < 100.0 && f64::from(seen.process.retries) >= allowed {
            return Next::GiveUp;
        }
        let most = (self.pause * (1 << (seen.tries - 1).min(20))).min(LONGEST_PAUSE);
        Next::Retry(most.scale(seen.random))
    }
}

/// When a [`Breaker`] opens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Opens {
    /// At this many failures in the last 10 s.
    AtFailures(u32),
    /// When this share of the tries of the last 10 s failed, out of 20 or more.
    AtShare(Percent),
}

/// Retries at once, up to a number of tries, and lets nothing through while it is open.
#[derive(Clone, Copy, Debug)]
pub struct Breaker {
    /// Tries a request, the first included.
    pub tries: u32,
    /// When it opens. It closes when that is no longer so.
    pub opens: Opens,
}

impl Policy for Breaker {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        let (bad, good) = (seen.process.failures, seen.process.successes);
        let open = match self.opens {
            Opens::AtFailures(most) => bad >= most,
            Opens::AtShare(share) => bad + good >= 20 && f64::from(bad) >= f64::from(bad + good) * share.fraction(),
        };
        if open { Gate::Refuse } else { Gate::Send }
    }

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < self.tries {
            Next::Retry(Time::ZERO)
        } else {
            Next::GiveUp
        }
    }
}
