//! Step 3 · choose: settings for three services that run on the same kind of cell, and the reasons for one of them.
//!
//! | service | leaves | queries/s | promise | what differs |
//! |---|---|---|---|---|
//! | web search | 100 | 200 | p99 within 90 ms; 98 % of answers complete, in a storm 55 % | at most 8 % extra requests, also in a storm |
//! | suggestions | 20 | 120 | 90 % of answers complete | the page listens for 26 ms; machines to spare: up to 75 % extra requests |
//! | archive | 100 | 200 | p99 within 370 ms; 70 % of answers complete | both replicas read the same disks, which allow 1 % extra |
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Plan {
//!     web_search: Settings { hedge: Hedge::After { delay: ms(500), budget: percent(50) }, deadline: ms(700) },
//!     suggestions: Settings { hedge: Hedge::Never, deadline: ms(700) },
//!     archive: Settings { hedge: Hedge::Never, deadline: ms(700) },
//!     claim: Claim {
//!         binding: Limit::Network,
//!         expects: [Expect::UsersP99(ms(500), ms(900)), Expect::ExtraRequests(percent(20), percent(30))],
//!         reverses_when: (Quantity::QueriesPerSecond, 150.0),
//!     },
//! }
//! ```
//!
//! `budget` limits second requests within any second, as a share of first requests; `percent(100)` means no limit. It is
//! looked at before sending, so what is sent can pass it by a few tenths of a per cent. `deadline` is when the root answers
//! with what it has.

use designs::fan_out_search::{Claim, Expect, Hedge, Limit, Plan, Quantity, Settings, ms, percent};

/// Your settings, and your claim about web search.
///
/// - `binding`: which of `Limit::LeafTail`, `Slots`, `Network`, `Deadline` would lower the users' p99 on an ordinary day most, if
///   it were relieved by about a tenth.
/// - `expects`: two objectives on an ordinary day, each as an interval whose high end is at most twice its low end.
/// - `reverses_when`: a quantity (`Leaves`, `SharedCause` in percent, `QueriesPerSecond`) and the value of it at which the better
///   choice changes between second requests and none. Better is the cheaper choice that keeps the p99 within 90 ms; where
///   neither keeps it, the cheaper one, which is none. It is tried at 0.8 and at 1.25 times your value.
pub fn answer() -> Plan {
    todo!("step 3: settings for three services, and a claim")
}
