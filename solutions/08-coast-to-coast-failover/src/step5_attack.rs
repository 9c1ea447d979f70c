//! Step 5 · attack: let one side start to count later than the other.

use designs::coast_to_coast_failover::{Attack, Way, secs};

/// The West misses the primary at once; the East hears the others for 6 s more, so its 28 s end 4 s after the West's 30 s, and
/// its 20 s still end in time.
pub fn answer() -> Attack {
    Attack { first: Way::FromEast, other_later: secs(6), lasting: secs(60), drift_ppm: 0.0 }
}
