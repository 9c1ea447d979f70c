//! Believes: what some requests meet, all would meet.
//! Seen in: circuit breakers over a whole dependency that open at a failure rate of a tenth.
//! Rejected by: does_no_harm_when_one_shard_is_dead
//! Must hear: from which share of failures on is it better for everybody to send nothing?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        let all = seen.process.successes + seen.process.failures;
        if all >= 20 && seen.process.failures * 10 > all {
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
