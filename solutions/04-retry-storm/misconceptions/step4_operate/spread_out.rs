//! Believes: retries that are spread out are fewer.
//! Seen in: advice that ends with exponential backoff and jitter; Brooker 2022, What is backoff for?, says what it does not do.
//! Rejected by: comes_back_after_a_stall
//! Must hear: what is the total sent for each request, while time-outs last?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries >= 4 {
            return Next::GiveUp;
        }
        let mut most = ms(100);
        for _ in 0..seen.tries {
            most = most * 2;
        }
        Next::Retry(most.scale(seen.random))
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
