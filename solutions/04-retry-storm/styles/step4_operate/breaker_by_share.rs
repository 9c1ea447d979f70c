//! Another way: no limit on retries at all: a breaker that lets nothing through while half of what came back failed.

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        let all = seen.process.successes + seen.process.failures;
        if all >= 20 && seen.process.failures * 2 > all {
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
        binding: Limit::TimeOut,
        expects: [
            Expect::PeakTries(1.3, 2.5),
            Expect::ServedWithErrors(percent(90), percent(100)),
        ],
        reverses_when: (Quantity::RequestsPerSecond, 125.0),
    }
}
