//! Believes: the store reads a photo for every request.
//! Seen in: estimates that begin and end with the requests of the site; about a tenth reached Haystack (Beaver and others 2010, section 4.1.2).
//! Rejected by: the_reads_find_a_disk
//! Must hear: of a hundred requests in this case, how many does the edge send on?

use designs::photo_store::{Load, Needs, Resource, Store};

pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    load.images * load.image * store.copies / store.disk
}

pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second;
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
