//! Step 3 · choose: queue, time-out and retries for three services that call the same kind of dependency, and the reasons for one.
//!
//! Each service makes 400 requests a second through ten processes; the dependency can finish 500 tries a second.
//!
//! | service | an ordinary day: 2 % of the tries are lost | in trouble | what differs |
//! |---|---|---|---|
//! | checkout | 99.5 % of the users served; p99 within 1.6 s | 10 s of standstill: users well again within 10 s; at most 2 tries sent per arriving request at the peak | a user waits for 5 s |
//! | feed | 93.5 % of the users served; at most 1 % extra tries | 15 s at 70 % of the speed: 67 % of the users served meanwhile; at most 5 % extra tries | the page waits for 400 ms, then leaves the place empty |
//! | batch | 99 % of the items done; at most 10 % extra tries | the same numbers, through 10 s of standstill | nobody waits: an item may take 5 minutes |
//!
//! *Well again*: from then on 99 % of the users are served in every five seconds. *Peak*: the five seconds in which most tries
//! are sent per arriving request; retries of earlier requests count, so it can lie a little above the tries of one request. *Extra
//! tries* are retries, as a share of requests.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Plan {
//!     checkout: Settings { queue: 3_000, time_out: ms(3_000), tries: 5, retry_limit: percent(70), calls: 2 },
//!     feed: Settings { queue: 3_000, time_out: ms(3_000), tries: 5, retry_limit: percent(70), calls: 2 },
//!     batch: Settings { queue: NO_BOUND, time_out: ms(3_000), tries: 5, retry_limit: percent(70), calls: 2 },
//!     claim: Claim {
//!         binding: Limit::Network,
//!         expects: [Expect::UsersP99(secs(3), secs(5)), Expect::ExtraTries(percent(20), percent(30))],
//!         reverses_when: (Quantity::RequestsPerSecond, 50.0),
//!     },
//! }
//! ```
//!
//! | setting | means |
//! |---|---|
//! | `queue` | tries that may wait at the dependency (500 are one second of its work); more are refused at once; `NO_BOUND`: all may |
//! | `time_out` | how long a process waits for a try; the try itself stays in the queue |
//! | `tries` | tries a request, the first included; a retry leaves at once |
//! | `retry_limit` | retries of a process in any 10 s, as a share of its first tries, and one more; `percent(100)`: no limit |
//! | `calls` | how often the layer above asks a process for the same request before it gives up; it knows no limit; 1: once |

use designs::retry_storm::{Claim, Expect, Limit, NO_BOUND, Plan, Quantity, Settings, ms, percent, secs};

/// Your settings, and your claim about the checkout.
///
/// - `binding`: which of `Limit::Capacity`, `TimeOut`, `Queue`, `Network` would lower the users' p99 on an ordinary day most, if it
///   were changed by about a tenth (a time-out or a queue: the better of shorter and longer).
/// - `expects`: two of `Expect::UsersP99` and `Expect::ExtraTries` (on an ordinary day) and `Expect::PeakTries(1.5, 2.5)` (in 10 s
///   of standstill), each as an interval whose high end is at most twice its low end.
/// - `reverses_when`: the value of `StallSeconds` or `RequestsPerSecond` at which the better choice changes between your queue and one
///   without a bound. Better is the one that serves more users from the standstill's begin until 30 s after its end; where
///   these differ by less than one in a hundred, the one without a bound. It is tried at 0.8 and at 1.25 times your value.
///   `RequestsPerSecond` is tried with 10 s of standstill.
pub fn answer() -> Plan {
    todo!("step 3: settings for three services, and a claim")
}
