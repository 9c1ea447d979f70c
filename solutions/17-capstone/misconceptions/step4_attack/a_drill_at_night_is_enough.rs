//! Believes: what holds at night holds.
//! Seen in: failover drills that are run when hardly anybody reads, and called passed.
//! Rejected by: a_card_breaks_a_up_to_the_highest_load_that_b_bears
//! Must hear: what of B would be asked for more than it can do, under this fault or just after it, if more and more arrived?

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(10) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(10) },
    }
}
