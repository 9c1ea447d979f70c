//! Outside the catalogue: the write has arrived everywhere before the second read.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(300)), after(ms(300))],
        first: [after(ms(1)), after(ms(1)), after(ms(50))],
        pause: ms(400),
        second: [after(ms(50)), after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
