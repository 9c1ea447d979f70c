//! Believes: whoever tries long enough gets through.
//! Seen in: clients that reconnect for ever, with pauses that end at 20 s.
//! Rejected by: comes_back_after_a_stall
//! Must hear: after how many failures, and how many seconds, is one more try of no use to anybody?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        let mut most = ms(50);
        for _ in 0..seen.tries {
            most = most * 2;
        }
        Next::Retry(most.min(secs(20)).scale(seen.random))
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
