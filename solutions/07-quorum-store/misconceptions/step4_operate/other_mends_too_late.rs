//! Outside the catalogue: copies are mended after 30 s only.
//! Rejected by: loses_hardly_anything_in_a_cut

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        if first.has_seen(second) {
            Keep::First
        } else if second.has_seen(first) {
            Keep::Second
        } else {
            Keep::Both
        }
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        seen.age > ms(30_000)
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
