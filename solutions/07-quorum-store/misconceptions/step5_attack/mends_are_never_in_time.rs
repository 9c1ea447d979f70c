//! Believes: what is mended after an answer is mended too late for the next read.
//! Seen in: reviews that count repair after reads as no repair at all.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order
//! Must hear: when does the first read mend, and what does it wait for until then?

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(400)), LOST],
        first: [after(ms(1)), after(ms(1)), after(ms(50))],
        pause: ms(100),
        second: [after(ms(50)), after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
