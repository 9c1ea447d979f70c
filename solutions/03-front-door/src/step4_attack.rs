//! Step 4 · attack: a mild fault at several servers, when the others are nearly full.

use designs::front_door::{Attack, ms, percent};

/// Five servers fail a fifth each. Counted as open, 100 errors in 10 s keep half of the traffic from each of them; the fifteen others
/// can do 1,200 requests a second, and at 90 % there are 1,440. Without counting, the five still do four fifths of their work.
pub fn answer() -> Attack {
    Attack { load: percent(90), servers: 5, fails: percent(20), takes: ms(1) }
}
