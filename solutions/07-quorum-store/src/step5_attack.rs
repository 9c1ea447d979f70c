//! Step 5 · attack: a write that is under way for long, and two reads that hear of different copies first.

use designs::quorum_store::{Attack, LOST, after, ms};

/// Copy 1 has the new value early. The first read hears of it; the second hears of the two others before.
pub fn answer() -> Attack {
    Attack {
        write: [after(ms(1)), after(ms(300)), LOST],
        first: [after(ms(1)), after(ms(1)), after(ms(50))],
        pause: ms(1),
        second: [after(ms(50)), after(ms(1)), after(ms(1))],
        clock_behind: ms(0),
    }
}
