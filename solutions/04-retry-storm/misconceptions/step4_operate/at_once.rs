//! Believes: what failed just now will work in a moment.
//! Seen in: loops of the form "for attempt in 0..4"; Site Reliability Engineering, chapter 22, shows where they lead.
//! Rejected by: comes_back_after_a_stall
//! Must hear: what does a failure tell you about the next try, when everybody's tries fail?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < 4 {
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
