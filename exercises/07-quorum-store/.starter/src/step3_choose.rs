//! Step 3 · choose: copies, R, W and repair for three services of one shop.
//!
//! Every operation goes to all copies, which are spread evenly over three zones; R and W say how many answers are awaited. Delays are
//! those of the brief. `Repair::Never`: nothing is mended. `Repair::AfterReads`: a read that has been answered waits for the other
//! answers and sends on what some copies lack. `Repair::Hints`: who took a write keeps it for copies that did not acknowledge it,
//! and sends it again every 5 s. A lost zone has lost its copies; its front goes on, and the copies come back with what they had.
//!
//! | service | limits |
//! |---|---|
//! | baskets, 50 GB a copy | 999 of 1,000 writes within 14 ms and reads within 5.5 ms; at most 1.5 % of the reads stale, 10 ms after a change was answered; at most 190 GB stored |
//! | | with any one zone lost, 99 % of the writes and reads are answered |
//! | price list, 20 GB a copy | 999 of 1,000 reads within 1 ms and writes within 200 ms; at most 0.5 % of the reads stale, at once; at most 80 GB stored |
//! | | with any two zones lost, 99 % of the reads are answered; writes may fail |
//! | history: what a customer looked at, 500 GB a copy | 999 of 1,000 writes within 28 ms and reads within 2.5 ms; at most 0.5 % of the reads stale, a second later; at most 1,250 GB stored |
//! | | with any one zone lost, 99 % of the writes and reads are answered; when it is back, at most 10 % of the reads of what was written meanwhile are stale, 15 to 30 s later |
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Plan {
//!     basket: Settings { copies: 5, read: 4, write: 4, repair: Repair::Never },
//!     prices: Settings { copies: 5, read: 4, write: 4, repair: Repair::Never },
//!     history: Settings { copies: 5, read: 4, write: 4, repair: Repair::Never },
//!     claim: Claim {
//!         binding: Limit::ReplyDelay,
//!         expects: [Expect::StaleAfter10Ms(percent(50), percent(90)), Expect::WritesP999(ms(400), ms(700))],
//!         reverses_when: (Quantity::ReadAfterMs, 900.0),
//!     },
//! }
//! ```
//!
//! The claim can wait: the first seven tests look at the settings alone, and one of its own at the claim. Leave these values in it
//! until the settings hold.

use designs::quorum_store::{Claim, Expect, Limit, Plan, Quantity, Repair, Settings, ms, percent};

/// Your settings, and a claim about those of the baskets.
///
/// - `binding`: which of `Limit::WriteDelay`, `AckDelay`, `ReadDelay`, `ReplyDelay` (how long the four kinds of message are on their
///   way), shortened by a tenth, leaves the fewest stale reads; reads begin 3 ms after the answer.
/// - `expects`: two of `Expect::StaleAfter10Ms(percent(5), percent(10))`, `Expect::WritesP999(ms(40), ms(80))` and
///   `Expect::ReadsP999(ms(6), ms(12))`, whose high end is at most twice the low end, and `Expect::StaleAtOnce(percent(60),
///   percent(70))`, at most ten points wide. All are about your baskets on an ordinary day; the lab shows them
///   with your R, W and N, and "the read begins after" 10 ms or at once.
/// - `reverses_when`: the number of milliseconds `ReadAfterMs` from the answer of a change to the read, or the `WriteDelayPercent` (how
///   long writes are on their way, in percent of today's time, read 10 ms after the answer), at which the better one changes
///   between R = 1 and R = 2, with 3 copies and W = 1. R = 1 is better when it keeps the baskets' limit on stale reads. It is tried
///   at 0.8 and 1.25 times your value. The lab has both as knobs.
pub fn answer() -> Plan {
    todo!("step 3: settings for three services, and the reasons for one of them")
}
