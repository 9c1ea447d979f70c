//! Step 2 · calculate: disks for bytes, for reads and for memory, and the one of the three that decides.
//!
//! Amounts of bytes are `Bytes`: a number times an amount is an amount (`load.images * load.image`), and an amount divided by an amount
//! is a plain number (`tb(36) / tb(3)` is 12). A share is a `Percent`: `load.edge_hits.fraction()` is 0.9 for 90 %.
//!
//! | field | type and unit | what it is |
//! |---|---|---|
//! | `load.images` | `f64` | images, copies not counted |
//! | `load.image` | `Bytes` | size of one, on average |
//! | `load.requests_per_second` | `f64`, requests/s | at the edge |
//! | `load.edge_hits` | `Percent` | answered by the edge |
//! | `store.copies` | `f64` | of each image; a read takes one of them |
//! | `store.disk` | `Bytes` | usable space of one disk |
//! | `store.operations_per_disk` | `f64`, operations/s | of one disk that never rests |
//! | `store.busy_at_most` | `Percent` | share of its time that a disk may be busy |
//! | `store.operations_per_read` | `f64`, operations | of one read, on average |
//! | `store.index_of_an_image` | `Bytes` | memory that one copy takes in the index |
//! | `store.memory_of_a_disk` | `Bytes` | memory for the index that comes with one disk |
//! | `needs.space`, `needs.operations`, `needs.memory` | `f64`, disks | not rounded |

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
