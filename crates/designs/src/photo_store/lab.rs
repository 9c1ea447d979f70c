//! The lab: files and needles on the same machines, on the same reads, while the edge's hit rate falls for a while.

use super::pair::{Names, Pair, Reported};
use super::sizing::{Choice, Layout, World};
use super::system::{Phase, Pod};
use super::units::{Bytes, gb, kb};
use crate::lab::{Fact, Knob, KnobKind, Lab, MapOf, Run, Typed, View, knob, run_of, snapped};
use crate::manifest::Axis;
use judge::percent;
use sim::{Time, secs};

/// The lab of design 01.
pub struct PhotoLab;

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const MACHINES: usize = 0;
    pub(super) const MEMORY: usize = 1;
    pub(super) const COPIES: usize = 2;
    pub(super) const REQUESTS: usize = 3;
    pub(super) const HIT_RATE: usize = 4;
    pub(super) const FALL: usize = 5;
    pub(super) const LOST: usize = 6;
    pub(super) const IMAGES: usize = 7;
    pub(super) const IMAGE_SIZE: usize = 8;
    pub(super) const LOOKUPS: usize = 9;
    pub(super) const OPERATION: usize = 10;
    pub(super) const SKEW: usize = 11;
    pub(super) const SPACE: usize = 12;
    pub(super) const PODS: usize = 13;
    pub(super) const MEMORY_PRICE: usize = 14;
}

#[rustfmt::skip]
static KNOBS: [Knob; 15] = [
    knob!("machines", "Machines", "", 1.0..=60.0 by 1.0, 6.0, SETTING, &[], "Machines of the pod, each with 12 disks; both layouts get as many.", "the pod has {} machines", &[(1.0, "the pod has one machine")]),
    knob!("memory", "Memory a machine", "GB", 1.0..=256.0 by 1.0, 48.0, SETTING, &[], "Memory of one machine for the metadata of its photos.", "a machine has {} of memory", &[]),
    knob!("copies", "Copies", "", 1.0..=6.0 by 1.0, 3.0, SETTING, &[], "Machines that hold a copy of each photo.", "there are {} copies", &[(1.0, "there is one copy")]),
    knob!("requests", "Requests at the edge", "per s", 500.0..=100_000.0 by 500.0, 21_000.0, SETTING, &[], "Requests a second that reach the edge cache.", "{n} requests a second reach the edge", &[]),
    knob!("hit_rate", "Hit rate of the edge", "%", 0.0..=99.0 by 1.0, 90.0, SETTING, &[], "Share of the requests that the edge answers by itself.", "the edge answers {}", &[(0.0, "the edge answers nothing")]),
    knob!("fall", "Hit rate falls by", "points", 0.0..=50.0 by 1.0, 10.0, SETTING, &[(0.0, "not at all")], "From second 10 to second 30 the hit rate is this much lower.", "the hit rate falls by {}", &[(0.0, "the hit rate does not fall"), (1.0, "the hit rate falls by one point")]),
    knob!("machines_lost", "Machines gone", "", 0.0..=3.0 by 1.0, 0.0, SETTING, &[(0.0, "none")], "Machines that are gone for the whole run.", "{} machines are gone", &[(0.0, "no machine is gone"), (1.0, "one machine is gone")]),
    knob!("images", "Images", "million", 10.0..=5_000.0 by 10.0, 450.0, SETTING, &[], "Images that the pod holds, copies not counted.", "the pod holds {n} million images", &[]),
    knob!("image_size", "Size of an image", "KB", 2.0..=200.0 by 1.0, 80.0, ASSUMPTION, &[], "Bytes of one image, on average.", "an image has {}", &[]),
    knob!("file_lookups", "Lookups before a file", "", 1.0..=9.0 by 1.0, 2.0, ASSUMPTION, &[], "Disk operations before a file's own bytes when none of its metadata is in memory.", "a file takes {} lookups", &[(1.0, "a file takes one lookup")]),
    knob!("operation", "Mean disk operation", "ms", 0.1..=30.0 by 0.1, 10.0, ASSUMPTION, &[], "Mean time of one disk operation; it lies evenly between 30 % and 170 % of this.", "a disk operation takes {}", &[]),
    knob!("skew", "Unevenness of reads", "", 0.0..=0.9 by 0.1, 0.0, ASSUMPTION, &[(0.0, "none")], "How much the reads behind the edge prefer some photos: 0 means that all are read alike.", "the reads are uneven by {}", &[(0.0, "all photos are read alike")]),
    knob!("space", "Usable space a machine", "TB", 1.0..=200.0 by 1.0, 36.0, ASSUMPTION, &[], "Usable space of one machine's 12 disks.", "a machine has {} of space", &[]),
    knob!("pods", "Pods that share the software", "", 1.0..=100.0 by 1.0, 50.0, ASSUMPTION, &[], "Pods over which the price of software of one's own is spread.", "{} pods share the software", &[(1.0, "one pod pays for the software")]),
    knob!("memory_price", "Price of memory", "$ a GB", 1.0..=200.0 by 1.0, 40.0, ASSUMPTION, &[], "Price of a gigabyte of memory.", "a gigabyte of memory costs {n} $", &[]),
];

