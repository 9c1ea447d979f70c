//! Believes: a photo takes its own bytes and no more.
//! Seen in: sizing that multiplies users by megabytes; Haystack writes each image in three places (Beaver and others 2010, section 4.1.2).
//! Rejected by: the_bytes_find_room
//! Must hear: how many disks would have to burn before this photo is lost?

use designs::photo_store::{Load, Needs, Resource, Store};

pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    load.images * load.image / store.disk
}

pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second * (1.0 - load.edge_hits.fraction());
    reads * store.operations_per_read / (store.operations_per_disk * store.busy_at_most.fraction())
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
