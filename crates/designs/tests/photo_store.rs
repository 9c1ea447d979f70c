//! Design 01 behaves as its chapter says, whatever is bought.

use designs::photo_store::choose;
use designs::photo_store::claims::{relieve, turn};
use designs::photo_store::sizing::{World, on_the_table};
use designs::photo_store::system::{Phase, Pod, PodRun, Totals};
use designs::photo_store::{
    Choice, Claim, Expect, Layout, Plan, Quantity, Resource, at_most, dollars, gb, ms, percent,
};
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

/// A plan whose photos are needles in three copies; the other services are somebody else's.
fn plan(machines: u32, memory: u32) -> Plan {
    let photos = Choice { memory: gb(memory), ..needles(machines) };
    let expects = [
        Expect::Price(dollars(1), dollars(2)),
        Expect::BadHourBusy(percent(1), percent(2)),
    ];
    let claim = Claim { binding: Resource::Operations, expects, reverses_when: (Quantity::Pods, 1.0) };
    Plan { photos, archive: photos, album: photos, claim }
}

fn in_the_bad_hour(plan: fn() -> Plan) -> judge::verdict::Verdict {
    choose::photos_in_the_bad_hour()
        .run(plan)
        .reads_p99(at_most(ms(130)))
        .verdict()
}

/// Whoever bought machines for the bad hour and too little memory has forgotten neither the fall nor the lost machine.
#[test]
fn an_index_that_does_not_fit_is_no_belief_about_the_load() {
    for plan in [
        || plan(6, 1),
        || plan(6, 2),
        || plan(5, 2),
        || plan(5, 1),
        || plan(4, 1),
    ] as [fn() -> Plan; 5]
    {
        let v = in_the_bad_hour(plan);
        assert!(!v.passed && v.belief.is_none(), "{v}");
        assert!(
            v.instead.contains("disk operations a read") && v.ask.contains("more than one operation"),
            "{v}"
        );
    }
    let named = |plan| in_the_bad_hour(plan).belief.unwrap_or_default();
    assert_eq!(named(|| plan(5, 8)), "all_machines_are_there");
    assert_eq!(named(|| plan(4, 8)), "ten_points_are_ten_per_cent");
    // In three machines more memory would not have been enough.
    assert_eq!(named(|| plan(3, 2)), "a_store_is_its_bytes");
}

/// Where the layout is what costs too much, the question is about the layouts and not about machines to spare.
#[test]
fn a_layout_that_is_too_dear_is_asked_about() {
    let asks = |plan: fn() -> Plan| {
        let trial = choose::photos_in_the_bad_hour().run(plan);
        trial.price(at_most(dollars(65_000))).verdict().ask
    };
    let files = asks(|| {
        let p = plan(6, 128);
        Plan { photos: Choice { layout: Layout::Files, ..p.photos }, ..p }
    });
    assert!(files.contains("each of the two layouts"), "{files}");
    let spare = asks(|| plan(12, 8));
    assert!(spare.contains("more than once over"), "{spare}");
}
