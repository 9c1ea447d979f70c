//! Another way: the delay itself is the limit. The more second requests went out in the last second, the later the next one leaves.

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        let used = seen.hedges_last_second * 100;
        let mut delay = ms(16);
        if used > seen.requests_last_second * 3 {
            delay = ms(20);
        }
        if used > seen.requests_last_second * 4 {
            delay = ms(26);
        }
        if used > seen.requests_last_second * 5 {
            delay = ms(1_000);
        }
        if seen.waited < delay {
            return Action::AskAgain(ms(6));
        }
        Action::Hedge
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::Slots,
        expects: [
            Expect::UsersP99(ms(45), ms(85)),
            Expect::ExtraRequests(percent(2.5), percent(4.5)),
        ],
        reverses_when: (Quantity::StormFactor, 3.2),
    }
}

pub fn answer() -> Answer {
    Box::new(Hedger::default())
}
