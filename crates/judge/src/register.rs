//! Is what clients saw of one register the same as if every operation had happened at one instant?
//!
//! A history is *linearizable* when each operation can be given one instant between its call and its return, so that every
//! read gives what the last write before it wrote. A write without a return may have happened at any instant after its call, or
//! never. The search is that of Wing and Gong (1993): try every operation that may be the next, and remember what has been tried.

use std::collections::BTreeSet;

/// What an operation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Wrote this value.
    Write(u32),
    /// Gave this value.
    Read(u32),
}

/// One operation of a client on the register. Instants are numbers in any unit; only their order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Op {
    /// What it did.
    pub did: Did,
    /// When it was called.
    pub call: u64,
    /// When it returned; `None`: it never did, or it returned an error.
    pub back: Option<u64>,
}

/// Most operations that a history may have.
pub const MOST: usize = 32;

/// Can every operation be given an instant? `first` is the value before the first write.
///
/// ```
/// use judge::register::{Did, Op, linearizable};
/// let op = |did, call, back| Op { did, call, back: Some(back) };
/// let (write, new, old) = (op(Did::Write(1), 0, 9), op(Did::Read(1), 1, 2), op(Did::Read(0), 3, 4));
/// assert!(linearizable(0, &[write, new]));
/// assert!(!linearizable(0, &[write, new, old]));
/// ```
///
/// # Panics
/// When there are more than [`MOST`] operations.
pub fn linearizable(first: u32, history: &[Op]) -> bool {
    assert!(history.len() <= MOST, "at most {MOST} operations");
    // A read that never came back says nothing.
    let ops: Vec<Op> = history
        .iter()
        .copied()
        .filter(|o| o.back.is_some() || matches!(o.did, Did::Write(_)))
        .collect();
    search(first, 0, &ops, &mut BTreeSet::new())
}

/// `done` has a bit for each operation that has got its instant; `seen` are the states that led nowhere.
fn search(value: u32, done: u64, ops: &[Op], seen: &mut BTreeSet<(u64, u32)>) -> bool {
    let open = |i: usize| done & (1 << i) == 0;
    if (0..ops.len()).all(|i| !open(i) || ops[i].back.is_none()) {
        return true;
    }
    if !seen.insert((done, value)) {
        return false;
    }
    // Nobody may come after an operation that has already returned when it is called.
    let soonest = (0..ops.len()).filter(|i| open(*i)).filter_map(|i| ops[i].back).min();
    (0..ops.len()).filter(|i| open(*i)).any(|i| {
        let may_be_next = soonest.is_none_or(|back| ops[i].call <= back);
        may_be_next
            && match ops[i].did {
                Did::Write(new) => search(new, done | 1 << i, ops, seen),
                Did::Read(read) => read == value && search(value, done | 1 << i, ops, seen),
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(did: Did, call: u64, back: u64) -> Op {
        Op { did, call, back: Some(back) }
    }

    fn open(did: Did, call: u64) -> Op {
        Op { did, call, back: None }
    }

    #[test]
    fn one_after_the_other_is_as_written() {
        let h = [
            op(Did::Write(1), 0, 1),
            op(Did::Read(1), 2, 3),
            op(Did::Write(2), 4, 5),
            op(Did::Read(2), 6, 7),
        ];
        assert!(linearizable(0, &h));
        assert!(!linearizable(0, &[h[0], op(Did::Read(0), 2, 3)]));
        assert!(linearizable(0, &[]));
    }

    #[test]
    fn new_and_then_old_is_not() {
        let h = [
            op(Did::Write(1), 0, 100),
            op(Did::Read(1), 10, 20),
            op(Did::Read(0), 30, 40),
        ];
        assert!(!linearizable(0, &h));
        // Reads that overlap may be put in the other order.
        assert!(linearizable(0, &[h[0], h[1], op(Did::Read(0), 15, 40)]));
    }

    #[test]
    fn a_write_that_failed_may_have_happened_or_not_but_not_both() {
        let failed = open(Did::Write(1), 0);
        let (new, old) = (op(Did::Read(1), 10, 20), op(Did::Read(0), 30, 40));
        assert!(linearizable(0, &[failed, new]));
        assert!(linearizable(
            0,
            &[failed, op(Did::Read(0), 10, 20), op(Did::Read(1), 30, 40)]
        ));
        assert!(!linearizable(0, &[failed, new, old]));
        assert!(linearizable(0, &[failed, old]));
        assert!(!linearizable(0, &[new]), "nobody wrote it");
    }

    /// The same question, answered by trying every order of every choice of the writes that never returned.
    fn by_all_orders(first: u32, ops: &[Op]) -> bool {
        fn orders(value: u32, order: &mut Vec<usize>, ops: &[Op]) -> bool {
            if (0..ops.len()).all(|i| order.contains(&i) || ops[i].back.is_none()) {
                return true;
            }
            for i in 0..ops.len() {
                if order.contains(&i) {
                    continue;
                }
                // It must not have returned before one that already stands in the order was called.
                if order
                    .iter()
                    .any(|j| ops[i].back.is_some_and(|back| back < ops[*j].call))
                {
                    continue;
                }
                let next = match ops[i].did {
                    Did::Write(new) => new,
                    Did::Read(read) if read == value => value,
                    Did::Read(_) => continue,
                };
                order.push(i);
                if orders(next, order, ops) {
                    return true;
                }
                order.pop();
            }
            false
        }
        orders(first, &mut Vec::new(), ops)
    }

    #[test]
    fn it_agrees_with_trying_every_order() {
        // A small generator of numbers: which histories are tried must not depend on anything.
        let mut state = 7u64;
        let mut below = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let mut held = 0;
        for _ in 0..4_000 {
            let ops: Vec<Op> = (0..2 + below(5))
                .map(|_| {
                    let value = below(3) as u32;
                    let call = below(12);
                    let write = below(2) == 0;
                    let did = if write { Did::Write(value) } else { Did::Read(value) };
                    let back = (!write || below(4) > 0).then_some(call + 1 + below(6));
                    Op { did, call, back }
                })
                .collect();
            let result = linearizable(0, &ops);
            assert_eq!(result, by_all_orders(0, &ops), "{ops:?}");
            held += u32::from(result);
        }
        assert!((400..3_600).contains(&held), "both answers must occur: {held} of 4,000");
    }
}
