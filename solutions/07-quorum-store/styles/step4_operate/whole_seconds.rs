//! Another way: the other order of questions, and an age in whole seconds.

use designs::quorum_store::{
    Answer, Keep, MergeClaim, MergeExpect, MergeLimit, MergeQuantity, Policy, Seen, Version, ms, percent,
};

#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        match (first.has_seen(second), second.has_seen(first)) {
            (true, _) => Keep::First,
            (false, true) => Keep::Second,
            (false, false) => Keep::Both,
        }
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        seen.lacking > 0 && seen.age >= ms(1_000)
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
