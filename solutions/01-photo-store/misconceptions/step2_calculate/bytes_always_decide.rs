//! Believes: a store is as large as what it stores.
//! Seen in: storage bought by the terabyte; later more disks were bought for operations than for space (Pan and others 2021, section 2.1).
//! Rejected by: the_resource_that_decides_is_named
//! Must hear: what do disks do all day, besides being full?

use designs::photo_store::{Load, Needs, Resource, Store};

pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    load.images * load.image * store.copies / store.disk
}

pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second * (1.0 - load.edge_hits.fraction());
    reads * store.operations_per_read / (store.operations_per_disk * store.busy_at_most.fraction())
}

pub fn disks_for_memory(load: &Load, store: &Store) -> f64 {
    load.images * store.copies * store.index_of_an_image / store.memory_of_a_disk
}

pub fn binding(needs: &Needs) -> Resource {
    Resource::Space
}
