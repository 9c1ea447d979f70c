//! Outside the catalogue: the version with more items is kept.
//! Rejected by: loses_nothing_in_a_cut

use designs::quorum_store::{Answer, Keep, Policy, Seen, Version, ms};

#[derive(Default)]
pub struct Rule {}

impl Policy for Rule {
    fn merge(&mut self, first: &Version, second: &Version) -> Keep {
        if first.items() >= second.items() {
            Keep::First
        } else {
            Keep::Second
        }
    }

    fn repair(&mut self, seen: &Seen) -> bool {
        seen.age > ms(200)
    }
}

pub fn answer() -> Answer {
    Box::new(Rule::default())
}
