//! Step 4 · operate: one side may only freeze, the other may only promote, and the freeze comes first.

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

/// Needs no memory: the orchestrator keeps the times.
#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        // Cut off: nobody can tell this side anything, so it stops by its own clock, before the others go.
        if !seen.with_majority && seen.majority_for >= secs(8) {
            return Action::Freeze;
        }
        // The others: go when the primary has been silent for longer than a short cut, and the replica is worth it.
        let gone = seen.primary == Site::East && seen.primary_silent >= secs(12);
        if seen.with_majority && gone && seen.replica_behind <= secs(5) {
            return Action::Promote(Site::West);
        }
        Action::Wait
    }
}

/// The reasons.
pub fn claim() -> Claim {
    Claim {
        // The promotion ends the outage; the hours afterwards are a restore and the catching up behind it.
        binding: Limit::RestoreSpeed,
        expects: [
            Expect::DownInCut(secs(22), secs(42)),
            Expect::DownInLoss(secs(9), secs(17)),
        ],
        // Shorter than the wait, the policy does nothing; a little longer, and it hurts fewer writes than waiting.
        reverses_when: (Quantity::OutageLength, 14.0),
    }
}

/// Hands in a fresh policy.
pub fn answer() -> Answer {
    Box::new(Failover::default())
}
