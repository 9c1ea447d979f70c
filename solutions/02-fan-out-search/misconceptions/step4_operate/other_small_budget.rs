//! Outside the catalogue: a limit of 1 %, less than an ordinary day needs.
//! Rejected by: cuts_the_tail_of_an_ordinary_day

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < ms(20) {
            return Action::AskAgain(ms(20) - seen.waited);
        }
        if seen.hedges_last_second * 100 < seen.requests_last_second * 1 {
            return Action::Hedge;
        }
        Action::AskAgain(ms(20))
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
