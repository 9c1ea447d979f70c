//! Outside the catalogue: a good rule, and the patience of reads for the limit.
//! Rejected by: the_claim_holds

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
        seen.age > ms(200)
    }
}

pub fn answer() -> Answer {
    Box::new(Rule::default())
}

pub fn claim() -> MergeClaim {
    MergeClaim {
        binding: MergeLimit::Patience,
        expects: [
            MergeExpect::BackInCut(percent(7), percent(13)),
            MergeExpect::RepairsAway(percent(2), percent(4)),
        ],
        reverses_when: (MergeQuantity::PriceOfOneBack, 8.2),
    }
}
