//! Believes: order goes wrong where clocks do.
//! Seen in: reviews that end with “synchronise the clocks”.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order
//! Must hear: can you do it with only delay and loss?

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(1)), after(ms(1))],
        first: [after(ms(1)), after(ms(1)), after(ms(1))],
        pause: ms(1),
        second: [after(ms(1)), after(ms(1)), after(ms(1))],
        clock_behind: ms(5_000),
    }
}
