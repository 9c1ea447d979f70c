//! Step 4 · operate: history decides, and where it cannot, nothing is thrown away.

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

/// Needs no memory: versions know what they were made from.
#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        if first.has_seen(second) {
            Keep::First
        } else if second.has_seen(first) {
            Keep::Second
        } else {
            // Each knows something that the other does not. What was taken out on one side only may come back.
            Keep::Both
        }
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        // Younger than that, the write is still on its way to the slower copies.
        seen.age > ms(200)
    }
}

/// Hands in a fresh rule.
pub fn answer() -> Answer {
    Box::new(Rule::default())
}

/// The reasons.
pub fn claim() -> MergeClaim {
    MergeClaim {
        // Only what both sides do meanwhile makes versions that have not seen each other.
        binding: MergeLimit::CutLength,
        expects: [
            MergeExpect::BackInCut(percent(7), percent(13)),
            MergeExpect::RepairsAway(percent(2), percent(4)),
        ],
        // The clock loses about so many items for each one more that comes back by history.
        reverses_when: (MergeQuantity::PriceOfOneBack, 8.2),
    }
}
