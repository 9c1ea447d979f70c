//! Believes: the harder the blow, the more it proves.
//! Seen in: drills at full load that end with everything on the floor.
//! Rejected by: a_card_breaks_proposal_a_and_spares_b
//! Must hear: at which load would the other one's machines still answer what its caches no longer do?

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(100) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(60) },
    }
}
