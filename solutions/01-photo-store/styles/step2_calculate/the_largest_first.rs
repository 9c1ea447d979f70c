//! Another way: what one disk holds first, and the largest need before its name.

use designs::photo_store::{Load, Needs, Resource, Store};

pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    let images_of_a_disk = store.disk / load.image;
    load.images * store.copies / images_of_a_disk
}

pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second * (1.0 - load.edge_hits.fraction());
    reads * store.operations_per_read / (store.operations_per_disk * store.busy_at_most.fraction())
}

pub fn disks_for_memory(load: &Load, store: &Store) -> f64 {
    load.images * store.copies * store.index_of_an_image / store.memory_of_a_disk
}

pub fn binding(needs: &Needs) -> Resource {
    let most = needs.space.max(needs.operations).max(needs.memory);
    if most == needs.space {
        return Resource::Space;
    }
    if most == needs.operations {
        return Resource::Operations;
    }
    Resource::Memory
}
