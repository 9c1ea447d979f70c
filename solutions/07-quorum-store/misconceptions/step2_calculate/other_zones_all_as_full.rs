//! Outside the catalogue: every zone counted as full as the fullest.
//! Rejected by: the_zones_that_may_be_lost_can_be_counted

use designs::quorum_store::{Percent, Time};

pub fn older_than(copies: u32, read: u32, write: u32, versions: u32) -> Percent {
    let mut missed = 1.0;
    for i in 0..read {
        // Of the copies that are left, those without the write; with R + W > N they run out.
        let without = f64::from(copies) - f64::from(write) - f64::from(i);
        missed *= without.max(0.0) / f64::from(copies - i);
    }
    Percent::of(missed.powi(versions as i32))
}

pub fn answered(copies: u32, needed: u32, each: Percent) -> Percent {
    let (p, mut ways, mut sum) = (each.fraction(), 1.0, 0.0);
    for i in 0..copies + 1 {
        if i >= needed {
            sum += ways * p.powi(i as i32) * (1.0 - p).powi((copies - i) as i32);
        }
        ways *= f64::from(copies - i) / f64::from(i + 1);
    }
    Percent::of(sum)
}

pub fn mean_of_kth(copies: u32, needed: u32, mean: Time) -> Time {
    let mut means = 0.0;
    for arrived in 0..needed {
        means += 1.0 / f64::from(copies - arrived);
    }
    mean.scale(means)
}

pub fn zones_to_lose(copies: u32, needed: u32, zones: u32) -> u32 {
    (copies - needed) / copies.div_ceil(zones)
}
