//! Work on baskets that several clients change: read, merge, change one item, write back.

use super::{Version, ZONES};
use sim::{Time, ms, secs};

/// Clients at three fronts who change the same baskets.
#[derive(Clone, Debug, PartialEq)]
pub struct Baskets {
    /// Baskets, each as likely as another.
    pub baskets: u32,
    /// Mean time between two visits at one front; they come at random.
    pub visits_every: Time,
    /// Share of the visits that only look.
    pub looks: f64,
    /// Changes in any other visit, one after the other.
    pub changes: u32,
    /// Time from the end of a change to the next read.
    pub pause: Time,
    /// Share of the changes that take an item out of the basket; the others put one in.
    pub removes: f64,
    /// A read goes on with the answers that it has after so long, if it has any.
    pub patience: Time,
    /// No visit begins after that.
    pub until: Time,
}

impl Default for Baskets {
    fn default() -> Self {
        Baskets {
            baskets: 60,
            visits_every: ms(100),
            looks: 0.6,
            changes: 4,
            pause: ms(40),
            removes: 0.25,
            patience: ms(50),
            until: secs(30),
        }
    }
}

/// Numbers that a front may give to its changes of one basket.
const EACH: u32 = 128 / ZONES;

/// One change of a basket, as its client knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) key: u32,
    /// The item that was put in or taken out.
    pub(super) item: u128,
    pub(super) removes: bool,
    pub(super) at: Time,
    /// Was the client told that it is stored?
    pub(super) answered: bool,
}

/// The changes that one front made.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    /// How many of each basket.
    made: Vec<u32>,
    /// One for each write, in the same order.
    pub(super) all: Vec<Change>,
}

impl Changes {
    pub(super) fn answered(&mut self, op: u32) {
        if let Some(change) = self.all.get_mut(op as usize) {
            change.answered = true;
        }
    }

    /// The version with one item more, or, with `takes_out`, without one of its items; nothing when there are no numbers left.
    pub(super) fn change(
        &mut self,
        op: u32,
        front: u32,
        key: u32,
        read: Version,
        takes_out: Option<u64>,
        at: Time,
    ) -> Option<Version> {
        debug_assert_eq!(op as usize, self.all.len(), "a change for each write");
        let place = key as usize;
        if self.made.len() <= place {
            self.made.resize(place + 1, 0);
        }
        let nth = self.made[place];
        if nth >= EACH {
            return None;
        }
        self.made[place] += 1;
        let own = 1_u128 << (front * EACH + nth);
        let taken = takes_out.and_then(|luck| nth_item(read.items, luck));
        let items = match taken {
            Some(item) => read.items & !item,
            None => read.items | own,
        };
        self.all
            .push(Change { key, item: taken.unwrap_or(own), removes: taken.is_some(), at, answered: false });
        Some(Version { changes: read.changes | own, items, ..read })
    }
}

/// One of the items, by a number of 32 bits that was drawn.
fn nth_item(items: u128, luck: u64) -> Option<u128> {
    let count = u64::from(items.count_ones());
    let mut skip = (luck * count) >> 32;
    let mut rest = items;
    while rest != 0 {
        let lowest = rest & rest.wrapping_neg();
        if skip == 0 {
            return Some(lowest);
        }
        skip -= 1;
        rest &= !lowest;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_can_be_taken_out_and_none_of_an_empty_basket() {
        let items = 0b1010_0001_u128;
        for (share, item) in [(0.1, 0b1_u128), (0.5, 0b10_0000), (0.9, 0b1000_0000)] {
            let luck = (share * (1_u64 << 32) as f64) as u64;
            assert_eq!(nth_item(items, luck), Some(item));
        }
        assert_eq!(nth_item(0, 5), None);
    }

    #[test]
    fn changes_of_all_fronts_have_numbers_of_their_own() {
        let mut changes = 0_u128;
        for front in 0..ZONES {
            let mut own = Changes::default();
            for op in 0..EACH {
                let v = own.change(op, front, 0, Version::default(), None, Time::ZERO).unwrap();
                assert_eq!(changes & v.changes, 0);
                changes |= v.changes;
            }
            assert_eq!(own.change(EACH, front, 0, Version::default(), None, Time::ZERO), None);
        }
        assert_eq!(changes.count_ones(), EACH * ZONES);
    }
}
