//! Step 2 · calculate: four formulas for the share of all requests that one odd server gets.
//!
//! *Open* requests of a server were sent to it and are not answered yet. Rates are in requests a second, times are `Time`:
//! `time.as_secs()` is a number of seconds. A share is a `Percent`: `Percent::of(0.08)` is 8 %, and `p.fraction()` is 0.08.
//! A count as a number: `f64::from(servers)`. Powers take an `f64` too: `x.powf(f64::from(drawn))`; roots: `x.sqrt()`.

use designs::front_door::{Percent, Time};

/// Ties go to the server that stands first in the list, and the odd one does. So it gets every request that comes while it has
/// none open; while it has one open, the others get them. `rate` is that of all requests, which arrive at random; each of its
/// replies takes `reply`.
pub fn first_in_list(rate: f64, reply: Time) -> Percent {
    todo!("step 2: the share of the first in the list")
}

/// Ties are drawn by lot among all servers without open requests. The odd one replies in no time and so never has one open. If it
/// got nothing, the others would have `open` requests open in all, which is less than their number; each of them has one or none.
pub fn ties_by_lot(servers: u32, open: f64) -> Percent {
    todo!("step 2: the share with ties by lot")
}

/// For each request `drawn` different servers are drawn at random, and the one with the fewest open requests gets it, ties by
/// lot. The odd one never has a request open; each of the others has with chance `busy`, whatever the rest do.
pub fn some_drawn(servers: u32, drawn: u32, busy: Percent) -> Percent {
    todo!("step 2: the share where some are drawn")
}

/// All servers are kept at equally many open requests, and these are many. A reply of the odd one takes `reply`, one of the others
/// takes `usual`.
pub fn equally_open(servers: u32, usual: Time, reply: Time) -> Percent {
    todo!("step 2: the share where all have equally many open")
}
