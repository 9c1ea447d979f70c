//! Believes: a limit on the average of the day is a limit on its worst minute.
//! Seen in: budgets counted since the process began, as a monthly error budget is.
//! Rejected by: keeps_extra_work_within_the_limit_in_a_storm
//! Must hear: over which stretch of time must a limit hold to protect a machine that is full now?

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

#[derive(Default)]
pub struct Hedger {
    first: u64,
    second: u64,
}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited == ms(0) {
            self.first += 1;
        }
        if seen.waited < ms(25) {
            return Action::AskAgain(ms(25) - seen.waited);
        }
        if self.second * 100 < self.first * 8 {
            self.second += 1;
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
