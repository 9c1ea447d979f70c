//! Believes: the harder the blow, the more it proves.
//! Seen in: attacks on everything at once, which show that machines are finite.
//! Rejected by: breaks_the_design_with_little_memory_and_spares_the_other
//! Must hear: how much memory does one machine's index take under your attack, and how much do the two designs have?

use designs::photo_store::{Attack, kb, percent};

pub fn answer() -> Attack {
    Attack { image: kb(3), requests_per_second: 19_000.0, edge_hits: percent(80) }
}
