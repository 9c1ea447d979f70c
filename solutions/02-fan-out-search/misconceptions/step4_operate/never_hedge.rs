//! Believes: a leaf that is fast for 99 of 100 requests makes a query that is fast for 99 of 100 users.
//! Seen in: service levels that stop at the single server; Dean and Barroso 2013 open with the counter-example.
//! Rejected by: cuts_the_tail_of_an_ordinary_day
//! Must hear: of a hundred leaves, how many must be well for one user to be well?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, _seen: &Seen) -> Action {
        Action::Wait
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
