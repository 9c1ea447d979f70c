//! Outside the catalogue: a good policy with one expectation given twice.
//! Rejected by: the_claim_holds

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < ms(20) {
            return Action::AskAgain(ms(20) - seen.waited);
        }
        if seen.hedges_last_second * 100 < seen.requests_last_second * 6 {
            return Action::Hedge;
        }
        Action::AskAgain(ms(20))
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [Expect::UsersP99(ms(45), ms(85)), Expect::UsersP99(ms(50), ms(90))],
        reverses_when: (Quantity::StormFactor, 3.2),
    }
}

pub fn answer() -> Answer {
    Box::new(Hedger::default())
}
