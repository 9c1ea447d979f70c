//! Believes: any limit on retries is small enough.
//! Seen in: budgets of a fifth of the requests, copied from a default to a service without that much room.
//! Rejected by: comes_back_after_a_stall
//! Must hear: how much capacity is left beside the first tries, and who uses it first?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < 3 && seen.process.retries < 1 + seen.process.first_tries / 5 {
            return Next::Retry(ms(50));
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
