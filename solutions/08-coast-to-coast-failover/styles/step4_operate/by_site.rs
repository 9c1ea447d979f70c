//! Another way: each site has its own part, written with `match`; the cloud only votes.

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        match seen.here {
            Site::East if !seen.with_majority && seen.majority_for >= secs(9) => Action::Freeze,
            Site::West if seen.primary_silent < secs(13) || seen.replica_behind > secs(3) => Action::Wait,
            Site::West if seen.with_majority && seen.primary == Site::East => Action::Promote(Site::West),
            _ => Action::Wait,
        }
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::RestoreSpeed,
        expects: [
            Expect::DownInCut(secs(22), secs(42)),
            Expect::DownInLoss(secs(9), secs(17)),
        ],
        reverses_when: (Quantity::OutageLength, 15.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Failover::default())
}
