//! Outside the catalogue: retries time-outs only, so what fails at once is never helped.
//! Rejected by: helps_while_errors_persist

use designs::retry_storm::{
    Answer, Claim, Expect, Failure, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs,
};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        let timed_out = seen.failure == Failure::TimedOut;
        if timed_out && seen.tries < 3 && seen.process.retries < 1 + seen.process.first_tries / 10 {
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
