//! Step 5 · attack: show that the missing limit matters.
//!
//! Two designs send a second request after 18 ms: one without a limit, one with the owner's limit of 8 %. Both promise that at
//! least 60 % of the answers are complete, whatever happens to the leaves for a few seconds. Find a load and a slow-down in
//! which the first breaks that promise and the second keeps it. At that load both must be well when nothing is slow.

use designs::fan_out_search::{Attack, ms, percent, secs};

/// `queries_per_second` is the load, 100 to 500, throughout; `machines` the share of leaf machines that slow down; `factor` how
/// many times slower they work, 1 to 3; `lasting` how long, at most 4 s.
pub fn answer() -> Attack {
    todo!("step 5: a load and a slow-down that only one of the two designs survives")
}
