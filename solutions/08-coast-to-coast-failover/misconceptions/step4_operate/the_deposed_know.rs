//! Believes: the old primary knows that it was deposed.
//! Seen in: designs in which the majority decides and nobody asks what the minority does; GitHub 2018 is one.
//! Rejected by: bounds_what_a_cut_strands
//! Must hear: who tells it, over which link?

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
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
