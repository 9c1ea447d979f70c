//! Outside the catalogue: second requests for the last two leaves of a query only.
//! Rejected by: cuts_the_tail_of_an_ordinary_day

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.still_waiting > 2 {
            return Action::AskAgain(ms(5));
        }
        if seen.waited < ms(60) {
            return Action::AskAgain(ms(5));
        }
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
