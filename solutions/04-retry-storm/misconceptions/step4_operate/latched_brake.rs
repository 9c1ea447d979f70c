//! Believes: a brake that was right in the trouble is right for ever.
//! Seen in: feature switches that an outage turns off and nobody turns on again.
//! Rejected by: comes_back_after_a_stall
//! Must hear: what would your policy have to see to start again, and can it still see it?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {
    off: bool,
}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        if seen.process.failures >= 20 && seen.process.failures > seen.process.successes {
            self.off = true;
        }
        if self.off {
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
