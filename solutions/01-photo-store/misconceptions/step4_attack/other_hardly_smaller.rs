//! Outside the catalogue: images that are hardly smaller.
//! Rejected by: breaks_the_design_with_little_memory_and_spares_the_other

use designs::photo_store::{Attack, kb, percent};

pub fn answer() -> Attack {
    Attack { image: kb(60), requests_per_second: 19_000.0, edge_hits: percent(80) }
}
