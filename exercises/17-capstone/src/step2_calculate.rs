//! Step 2 · calculate: what a whole promises and costs, from what its parts do.
//!
//! A share is a `Percent`: `p.fraction()` is 0.9 for 90 %, `percent(90)` makes one, and so does `percent(100.0 * 0.9)`. Bytes and
//! dollars are values too: `month.answers.as_gb()` is a plain number of GB, and a price times a plain number is a price:
//! `prices.out * 1000.0`. Prices can be added. A loop over parts is `for part in parts { … }`.
//!
//! | field | type | is |
//! |---|---|---|
//! | `month.answers` | `Bytes` | what goes to readers; all of it leaves for the internet |
//! | `month.crossing` | `Percent` | share of the answers that cross from zone to zone on their way out |
//! | `month.scans` | `Bytes` | what comes from depots; what comes in costs nothing |
//! | `month.copies` | `f64`, a plain number: `3.0` | zones that hold a copy of each scan; the first of them has it from the depot |
//! | `prices.out` | `Dollars` | of a GB out to the internet |
//! | `prices.zone_end` | `Dollars` | of a GB from zone to zone, at each of the two ends |

use designs::capstone::{Dollars, Month, Percent, Prices, percent};

/// Share of time that a whole is up which needs all of its parts.
pub fn all_of(parts: &[Percent]) -> Percent {
    todo!("step 2: the availability of a whole that needs all of its parts")
}

/// Share of time that a service is up which stands in two regions, either of which is enough. `region` is what each of the two is up
/// by itself, independently; `shared` is what both of them need, and of which there is one.
pub fn either_region(region: Percent, shared: Percent) -> Percent {
    todo!("step 2: the availability of two regions that share something")
}

/// A share `hits` of the requests is answered by a cache, faster than any other. Which percentile of the misses is the percentile
/// `whole` of all? It is asked only where `whole` is larger than `hits`.
pub fn percentile_of_misses(whole: Percent, hits: Percent) -> Percent {
    todo!("step 2: the percentile of the misses")
}

/// Price of a month's traffic: answers that go out, answers that cross from zone to zone, and copies of scans that do.
pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    todo!("step 2: the price of a month's traffic")
}
