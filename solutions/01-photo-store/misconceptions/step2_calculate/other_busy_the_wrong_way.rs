//! Outside the catalogue: the share that may be busy as a factor and not as a divisor.
//! Rejected by: the_reads_find_a_disk

use designs::photo_store::{Load, Needs, Resource, Store};

pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    load.images * load.image * store.copies / store.disk
}

pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second * (1.0 - load.edge_hits.fraction());
    reads * store.operations_per_read / store.operations_per_disk
        * store.busy_at_most.fraction()
        * store.busy_at_most.fraction()
}

pub fn disks_for_memory(load: &Load, store: &Store) -> f64 {
    load.images * store.copies * store.index_of_an_image / store.memory_of_a_disk
}

pub fn binding(needs: &Needs) -> Resource {
    if needs.operations > needs.space && needs.operations > needs.memory {
        Resource::Operations
    } else if needs.memory > needs.space {
        Resource::Memory
    } else {
        Resource::Space
    }
}
