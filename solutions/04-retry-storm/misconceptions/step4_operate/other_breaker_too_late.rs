//! Outside the catalogue: a breaker that opens when hardly anything works any more, and four tries until then.
//! Rejected by: comes_back_after_a_stall

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        if seen.process.failures > 100 + seen.process.successes * 19 {
            return Gate::Refuse;
        }
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < 5 {
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
