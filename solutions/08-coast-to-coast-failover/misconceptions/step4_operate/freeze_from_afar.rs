//! Believes: the side that decides can stop the side that it cannot reach.
//! Seen in: runbooks that begin with shutting the old primary down, over the network.
//! Rejected by: bounds_what_a_cut_strands
//! Must hear: on which side of the cut does your freeze run, and which link does it take?

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if seen.primary == Site::East && seen.primary_silent >= secs(12) && seen.replica_behind <= secs(5) {
            return Action::Promote(Site::West);
        }
        if seen.primary_silent >= secs(8) {
            return Action::Freeze;
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
