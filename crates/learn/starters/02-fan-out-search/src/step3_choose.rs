//! Step 3 · choose: settings for three services that run on the same kind of cell, and the reasons for one of them.
//!
//! | service | leaves | queries/s | promise | what differs |
//! |---|---|---|---|---|
//! | web search | 100 | 200 | p99 within 90 ms; a partial answer is a bad answer | at most 8 % extra requests, also in a storm |
//! | suggestions | 20 | 120 | p99 within 32 ms; 9 of 10 answers complete | machines to spare: up to 75 % extra requests |
//! | archive | 100 | 200 | p99 within 370 ms; 7 of 10 answers complete | both replicas read the same disks, which allow 1 % extra |
//!
//! `hedge: Hedge::Never`, or `hedge: Hedge::After { delay: ms(..), budget: percent(..) }`, where the budget limits second
//! requests within any second, as a share of first requests (`percent(100)`: no limit). `deadline: ms(..)` is when the root
//! answers with what it has.

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

/// Your settings, and your claim about web search.
///
/// The claim says which `Limit` would help most if it were relieved by a tenth (`LeafTail`, `Slots`, `Network`,
/// `Deadline`), what you expect of two objectives on an ordinary day (`Expect::UsersP99(low, high)`,
/// `Expect::ExtraRequests(low, high)`; high at most twice low), and at which value of a `Quantity` (`Leaves`,
/// `SharedCause` in percent, `QueriesPerSecond`) second requests and no second requests change places as the cheaper choice
/// that keeps web search's promise.
pub fn answer() -> Plan {
    todo!("step 3: settings for three services, and a claim")
}
