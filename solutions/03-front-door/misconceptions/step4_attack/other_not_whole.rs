//! Outside the catalogue: three servers that fail a fifth, at a load that leaves room.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(70), servers: 3, fails: percent(20), takes: ms(1) }
}
