//! Believes: the more is lost, the more goes wrong.
//! Seen in: failure drills that count what is switched off.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order
//! Must hear: which of your losses could be a delay as well?

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), LOST, LOST],
        first: [after(ms(1)), after(ms(1)), LOST],
        pause: ms(1),
        second: [LOST, after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
