//! Another way: empty caches, of which B has half and A has all. B bears them longer.

use designs::capstone::{Card, Cards, Fault, percent};

pub fn answer() -> Cards {
    Cards {
        against_a: Card { fault: Fault::ColdCaches, seconds: 120, load: percent(56) },
        against_b: Card { fault: Fault::Cut, seconds: 150, load: percent(60) },
    }
}
