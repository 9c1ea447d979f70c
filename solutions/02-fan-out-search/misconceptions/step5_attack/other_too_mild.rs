//! Outside the catalogue: a slow-down that leaves room for the copies.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { machines: percent(100), factor: 2.5, lasting: ms(5000) }
}
