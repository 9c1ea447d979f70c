//! Believes: large images are the heavy ones.
//! Seen in: the habit of weighing a store by its bytes.
//! Rejected by: breaks_the_design_with_little_memory_and_spares_the_other
//! Must hear: what does the store keep for each image, whatever its size?

use designs::photo_store::{Attack, kb, percent};

pub fn answer() -> Attack {
    Attack { image: kb(200), requests_per_second: 19_000.0, edge_hits: percent(80) }
}
