//! Believes: what is built apart fails apart.
//! Seen in: comparing two designs box by box, and leaving out the boxes that they share.
//! Rejected by: a_card_breaks_b_from_the_lowest_load_that_it_does_not_bear
//! Must hear: which boxes of the two drawings are one and the same box?

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(42) },
        against_b: Card { fault: Fault::Login, seconds: 120, load: percent(60) },
    }
}
