//! Step 2 · calculate: each need is what all of it asks for, over what one disk gives; the largest decides.

use designs::photo_store::{Load, Needs, Resource, Store};

/// Every copy takes its bytes.
pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    load.images * load.image * store.copies / store.disk
}

/// The store reads what misses, from one copy, and a disk may be busy for a part of its time.
pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second * (1.0 - load.edge_hits.fraction());
    reads * store.operations_per_read / (store.operations_per_disk * store.busy_at_most.fraction())
}

/// Every copy has its entry, on its own machine.
pub fn disks_for_memory(load: &Load, store: &Store) -> f64 {
    load.images * store.copies * store.index_of_an_image / store.memory_of_a_disk
}

/// Only the largest number of disks meets all three.
pub fn binding(needs: &Needs) -> Resource {
    if needs.operations > needs.space && needs.operations > needs.memory {
        Resource::Operations
    } else if needs.memory > needs.space {
        Resource::Memory
    } else {
        Resource::Space
    }
}
