//! Believes: every copy crosses a border, and a border has one end.
//! Seen in: bills that are worked out from the number of copies and one line of a price list.
//! Rejected by: what_moves_is_paid_for
//! Must hear: how many of the copies cross a border, and how many ends does each border have?

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
    percent(100.0 * (1.0 - (1.0 - whole.fraction()) / (1.0 - hits.fraction())))
}

pub fn traffic(month: &Month, prices: &Prices) -> Dollars {
    let out = month.answers.as_gb();
    let crossed = out * month.crossing.fraction() + month.scans.as_gb() * month.copies;
    prices.out * out + prices.zone_end * crossed
}
