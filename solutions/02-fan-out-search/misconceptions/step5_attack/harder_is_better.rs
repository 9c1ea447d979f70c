//! Believes: the harder the blow, the more it proves.
//! Seen in: load tests that only ask when everything falls over.
//! Rejected by: breaks_the_design_without_a_limit_and_spares_the_other
//! Must hear: how slow may leaves become before even the first requests are too many?

use designs::fan_out_search::{Attack, ms, percent};

pub fn answer() -> Attack {
    Attack { queries_per_second: 500.0, machines: percent(100), factor: 3.0, lasting: ms(4000) }
}
