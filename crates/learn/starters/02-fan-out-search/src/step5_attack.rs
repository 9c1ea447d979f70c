//! Step 5 · attack: show that the missing limit matters.
//!
//! Two designs send a second request after 18 ms: one without a limit, one with a limit of 6 %. Both promise that at least
//! 60 % of the answers are complete, whatever happens to the leaves for 5 s. Find a slow-down in which the first breaks
//! that promise and the second keeps it.

use designs::fan_out_search::{Attack, ms, percent, secs};

/// The slow-down: `machines` is the share of leaf machines, `factor` how many times slower they work (1 to 10), `lasting`
/// how long it lasts (at most 5 s).
pub fn answer() -> Attack {
    todo!("step 5: a slow-down that only one of the two designs survives")
}
