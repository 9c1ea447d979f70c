//! Step 3 · choose: settings of one tool for two services, and the reasons for one of them.
//!
//! The tool promotes the West when the primary has been silent for `promote_after`, freezes the East when it has been without a
//! majority for `freeze_after` (by its own clock, looked at once a second), and refuses a replica that is further behind than
//! `max_lag`. `Time::MAX` is never.
//!
//! The ledger: in cuts of up to 90 s, the longest in its network's record, its owner wants neither a change of primary nor a
//! halt, and one history. A longer cut is not in that record: there stranded writes and a long repair are accepted, and ruled
//! out is only that both coasts take writes at once. After a loss it must be back within 150 s. The chat wants to be back before
//! people notice.
//!
//! | service | situation | limits |
//! |---|---|---|
//! | ledger | East cut off for 90 s | 50 stranded writes; 25 s without writes; a page at the end within 500 ms |
//! | ledger | East cut off for 180 s | both coasts take writes at once for 1 s; 105 s without writes |
//! | ledger | East's databases lost for good | 150 s without writes; 6 h of repair |
//! | ledger | East cut off for 180 s, the replica 40 s behind | 500 stranded writes; 1 h of repair |
//! | chat | East cut off for 5 s | a page at the end within 500 ms; 1.6 s without writes |
//! | chat | East cut off for 90 s | 5,000 stranded writes; 90 s without writes; 24 h of repair |
//! | chat | East's databases lost for good | 15 s without writes; 6 h of repair |
//! | chat | East cut off for 43 s, the replica 40 s behind | 5,000 stranded writes; 50 s without writes; 1 h of repair |
//!
//! Each is an upper limit. Seconds without writes are weighted by the share of the writes that cannot be taken; a page is the
//! mean over all users; numbers are means over runs, but the time of writes on both coasts, which is the longest of any run.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Plan {
//!     ledger: Settings { promote_after: secs(60), freeze_after: Time::MAX, max_lag: secs(50) },
//!     chat: Settings { promote_after: secs(60), freeze_after: Time::MAX, max_lag: secs(50) },
//!     claim: Claim {
//!         binding: Limit::NetworkDelay,
//!         expects: [Expect::DownInLoss(secs(50), secs(90)), Expect::RepairInLoss(1.0, 2.0)],
//!         reverses_when: (Quantity::EastShare, 95.0),
//!     },
//! }
//! ```

use designs::coast_to_coast_failover::{Claim, Expect, Limit, Plan, Quantity, Settings, Time, secs};

/// Your settings, and your claim about the chat.
///
/// - `binding`: which of `Limit::PromoteWait`, `FreezeWait` (your two waits), `ReplicationLag`, `NetworkDelay`, `RestoreSpeed`
///   would lower the writes stranded in a cut of 90 s most, if it were a tenth less (the restore: a tenth less time)?
/// - `expects`: two of `DownInCut`, `StrandedInCut` (a cut of 43 s), `DownInLoss`, `RepairInLoss` (the East's databases lost),
///   each as an interval whose high end is at most twice its low end. Times as `secs(…)`, writes as whole numbers, repair in
///   hours.
/// - `reverses_when`: a quantity and the value of it at which the better one changes between your settings and waiting for a
///   person, who does nothing in the time that is watched. `CutLength`: seconds for which the East is cut off. `OutageLength`:
///   seconds for which its databases are away, to come back with all they had. `EastShare`: share of the writes from the East,
///   in percent, in a cut of 90 s. Better is the one that hurts fewer writes: a refused write counts once, a stranded one five
///   times; where both hurt as many, waiting is better. It is tried at 0.8 and at 1.25 times your value. Not every quantity has
///   such a value: of some, one choice is the better one at all values.
pub fn answer() -> Plan {
    todo!("step 3: settings for a ledger and for a chat, and a claim")
}
