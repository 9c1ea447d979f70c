//! Step 2 · calculate: each need against cases that you can count by hand, a published ratio, and the simulator.

use designs::photo_store::calculate;
use photo_store::step2_calculate::{binding, disks_for_memory, disks_for_operations, disks_for_space};

#[test]
fn the_bytes_find_room() {
    calculate::for_space(disks_for_space).or_explain();
}

/// One case is published: a disk of 4 TB gives 80 operations a second at acceptable latency. Muralidhar and others, *f4: Facebook's
/// Warm BLOB Storage System*, OSDI 2014, section 3. Another is the brief's pod in the simulator.
#[test]
fn the_reads_find_a_disk() {
    calculate::for_operations(disks_for_operations).or_explain();
}

#[test]
fn the_index_finds_memory() {
    calculate::for_memory(disks_for_memory).or_explain();
}

#[test]
fn the_resource_that_decides_is_named() {
    calculate::binds(binding).or_explain();
}
