//! Step 2 · calculate: what is inside is rate × time; what leaves within a time is time ÷ mean, for each slot.

use designs::photo_store::Time;

/// Little's law: requests a second × seconds in a slot.
pub fn busy_slots(requests_per_second: f64, mean: Time) -> f64 {
    requests_per_second * mean.as_secs()
}

/// Each slot takes a request from the queue once in `mean`.
pub fn room(time: Time, mean: Time, slots: u32) -> f64 {
    time.as_secs() / mean.as_secs() * f64::from(slots)
}
