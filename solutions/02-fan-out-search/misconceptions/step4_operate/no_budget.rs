//! Believes: slowness is always one leaf's own.
//! Seen in: hedging advice that gives a delay and no budget; the condition is in Dean and Barroso 2013, after table 2.
//! Rejected by: keeps_extra_work_within_the_limit_in_a_storm
//! Must hear: what does your policy send when nothing is wrong with this leaf in particular?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < ms(20) {
            return Action::AskAgain(ms(20) - seen.waited);
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
