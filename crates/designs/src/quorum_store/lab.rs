//! The lab: two settings on the same writes and reads, and all others around them.

use super::claims::scaled;
use super::pair::{Pair, Side};
use super::system::{Delays, Pairs, Repair, Settings, Setup, Trouble, When, Work};
use crate::lab::{Knob, KnobKind, Lab, MapOf, Run, knob, run_of, snapped};
use sim::{Time, ms, secs};

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const READ: usize = 0;
    pub(super) const WRITE: usize = 1;
    pub(super) const COPIES: usize = 2;
    pub(super) const REPAIR: usize = 3;
    pub(super) const OTHER_READ: usize = 4;
    pub(super) const OTHER_WRITE: usize = 5;
    pub(super) const AFTER: usize = 6;
    pub(super) const LOST: usize = 7;
    pub(super) const BACK: usize = 8;
    pub(super) const CUT: usize = 9;
    pub(super) const DELAYS: usize = 10;
    pub(super) const WRITE_DELAY: usize = 11;
    pub(super) const FAR: usize = 12;
    pub(super) const TIME_OUT: usize = 13;
    pub(super) const PAIRS: usize = 14;
}

const REPAIRS: &[(f64, &str)] = &[(0.0, "never"), (1.0, "after-reads"), (2.0, "hints")];
const DELAYS: &[(f64, &str)] = &[(0.0, "solid-state"), (1.0, "disk"), (2.0, "yammer")];

#[rustfmt::skip]
static KNOBS: [Knob; 15] = [
    knob!("read", "R: answers that a read awaits", "", 1.0..=5.0 by 1.0, 1.0, SETTING, &[], "Not more than there are copies.", "a read awaits {} answers", &[(1.0, "a read awaits one answer")]),
    knob!("write", "W: answers that a write awaits", "", 1.0..=5.0 by 1.0, 1.0, SETTING, &[], "Not more than there are copies.", "a write awaits {} answers", &[(1.0, "a write awaits one answer")]),
    knob!("copies", "N: copies", "", 1.0..=5.0 by 1.0, 3.0, SETTING, &[], "Spread over three zones. Every operation goes to all of them.", "there are {} copies", &[(1.0, "there is one copy")]),
    knob!("repair", "Repair", "", 0.0..=2.0 by 1.0, 0.0, SETTING, REPAIRS, "Never; after a read that found a difference; or hints: whoever took a write keeps it for copies that did not acknowledge it and sends it again every 5 s.", "repair is {}", &[(0.0, "nothing is repaired"), (1.0, "reads repair afterwards"), (2.0, "hints are kept")]),
    knob!("other_read", "R of the second setting", "", 1.0..=5.0 by 1.0, 2.0, SETTING, &[], "The second setting has as many copies and the same repair.", "the second setting's reads await {} answers", &[(1.0, "the second setting's reads await one answer")]),
    knob!("other_write", "W of the second setting", "", 1.0..=5.0 by 1.0, 2.0, SETTING, &[], "It meets the same writes and reads.", "the second setting's writes await {} answers", &[(1.0, "the second setting's writes await one answer")]),
    knob!("read_after", "The read begins after", "ms", 0.0..=1000.0 by 1.0, 0.0, SETTING, &[(0.0, "at once")], "From the answer of the write to the read of the same value.", "the read begins after {}", &[(0.0, "the read begins at once")]),
    knob!("lost", "Zones lost", "", 0.0..=2.0 by 1.0, 0.0, SETTING, &[(0.0, "none")], "From second 1 on their copies stand still. Pairs begin at second 2.", "{} zones are lost", &[(0.0, "no zone is lost"), (1.0, "one zone is lost")]),
    knob!("back", "The zones come back before the reads", "", 0.0..=1.0 by 1.0, 0.0, SETTING, &[], "Lost zones are back 5 s after the last write; reads begin 15 to 30 s later.", "lost zones come back: {}", &[(0.0, "lost zones stay away"), (1.0, "lost zones come back before the reads")]),
    knob!("cut", "Zones that writes do not reach", "", 0.0..=2.0 by 1.0, 0.0, SETTING, &[(0.0, "none")], "Until its time-out, a write does not arrive there; reads do, and begin also after a write that failed.", "writes do not reach {} zones", &[(0.0, "writes reach all zones"), (1.0, "writes do not reach one zone")]),
    knob!("delays", "Delays", "", 0.0..=2.0 by 1.0, 1.0, ASSUMPTION, DELAYS, "Published fits: LinkedIn's store on solid-state disks or on spinning disks, and Yammer's.", "delays are those of {}", &[(0.0, "the delays are those of solid-state disks"), (1.0, "the delays are those of spinning disks"), (2.0, "the delays are those of Yammer's store")]),
    knob!("write_delay", "Time of a write on its way", "%", 10.0..=400.0 by 5.0, 100.0, ASSUMPTION, &[], "In percent of the fit; the other messages stay as they are.", "writes are on their way for {} of the usual time", &[(100.0, "writes are on their way as long as usual")]),
    knob!("far", "Longer to another zone", "ms", 0.0..=100.0 by 1.0, 0.0, ASSUMPTION, &[(0.0, "no longer")], "For every message between zones, one way. With 75 ms the zones are regions.", "another zone is {} further", &[(0.0, "another zone is no further")]),
    knob!("time_out", "Time-out of a write", "ms", 100.0..=5000.0 by 100.0, 500.0, ASSUMPTION, &[], "With fewer acknowledgements by then, its client is told that it failed.", "the time-out is {}", &[]),
    knob!("pairs", "Pairs of a write and a read", "", 2000.0..=100000.0 by 1000.0, 20000.0, ASSUMPTION, &[], "A thousand a second, each of a value of its own.", "there are {} pairs", &[]),
];

