//! Believes: when the link is back, things can go back to where they were.
//! Seen in: automatic fail-back next to automatic failover.
//! Rejected by: does_not_dance_with_a_flapping_link
//! Must hear: which writes would the East lack, if it led again at this moment?

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            return if seen.majority_for >= secs(8) {
                Action::Freeze
            } else {
                Action::Wait
            };
        }
        if seen.here == Site::East && seen.primary == Site::West && seen.since_promotion >= secs(5) {
            return Action::Promote(Site::East);
        }
        if seen.primary == Site::East && seen.primary_silent >= secs(12) && seen.replica_behind <= secs(5) {
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
