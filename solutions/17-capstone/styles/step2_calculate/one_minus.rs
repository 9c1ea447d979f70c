//! Another way: what is down first, and the whole from it.

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
    let both = down * down;
    let up = 1.0 - both;
    percent(100.0 * shared.fraction() * up)
}

pub fn percentile_of_misses(whole: Percent, hits: Percent) -> Percent {
    let slower = 100.0 - whole.0;
    let missed = 100.0 - hits.0;
    percent(100.0 - 100.0 * slower / missed)
}

pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    let out = month.answers.as_gb();
    let crossed = out * month.crossing.fraction() + month.scans.as_gb() * (month.copies - 1.0);
    prices.out * out + prices.zone_end * (2.0 * crossed)
}
