//! Step 2 · calculate: four formulas for a store of which some answers are awaited and not all.
//!
//! A share is a `Percent`: `Percent::of(0.08)` is 8 %, and `p.fraction()` is 0.08. A count as a number: `f64::from(copies)`.
//! Powers: `x.powi(3)`, where the exponent is an `i32`: `versions as i32`. A time times a number: `mean.scale(1.5)`. Times add up:
//! `Time::ZERO + mean`, and `sum += mean`; `Time::ZERO` is none. A count rounded up: `copies.div_ceil(zones)`.

use designs::quorum_store::{Percent, Time};

/// Share of the reads that show something older than the last `versions` versions. Each version stands at `write` copies of
/// `copies`, drawn by lot anew; a read hears of `read` different copies, drawn by lot. `read` and `write` are from 1 to `copies`.
pub fn older_than(copies: u32, read: u32, write: u32, versions: u32) -> Percent {
    todo!("step 2: reads that are older than the last versions")
}

/// Share of the operations that have `needed` answers of `copies` within some time, when each copy's answer is there within that
/// time with chance `each`, whatever the others do. `needed` is from 1 to `copies`; `each` may be 0 % or 100 %.
pub fn answered(copies: u32, needed: u32, each: Percent) -> Percent {
    todo!("step 2: operations that are answered in time")
}

/// Mean time until `needed` of `copies` answers are there. All are asked at once; the time of one is exponentially distributed with
/// this mean, whatever the others do. `needed` is from 1 to `copies`.
pub fn mean_of_kth(copies: u32, needed: u32, mean: Time) -> Time {
    todo!("step 2: the mean time of the answer that is waited for")
}

/// How many zones may be lost, whichever they are, so that at least `needed` copies are left: the answer for the worst choice of
/// zones. Copies are spread as evenly as they can be, so no zone has two more than another. `needed` is from 1 to `copies`; there
/// may be more zones than copies, or fewer.
pub fn zones_to_lose(copies: u32, needed: u32, zones: u32) -> u32 {
    todo!("step 2: the zones that may be lost")
}
