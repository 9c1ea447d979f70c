//! What decides about a second request: the policy trait, and what a policy sees.

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
