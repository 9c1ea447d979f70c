//! Believes: what is hardest for one rule is hardest for the other.
//! Seen in: a test written for the last incident, run again on its cure.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise
//! Must hear: what does this rule do to a server that fails a few of its requests, and who gets the rest of them?

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(70), servers: 1, fails: percent(100), takes: ms(1) }
}
