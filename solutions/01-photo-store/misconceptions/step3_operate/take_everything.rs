//! Believes: a request that is let in is a request that is helped.
//! Seen in: AUTHOR: where people say so, with a source or a place.
//! Rejected by: keeps_waits_short_in_a_rush
//! Must hear: when more arrive than leave, where do the others stay, and for how long?

use designs::photo_store::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Doorkeeper {}

impl Policy for Doorkeeper {
    fn decide(&mut self, _seen: &Seen) -> Action {
        Action::Admit
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [
            Expect::UsersP99(ms(80), ms(150)),
            Expect::Served(percent(58), percent(68)),
        ],
        reverses_when: (Quantity::RequestsPerSecond, 250.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Doorkeeper::default())
}
