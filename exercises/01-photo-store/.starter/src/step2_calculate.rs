//! Step 2 · calculate: two formulas behind the counter.
//!
//! A time is a `Time`: `ms(20)`, and `t.as_secs()` is 0.02. A count becomes a number with `f64::from(slots)`.

use designs::photo_store::Time;

/// Slots that are busy on average, when so many requests arrive in a second and each keeps a slot for `mean` on average.
pub fn busy_slots(requests_per_second: f64, mean: Time) -> f64 {
    todo!("step 2: the slots that are busy")
}

/// Requests that may wait, so that the last of them begins within `time`, when each keeps one of the slots for `mean`.
pub fn room(time: Time, mean: Time, slots: u32) -> f64 {
    todo!("step 2: the requests that may wait")
}
