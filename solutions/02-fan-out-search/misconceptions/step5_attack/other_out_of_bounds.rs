//! Outside the catalogue: a slow-down outside the bounds.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { queries_per_second: 320.0, machines: percent(100), factor: 40.0, lasting: ms(4000) }
}
