//! Design 01 behaves as its chapter says, whatever is bought.

use designs::photo_store::claims::{Quantity, relieve, turn};
use designs::photo_store::sizing::{World, on_the_table};
use designs::photo_store::system::{Phase, Pod, PodRun, Totals};
use designs::photo_store::{Choice, Layout, Resource, gb, percent};
use sim::secs;

fn pod(world: World, choice: Choice, lost: u32, hits: f64) -> Pod {
    let phase = |s| Phase { until: secs(s), hits: percent(hits) };
    Pod { world, choice, lost, phases: vec![phase(1), phase(7)] }
}

fn run(pod: &Pod, seed: u64) -> Totals {
    PodRun::new(pod, seed).finish().totals().swap_remove(1)
}

fn needles(machines: u32) -> Choice {
    Choice { layout: Layout::Needles, machines, copies: 3, memory: gb(8) }
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let pod = pod(World::default(), needles(6), 1, 80.0);
    assert_eq!(format!("{:?}", run(&pod, 3)), format!("{:?}", run(&pod, 3)));
    assert_ne!(format!("{:?}", run(&pod, 3)), format!("{:?}", run(&pod, 4)));
}

#[test]
fn more_of_anything_never_makes_reads_slower() {
    let world = World::default();
    let p99 = |machines, memory: u32, lost, hits| {
        let choice = Choice { layout: Layout::Files, memory: gb(memory), ..needles(machines) };
        run(&pod(world, choice, lost, hits), 1).times.quantile(0.99)
    };
    let base = p99(8, 48, 1, 85.0);
    assert!(p99(10, 48, 1, 85.0) < base, "machines");
    assert!(p99(8, 96, 1, 85.0) < base, "memory");
    assert!(p99(8, 48, 0, 85.0) < base, "a machine less gone");
    assert!(p99(8, 48, 1, 90.0) < base, "hit rate");
}

#[test]
fn with_all_metadata_in_memory_the_layouts_are_alike() {
    let world = World::default();
    let [files, needles] = on_the_table().map(|c| Choice { memory: gb(128), ..c });
    let [a, b] = [files, needles].map(|c| run(&pod(world, c, 1, 80.0), 2));
    assert_eq!((a.reads, a.operations), (b.reads, b.operations));
    assert!(world.price(&files) > world.price(&needles));
}

#[test]
fn relief_helps_where_something_binds() {
    let world = World::default();
    let p99 = |resource: Option<Resource>| {
        let (w, c) = resource.map_or((world, needles(6)), |r| relieve(world, needles(6), r));
        run(&pod(w, c, 1, 80.0), 5).times.quantile(0.99)
    };
    assert!(p99(Some(Resource::Operations)) < p99(None).scale(0.9));
    assert_eq!(p99(Some(Resource::Space)), p99(None));
    assert_eq!(p99(Some(Resource::Memory)), p99(None));
}

#[test]
fn smaller_images_are_more_images_in_as_many_bytes() {
    let (small, brief) = (turn(Quantity::ImageSize, 8.0), World::default());
    assert!((small.images / brief.images - 10.0).abs() < 1e-9);
    assert!(small.index(&needles(6)) > gb(8));
    assert_eq!(small.room(&needles(6)), 1.0);
}
