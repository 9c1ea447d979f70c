//! Outside the catalogue: over before the West is promoted, and before the East would have frozen.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::FromEast, other_later: secs(5), lasting: secs(26), drift_ppm: 0.0 }
}
