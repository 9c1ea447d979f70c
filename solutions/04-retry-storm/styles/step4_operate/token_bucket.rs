//! Another way: a purse of ten tokens: a retry costs one, a success gives back a tenth. No window is looked at.

use designs::retry_storm::{Answer, Claim, Expect, Gate, Limit, Next, Policy, Quantity, Seen, ms, percent, secs};

#[derive(Default)]
pub struct Retrier {
    /// Tokens missing from ten.
    spent: f64,
}

impl Policy for Retrier {
    fn may_send(&mut self, _: &Seen) -> Gate {
        Gate::Send
    }

    fn on_success(&mut self, _: &Seen) {
        self.spent = (self.spent - 0.1).max(0.0);
    }

    fn on_failure(&mut self, seen: &Seen) -> Next {
        if seen.tries >= 4 || self.spent > 9.0 {
            return Next::GiveUp;
        }
        self.spent += 1.0;
        Next::Retry(ms(50))
    }
}

pub fn answer() -> Answer {
    Box::new(Retrier::default())
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Capacity,
        expects: [
            Expect::WellAgain(secs(28), secs(56)),
            Expect::ServedWithErrors(percent(82), percent(91)),
        ],
        reverses_when: (Quantity::RequestsPerSecond, 125.0),
    }
}
