//! Step 2 · calculate: four formulas behind the cell.
//!
//! A share is a `Percent`: `percent(8)` is 8 %, `p.fraction()` is 0.08, `Percent::of(0.08)` is 8 % again.
//! A time is a `Time`: `ms(20)`, and `t.as_secs()` is 0.02. Powers: `x.powf(y)`, with `f64::from(leaves)` for a count.

use designs::fan_out_search::{Percent, Time};

/// Share of queries that meet at least one slow leaf, when this share of each leaf's answers is slow and leaves are independent.
pub fn share_of_queries(slow: Percent, leaves: u32) -> Percent {
    todo!("step 2: the share of queries that meet a slow leaf")
}

/// The other way round: the share of each leaf's answers that may be slow when this share of queries may meet one.
pub fn leaf_share(queries: Percent, leaves: u32) -> Percent {
    todo!("step 2: the share of leaf answers behind a share of queries")
}

/// Share of leaf requests without an answer at time x, although a second request left at time d, when `late_at_x` of single
/// requests have no answer at x, and `late_at_x_minus_d` have none at x − d.
pub fn still_late(late_at_x: Percent, late_at_x_minus_d: Percent) -> Percent {
    todo!("step 2: the share that is late with a second request")
}

/// Slots that are busy at one machine on average. Every query sends one request to one of the replicas of this machine's
/// part; `extra` more are second requests. `mean` is the mean time that a request holds a slot.
pub fn busy_slots(queries_per_second: f64, mean: Time, replicas: u32, extra: Percent) -> f64 {
    todo!("step 2: the slots that are busy")
}
