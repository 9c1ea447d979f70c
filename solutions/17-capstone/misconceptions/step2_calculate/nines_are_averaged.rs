//! Believes: the whole is as good as its parts are on average.
//! Seen in: dashboards that show the mean availability of all services as the availability of the product.
//! Rejected by: a_whole_needs_all_of_its_parts
//! Must hear: one part of two is always down: what share of the requests does the whole answer?

use designs::capstone::{Dollars, Month, Percent, Prices, percent};

pub fn all_of(parts: &[Percent]) -> Percent {
    let mut sum = 0.0;
    for part in parts {
        sum += part.0;
    }
    percent(sum / parts.len() as f64)
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
