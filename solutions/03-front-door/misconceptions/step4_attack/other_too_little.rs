//! Outside the catalogue: five servers that fail one request in a hundred.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(90), servers: 5, fails: percent(1), takes: ms(1) }
}
