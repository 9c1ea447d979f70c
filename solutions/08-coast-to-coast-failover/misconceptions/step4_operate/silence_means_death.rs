//! Believes: silence means death.
//! Seen in: failure detectors set to a few seconds because a fast failover looks like availability.
//! Rejected by: sleeps_through_a_short_cut
//! Must hear: how long are the cuts in this network's own record?

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            return if seen.majority_for >= secs(2) {
                Action::Freeze
            } else {
                Action::Wait
            };
        }
        if seen.primary == Site::East && seen.primary_silent >= secs(3) && seen.replica_behind <= secs(5) {
            return Action::Promote(Site::West);
        }
        Action::Wait
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::RestoreSpeed,
        expects: [
            Expect::DownInCut(secs(22), secs(42)),
            Expect::DownInLoss(secs(9), secs(17)),
        ],
        reverses_when: (Quantity::OutageLength, 14.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Failover::default())
}
