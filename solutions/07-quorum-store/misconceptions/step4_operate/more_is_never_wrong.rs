//! Believes: whoever keeps everything loses nothing.
//! Seen in: merges that join two lists of items.
//! Rejected by: brings_copies_up_to_date_after_a_zone_was_away
//! Must hear: what did the newer version do to the item that only the older one has?

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        Keep::Both
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
