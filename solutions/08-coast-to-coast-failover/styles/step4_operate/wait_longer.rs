//! Another way: longer waits on both sides, so that a cut of 43 s ends before anybody is promoted.

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            return if seen.majority_for >= secs(40) {
                Action::Freeze
            } else {
                Action::Wait
            };
        }
        if seen.primary == Site::East && seen.primary_silent >= secs(46) && seen.replica_behind <= secs(5) {
            return Action::Promote(Site::West);
        }
        Action::Wait
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::RestoreSpeed,
        expects: [
            Expect::DownInCut(secs(8), secs(15)),
            Expect::DownInLoss(secs(34), secs(60)),
        ],
        reverses_when: (Quantity::OutageLength, 48.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Failover::default())
}
