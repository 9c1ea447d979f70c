//! Step 4 · attack: show what a second signal does.
//!
//! Two policies balance the same requests: one picks the server with the fewest open requests, ties by lot; the other does the same,
//! but counts each error of the last 10 s as one open request more. Find a load and a fault with which the *second* breaks its promise
//! and the first keeps it. It is kept when 90 % of the users are served and 99 of 100 of these within 600 ms; it is broken when 99 of
//! 100 of the served are not within 700 ms. Without the fault both must keep it.
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

/// - `load` (`Percent`): 5 % to 100 % of what all twenty servers can finish.
/// - `servers` (`u32`): how many are struck, 1 to 20.
/// - `fails` (`Percent`): the share of its requests that each of these fails, 0 % to 100 %.
/// - `takes` (`Time`): how long a failed reply takes, 1 ms to 900 ms.
pub fn answer() -> Attack {
    todo!("step 4: a load and a fault that only the first of the two policies bears")
}
