//! Outside the catalogue: a cut, at the proposal that has nothing to cut.
//! Rejected by: a_card_breaks_proposal_a_and_spares_b

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Cut, seconds: 120, load: percent(30) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(60) },
    }
}
