//! Outside the catalogue: the odd server counted among its own rivals.
//! Rejected by: the_share_of_one_of_some_drawn_agrees_with_the_simulator

use designs::front_door::{Percent, Time};

pub fn first_in_list(rate: f64, reply: Time) -> Percent {
    Percent::of(1.0 / (1.0 + rate * reply.as_secs()))
}

pub fn ties_by_lot(servers: u32, open: f64) -> Percent {
    let spare = f64::from(servers) - open;
    if open == 0.0 {
        return Percent::of(1.0 / f64::from(servers));
    }
    Percent::of(((spare * spare + 4.0 * open).sqrt() - spare) / (2.0 * open))
}

pub fn some_drawn(servers: u32, drawn: u32, busy: Percent) -> Percent {
    let u = busy.fraction();
    let mut sum = 0.0;
    for i in 0..=drawn {
        sum += u.powf(f64::from(i));
    }
    Percent::of(sum / f64::from(servers + 1))
}

pub fn equally_open(servers: u32, usual: Time, reply: Time) -> Percent {
    let others = f64::from(servers - 1);
    Percent::of(usual.as_secs() / (usual.as_secs() + others * reply.as_secs()))
}
