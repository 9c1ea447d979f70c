//! Step 4 · attack: show what a small memory cannot bear.
//!
//! Two designs hold 36 TB of images as needles, three copies on six machines of which one is gone. One has 4 GB of memory for the
//! index of each machine, the other 32 GB. Both promise that 99 of 100 reads are done within 130 ms. Find images and a load with which
//! the first breaks that promise and the second keeps it. With the brief's images of 80 KB both must keep it at your load.

use designs::photo_store::{Attack, kb, percent};

/// | field | type and unit | bounds |
/// |---|---|---|
/// | `image`, size of one | `Bytes`: `kb(80)` | 2 to 200 KB; the 36 TB stay 36 TB |
/// | `requests_per_second`, at the edge | `f64`: `21_000.0` | 5,000 to 40,000 |
/// | `edge_hits`, answered by the edge while it is judged; nothing is taken off it | `Percent`: `percent(90)` | 70 % to 95 % |
pub fn answer() -> Attack {
    todo!("step 4: images and a load that only one of the two designs bears")
}
