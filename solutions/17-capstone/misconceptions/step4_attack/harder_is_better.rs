//! Believes: the harder the blow, the more it proves.
//! Seen in: drills at full load that end with everything on the floor.
//! Rejected by: a_card_breaks_a_up_to_the_highest_load_that_b_bears
//! Must hear: how much of the busiest hour's load can B's machines and views bear while this fault lasts, and just after it?

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(100) },
        against_b: Card { fault: Fault::Cut, seconds: 180, load: percent(100) },
    }
}
