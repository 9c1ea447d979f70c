//! Believes: what piled up is divided by what a view applies.
//! Seen in: estimates of a catch-up: backlog over throughput, while traffic goes on.
//! Rejected by: a_card_breaks_b_from_the_lowest_load_that_it_does_not_bear
//! Must hear: how many scans a second does a view have left for what piled up?

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(42) },
        against_b: Card { fault: Fault::Cut, seconds: 180, load: percent(89) },
    }
}
