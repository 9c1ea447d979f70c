//! The rules that are built in: those of the brief, which the lab shows and with which answers are compared.

use super::policy::{Action, Policy, Seen};
use judge::Percent;
use sim::Time;

/// Never sends a second request.
#[derive(Clone, Copy, Debug, Default)]
pub struct NeverHedge;

impl Policy for NeverHedge {
    fn decide(&mut self, _: &Seen) -> Action {
        Action::Wait
    }
}

/// Sends a second request after a delay, as long as the last second's second requests stay within a budget.
#[derive(Clone, Copy, Debug)]
pub struct HedgeAfter {
    /// Delay before the second request.
    pub after: Time,
    /// Second requests allowed, as a share of the first requests of the last second. 100 % or more: no budget.
    pub budget: Percent,
}

impl Policy for HedgeAfter {
    fn decide(&mut self, seen: &Seen) -> Action {
        if seen.waited < self.after {
            return Action::AskAgain(self.after - seen.waited);
        }
        let allowed = f64::from(seen.requests_last_second) * self.budget.fraction();
        if f64::from(seen.hedges_last_second) < allowed || self.budget.0 >= 100.0 {
            Action::Hedge
        } else {
            // The budget is spent for now; this request may still be worth a copy when there is room again.
            Action::AskAgain(sim::ms(20))
        }
    }
}
