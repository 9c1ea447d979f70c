//! Another way: trusts no span that it is told and counts its own ticks; at most one promotion in its life.

use designs::coast_to_coast_failover::{Action, Answer, Claim, Expect, Limit, Policy, Quantity, Seen, Site, secs};

#[derive(Default)]
pub struct Failover {
    alone: u32,
    silent: u32,
    promoted: bool,
}

impl Policy for Failover {
    fn tick(&mut self, seen: &Seen) -> Action {
        self.alone = if seen.with_majority { 0 } else { self.alone + 1 };
        self.silent = if seen.primary_silent > secs(1) {
            self.silent + 1
        } else {
            0
        };
        if self.alone > 8 {
            return Action::Freeze;
        }
        if self.alone == 0 && self.silent > 13 && seen.replica_behind <= secs(5) && !self.promoted {
            self.promoted = true;
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
            Expect::DownInLoss(secs(11), secs(20)),
        ],
        reverses_when: (Quantity::OutageLength, 17.0),
    }
}

pub fn answer() -> Answer {
    Box::new(Failover::default())
}
