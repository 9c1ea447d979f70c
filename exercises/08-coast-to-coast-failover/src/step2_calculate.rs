//! Step 2 · calculate: four formulas behind a failover.
//!
//! A share is a `Percent`: `percent(80)` is 80 %, `p.fraction()` is 0.8. A time is a `Time`: `secs(3)`, and `t.as_secs()` is
//! 3.0. The earlier of two is `a.min(b)`; `a - b` of two times is zero when b is longer; a wait that never ends is a very long
//! time. Results are plain numbers in the unit that is named.

use designs::coast_to_coast_failover::{Percent, Time};

/// Writes that a cut strands: on the East's side only, and acknowledged. The primary is in the East, and `lag` is the time from
/// a write there to its arrival in the West. `east` is the share of the writes that come from the East's own users. From the
/// cut on, only they reach the East's primary. It takes their writes until it freezes, `freeze_after` after the cut began, or
/// until the cut ends. The West is promoted during the cut. In writes.
pub fn stranded(writes_per_s: f64, east: Percent, lag: Time, cut: Time, freeze_after: Time) -> f64 {
    todo!("step 2: the writes that a cut strands")
}

/// Seconds without writes in a cut, each weighted by the share of the writes that cannot be taken. The West's users wait for the
/// promotion, the East's users go on until the freeze. In seconds.
pub fn seconds_down(east: Percent, cut: Time, promote_after: Time, freeze_after: Time) -> f64 {
    todo!("step 2: the weighted seconds without writes")
}

/// Hours of repair: a copy is restored from a fresh backup in `restore_h` hours; it then replays, `replay_per_s` a second, what
/// was written while it was restored, while `writes_per_s` go on being made; at last people put the stranded writes right,
/// `by_hand_per_h` an hour. In hours.
pub fn repair_hours(restore_h: f64, writes_per_s: f64, replay_per_s: f64, stranded: f64, by_hand_per_h: f64) -> f64 {
    todo!("step 2: the hours of repair")
}

/// The longest count before a freeze that is safe. The West is promoted `promote_after` after the cut began, at the earliest.
/// The East must be frozen by then; everything else that can delay its freeze adds up to `late`. Its own clock counts, and may
/// run slow by `drift_ppm` millionths: while 1 s passes it counts 1 − drift_ppm ÷ 1,000,000 of a second. In seconds, as that
/// clock counts them.
pub fn longest_freeze(promote_after: Time, late: Time, drift_ppm: f64) -> f64 {
    todo!("step 2: the longest safe count before a freeze")
}
