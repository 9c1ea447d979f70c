//! Believes: a chain is as good as its weakest link.
//! Seen in: service levels that name the worst dependency and stop there; thirty services at 99.99 % are 99.7 % (Netflix, with Hystrix, 2012).
//! Rejected by: a_whole_needs_all_of_its_parts
//! Must hear: when the weakest part is up, is everything up?

use designs::capstone::{Dollars, Month, Percent, Prices, percent};

pub fn all_of(parts: &[Percent]) -> Percent {
    let mut up = percent(100);
    for part in parts {
        if part.0 < up.0 {
            up = *part;
        }
    }
    up
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
