//! Outside the catalogue: two whole servers.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(90), servers: 2, fails: percent(100), takes: ms(1) }
}
