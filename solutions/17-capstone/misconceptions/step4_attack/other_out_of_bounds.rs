//! Outside the catalogue: longer than a card may be.
//! Rejected by: a_card_breaks_b_from_the_lowest_load_that_it_does_not_bear

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(42) },
        against_b: Card { fault: Fault::Cut, seconds: 600, load: percent(70) },
    }
}
