//! Outside the catalogue: a load that nobody bears.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(100), servers: 5, fails: percent(20), takes: ms(1) }
}
