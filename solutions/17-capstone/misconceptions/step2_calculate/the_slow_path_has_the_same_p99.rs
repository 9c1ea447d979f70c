//! Believes: the p99 of the whole is the p99 of its slow path.
//! Seen in: latency budgets that hand the promise for all requests to the store behind the cache.
//! Rejected by: a_percentile_of_all_is_one_of_the_misses
//! Must hear: of a thousand requests, how many miss, and how many of those are the ten slowest?

use designs::capstone::{Dollars, Month, Percent, Prices, percent};

pub fn all_of(parts: &[Percent]) -> Percent {
    let mut up = 1.0;
    for part in parts {
        up *= part.fraction();
    }
    percent(100.0 * up)
}

pub fn either_region(region: Percent, shared: Percent) -> Percent {
    let down = 1.0 - region.fraction();
    percent(100.0 * (1.0 - down * down) * shared.fraction())
}

pub fn percentile_of_misses(whole: Percent, hits: Percent) -> Percent {
    whole
}

pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    let out = month.answers.as_gb();
    let crossed = out * month.crossing.fraction() + month.scans.as_gb() * (month.copies - 1.0);
    prices.out * out + prices.zone_end * (2.0 * crossed)
}
