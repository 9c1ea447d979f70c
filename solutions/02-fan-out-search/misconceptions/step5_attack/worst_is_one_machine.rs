//! Believes: the worst fault is a machine that is as slow as can be.
//! Seen in: failure drills that take one machine at a time.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other
//! Must hear: which slowness leaves no other replica to turn to?

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { queries_per_second: 320.0, machines: percent(0.5), factor: 3.0, lasting: ms(4000) }
}
