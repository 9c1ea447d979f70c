//! The rules that are built in: those of the lab, of the attack and of the calculations.

use super::policy::{Action, Policy, Seen, Site};
use sim::Time;

/// Never promotes: a person will decide.
#[derive(Clone, Copy, Debug, Default)]
pub struct NeverPromote;

impl Policy for NeverPromote {
    fn tick(&mut self, _: &Seen) -> Action {
        Action::Wait
    }
}

/// Promotes the West after a time, freezes the side without a majority after a time, and refuses a replica that is too far
/// behind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timed {
    /// The primary must have been silent for this long; [`Time::MAX`]: never.
    pub promote_after: Time,
    /// Without a majority for this long, the primary takes no writes; [`Time::MAX`]: never.
    pub freeze_after: Time,
    /// A replica further behind than this is not promoted.
    pub max_lag: Time,
}

impl Policy for Timed {
    fn tick(&mut self, seen: &Seen) -> Action {
        if !seen.with_majority {
            let frozen = seen.here == seen.primary && seen.majority_for >= self.freeze_after;
            return if frozen { Action::Freeze } else { Action::Wait };
        }
        let gone = seen.primary == Site::East && seen.primary_silent >= self.promote_after;
        if gone && seen.replica_behind <= self.max_lag {
            return Action::Promote(Site::West);
        }
        Action::Wait
    }
}
