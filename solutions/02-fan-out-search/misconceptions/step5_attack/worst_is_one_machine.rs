//! Believes: the worst fault is a machine that is as slow as can be.
//! Seen in: failure drills that take one machine at a time.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other
//! Must hear: which slowness leaves no other replica to turn to?

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { machines: percent(0.5), factor: 10.0, lasting: ms(5000) }
}
