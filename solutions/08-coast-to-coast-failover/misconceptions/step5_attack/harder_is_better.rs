//! Believes: the harder the blow, the more it proves.
//! Seen in: drills that ask only when everything breaks.
//! Rejected by: breaks_the_rule_with_the_short_margin_and_spares_the_other
//! Must hear: how much later than the West may the East start to count, before 20 s are too many as well?

use designs::coast_to_coast_failover::{Attack, Way, secs};

pub fn answer() -> Attack {
    Attack { first: Way::FromEast, other_later: secs(25), lasting: secs(120), drift_ppm: -10_000.0 }
}
