//! Believes: whoever keeps everything loses nothing.
//! Seen in: merges that join two lists of items.
//! Rejected by: does_no_needless_work_on_an_ordinary_day
//! Must hear: what did the newer version do to the item that only the older one has?

use designs::quorum_store::{Answer, Keep, Policy, Seen, Version, ms};

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
