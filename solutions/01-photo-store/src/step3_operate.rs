//! Step 3 · operate: a place in the queue is worth having only if it is reached in time.

use designs::photo_store::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

/// Needs no memory: the counter shows who waits.
#[derive(Default)]
pub struct Doorkeeper {}

impl Policy for Doorkeeper {
    fn decide(&mut self, seen: &Seen) -> Action {
        // Ten slots take ten from the queue in the time of one request: whoever waits behind nine begins within about 40 ms.
        if seen.waiting < 10 {
            return Action::Admit;
        }
        Action::Refuse
    }
}

/// The reasons.
pub fn claim() -> Claim {
    Claim {
        // More arrive than the slots can work on; the network is a small constant.
        binding: Limit::Slots,
        expects: [
            Expect::UsersP99(ms(80), ms(150)),
            Expect::Served(percent(58), percent(68)),
        ],
        // Ten slots and 40 ms a request: 250 requests a second are the most that can leave.
        reverses_when: (Quantity::RequestsPerSecond, 250.0),
    }
}

/// Hands in a fresh policy.
pub fn answer() -> Answer {
    Box::new(Doorkeeper::default())
}
