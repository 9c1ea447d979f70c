//! Believes: those who wait are served one after the other.
//! Seen in: AUTHOR: where people say so, with a source or a place.
//! Rejected by: the_last_who_waits_begins_in_time
//! Must hear: how many requests leave while one of them is worked on?

use designs::photo_store::Time;

pub fn busy_slots(requests_per_second: f64, mean: Time) -> f64 {
    requests_per_second * mean.as_secs()
}

pub fn room(time: Time, mean: Time, _slots: u32) -> f64 {
    time.as_secs() / mean.as_secs()
}
