//! Believes: the world stops while the backlog is worked off.
//! Seen in: estimates of the form "a million messages at a thousand a second".
//! Rejected by: the_backlog_lasts_as_long_as_in_the_simulator
//! Must hear: how many tries more, or less, wait one second later?

use designs::retry_storm::Percent;

pub fn tries_at_the_bottom(layers: u32, tries: u32) -> f64 {
    f64::from(tries).powf(f64::from(layers))
}

pub fn mean_tries(failing: Percent, most_tries: u32) -> f64 {
    (0..most_tries).map(|i| failing.fraction().powf(f64::from(i))).sum()
}

pub fn drain_seconds(backlog: f64, capacity: f64, arriving: f64) -> f64 {
    backlog / capacity
}

pub fn stable_load(capacity: f64, tries: u32) -> f64 {
    capacity / f64::from(tries)
}
