//! Step 4 · operate: what becomes of versions that differ.
//!
//! Customers and robots at three fronts change 60 baskets: read, merge what came back, put one item in or take one out, write the
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
//! | an ordinary day | 2 % of the items lost; 1 % repairs |
//! | the first zone cut off from the others for 15 s, both sides go on | 2 % of the items lost; 4 % of the copies behind |
//! | the copies of one zone away for 15 s | 2 % of the items lost, 5 % back; 2 % of the copies behind |
//! | the clock of one front 5 s behind | 2 % of the items lost; 1 % repairs |
//!
//! *Lost* items were put in, taken out by nobody, and are missing in the end; items *back* were taken out and are there in the end. Copies
//! are *behind* when they differ from the most complete one in the end. *Repairs* are versions sent to copies that lack something,
//! for each read.

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

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

/// The reasons for your rule. They are judged by a test of their own: write the rule first.
///
/// - `binding`: which of `MergeLimit::CutLength` (15 s), `WriteDelay` and `ReplyDelay` (how long these messages are on their way),
///   `Patience` (50 ms), a tenth shorter, brings back the fewest items with the cut.
/// - `expects`: two of `MergeExpect::BackInCut(percent(1), percent(2))` (items that come back, of those taken out),
///   `RepairsInCut(percent(20), percent(40))` and `RepairsAway(percent(20), percent(40))` (for each read, with the cut and with a
///   zone away). The high end is at most twice the low end.
/// - `reverses_when`: the `PriceOfOneBack` (how many lost items one that came back counts for), or the `RemovesPercent` (share of
///   the changes that take something out; both count alike), at which the better one changes between your rule and "the later
///   clock wins", with the cut. Better is who has fewer items wrong in the end. It is tried at 0.8 and 1.25 times your value;
///   of some quantities one rule is the better one at all values.
pub fn claim() -> MergeClaim {
    todo!("step 4: the reasons for your rule")
}
