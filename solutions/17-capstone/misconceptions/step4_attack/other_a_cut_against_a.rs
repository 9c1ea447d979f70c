//! Outside the catalogue: a cut, at the proposal that has nothing to cut.
//! Rejected by: a_card_breaks_a_up_to_the_highest_load_that_b_bears

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Cut, seconds: 120, load: percent(42) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(68) },
    }
}
