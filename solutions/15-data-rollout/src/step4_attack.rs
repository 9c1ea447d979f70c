//! Step 4 · attack: rows that nobody reads until the plan by the clock is done.

use designs::data_rollout::{Attack, Where, hours, percent};

/// Three stages of four hours are over at hour 12. Until hour 20 nothing can show; the other plan still waits for its first read.
pub fn answer() -> Attack {
    Attack {
        read_from: hours(20),
        shows_after: hours(0),
        fails: percent(100),
        machines: Where::Everywhere,
    }
}
