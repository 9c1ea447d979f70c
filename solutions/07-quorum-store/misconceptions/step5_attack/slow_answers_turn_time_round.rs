//! Believes: slow replies are enough to turn the order round.
//! Seen in: bug reports that blame the network.
//! Rejected by: only_the_store_that_mends_afterwards_loses_its_order
//! Must hear: at how many copies may the write have arrived when the second read asks?

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(1)), after(ms(1))],
        first: [after(ms(1)), after(ms(1)), after(ms(200))],
        pause: ms(1),
        second: [after(ms(200)), after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
