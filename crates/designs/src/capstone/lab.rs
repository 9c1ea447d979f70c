//! The lab: both proposals on the same load, while one fault lasts.

use super::pair::{Names, Pair, REPORTED, Reported};
use super::sizing::{Choice, Proposal, World};
use super::system::{Fault, Scenario};
use super::units::Dollars;
use crate::lab::{Knob, KnobKind, Lab, MapOf, Run, knob, run_of, snapped};
use judge::percent;
use sim::{Time, secs};

/// The lab of design 17.
pub struct ProposalsLab;

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const FAULT: usize = 0;
    pub(super) const SECONDS: usize = 1;
    pub(super) const LOAD: usize = 2;
    pub(super) const PARTITIONS: usize = 3;
    pub(super) const CACHE_COPIES: usize = 4;
    pub(super) const SWITCH: usize = 5;
    pub(super) const POLL: usize = 6;
    pub(super) const HIT_RATE: usize = 7;
    pub(super) const HOT: usize = 8;
    pub(super) const READS: usize = 9;
    pub(super) const OPERATION: usize = 10;
    pub(super) const APPLY: usize = 11;
    pub(super) const LOGIN: usize = 12;
    pub(super) const AWAY: usize = 13;
    pub(super) const HOUR: usize = 14;
}

#[rustfmt::skip]
static KNOBS: [Knob; 15] = [
    knob!("fault", "Fault", "", 0.0..=5.0 by 1.0, 1.0, SETTING, &[(0.0, "none"), (1.0, "zone away"), (2.0, "region away"), (3.0, "regions cut"), (4.0, "caches empty"), (5.0, "no identity")], "What goes wrong at second 60. A zone: in B, one of the first region. A region: in A, the only one. Caches: those of one region.", "the fault is: {}", &[(0.0, "there is no fault"), (1.0, "a zone is away"), (2.0, "a region is away"), (3.0, "the regions are cut from each other"), (4.0, "the caches of a region are empty"), (5.0, "the identity service is away")]),
    knob!("seconds", "It lasts", "s", 30.0..=400.0 by 10.0, 300.0, SETTING, &[], "How long the fault lasts.", "it lasts {}", &[]),
    knob!("load", "Load", "%", 5.0..=150.0 by 5.0, 100.0, SETTING, &[], "Share of the busiest hour's scans and reads.", "{} of the busiest hour's load arrive", &[]),
    knob!("partitions", "Partitions", "", 20.0..=400.0 by 5.0, 70.0, SETTING, &[], "Partitions of the store and of the views: three machines each in A, four in B.", "there are {} partitions", &[]),
    knob!("cache_copies", "Caches that hold an answer", "", 1.0..=2.0 by 1.0, 1.0, SETTING, &[], "With 2 an answer lies in caches of two zones (A) or of both regions (B).", "an answer lies in {} caches", &[(1.0, "an answer lies in one cache")]),
    knob!("switch", "Switch of regions", "s", 5.0..=300.0 by 5.0, 30.0, SETTING, &[], "From the loss of a region until its readers and depots ask the other.", "the switch of regions takes {}", &[]),
    knob!("poll", "Log is read every", "ms", 100.0..=10_000.0 by 100.0, 1_000.0, SETTING, &[], "How often a log of B is read for the view, and sent to the other region.", "a log is read every {}", &[]),
    knob!("hit_rate", "Hit rate of warm caches", "%", 50.0..=99.0 by 1.0, 90.0, ASSUMPTION, &[], "Share of the reads that warm caches answer.", "warm caches answer {}", &[]),
    knob!("hot", "Parcels asked for again", "million", 1.0..=200.0 by 1.0, 40.0, ASSUMPTION, &[], "Parcels whose answers lie in warm caches.", "{n} million parcels are asked for again", &[(1.0, "one million parcels are asked for again")]),
    knob!("reads", "Reads in the busiest hour", "per s", 20_000.0..=1_000_000.0 by 10_000.0, 300_000.0, ASSUMPTION, &[], "Reads a second in the busiest hour. Fronts, caches and traffic follow in the bill; the partitions do not.", "{n} reads a second arrive in the busiest hour", &[]),
    knob!("operation", "Mean operation", "ms", 1.0..=20.0 by 1.0, 8.0, ASSUMPTION, &[], "Mean time of an operation at one of a machine's four slots.", "an operation takes {}", &[]),
    knob!("apply", "Scans that a view applies", "per s", 6_500.0..=30_000.0 by 500.0, 8_000.0, ASSUMPTION, &[], "Scans a second, over all partitions, that a region's view can apply.", "a view applies {n} scans a second", &[]),
    knob!("login", "Reads with a login", "%", 0.0..=100.0 by 5.0, 20.0, ASSUMPTION, &[], "Share of the reads that need the identity service.", "{} of the reads need a login", &[(0.0, "no read needs a login")]),
    knob!("away", "Region away", "h a year", 0.0..=50.0 by 0.5, 4.0, ASSUMPTION, &[(0.0, "never")], "Hours a year in which a region is away, for the year's cost.", "a region is away for {}", &[(0.0, "no region is ever away")]),
    knob!("hour", "Hour without scans", "$", 0.0..=500_000.0 by 5_000.0, 100_000.0, ASSUMPTION, &[], "What an hour costs in which no depot can scan, for the year's cost.", "an hour without scans costs {n} $", &[(0.0, "an hour without scans costs nothing")]),
];

