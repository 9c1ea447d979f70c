//! Believes: what a rule does to a fault does not depend on the load.
//! Seen in: fault drills that are held at night.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise
//! Must hear: when have the other servers no room for what is kept from these?

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(40), servers: 5, fails: percent(20), takes: ms(1) }
}
