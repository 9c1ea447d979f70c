//! Outside the catalogue: the first read misses it, the second sees it.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(300)), after(ms(300))],
        first: [after(ms(50)), after(ms(1)), after(ms(1))],
        pause: ms(1),
        second: [after(ms(1)), after(ms(1)), after(ms(50))],
        clock_behind: ms(0),
    }
}
