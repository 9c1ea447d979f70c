//! Outside the catalogue: a long cut with both directions lost at once.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::Both, other_later: secs(0), lasting: secs(120), drift_ppm: 0.0 }
}
