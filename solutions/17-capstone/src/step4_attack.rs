//! Step 4 · attack: take what one of them has only one of, and ask at which load the other gives way.

use designs::capstone::{Card, Cards, Fault, percent};

/// A has one region. At full load B's other one would have to find 30,000 misses and half of the 270,000 hits, and to write 6,000 scans
/// twice: 177,000 operations a second. It can do 70,000, so it bears 40 % of the load, and a little more since 5 % may go unanswered.
///
/// A has no link to cut. At full load 360,000 scans pile up for each view of B in 120 s, and 6,000 a second go on arriving. Up to a
/// share f of that a view is current again within 60 s: 360,000 f = 60 × (8,000 − 6,000 f), so f is 67 %.
pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(42) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(68) },
    }
}
