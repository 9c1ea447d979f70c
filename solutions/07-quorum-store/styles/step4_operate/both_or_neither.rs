//! Another way: equal answers to both questions mean that neither is the newer one.

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        let (newer, older) = (first.has_seen(second), second.has_seen(first));
        if newer == older {
            return Keep::Both;
        }
        if newer { Keep::First } else { Keep::Second }
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        seen.age.as_ms() > 100.0
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
