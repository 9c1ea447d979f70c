//! Step 5 · attack: show how little it takes.
//!
//! Two policies try a request twice at most, the second time at once: one without a limit, one with retries limited to 20 % of the
//! first tries. Find a load and a loss of capacity after which the first is down for good and the second comes back. From 20 s
//! to 30 s after the end of the trouble, the first must serve less than half of its users, the second at least 99 %. At that load
//! both must serve 99 % when there is no trouble.
//!
//! The trouble may take 1.5 s of the full capacity in all: what is missing from 100 %, times how long it is missing.

use designs::retry_storm::{Attack, ms, percent, secs};

/// `requests_per_second` is the load, 100 to 490, throughout; `capacity_left` what the dependency can still do in the trouble, 0 % to
/// 100 % of its 500 tries a second; `lasting` how long the trouble lasts.
pub fn answer() -> Attack {
    todo!("step 5: a load and a loss of capacity after which only one of the two policies comes back")
}
