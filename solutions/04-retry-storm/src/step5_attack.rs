//! Step 5 · attack: take it all at once, at a load whose retries fill the dependency.

use designs::retry_storm::{Attack, ms, percent};

/// Two tries for each of 340 requests are 680 tries/s, and 500 can be finished; the stall makes the queue longer than 1 s.
pub fn answer() -> Attack {
    Attack { requests_per_second: 340.0, capacity_left: percent(0), lasting: ms(1_500) }
}
