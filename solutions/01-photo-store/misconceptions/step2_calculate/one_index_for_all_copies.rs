//! Believes: the index names a photo once, wherever its copies lie.
//! Seen in: the picture of one directory for the whole store; each Store machine keeps its own mapping (Beaver and others 2010, section 3.4).
//! Rejected by: the_index_finds_memory
//! Must hear: a machine is asked for its copy: whose memory says where it lies?

use designs::photo_store::{Load, Needs, Resource, Store};

pub fn disks_for_space(load: &Load, store: &Store) -> f64 {
    load.images * load.image * store.copies / store.disk
}

pub fn disks_for_operations(load: &Load, store: &Store) -> f64 {
    let reads = load.requests_per_second * (1.0 - load.edge_hits.fraction());
    reads * store.operations_per_read / (store.operations_per_disk * store.busy_at_most.fraction())
}

pub fn disks_for_memory(load: &Load, store: &Store) -> f64 {
    load.images * store.index_of_an_image / store.memory_of_a_disk
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
