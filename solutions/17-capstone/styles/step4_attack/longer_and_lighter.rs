//! Another way: a longer cut at a lighter load.

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 120, load: percent(20) },
        against_b: Card { fault: Fault::Cut, seconds: 180, load: percent(40) },
    }
}
