//! One version of a basket, and which others it was made from.

use crate::quorum_store::policy::Keep;
use sim::Time;

/// A version of a basket, as one copy holds it.
///
/// Every change of a basket has a number of its own. A version knows the numbers of the changes that it was made from: what a
/// version vector tells in a real store. An item has the number of the change that put it in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// What the clock of its writer showed. Clocks of two writers may differ.
    pub clock: Time,
    /// A bit for each change that it was made from, its own included.
    pub(super) changes: u128,
    /// A bit for each item, by the change that put it in.
    pub(super) items: u128,
}

impl Version {
    /// Was this version made from the other one, or from something that was made from it? A version has seen itself.
    pub fn has_seen(&self, other: &Version) -> bool {
        other.changes & !self.changes == 0
    }

    /// Items in the basket.
    pub fn items(&self) -> u32 {
        self.items.count_ones()
    }

    /// The two as one version, with what a policy keeps. Whoever writes it has seen both.
    pub fn merged(&self, other: &Version, keep: Keep) -> Version {
        let items = match keep {
            Keep::First => self.items,
            Keep::Second => other.items,
            Keep::Both => self.items | other.items,
        };
        Version { clock: self.clock.max(other.clock), changes: self.changes | other.changes, items }
    }

    /// A version by its bits, for questions about a policy.
    pub fn of(changes: u128, items: u128, clock: Time) -> Version {
        Version { clock, changes, items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_from_another_has_seen_it() {
        let first = Version::of(0b1, 0b1, Time::ZERO);
        let second = Version::of(0b11, 0b10, Time::ZERO);
        let aside = Version::of(0b101, 0b101, Time::ZERO);
        assert!(second.has_seen(&first) && !first.has_seen(&second) && first.has_seen(&first));
        assert!(!second.has_seen(&aside) && !aside.has_seen(&second));
        let both = second.merged(&aside, Keep::Both);
        assert!(both.has_seen(&second) && both.has_seen(&aside));
        assert_eq!((both.items(), second.merged(&aside, Keep::First).items()), (3, 1));
    }
}
