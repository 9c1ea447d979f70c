//! Believes: the first answer takes the longest, and each further one less.
//! Seen in: harmonic sums written down from memory.
//! Rejected by: the_mean_of_the_awaited_answer_agrees_with_the_simulator
//! Must hear: of which answer does your longest term speak, and how many are on their way then?

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

pub fn mean_of_kth(_copies: u32, needed: u32, mean: Time) -> Time {
    let mut means = 0.0;
    for arrived in 0..needed {
        means += 1.0 / f64::from(arrived + 1);
    }
    mean.scale(means)
}

pub fn zones_to_lose(copies: u32, needed: u32, zones: u32) -> u32 {
    let (mut left, mut lost) = (copies, 0);
    // The fullest of the zones that are left holds its share of the copies, rounded up.
    while lost < zones && left - left.div_ceil(zones - lost) >= needed {
        left -= left.div_ceil(zones - lost);
        lost += 1;
    }
    lost
}
