//! Believes: slower than usual means stuck.
//! Seen in: delays set to the average latency of the call.
//! Rejected by: cuts_the_tail_of_an_ordinary_day
//! Must hear: of the requests you copied, how many would have answered within the next few milliseconds?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < ms(10) {
            return Action::AskAgain(ms(10) - seen.waited);
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
