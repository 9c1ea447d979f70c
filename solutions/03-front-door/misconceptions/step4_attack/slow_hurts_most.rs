//! Believes: the slower a failure, the more users it hurts.
//! Seen in: runbooks that fear the time-out more than the error.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise
//! Must hear: how many requests did the other servers get instead, and how much of that could they bear?

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(90), servers: 1, fails: percent(100), takes: ms(900) }
}
