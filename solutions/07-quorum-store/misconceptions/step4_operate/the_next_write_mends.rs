//! Believes: the next write brings every copy up to date.
//! Seen in: stores with read repair turned off to save reads.
//! Rejected by: brings_copies_up_to_date_after_a_zone_was_away
//! Must hear: which of the baskets is looked at and not changed any more?

use designs::quorum_store::{Answer, Keep, Policy, Seen, Version, ms};

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
        false
    }
}

pub fn answer() -> Answer {
    Box::new(Rule::default())
}
