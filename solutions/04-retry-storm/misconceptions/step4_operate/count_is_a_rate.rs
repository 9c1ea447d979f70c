//! Believes: a number of failures says how ill the dependency is.
//! Seen in: circuit breakers that open at the n-th failure in a window.
//! Rejected by: does_no_harm_when_one_shard_is_dead
//! Must hear: which callers did you refuse that would have been served, and what does a failure count say without its successes?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        if seen.process.failures >= 20 {
            return Gate::Refuse;
        }
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < 3 {
            return Next::Retry(ms(0));
        }
        Next::GiveUp
    }
}

pub fn answer() -> Answer {
    Box::new(Retrier::default())
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Capacity,
        expects: [
            Expect::WellAgain(secs(52), secs(100)),
            Expect::ServedWithErrors(percent(83), percent(92)),
        ],
        reverses_when: (Quantity::RequestsPerSecond, 125.0),
    }
}
