//! Step 5 · attack: show how little it takes.
//!
//! Two policies try a request twice at most, the second time at once: one without a limit, one with retries limited to 20 % of the
//! first tries. Find a load and a loss of capacity after which only the second serves its users again. From 20 s to 30 s after the
//! end of the trouble, the first must serve less than 50 % of its users, the second at least 99 %. At that load both must serve
//! 99 % when there is no trouble.
//!
//! The trouble may take 1.5 s of the full capacity in all: what is missing from 100 %, times how long it is missing. It may
//! last 60 s at most.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Attack { requests_per_second: 120.0, capacity_left: percent(90), lasting: secs(3) }
//! ```

use designs::retry_storm::{Attack, ms, percent, secs};

/// `requests_per_second` is the load, 100 to 490, throughout; `capacity_left` what the dependency can still do in the trouble, 0 % to
/// 100 % of its 500 tries a second; `lasting` how long the trouble lasts.
pub fn answer() -> Attack {
    todo!("step 5: a load and a loss of capacity after which only one of the two policies serves its users again")
}
