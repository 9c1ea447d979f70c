//! Step 2 · calculate: four formulas behind the system.
//!
//! A share is a `Percent`: `percent(8)` is 8 %, `p.fraction()` is 0.08, and `Percent::of(0.08)` is 8 % again. Shares can be added,
//! subtracted, and multiplied by a number. A `Stage` has a `share` of the fleet (`Percent`, with all stages before it) and its `hours` (`f64`).
//! An `f64` is any number. Powers of e: `x.exp()`; the next whole number: `x.ceil()`; the smaller of two: `x.min(y)`.

use designs::data_rollout::{Percent, Stage};

/// Exposure of a plan, in fleet-hours: machines that have the change, as a share of the fleet, times the time for which they have it.
/// It is counted from the begin of the first stage until so many hours later; then the change is gone. After its last stage
/// the change is on the whole fleet.
pub fn exposure(stages: &[Stage], until_hours: f64) -> f64 {
    todo!("step 2: the exposure of a plan")
}

/// The chance that at least one of these machines reads one of the changed rows within so many hours, when each of them does so
/// `reads_per_hour` times an hour on average, at random and independently.
pub fn chance_of_a_read(machines: f64, reads_per_hour: f64, hours: f64) -> Percent {
    todo!("step 2: the chance of a read")
}

/// Failed requests of the whole service, as a share of all its requests: `usual` for the machines without the change, `changed`
/// for those with it, which serve this share of the requests.
pub fn overall_errors(usual: Percent, changed: Percent, share: Percent) -> Percent {
    todo!("step 2: what the whole service shows")
}

/// Minutes until all machines have their data, when all that have none start in the same instants, one start every `period` seconds.
/// The store does so many loads a second, in order of arrival; a machine waits `patience` seconds for its load. `period` is long enough
/// for the store to finish whatever it was asked for. Count from the first start to the end of the period in which the last machines
/// get theirs.
pub fn minutes_in_step(machines: f64, loads_per_second: f64, patience: f64, period: f64) -> f64 {
    todo!("step 2: the time until a fleet that starts in step is back")
}
