//! Another way: it reckons the wait from the time of a request, and lets in whoever would begin within 45 ms.

use designs::photo_store::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Doorkeeper {}

impl Policy for Doorkeeper {
    fn decide(&mut self, seen: &Seen) -> Action {
        let wait = ms(40) * u64::from(seen.waiting) / u64::from(seen.slots);
        if wait < ms(45) { Action::Admit } else { Action::Refuse }
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
