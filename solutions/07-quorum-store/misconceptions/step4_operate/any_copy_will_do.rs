//! Believes: copies differ so rarely that either will do.
//! Seen in: caches that answer with the first reply.
//! Rejected by: loses_hardly_anything_in_a_cut
//! Must hear: what does the version that you dropped know that yours does not?

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        Keep::First
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        seen.age > ms(200)
    }
}

pub fn answer() -> Answer {
    Box::new(Rule::default())
}

pub fn claim() -> MergeClaim {
    MergeClaim {
        binding: MergeLimit::CutLength,
        expects: [
            MergeExpect::BackInCut(percent(7), percent(13)),
            MergeExpect::RepairsAway(percent(2), percent(4)),
        ],
        reverses_when: (MergeQuantity::PriceOfOneBack, 8.2),
    }
}
