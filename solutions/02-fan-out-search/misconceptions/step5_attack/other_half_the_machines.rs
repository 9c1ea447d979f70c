//! Outside the catalogue: half of the machines: the other half answers.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { machines: percent(50), factor: 6.0, lasting: ms(5000) }
}
