//! What decides about a second request: the policy trait, what it sees, and the policies that are built in.

use judge::Percent;
use sim::Time;

/// What a policy may do about one leaf request that has no answer yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// Send a second request to the other replica now. Each leaf request can be hedged once.
    Hedge,
    /// Ask again when this much more time has passed (at least 1 ms; no more than 50 times a request).
    AskAgain(Time),
    /// Leave this request alone from now on.
    Wait,
}

/// What a policy sees when it is asked about one leaf request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// How long this request has been without an answer. 0 ms when it is sent.
    pub waited: Time,
    /// Leaves that this query asked.
    pub leaves: u32,
    /// Leaves of this query that have not answered yet, this one included.
    pub still_waiting: u32,
    /// First requests that this root sent to leaves in the last second, over all queries.
    pub requests_last_second: u32,
    /// Second requests that this root sent in the last second, over all queries.
    pub hedges_last_second: u32,
}

/// A hedging policy. One policy serves all queries of a root, one decision at a time.
pub trait Policy {
    /// Called once when a leaf request is sent, and again whenever [`Action::AskAgain`] asked for it.
    fn decide(&mut self, seen: &Seen) -> Action;
}

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
