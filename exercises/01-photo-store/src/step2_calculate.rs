//! Step 2 · calculate: disks for bytes, for reads and for memory, and the one of the three that decides.
//!
//! Amounts of bytes are `Bytes`: a number times an amount is an amount (`load.images * load.image`), and an amount divided by an amount
//! is a plain number (`tb(36) / tb(3)` is 12). A share is a `Percent`: `load.edge_hits.fraction()` is 0.9 for 90 %.
//! All plain numbers here are `f64`.
//!
//! | `load.` | | `store.` | |
//! |---|---|---|---|
//! | `images` | how many there are | `copies` | of each image; a read takes one of them |
//! | `image` | bytes of one | `disk` | usable bytes of one disk |
//! | `requests_per_second` | at the edge | `operations_per_disk` | a second, if it never rests |
//! | `edge_hits` | answered by the edge | `busy_at_most` | share of its time that a disk may be busy |
//! | | | `operations_per_read` | on average |
//! | | | `index_of_an_image` | memory that one copy takes in the index |
//! | | | `memory_of_a_disk` | memory for the index that comes with one disk |

use designs::photo_store::{Load, Needs, Resource, Store};

/// Disks that the bytes of all copies ask for; do not round.
pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    todo!("step 2: the disks for space")
}

/// Disks that the reads ask for: those that the edge does not answer.
pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    todo!("step 2: the disks for operations")
}

/// Disks whose memory holds the index of all copies.
pub fn disks_for_memory(load: &Load, store: &Store) -> f64 {
    todo!("step 2: the disks for memory")
}

/// The resource that decides how many disks are bought: `Resource::Space`, `Operations` or `Memory`.
/// `needs` has the disks for each: `needs.space`, `needs.operations`, `needs.memory`.
pub fn binding(needs: &Needs) -> Resource {
    todo!("step 2: the resource that decides")
}
