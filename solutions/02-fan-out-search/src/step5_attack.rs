//! Step 5 · attack: leave room for the first requests and none for the copies.

use designs::fan_out_search::{Attack, percent, secs};

/// 1.36 busy slots × 320 ÷ 200 × 3 = 6.5 of 8 without copies; twice that with them.
pub fn answer() -> Attack {
    Attack { queries_per_second: 320.0, machines: percent(100), factor: 3.0, lasting: secs(4) }
}
