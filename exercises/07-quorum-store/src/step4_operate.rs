//! Step 4 · operate: what becomes of versions that differ.
//!
//! Customers and robots at three fronts change 24 baskets: read, merge what came back, put one item in or take one out, write the
//! result. N = 3, R = 2, W = 1; a read goes on with one answer when no second one comes within 50 ms. When all copies have answered a
//! read and do not have the same, you are asked whether to send what they lack.
//!
//! | of a version | is |
//! |---|---|
//! | `first.has_seen(second)` | was the first made from the second, or from something that was made from it? |
//! | `first.clock` | what the clock of its writer showed: a `Time` |
//! | `first.items()` | how many items it holds |
//!
//! | `seen.` | is |
//! |---|---|
//! | `lacking`, `copies` | how many copies lack something, of how many |
//! | `age` | time since the newest version was written: compare it with a time, as `ms(30)` |
//!
//! | situation, 30 s and 10 s of calm | limits |
//! |---|---|
//! | an ordinary day | LIMITS1 |
//! | the first zone cut off from the others for 15 s, both sides go on | LIMITS2 |
//! | the copies of one zone away for 15 s | LIMITS3 |
//! | the clock of one front 5 s behind | LIMITS4 |
//!
//! *Lost* items were put in, taken out by nobody, and are missing in the end; items *back* were taken out and are there in the end. Copies
//! are *behind* when they differ from the most complete one in the end. *Repairs* are versions sent to copies that lack something,
//! for each read.

use designs::quorum_store::{Answer, Keep, Policy, Seen, Version, ms};

/// What your rule remembers between questions. Many need nothing.
#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    /// Two versions of one basket differ. `Keep::First` has the items of the first, `Keep::Second` those of the second, `Keep::Both`
    /// those of both. Whatever you keep counts as made from both.
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        todo!("step 4: what becomes of two versions")
    }

    /// Is what these copies lack sent to them now?
    fn repair(&mut self, seen: &Seen) -> bool {
        todo!("step 4: whether copies are mended")
    }
}

/// Hands in a fresh rule. Nothing to do here.
pub fn answer() -> Answer {
    Box::new(Rule::default())
}
