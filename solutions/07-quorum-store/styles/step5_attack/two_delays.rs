//! Another way: nothing is lost, and the write is answered in the end.

use designs::quorum_store::{Attack, LOST, after, ms};

pub fn answer() -> Attack {
    Attack {
        write: [after(ms(400)), after(ms(2)), after(ms(400))],
        first: [after(ms(9)), after(ms(1)), after(ms(3))],
        pause: ms(0),
        second: [after(ms(2)), after(ms(20)), after(ms(2))],
        clock_behind: ms(0),
    }
}
