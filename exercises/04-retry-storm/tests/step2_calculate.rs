//! Step 2 · calculate: each formula against published numbers, cases you can count by hand, and the simulator.

use designs::retry_storm::calculate;
use retry_storm::step2_calculate::{drain_seconds, mean_tries, stable_load, tries_at_the_bottom};

/// Three layers of four tries are in *Site Reliability Engineering* (Beyer and others, 2016), chapter 22; five layers of three tries
/// in Brooker, *Timeouts, retries and backoff with jitter*, Amazon Builders' Library.
#[test]
fn the_tries_at_the_bottom_agree_with_what_was_published() {
    calculate::tries_at_the_bottom(tries_at_the_bottom).or_explain();
}

#[test]
fn the_mean_tries_agree_with_the_simulator() {
    calculate::mean_tries(mean_tries).or_explain();
}

#[test]
fn the_backlog_lasts_as_long_as_in_the_simulator() {
    calculate::drain_seconds(drain_seconds).or_explain();
}

/// The case of 300 a second and 2 tries is published: Bronson and others, *Metastable failures in distributed systems*,
/// HotOS 2021, section 2.1.
#[test]
fn the_stable_load_agrees_with_what_was_published() {
    calculate::stable_load(stable_load).or_explain();
}