/// The fault begins here …
const FROM: Time = secs(60);
/// … and the run ends here.
const END: Time = secs(600);

impl Lab for ProposalsLab {
    fn title(&self) -> &'static str {
        "Two proposals, one fault"
    }

    fn setup(&self) -> &'static str {
        "Both proposals serve the brief's load for ten minutes, and something goes wrong at second 60. Proposal A keeps everything in one region, proposal B in two. One partition of each is simulated; the bill is that of all. Both get the same load."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "partitions", down: "load", result: "answered_a" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let reported = if value[at::FAULT] > 0.0 {
            Reported {
                phase: REPORTED,
                when: "While the fault lasted".into(),
                caption: "Reads and scans that arrived while the fault lasted".into(),
            }
        } else {
            Reported {
                phase: REPORTED,
                when: "From second 60 on".into(),
                caption: "Reads and scans that arrived from second 60 on".into(),
            }
        };
        let sides =
            [(A, Proposal::Zones), (B, Proposal::Regions)].map(|(names, proposal)| (names, scenario(&value, proposal)));
        run_of(
            Pair::new(sides, reported, seed),
            Pair::advance,
            Pair::so_far,
            Pair::view,
        )
    }
}

const A: Names = Names { key: "a", legend: "A", label: "proposal A", subject: "proposal A" };
const B: Names = Names { key: "b", legend: "B", label: "proposal B", subject: "proposal B" };

/// The scenario that knob values stand for.
fn scenario(value: &[f64], proposal: Proposal) -> Scenario {
    let fault = match value[at::FAULT] as u32 {
        1 => Fault::Zone,
        2 => Fault::Region,
        3 => Fault::Cut,
        4 => Fault::ColdCaches,
        5 => Fault::Login,
        _ => Fault::Nothing,
    };
    let world = World {
        reads: value[at::READS],
        hits: percent(value[at::HIT_RATE]),
        hot: value[at::HOT] * 1e6,
        operation: Time::from_ms_f64(value[at::OPERATION]),
        apply: value[at::APPLY],
        poll: Time::from_ms_f64(value[at::POLL]),
        switch: Time::from_ms_f64(value[at::SWITCH] * 1e3),
        login: percent(value[at::LOGIN]),
        away: value[at::AWAY],
        hour: Dollars(value[at::HOUR]),
        ..World::default()
    };
    let choice = Choice {
        proposal,
        partitions: value[at::PARTITIONS] as u32,
        cache_copies: value[at::CACHE_COPIES] as u32,
    };
    let until = FROM + Time::from_ms_f64(value[at::SECONDS] * 1e3);
    Scenario {
        world,
        choice,
        load: value[at::LOAD] / 100.0,
        fault,
        from: FROM,
        until,
        end: END,
        judged_from: Time::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sizing::on_the_table;
    use super::*;
    use crate::lab::checks;

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("fault", at::FAULT),
            ("seconds", at::SECONDS),
            ("load", at::LOAD),
            ("partitions", at::PARTITIONS),
            ("cache_copies", at::CACHE_COPIES),
            ("switch", at::SWITCH),
            ("poll", at::POLL),
            ("hit_rate", at::HIT_RATE),
            ("hot", at::HOT),
            ("reads", at::READS),
            ("operation", at::OPERATION),
            ("apply", at::APPLY),
            ("login", at::LOGIN),
            ("away", at::AWAY),
            ("hour", at::HOUR),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
            let (at, default) = (KNOBS[i].snap(KNOBS[i].default), KNOBS[i].default);
            assert!((at - default).abs() < 1e-9, "{name}: {at}");
        }
    }

    #[test]
    fn as_it_opens_it_is_the_briefs_load_on_both_proposals() {
        let values: Vec<f64> = KNOBS.iter().map(|k| k.default).collect();
        for (proposal, on_the_table) in [Proposal::Zones, Proposal::Regions].into_iter().zip(on_the_table()) {
            let s = scenario(&snapped(&KNOBS, &values), proposal);
            assert_eq!((s.world, s.choice), (World::default(), on_the_table));
        }
    }

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&ProposalsLab, &[("load", "30")], 20_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&ProposalsLab, &[("load", "20")]);
    }
}
