//! Another way: fewer requests, an edge that answers less, and images that fill 30 of 32 GB.

use designs::photo_store::{Attack, kb, percent};

pub fn answer() -> Attack {
    Attack { image: kb(6), requests_per_second: 12_000.0, edge_hits: percent(70) }
}
