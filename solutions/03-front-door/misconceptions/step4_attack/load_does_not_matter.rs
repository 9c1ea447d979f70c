//! Believes: a bad server draws the same share at any load.
//! Seen in: fault drills that are held at night.
//! Rejected by: only_one_of_the_two_policies_breaks_its_promise
//! Must hear: at which load does no other server look as free as this one?

use designs::front_door::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { load: percent(8), servers: 1, fails: percent(100), takes: ms(1) }
}
