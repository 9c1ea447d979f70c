//! Step 4 · attack: not more bytes, more images.

use designs::photo_store::{Attack, kb, percent};

/// 36 TB ÷ 8 KB × 3 ÷ 6 × 10 bytes = 22.5 GB of index a machine: a fifth of it fits into 4 GB, all of it into 32. Then 3,800 reads/s are
/// 63 % of what 60 disks do with one operation each, and more than all of it with 1.8.
pub fn answer() -> Attack {
    Attack { image: kb(8), requests_per_second: 19_000.0, edge_hits: percent(80) }
}
