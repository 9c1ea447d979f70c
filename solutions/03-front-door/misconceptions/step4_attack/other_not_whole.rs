//! Outside the catalogue: a server that fails half of its requests.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(70), servers: 1, fails: percent(50), takes: ms(1) }
}
