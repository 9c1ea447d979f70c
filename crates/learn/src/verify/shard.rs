//! A share of the work, for several machines: the shares of all of them together are the whole, and nothing is done twice.

use anyhow::{Result, bail};
use std::cell::Cell;

/// Which pieces of work are ours. Every machine counts the same pieces in the same order, and takes every n-th.
#[derive(Debug)]
pub(super) struct Shard {
    /// 1 to `of`.
    part: u64,
    of: u64,
    seen: Cell<u64>,
    taken: Cell<u64>,
}

impl Shard {
    /// Reads `2/4`; without a text it is the whole.
    pub(super) fn read(text: Option<&str>) -> Result<Shard> {
        let Some(text) = text else {
            return Ok(Shard::new(1, 1));
        };
        let parts = text.split_once('/').map(|(i, n)| (i.parse(), n.parse()));
        match parts {
            Some((Ok(part), Ok(of))) if 0 < part && part <= of => Ok(Shard::new(part, of)),
            _ => bail!(
                "--shard {text:?} is no share of the work: write which one and of how many, for example 2/4, with the first from 1 to the second"
            ),
        }
    }

    fn new(part: u64, of: u64) -> Shard {
        Shard { part, of, seen: Cell::new(0), taken: Cell::new(0) }
    }

    /// Is the next piece of work ours? To be asked once for each piece, whatever came of those before.
    pub(super) fn mine(&self) -> bool {
        let n = self.seen.get();
        self.seen.set(n + 1);
        let mine = n % self.of == self.part - 1;
        self.taken.set(self.taken.get() + u64::from(mine));
        mine
    }

    /// Those of several pieces that are ours.
    pub(super) fn ours<'a, T>(&self, all: impl IntoIterator<Item = &'a T>) -> Vec<&'a T> {
        all.into_iter().filter(|_| self.mine()).collect()
    }

    /// How much of the work it was; nothing for the whole.
    pub(super) fn summary(&self) -> Option<String> {
        (self.of > 1).then(|| {
            format!(
                "shard {} of {}: {} of {} pieces of the work",
                self.part,
                self.of,
                self.taken.get(),
                self.seen.get()
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shards_together_are_the_whole_and_nothing_is_done_twice() {
        let pieces: Vec<u32> = (0..37).collect();
        for of in 1..=40 {
            let mut done: Vec<u32> = Vec::new();
            for part in 1..=of {
                let shard = Shard::read(Some(&format!("{part}/{of}"))).unwrap();
                // Asked piece by piece and in groups, as the parts of a design are.
                done.extend(pieces[..1].iter().filter(|_| shard.mine()));
                done.extend(shard.ours(&pieces[1..20]));
                done.extend(shard.ours(&pieces[20..]));
            }
            done.sort();
            assert_eq!(done, pieces, "{of} shards");
        }
        let shard = Shard::read(Some("2/3")).unwrap();
        shard.ours(&pieces);
        assert_eq!(shard.summary().unwrap(), "shard 2 of 3: 12 of 37 pieces of the work");
        assert_eq!(Shard::read(None).unwrap().summary(), None);
    }

    #[test]
    fn a_share_that_there_cannot_be_is_refused() {
        for bad in ["0/3", "4/3", "x", "", "1", "1/", "/3", "1/0", "-1/3", "1/3/5", "1.0/3"] {
            let said = Shard::read(Some(bad)).unwrap_err().to_string();
            assert!(said.contains("2/4") && said.lines().count() == 1, "{said}");
        }
    }
}
