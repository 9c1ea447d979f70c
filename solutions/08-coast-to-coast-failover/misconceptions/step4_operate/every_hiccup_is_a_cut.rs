//! Believes: to stop writing is the safe side, so it costs nothing.
//! Seen in: self-fencing on the first missed heartbeat.
//! Rejected by: sleeps_through_a_short_cut
//! Must hear: against what does a freeze protect before anybody has been promoted?

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            return Action::Freeze;
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
