//! Outside the catalogue: the shape that the step shows, as it stands there.
//! Rejected by: a_card_breaks_a_up_to_the_highest_load_that_b_bears

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Zone, seconds: 150, load: percent(25) },
        against_b: Card { fault: Fault::Zone, seconds: 150, load: percent(25) },
    }
}
