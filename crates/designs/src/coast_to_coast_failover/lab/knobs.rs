//! The lab's knobs, and the set-up that their values stand for.

use crate::coast_to_coast_failover::repair::Givens;
use crate::coast_to_coast_failover::system::{BEGIN, Setup, Trouble, Way, flapping};
use crate::lab::{Knob, KnobKind, knob};
use sim::{Time, secs};

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
pub(in crate::coast_to_coast_failover) mod at {
    pub(in crate::coast_to_coast_failover) const PROMOTE_AFTER: usize = 0;
    pub(in crate::coast_to_coast_failover) const FREEZE_AFTER: usize = 1;
    pub(in crate::coast_to_coast_failover) const MAX_LAG: usize = 2;
    pub(super) const CUT: usize = 3;
    pub(super) const WAY: usize = 4;
    pub(super) const OTHER_LATER: usize = 5;
    pub(super) const AWAY: usize = 6;
    pub(super) const FLAPS: usize = 7;
    pub(super) const CRASH: usize = 8;
    pub(super) const WRITES: usize = 9;
    pub(super) const EAST_SHARE: usize = 10;
    pub(super) const LAG: usize = 11;
    pub(super) const ACROSS: usize = 12;
    pub(super) const DRIFT: usize = 13;
    pub(super) const TICK: usize = 14;
    pub(super) const GROUP_COMMIT: usize = 15;
    pub(super) const DATABASE: usize = 16;
    pub(super) const BY_HAND: usize = 17;
}

#[rustfmt::skip]
pub(super) static KNOBS: [Knob; 18] = [
    knob!("promote_after", "Promote the West after", "s", 0.0..=180.0 by 1.0, 10.0, SETTING, &[(0.0, "never")], "For how long the primary must have been silent.", "the West is promoted after {}", &[(0.0, "the West is never promoted")]),
    knob!("freeze_after", "Freeze the East after", "s", 0.0..=180.0 by 1.0, 0.0, SETTING, &[(0.0, "never")], "For how long the East must have been without a majority, by its own clock.", "the East freezes after {}", &[(0.0, "the East never freezes")]),
    knob!("max_lag", "Refuse a replica further behind than", "s", 1.0..=60.0 by 1.0, 5.0, SETTING, &[], "A replica that was further behind when it last heard from the primary is not promoted.", "a replica up to {} behind may be promoted", &[]),
    knob!("cut", "East cut off for", "s", 0.0..=300.0 by 1.0, 43.0, SETTING, &[(0.0, "off")], "The East's data centre is cut off from the cloud and the West.", "the East is cut off for {}", &[(0.0, "the East is not cut off")]),
    knob!("way", "The cut loses", "", 0.0..=2.0 by 1.0, 0.0, SETTING, &[(0.0, "both"), (1.0, "from-east"), (2.0, "to-east")], "Both directions, or only what the East sends, or only what is sent to it.", "the cut loses both directions", &[(1.0, "the cut loses what the East sends"), (2.0, "the cut loses what is sent to the East")]),
    knob!("other_later", "The other direction is lost later by", "s", 0.0..=31.0 by 1.0, 31.0, SETTING, &[(31.0, "not at all")], "In a cut that begins in one direction. Both work again at the end of the cut.", "the other direction is lost {} later", &[(0.0, "the other direction is lost at the same moment"), (31.0, "the other direction is never lost")]),
    knob!("away", "East's databases away for", "s", 0.0..=600.0 by 1.0, 0.0, SETTING, &[(0.0, "off"), (600.0, "for good")], "The East's database and its orchestrator stand still; the applications there go on. For good: 200 s are watched.", "the East's databases are away for {}", &[(0.0, "the East's databases stay"), (600.0, "the East's databases are away for good")]),
    knob!("flaps", "The link comes and goes", "times", 0.0..=8.0 by 1.0, 0.0, SETTING, &[(0.0, "off")], "So many cuts of 3 to 25 s at random moments, instead of the one cut.", "the link is cut {}", &[(0.0, "the link does not come and go"), (1.0, "the link is cut once")]),
    knob!("crash", "East's primary crashes for", "s", 0.0..=60.0 by 1.0, 0.0, SETTING, &[(0.0, "off")], "The database in the East restarts and has lost what was not on its disk.", "the East's primary is down for {}", &[(0.0, "the East's primary does not crash")]),
    knob!("writes", "Writes", "per s", 50.0..=1400.0 by 50.0, 500.0, ASSUMPTION, &[], "Writes a second that the applications ask for.", "{n} writes are asked for a second", &[]),
    knob!("east_share", "From the East", "%", 0.0..=100.0 by 1.0, 80.0, ASSUMPTION, &[], "Share of the writes, and of the users, that is in the East.", "{} of the writes are from the East", &[(0.0, "no write is from the East"), (100.0, "every write is from the East")]),
    knob!("lag", "Replication lag", "ms", 0.0..=60000.0 by 100.0, 300.0, ASSUMPTION, &[], "Time from a write at the primary to its arrival at the replica.", "replication lags by {}", &[(0.0, "replication does not lag")]),
    knob!("across", "Delay between the coasts", "ms", 1.0..=150.0 by 1.0, 30.0, ASSUMPTION, &[], "One way; each message takes up to 10 % more or less.", "a message takes {} from coast to coast", &[]),
    knob!("drift", "East's clock wrong by", "%", -10.0..=10.0 by 0.1, 0.0, ASSUMPTION, &[], "Positive: the clock of the East's orchestrator runs fast.", "the East's clock is off by {}", &[(0.0, "the East's clock is right")]),
    knob!("tick", "Orchestrators decide every", "s", 0.1..=5.0 by 0.1, 1.0, ASSUMPTION, &[], "How often each orchestrator asks its policy.", "orchestrators decide every {}", &[]),
    knob!("group_commit", "Writes reach the disk every", "ms", 1.0..=2000.0 by 1.0, 50.0, ASSUMPTION, &[], "The primary acknowledges a write before that.", "writes reach the disk every {}", &[]),
    knob!("database", "Database to restore", "GB", 100.0..=10000.0 by 100.0, 1800.0, ASSUMPTION, &[], "Restored at 200 MB/s; the copy then replays 1,500 writes a second.", "the database has {}", &[]),
    knob!("by_hand", "Put right by hand", "per h", 50.0..=5000.0 by 50.0, 250.0, ASSUMPTION, &[], "Stranded writes that people put right in an hour.", "people put right {n} writes an hour", &[]),
];