/// The hit rate falls here …
const FALL_FROM: Time = secs(10);
/// … and rises again here.
const FALL_UNTIL: Time = secs(30);
/// The phase of the fall.
const FALL: usize = 2;

impl Lab for PhotoLab {
    fn title(&self) -> &'static str {
        "One pod, two layouts"
    }

    fn setup(&self) -> &'static str {
        "A pod is read for 60 seconds, and from second 10 to second 30 the hit rate of the edge is lower. Once its photos lie as files, once as needles in large volumes, on as many machines with as much memory. Both get the same reads."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "machines", down: "memory", result: "p99_files" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let fallen = value[at::FALL] > 0.0;
        let reported = if fallen {
            Reported {
                phase: FALL,
                when: "While the hit rate was low".into(),
                caption: "Reads that arrived while the hit rate was low".into(),
            }
        } else {
            Reported {
                phase: FALL,
                when: "From second 10 to second 30".into(),
                caption: "Reads that arrived from second 10 to second 30".into(),
            }
        };
        let sides =
            [(FILES, Layout::Files), (NEEDLES, Layout::Needles)].map(|(names, layout)| (names, pod(&value, layout)));
        let mut pair = Pair::new(sides, reported, seed);
        pair.shaded = fallen.then_some((FALL, "hit rate low"));
        run_of(pair, Pair::advance, Pair::so_far, view)
    }
}

const FILES: Names = Names { key: "files", legend: "files", label: "files", subject: "files" };
const NEEDLES: Names = Names { key: "needles", legend: "needles", label: "needles", subject: "needles" };

/// The pod that knob values stand for.
fn pod(value: &[f64], layout: Layout) -> Pod {
    let mean = value[at::OPERATION];
    let world = World {
        images: value[at::IMAGES] * 1e6,
        image: kb(value[at::IMAGE_SIZE]),
        requests: value[at::REQUESTS],
        hits: percent(value[at::HIT_RATE]),
        fall: percent(value[at::FALL]),
        pods: value[at::PODS],
        memory_price: super::Dollars(value[at::MEMORY_PRICE]),
        space: Bytes(value[at::SPACE] * 1e12),
        operation: (Time::from_ms_f64(mean * 0.3), Time::from_ms_f64(mean * 1.7)),
        skew: value[at::SKEW],
        file_lookups: value[at::LOOKUPS] as u32,
    };
    let choice = Choice {
        layout,
        machines: value[at::MACHINES] as u32,
        copies: value[at::COPIES] as u32,
        memory: gb(value[at::MEMORY]),
    };
    let phase = |until, hits| Phase { until, hits };
    Pod {
        choice,
        lost: value[at::LOST] as u32,
        phases: vec![
            phase(secs(1), world.hits),
            phase(FALL_FROM, world.hits),
            phase(FALL_UNTIL, world.bad_hits()),
            phase(secs(60), world.hits),
        ],
        world,
    }
}

/// Machines, copies and memory of a choice as knobs of the lab, as typed.
pub(super) fn typed(c: &Choice) -> Typed {
    Typed::of(&PhotoLab)
        .and("machines", f64::from(c.machines))
        .and("copies", f64::from(c.copies))
        .and("memory", c.memory.as_gb())
}

