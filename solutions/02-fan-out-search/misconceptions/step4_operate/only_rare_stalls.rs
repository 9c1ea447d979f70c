//! Believes: only the rarest stalls of a leaf matter to the whole.
//! Seen in: delays set to the time-out, or to the leaf's p99.9.
//! Rejected by: cuts_the_tail_of_an_ordinary_day
//! Must hear: with a hundred leaves, how rare is a leaf's one in a hundred?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < ms(700) {
            return Action::AskAgain(ms(700) - seen.waited);
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
