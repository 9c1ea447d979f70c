//! Another way: a breaker that judges each shard by its own failures.

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        if seen.this_shard.failures >= 5 && seen.this_shard.failures > seen.this_shard.successes {
            return Gate::Refuse;
        }
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < 3 {
            return Next::Retry(ms(100));
        }
        Next::GiveUp
    }
}

pub fn answer() -> Answer {
    Box::new(Retrier::default())
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::TimeOut,
        expects: [
            Expect::PeakTries(1.3, 2.5),
            Expect::ServedWithErrors(percent(90), percent(100)),
        ],
        reverses_when: (Quantity::RequestsPerSecond, 125.0),
    }
}
