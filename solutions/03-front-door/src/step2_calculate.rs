//! Step 2 · calculate: in each case ask when the odd server gets the next request.

use designs::front_door::{Percent, Time};

/// It waits 1 ÷ rate for a request and is busy for `reply`; it gets one request of the 1 + rate × reply that arrive in that time.
pub fn first_in_list(rate: f64, reply: Time) -> Percent {
    Percent::of(1.0 / (1.0 + rate * reply.as_secs()))
}

/// One of 1 + idle servers, where the others have open only what it does not take. Solved by putting the share in again.
pub fn ties_by_lot(servers: u32, open: f64) -> Percent {
    let mut share = 0.5;
    for _ in 0..500 {
        let idle = f64::from(servers) - 1.0 - open * (1.0 - share);
        share = 0.5 * share + 0.5 / (1.0 + idle);
    }
    Percent::of(share)
}

/// The first idle server in the order of drawing gets the request. The odd one stands at each place with chance 1 ÷ servers, and is
/// the first idle one there when all before it are busy: together (1 + busy + busy² + …) ÷ servers.
pub fn some_drawn(servers: u32, drawn: u32, busy: Percent) -> Percent {
    let (mut sum, mut power) = (0.0, 1.0);
    for _ in 0..drawn {
        sum += power;
        power *= busy.fraction();
    }
    Percent::of(sum / f64::from(servers))
}

/// Little's law: with equally many open, rates are in proportion to 1 ÷ time.
pub fn equally_open(servers: u32, usual: Time, reply: Time) -> Percent {
    let own = 1.0 / reply.as_secs();
    Percent::of(own / (own + f64::from(servers - 1) / usual.as_secs()))
}
