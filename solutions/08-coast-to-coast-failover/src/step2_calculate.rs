//! Step 2 · calculate: each coast has its own stretch of time; each stretch has its weight.

use designs::coast_to_coast_failover::{Percent, Time};

/// What was on its way, and what the East took on its own until the link or a freeze ended it.
pub fn stranded(writes_per_s: f64, east: Percent, lag: Time, cut: Time, freeze_after: Time) -> f64 {
    let alone = cut.min(freeze_after);
    writes_per_s * lag.as_secs() + writes_per_s * east.fraction() * alone.as_secs()
}

/// The West waits for its promotion, the East from its freeze to the end of the cut.
pub fn seconds_down(east: Percent, cut: Time, promote_after: Time, freeze_after: Time) -> f64 {
    let west = cut.min(promote_after).as_secs();
    let frozen = (cut - freeze_after).as_secs();
    (1.0 - east.fraction()) * west + east.fraction() * frozen
}

/// While the copy catches up, writes go on: it gains only the difference.
pub fn repair_hours(restore_h: f64, writes_per_s: f64, replay_per_s: f64, stranded: f64, by_hand_per_h: f64) -> f64 {
    let catch_up_h = restore_h * writes_per_s / (replay_per_s - writes_per_s);
    restore_h + catch_up_h + stranded / by_hand_per_h
}

/// What is left after the delays, in seconds of the slowest clock that is allowed.
pub fn longest_freeze(promote_after: Time, late: Time, drift_ppm: f64) -> f64 {
    (promote_after - late).as_secs() * (1.0 - drift_ppm / 1_000_000.0)
}
