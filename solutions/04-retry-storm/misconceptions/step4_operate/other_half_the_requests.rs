//! Outside the catalogue: sends only every second request.
//! Rejected by: hides_lost_tries_from_users

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {
    turn: bool,
}

impl Policy for Retrier {
    fn may_send(&mut self, seen: &Seen) -> Gate {
        if seen.tries > 0 {
            return Gate::Send;
        }
        self.turn = !self.turn;
        if self.turn { Gate::Send } else { Gate::Refuse }
    }

    fn on_success(&mut self, _: &Seen) {}

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries < 3 && seen.process.retries < 1 + seen.process.first_tries / 10 {
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
