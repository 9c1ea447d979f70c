//! Another way: longer cards, each at the load that paper says.

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::Region, seconds: 180, load: percent(40) },
        against_b: Card { fault: Fault::Cut, seconds: 180, load: percent(53) },
    }
}