/// The setup that knob values stand for, with these answers awaited.
fn setup(value: &[f64], read: f64, write: f64) -> Setup {
    let repair = match value[at::REPAIR] as u32 {
        0 => Repair::Never,
        1 => Repair::AfterReads,
        _ => Repair::Hints,
    };
    let settings =
        Settings { copies: value[at::COPIES] as u32, read: read as u32, write: write as u32, repair }.possible();
    let fit = match value[at::DELAYS] as u32 {
        0 => Delays::solid_state(),
        1 => Delays::disk(),
        _ => Delays::yammer(),
    };
    let delays = Delays {
        write: scaled(&fit.write, value[at::WRITE_DELAY] / 100.0),
        far: Time::from_ms_f64(value[at::FAR]),
        ..fit
    };
    let (lost, cut) = (value[at::LOST] as u32, value[at::CUT] as u32);
    let (pairs, every) = (value[at::PAIRS] as u32, ms(1));
    let from = if lost > 0 { secs(2) } else { Time::ZERO };
    let written = from + every * u64::from(pairs);
    let back = value[at::BACK] > 0.0 && lost > 0;
    let mut troubles = Vec::new();
    let mut read = When::After(Time::from_ms_f64(value[at::AFTER]));
    if lost > 0 {
        let lasting = if back { written + secs(5) - secs(1) } else { Time::MAX };
        troubles.push(Trouble::ZonesLost { zones: lost, from: secs(1), lasting });
    }
    if back {
        read = When::Between(written + secs(20), written + secs(35));
    }
    if cut > 0 {
        troubles.push(Trouble::WritesCut { zones: cut, from: Time::ZERO, lasting: Time::MAX });
    }
    Setup {
        settings,
        delays,
        work: Work::Pairs(Pairs { pairs, from, every, read, read_failed: lost > 0 || cut > 0 }),
        troubles,
        time_out: Time::from_ms_f64(value[at::TIME_OUT]),
        clock_ahead: Time::ZERO,
    }
}

/// The lab of design 07.
pub struct StoreLab;

impl Lab for StoreLab {
    fn title(&self) -> &'static str {
        "How many answers?"
    }

    fn setup(&self) -> &'static str {
        "Every write goes to all copies of a value, and so does every read. A write is answered when W copies have it, a read when R copies have replied. Each value is written once and then read once. Two settings meet the same pairs; all other settings with as many copies are shown as points."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn map(&self) -> MapOf {
        MapOf { across: "read_after", down: "write", result: "stale_chosen" }
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let side = |name, read: usize, write: usize| Side { name, setup: setup(&value, value[read], value[write]) };
        let sides = [
            side("your setting", at::READ, at::WRITE),
            side("second setting", at::OTHER_READ, at::OTHER_WRITE),
        ];
        run_of(Pair::new(sides, seed), Pair::advance, Pair::share_done, Pair::view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&StoreLab, &[("pairs", "2000")], 20_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&StoreLab, &[("pairs", "2000")]);
    }

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("read", at::READ),
            ("write", at::WRITE),
            ("copies", at::COPIES),
            ("repair", at::REPAIR),
            ("other_read", at::OTHER_READ),
            ("other_write", at::OTHER_WRITE),
            ("read_after", at::AFTER),
            ("lost", at::LOST),
            ("back", at::BACK),
            ("cut", at::CUT),
            ("delays", at::DELAYS),
            ("write_delay", at::WRITE_DELAY),
            ("far", at::FAR),
            ("time_out", at::TIME_OUT),
            ("pairs", at::PAIRS),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
        }
    }

    #[test]
    fn the_knobs_defaults_are_the_briefs_store() {
        let value: Vec<f64> = KNOBS.iter().map(|k| k.default).collect();
        assert_eq!(setup(&value, 2.0, 2.0), Setup::default());
    }
}
