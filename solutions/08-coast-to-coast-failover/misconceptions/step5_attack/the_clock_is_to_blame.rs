//! Believes: clocks that disagree are what makes a time-out unsafe.
//! Seen in: advice on leases that ends at synchronised clocks.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other
//! Must hear: how many seconds does this drift add to 28 s, and what else is counted from a moment that the two sides do not share?

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::Both, other_later: secs(0), lasting: secs(60), drift_ppm: -10_000.0 }
}
