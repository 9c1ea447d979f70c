//! Step 4 · attack: show what the signal rewards.
//!
//! Two policies balance the same requests: one picks the server with the fewest open requests, ties by lot; the other does the same,
//! but counts the errors of the last 10 s as open requests. Find a load and a fault with which the first serves under 60 % of its
//! users and the second still 95 %. Without the fault both must serve 95 %.
//!
//! The fault may break one whole server's worth at most: servers × the share that each of them fails. So one server may fail all of
//! its requests, or four a quarter each. From second 5 to second 20 is judged.
//!
//! An answer has this shape; the values are arbitrary, and wrong:
//!
//! ```text
//! Attack { load: percent(10), servers: 3, fails: percent(20), takes: ms(40) }
//! ```

use designs::front_door::{Attack, ms, percent};

/// `load` is 5 % to 100 % of what all twenty servers can finish; `servers` how many are struck, 1 to 20; `fails` the share of its
/// requests that each of these fails; `takes` how long a failed reply takes, 1 ms to 900 ms.
pub fn answer() -> Attack {
    todo!("step 4: a load and a fault that only one of the two policies bears")
}
