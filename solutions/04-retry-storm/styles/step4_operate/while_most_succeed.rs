//! Another way: retries as long as successes outnumber failures, however many retries that makes.

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        let counts = seen.process;
        let calm = counts.failures <= 2 || counts.failures < counts.successes;
        if seen.tries < 3 && calm {
            return Next::Retry(ms(100).scale(seen.random));
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
            Expect::PeakTries(1.2, 2.3),
            Expect::ServedWithErrors(percent(90), percent(100)),
        ],
        reverses_when: (Quantity::RequestsPerSecond, 125.0),
    }
}
