//! Outside the catalogue: a write that takes longer than a message may.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(900)), after(ms(900))],
        first: [after(ms(1)), after(ms(1)), after(ms(50))],
        pause: ms(1),
        second: [after(ms(50)), after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
