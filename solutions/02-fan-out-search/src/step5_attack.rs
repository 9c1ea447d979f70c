//! Step 5 · attack: leave room for the first requests and none for the copies.

use designs::fan_out_search::{Attack, percent, secs};

/// 1.36 busy slots × 5 = 6.8 of 8 without copies; twice that with them.
pub fn answer() -> Attack {
    Attack { machines: percent(100), factor: 5.0, lasting: secs(5) }
}
