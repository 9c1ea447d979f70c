//! Outside the catalogue: nothing goes wrong.
//! Rejected by: a_card_breaks_proposal_b_and_spares_a

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(30) },
        against_b: Card { fault: Fault::Nothing, seconds: 120, load: percent(60) },
    }
}
