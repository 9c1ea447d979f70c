//! Step 4 · attack: take what one of them has only one of.

use designs::capstone::{Card, Cards, Fault, percent};

/// A has one region. B's other one lacks half of the hot answers, which its machines bear up to 40 % of the load. B's views need the
/// link between the regions; A has none to cut.
pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(30) },
        against_b: Card { fault: Fault::Cut, seconds: 120, load: percent(60) },
    }
}
