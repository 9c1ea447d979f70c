//! Believes: a fault at more servers reaches more users.
//! Seen in: severities that count servers.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise
//! Must hear: how many open requests has a server that does half of its work?

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(70), servers: 10, fails: percent(10), takes: ms(1) }
}
