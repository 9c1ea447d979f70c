//! Outside the catalogue: a clock worse than the bounds allow.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::FromEast, other_later: secs(6), lasting: secs(60), drift_ppm: -200_000.0 }
}
