//! Another way: no counter at all. A leaf is late when nearly all others of its query have answered, and then at most six are left.

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        // While many are out, slowness is not this leaf's own.
        if seen.waited < ms(20) || seen.still_waiting * 100 > seen.leaves * 5 {
            return Action::AskAgain(ms(8));
        }
        Action::Hedge
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [
            Expect::UsersP99(ms(45), ms(85)),
            Expect::ExtraRequests(percent(1.8), percent(3.5)),
        ],
        reverses_when: (Quantity::StormFactor, 3.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Hedger::default())
}
