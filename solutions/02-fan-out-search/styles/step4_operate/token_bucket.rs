//! Another way: the policy counts for itself. First requests earn second ones, and few can be saved up.

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {
    tokens: f64,
}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited == ms(0) {
            // Twenty first requests pay for a second one. What a tenth of a second earns is the most that can be saved.
            self.tokens = (self.tokens + 0.05).min(100.0);
        }
        if seen.waited < ms(20) {
            return Action::AskAgain(ms(20) - seen.waited);
        }
        if self.tokens < 1.0 {
            return Action::AskAgain(ms(15));
        }
        self.tokens -= 1.0;
        Action::Hedge
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [
            Expect::UsersP99(ms(45), ms(85)),
            Expect::ExtraRequests(percent(3.5), percent(6)),
        ],
        reverses_when: (Quantity::StormFactor, 3.2),
    }
}

pub fn answer() -> Answer {
    Box::new(Hedger::default())
}
