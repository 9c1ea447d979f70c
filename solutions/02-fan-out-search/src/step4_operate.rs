//! Step 4 · operate: a delay decides who gets a copy, a limit over the last second decides how many.

use designs::fan_out_search::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, ms, percent};

/// Needs no memory: the root counts for it.
#[derive(Default)]
pub struct Hedger {}

impl Policy for Hedger {
    fn decide(&mut self, seen: &Seen) -> Action {
        // Asked as the request leaves: come back just beyond the leaf's p95. Earlier buys copies of what is about to be answered.
        if seen.waited == ms(0) {
            return Action::AskAgain(ms(20));
        }
        // A limit that holds in every second, so that good days cannot save up for a storm.
        if seen.hedges_last_second * 100 < seen.requests_last_second * 5 {
            return Action::Hedge;
        }
        // Whoever is still out when there is room again is the one worth a copy.
        Action::AskAgain(ms(20))
    }
}

/// The reasons.
pub fn claim() -> Claim {
    Claim {
        // In the storm nearly all slots are busy: requests wait for a slot more than for a leaf's rare slow answer.
        binding: Limit::Slots,
        expects: [
            Expect::UsersP99(ms(45), ms(85)),
            Expect::ExtraRequests(percent(3.5), percent(6)),
        ],
        // Without a limit the copies double the work: 1.36 busy slots × factor × 2 passes 8 at a factor of about 3, a little
        // later in truth, since a copy that still queues is withdrawn.
        reverses_when: (Quantity::StormFactor, 3.2),
    }
}

/// Hands in a fresh policy.
pub fn answer() -> Answer {
    Box::new(Hedger::default())
}
