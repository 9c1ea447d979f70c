//! Step 5 · attack: show that a margin can be too short.
//!
//! Two rules promote the West when the primary has been silent for 30 s. One freezes the East when it has heard no other
//! orchestrator for 28 s, the other when it has for 20 s. Both promise that at no moment do both coasts take writes. Find a cut
//! in which the first breaks that promise and the second keeps it. In a cut of the same length that loses both directions at
//! once, with good clocks, both keep it.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Attack { first: Way::Both, other_later: secs(0), lasting: secs(15), drift_ppm: 500.0 }
//! ```

use designs::coast_to_coast_failover::{Attack, Way, secs};

/// `first` is the direction that is lost first: `Way::Both`, `Way::FromEast` (what the East sends) or `Way::ToEast` (what is
/// sent to it); the other direction is lost `other_later`, 0 to 30 s. `lasting` is counted from the first loss until both work
/// again, at most 120 s. `drift_ppm` is how wrong the clock of the East's orchestrator is, in millionths: −10,000.0 (it runs
/// slow by 1 %) to 10,000.0 (fast).
pub fn answer() -> Attack {
    todo!("step 5: a cut that only one of the two rules survives")
}
