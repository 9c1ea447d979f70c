//! Outside the catalogue: the right direction first, and the other so soon that the East still freezes in time.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::FromEast, other_later: secs(1), lasting: secs(60), drift_ppm: 0.0 }
}
