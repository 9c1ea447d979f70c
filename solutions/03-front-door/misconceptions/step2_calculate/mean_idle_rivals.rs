//! Believes: a lot among some rivals can be reckoned with the mean number of those that are idle.
//! Seen in: sketches that put a mean where a count stands; the ends come out right.
//! Rejected by: the_share_of_one_of_some_drawn_agrees_with_the_simulator
//! Must hear: two are drawn and 60 % are busy: how often is the only rival busy, how often idle, and what do you get in each case?

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
    let idle = f64::from(drawn - 1) * (1.0 - busy.fraction());
    Percent::of(f64::from(drawn) / f64::from(servers) / (1.0 + idle))
}

pub fn equally_open(servers: u32, usual: Time, reply: Time) -> Percent {
    let others = f64::from(servers - 1);
    Percent::of(usual.as_secs() / (usual.as_secs() + others * reply.as_secs()))
}
