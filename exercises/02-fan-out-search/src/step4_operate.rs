//! Step 4 · operate: decide about second requests, one leaf request at a time.
//!
//! `decide` is called when a leaf request is sent (`seen.waited` is 0 ms) and again whenever it asked for that:
//!
//! | you return | what happens |
//! |---|---|
//! | `Action::Hedge` | a second request goes to the other replica, once |
//! | `Action::AskAgain(ms(5))` | you are asked again in 5 ms (at least 1 ms) if there is still no answer; at most 50 times a request |
//! | `Action::Wait` | this request is left alone for good |
//!
//! `seen` has `waited`, `leaves`, `still_waiting` (leaves of this query without an answer, this one included),
//! `requests_last_second` and `hedges_last_second` (first and second requests of the whole root).
//!
//! | situation | extra requests | and |
//! |---|---|---|
//! | an ordinary day | at most 8 % | users' p99 within 90 ms |
//! | one machine ten times slower | at most 8 % | users' p99 within 130 ms |
//! | every leaf five times slower, for 5 s | at most 8 % | 55 % of answers complete |
//! | after that storm | at most 8 % | users' p99 within 90 ms |
//!
//! A limit that is looked at before sending can be passed by a few tenths of a per cent: leave room.

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

/// What your policy remembers between decisions. You may add fields; most policies need none.
#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        todo!("step 4: when to send a second request, and when not")
    }
}

/// The reasons for your policy, in the shape of step 3's claim.
///
/// - `binding`: which `Limit` would lower the median user's time *in the storm* most, if it were relieved by about a tenth.
/// - `expects`: two of `Expect::UsersP99` and `Expect::ExtraRequests` (both on an ordinary day) and `Expect::StormMedian`.
/// - `reverses_when`: the value of `StormFactor` or `QueriesPerSecond` at which the better one changes, in a storm, between your policy and
///   the rule "after 20 ms, without a limit". Better is the one with more complete answers; where these differ by less than one in
///   a hundred, the one with the lower p99. `QueriesPerSecond` is tried in the storm of factor 5.
pub fn claim() -> Claim {
    todo!("step 4: the reasons for your policy")
}

/// Hands in a fresh policy. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Hedger::default())
}
