//! Step 4 · operate: what becomes of versions that differ.
//!
//! Customers and robots (programs that do as customers do) at three fronts change 60 baskets: read, merge what came back, put one item
//! in or take one out, write the result. About 48 changes a second, as many at each front; a quarter of them take something out.
//! N = 3, R = 2, W = 1; the read of a change goes on with one answer when no second one comes within 50 ms, its *patience*. When all
//! copies have answered a read and do not have the same, you are asked whether to send what they lack. That is the only repair.
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
//! | `age` | time since the newest version was written, a `Time` as `ms(30)` is one: from the stamp that its writer's clock gave it to what the clock of this front shows, and 0 if the stamp lies ahead |
//!
//! For 30 s people and robots come; then there are 10 s of calm, in which nobody reads or writes. What goes wrong lasts from second 5
//! to second 20.
//!
//! | situation | limits |
//! |---|---|
//! | an ordinary day | 2 % of the items put in lost; one repair for 100 reads |
//! | the first zone cut off from the others for 15 s, both sides go on | 2 % of the items put in lost; 4 % of the copies behind |
//! | the copies of one zone away for 15 s; its front goes on | 2 % of the items put in lost, 5 % of those taken out back; 2 % of the copies behind |
//! | the clock of the first front shows 5 s less than the others, all the time | 2 % of the items put in lost; one repair for 100 reads |
//!
//! The end is after the calm: your rule at the first front merges what the three copies have of a basket. Of the items *put in*, those
//! count that nobody took out; one is *lost* when it is missing then. An item that was *taken out* is *back* when it is there then.
//! Changes that were not answered do not count. A *copy* of a basket, of which there are 180, is *behind* when it differs from the
//! most complete one. *Repairs* are versions sent to copies that lack something: one read may cause two. In percent they are counted
//! on all reads, so that three for 100 reads are 3 %.
//!
//! Of two versions either may be given first: your rule is asked both ways.

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent, secs,
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

/// The reasons for your rule. They are judged by a test of their own: write the rule first. They have this shape; the values are
/// arbitrary, and wrong:
///
/// ```text
/// MergeClaim {
///     binding: MergeLimit::Patience,
///     expects: [
///         MergeExpect::RepairsInCut(percent(20), percent(40)),
///         MergeExpect::RepairsAway(percent(20), percent(40)),
///     ],
///     reverses_when: (MergeQuantity::PriceOfOneBack, 400.0),
/// }
/// ```
///
/// - `binding`: which of `MergeLimit::CutLength` (15 s), `WriteDelay` and `ReplyDelay` (how long these messages are on their way),
///   `Patience` (50 ms), shortened by a tenth, leaves the fewest items that come back, with the cut.
/// - `expects`: two of `MergeExpect::BackInCut` (items that come back, of those taken out), `RepairsInCut` and `RepairsAway` (repairs
///   for 100 reads, with the cut and with a zone away). The high end is at most twice the low end.
///   `cargo learn replay 07/operate --test …` shows these for one run, beside "the later clock wins".
/// - `reverses_when`: the `PriceOfOneBack` (how many lost items one that came back counts for), or the `RemovesPercent` (share of
///   the changes that take something out; both count alike), at which the better one changes between your rule and "the later
///   clock wins", which mends whatever differs, with the cut. An item is wrong when it is lost, or when it is back; an item back counts
///   as many times as its price says. The rule with fewer wrong items is the better one. It is tried at 0.8 and 1.25 times your
///   value; of some quantities one rule is the better one at all values.
pub fn claim() -> MergeClaim {
    todo!("step 4: the reasons for your rule")
}
