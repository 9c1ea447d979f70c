//! Believes: a brake that was right in the storm is right for ever.
//! Seen in: breakers that open and wait for a person to close them.
//! Rejected by: is_back_to_normal_after_the_storm
//! Must hear: what would your policy have to see to start again, and does it still look?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {
    tripped: bool,
}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < ms(20) {
            return Action::AskAgain(ms(20) - seen.waited);
        }
        if seen.still_waiting * 2 > seen.leaves {
            self.tripped = true;
        }
        if self.tripped {
            return Action::Wait;
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
