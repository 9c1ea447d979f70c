//! Outside the catalogue: too short for queues to build.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { machines: percent(100), factor: 5.0, lasting: ms(200) }
}
