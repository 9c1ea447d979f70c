//! Outside the catalogue: a region at a load that the other still does not bear.
//! Rejected by: a_card_breaks_proposal_a_and_spares_b

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(60) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(60) },
    }
}
