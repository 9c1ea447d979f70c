//! Believes: a write either stands or leaves nothing behind.
//! Seen in: clients that take an error for “did not happen”.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order
//! Must hear: what does a write leave that has reached one copy, and who may see it?

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [LOST, LOST, after(ms(500))],
        first: [after(ms(1)), after(ms(1)), after(ms(1))],
        pause: ms(1),
        second: [after(ms(1)), after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
