//! Believes: it is enough that both things happen, in whatever order.
//! Seen in: time-outs of two teams that were never laid side by side.
//! Rejected by: bounds_what_a_cut_strands
//! Must hear: what does each coast do between your promotion and your freeze?

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            return if seen.majority_for >= secs(25) {
                Action::Freeze
            } else {
                Action::Wait
            };
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