/// The set-up that knob values stand for.
pub(in crate::coast_to_coast_failover) fn setup(value: &[f64], seed: u64) -> Setup {
    let time = |s: f64| Time::from_ms_f64(s * 1_000.0);
    let lag = time(value[at::LAG] / 1_000.0);
    // A replica that is far behind needs that long to be so.
    let begin = if lag > secs(5) { lag + BEGIN } else { BEGIN };
    let troubles = troubles(value, begin, seed);
    let over = troubles.iter().map(Trouble::end).max().unwrap_or(begin);
    Setup {
        writes_per_s: value[at::WRITES],
        east_share: value[at::EAST_SHARE] / 100.0,
        lag,
        across: time(value[at::ACROSS] / 1_000.0),
        group_commit: time(value[at::GROUP_COMMIT] / 1_000.0),
        tick: time(value[at::TICK]),
        drift_ppm: value[at::DRIFT] * 10_000.0,
        troubles,
        end: over + secs(30),
        repair: Givens { database_gb: value[at::DATABASE], by_hand_per_h: value[at::BY_HAND], ..Givens::default() },
        ..Setup::default()
    }
}

fn troubles(value: &[f64], begin: Time, seed: u64) -> Vec<Trouble> {
    let time = |s: f64| Time::from_ms_f64(s * 1_000.0);
    let mut troubles = Vec::new();
    let lasting = time(value[at::CUT]);
    let cut = |way, from, lasting| Trouble::Cut { way, from, lasting };
    if value[at::FLAPS] > 0.0 {
        troubles = flapping(seed, value[at::FLAPS] as u32);
    } else if lasting > Time::ZERO {
        let (first, other) = match value[at::WAY] as u32 {
            0 => (Way::Both, None),
            1 => (Way::FromEast, Some(Way::ToEast)),
            _ => (Way::ToEast, Some(Way::FromEast)),
        };
        troubles.push(cut(first, begin, lasting));
        let later = time(value[at::OTHER_LATER]);
        if let Some(other) = other.filter(|_| value[at::OTHER_LATER] < 31.0 && later < lasting) {
            troubles.push(cut(other, begin + later, lasting - later));
        }
    }
    if value[at::AWAY] > 0.0 {
        let lasting = if value[at::AWAY] >= 600.0 {
            Time::MAX
        } else {
            time(value[at::AWAY])
        };
        troubles.push(Trouble::Away { from: begin, lasting });
    }
    if value[at::CRASH] > 0.0 {
        troubles.push(Trouble::Crash { from: begin, lasting: time(value[at::CRASH]) });
    }
    troubles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("promote_after", at::PROMOTE_AFTER),
            ("freeze_after", at::FREEZE_AFTER),
            ("max_lag", at::MAX_LAG),
            ("cut", at::CUT),
            ("way", at::WAY),
            ("other_later", at::OTHER_LATER),
            ("away", at::AWAY),
            ("flaps", at::FLAPS),
            ("crash", at::CRASH),
            ("writes", at::WRITES),
            ("east_share", at::EAST_SHARE),
            ("lag", at::LAG),
            ("across", at::ACROSS),
            ("drift", at::DRIFT),
            ("tick", at::TICK),
            ("group_commit", at::GROUP_COMMIT),
            ("database", at::DATABASE),
            ("by_hand", at::BY_HAND),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
            assert_eq!(KNOBS[i].snap(KNOBS[i].default), KNOBS[i].default, "{name}");
        }
    }

    #[test]
    fn the_lab_opens_with_the_briefs_set_up() {
        let value = crate::lab::snapped(&KNOBS, &[]);
        let brief = Setup::with(Trouble::Cut { way: Way::Both, from: BEGIN, lasting: secs(43) });
        assert_eq!(setup(&value, 7), brief);
    }
}
