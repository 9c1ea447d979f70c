//! Outside the catalogue: copies are mended after 30 s only.
//! Rejected by: brings_copies_up_to_date_after_a_zone_was_away

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
        seen.age > ms(30_000)
    }
}

pub fn answer() -> Answer {
    Box::new(Rule::default())
}
