//! Another way: the replica is the witness. No promotion while data still arrives, whatever the probes say.

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            return if seen.majority_for >= secs(14) {
                Action::Freeze
            } else {
                Action::Wait
            };
        }
        // Both must be silent, and few writes may be missing.
        let gone = seen.primary_silent >= secs(20) && seen.stream_silent >= secs(20);
        if seen.primary == Site::East && gone && seen.writes_behind <= 1_000 {
            return Action::Promote(Site::West);
        }
        Action::Wait
    }
}

pub fn claim() -> Claim {
    Claim {
        binding: Limit::RestoreSpeed,
        expects: [
            Expect::DownInCut(secs(20), secs(38)),
            Expect::DownInLoss(secs(15), secs(29)),
        ],
        reverses_when: (Quantity::OutageLength, 22.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Failover::default())
}
