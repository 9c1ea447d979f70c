//! Believes: rare errors are somebody else's business.
//! Seen in: clients whose retries were switched off for good after an outage.
//! Rejected by: hides_lost_tries_from_users
//! Must hear: what does one lost call in fifty cost the user, and what would one more try cost you?

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, percent, secs};

#[derive(Default)]
pub struct Retrier {}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, _: &Seen) -> Next {
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
