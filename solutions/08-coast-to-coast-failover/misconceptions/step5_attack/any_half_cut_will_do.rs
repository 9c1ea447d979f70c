//! Believes: a cut in one direction is half a cut, whichever direction it is.
//! Seen in: fault drills that block one direction and leave open which.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other
//! Must hear: in which direction must messages go on, for the East to believe that all is well?

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::ToEast, other_later: secs(6), lasting: secs(60), drift_ppm: 0.0 }
}