/// What both sides show, and how the fall compares with what was before it.
fn view(pair: &Pair) -> View {
    let mut view = pair.view();
    // The peak before the fall, and how long the fall is felt afterwards.
    let before = pair.totals(1);
    let slow = pair.slow_after(FALL);
    for (i, Names { key, label, .. }) in [FILES, NEEDLES].into_iter().enumerate() {
        let mut add = |name: &str, what: &str, value: f64, unit: &'static str, digits: usize| {
            let axis = match name {
                "p99_before" => Axis::Performance,
                "busy_before" => Axis::Cost,
                _ => Axis::Failure,
            };
            let fact = Fact::new(
                &format!("{name}_{key}"),
                &format!("{what}, {label}"),
                value,
                unit,
                digits,
            );
            let fact = fact.on(axis, what, i);
            view.facts.push(if name == "slow_after" {
                fact.short("Slow after the fall")
            } else {
                fact
            });
        };
        add(
            "p99_before",
            "Reads' p99 before the fall",
            before[i].times.quantile(0.99).as_ms(),
            "ms",
            0,
        );
        add(
            "busy_before",
            "Disks busy before the fall",
            before[i].busy() * 100.0,
            "%",
            0,
        );
        add(
            "slow_after",
            "Time after the fall with a median over 100 ms",
            slow[i],
            "s",
            1,
        );
    }
    let rate = |t: &super::system::Totals, seconds: f64| t.reads as f64 / seconds;
    let growth = rate(&pair.totals(FALL)[0], (FALL_UNTIL - FALL_FROM).as_secs()) / rate(&before[0], 9.0).max(1e-9);
    let label = "Reads at the store in the fall, for each one before";
    let fact = Fact::new("growth", label, growth, "", 2);
    view.facts
        .push(fact.on(Axis::Failure, label, 0).short("Reads in the fall ÷ before"));
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("machines", at::MACHINES),
            ("memory", at::MEMORY),
            ("copies", at::COPIES),
            ("requests", at::REQUESTS),
            ("hit_rate", at::HIT_RATE),
            ("fall", at::FALL),
            ("machines_lost", at::LOST),
            ("images", at::IMAGES),
            ("image_size", at::IMAGE_SIZE),
            ("file_lookups", at::LOOKUPS),
            ("operation", at::OPERATION),
            ("skew", at::SKEW),
            ("space", at::SPACE),
            ("pods", at::PODS),
            ("memory_price", at::MEMORY_PRICE),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
            let (at, default) = (KNOBS[i].snap(KNOBS[i].default), KNOBS[i].default);
            assert!((at - default).abs() < 1e-9, "{name}: {at}");
        }
    }

    #[test]
    fn as_it_opens_it_is_the_briefs_pod() {
        let values: Vec<f64> = KNOBS.iter().map(|k| k.default).collect();
        let pod = pod(&snapped(&KNOBS, &values), Layout::Files);
        assert_eq!(pod.world, World::default());
        assert_eq!(pod.choice, super::super::sizing::on_the_table()[0]);
    }

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&PhotoLab, &[("requests", "4000"), ("machines", "2")], 20_000);
    }

    #[test]
    fn what_the_lab_cannot_show_is_said() {
        let typed = Typed::of(&PhotoLab).and("images", 445.0).and("memory", 2.6);
        assert_eq!((typed.knobs.as_str(), typed.beyond.len()), ("images=450 memory=3", 0));
        let typed = Typed::of(&PhotoLab).and("images", 18_000.0).and("pods", 0.2);
        assert_eq!(typed.knobs, "images=5000 pods=1");
        assert!(
            typed.beyond[0]
                .replace('\u{202f}', " ")
                .contains("5,000 million stands there for 18,000 million"),
            "{:?}",
            typed.beyond
        );
        assert!(
            typed.beyond[1].ends_with("1 stands there for 0.2."),
            "{:?}",
            typed.beyond
        );
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&PhotoLab, &[("requests", "1000"), ("machines", "2")]);
    }
}
