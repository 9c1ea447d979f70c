//! Believes: down times add, however large they are.
//! Seen in: slides that sum the down times of all parts; for good parts the sum is near enough, and the habit stays.
//! Rejected by: a_whole_needs_all_of_its_parts
//! Must hear: while the first part is down, for how much of that time is the second one down as well?

use designs::capstone::{Dollars, Month, Percent, Prices, percent};

pub fn all_of(parts: &[Percent]) -> Percent {
    let mut down = 0.0;
    for part in parts {
        down += 1.0 - part.fraction();
    }
    percent(100.0 * (1.0 - down))
}

pub fn either_region(region: Percent, shared: Percent) -> Percent {
    let down = 1.0 - region.fraction();
    percent(100.0 * (1.0 - down * down) * shared.fraction())
}

pub fn percentile_of_misses(whole: Percent, hits: Percent) -> Percent {
    percent(100.0 * (1.0 - (1.0 - whole.fraction()) / (1.0 - hits.fraction())))
}

pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    let out = month.answers.as_gb();
    let crossed = out * month.crossing.fraction() + month.scans.as_gb() * (month.copies - 1.0);
    prices.out * out + prices.zone_end * (2.0 * crossed)
}
