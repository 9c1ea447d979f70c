//! The policies that are built in: the rules of the lab, and those that answers are held against.

use super::policy::{Gate, Next, Policy, Seen};
use judge::Percent;
use sim::{Time, ms};

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
    /// Retries allowed in any 10 s, as a share of first tries, and one more. 100 % or more: no budget.
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
        // One more than the share, or a process with few requests would have none.
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
