//! Outside the catalogue: the two percentages multiplied.
//! Rejected by: a_percentile_of_all_is_one_of_the_misses

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
    percent(100.0 * whole.fraction() * hits.fraction())
}

pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    let out = month.answers.as_gb();
    let crossed = out * month.crossing.fraction() + month.scans.as_gb() * (month.copies - 1.0);
    prices.out * out + prices.zone_end * (2.0 * crossed)
}
