//! Believes: a second request is free.
//! Seen in: advice to send every request twice and take the first answer.
//! Rejected by: cuts_the_tail_of_an_ordinary_day
//! Must hear: whose capacity does the copy use, and what would you have learned by waiting a little?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, _seen: &Seen) -> Action {
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
