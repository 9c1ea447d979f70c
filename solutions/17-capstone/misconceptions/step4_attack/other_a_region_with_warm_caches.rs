//! Outside the catalogue: a load at which B's other region would be as busy as planned if its caches were warm for everybody.
//! Rejected by: a_card_breaks_a_up_to_the_highest_load_that_b_bears

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(80) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(68) },
    }
}
