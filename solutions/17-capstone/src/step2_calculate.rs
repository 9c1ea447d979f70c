//! Step 2 · calculate: multiply what must all be up, what may be down together only once, and count requests.

use designs::capstone::{Dollars, Month, Percent, Prices, percent};

/// A request fails with any of the parts.
pub fn all_of(parts: &[Percent]) -> Percent {
    let mut up = 1.0;
    for part in parts {
        up *= part.fraction();
    }
    percent(100.0 * up)
}

/// Both regions must be down, or what they share: of that there is one.
pub fn either_region(region: Percent, shared: Percent) -> Percent {
    let down = 1.0 - region.fraction();
    percent(100.0 * (1.0 - down * down) * shared.fraction())
}

/// Of 1,000 requests at 90 % hits 100 miss, and the ten that are slower than the p99 are a tenth of those.
pub fn percentile_of_misses(whole: Percent, hits: Percent) -> Percent {
    percent(100.0 * (1.0 - (1.0 - whole.fraction()) / (1.0 - hits.fraction())))
}

/// Every answer leaves once; what crosses between zones is charged at both ends; the first copy did not travel.
pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    let out = month.answers.as_gb();
    let crossed = out * month.crossing.fraction() + month.scans.as_gb() * (month.copies - 1.0);
    prices.out * out + prices.zone_end * (2.0 * crossed)
}
