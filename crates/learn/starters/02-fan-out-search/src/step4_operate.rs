//! Step 4 · operate: decide about second requests, one leaf request at a time.
//!
//! `decide` is called when a leaf request is sent (`seen.waited` is 0 ms) and again whenever it asked for that:
//!
//! | you return | what happens |
//! |---|---|
//! | `Action::Hedge` | a second request goes to the other replica, once |
//! | `Action::AskAgain(ms(5))` | you are asked again in 5 ms if there is still no answer |
//! | `Action::Wait` | this request is left alone |
//!
//! `seen` has `waited`, `leaves`, `still_waiting` (leaves of this query without an answer, this one included),
//! `requests_last_second` and `hedges_last_second` (first and second requests of the whole root).

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

/// What your policy remembers between decisions. You may add fields; most policies need none.
#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        todo!("step 4: when to send a second request, and when not")
    }
}

/// What limits your policy in a storm (`LeafTail`, `Slots`, `Network`, `Deadline`), what you expect of two objectives (`Expect::UsersP99`, `Expect::ExtraRequests`,
/// both on an ordinary day, `Expect::StormMedian`; high at most twice low), and at which value of a `Quantity`
/// (`StormFactor`, `QueriesPerSecond`) your policy and the same one without a limit change places in the storm.
pub fn claim() -> Claim {
    todo!("step 4: the reasons for your policy")
}

/// Hands in a fresh policy with its claim. Nothing to do here.
pub fn answer() -> Answer {
    (Box::new(Hedger::default()), claim())
}
