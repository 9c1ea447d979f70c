//! The policies that are built in.

use super::policy::{Keep, Policy, Seen, Version};
use sim::Time;

/// How two versions become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// The later clock wins.
    ByClock,
    /// The items of both, always.
    All,
    /// Whichever was made from the other; the items of both when neither was.
    ByHistory,
}

/// A way to merge, and the age from which a difference is mended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// How two versions become one.
    pub merge: Merge,
    /// Copies are mended when the newest version is at least so old; [`Time::MAX`]: never.
    pub repair_after: Time,
}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        match self.merge {
            Merge::ByClock if first.clock >= second.clock => Keep::First,
            Merge::ByClock => Keep::Second,
            Merge::ByHistory if first.has_seen(second) => Keep::First,
            Merge::ByHistory if second.has_seen(first) => Keep::Second,
            Merge::All | Merge::ByHistory => Keep::Both,
        }
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        seen.age >= self.repair_after
    }
}

/// What the store does with pairs: there is nothing to merge, and every difference that a read finds is mended.
pub(super) fn plain() -> Box<dyn Policy> {
    Box::new(Rule { merge: Merge::ByHistory, repair_after: Time::ZERO })
}
