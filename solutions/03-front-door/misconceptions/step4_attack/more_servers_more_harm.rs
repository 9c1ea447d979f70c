//! Believes: a fault at more servers does more harm.
//! Seen in: severities that count servers.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise
//! Must hear: whom does a rule avoid when all have equally many errors?

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(90), servers: 20, fails: percent(5), takes: ms(1) }
}
