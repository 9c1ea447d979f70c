//! Step 4 · attack: quick, whole, and at a load at which nobody else looks free.

use designs::front_door::{Attack, ms, percent};

/// One server whose errors are open for 2 ms, where answers are open for 101 ms; 19 servers at 70 % have room for all.
pub fn answer() -> Attack {
    Attack { load: percent(70), servers: 1, fails: percent(100), takes: ms(1) }
}
