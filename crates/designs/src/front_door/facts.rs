//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7), so that page, terminal and debrief agree.

use super::lab::DoorLab;
use crate::lab::{self, Fact, renamed};
use std::collections::BTreeMap;

/// The facts of one lab run of a minute, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    lab::facts_of(&DoorLab, &[&[("run_lasts", "60")], knobs].concat())
}

const SILENT: (&str, &str) = ("fault", "silent");
const SLOW: (&str, &str) = ("fault", "slow");
const WELL: (&str, &str) = ("fault", "none");

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    let mut out = Vec::new();
    let fast = run(&[("against", "two")]);
    renamed(
        &mut out,
        &fast,
        &[
            ("share_chosen", "fewest_share"),
            ("busy_chosen", "fewest_busy"),
            ("one_in_other", "two_one_in"),
        ],
    );
    renamed(&mut out, &run(&[SILENT]), &[("one_in_chosen", "silent_one_in")]);
    let full = run(&[WELL, ("load", "90"), ("policy", "random"), ("against", "fewest")]);
    renamed(
        &mut out,
        &full,
        &[("p99_chosen", "random_p99"), ("p99_other", "fewest_p99")],
    );
    let stale = run(&[WELL, ("renewed", "1000"), ("against", "two")]);
    renamed(
        &mut out,
        &stale,
        &[
            ("failed_chosen", "stale_fewest"),
            ("failed_other", "stale_two"),
            ("p99_other", "stale_two_p99"),
        ],
    );
    out
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let mut out = answers();
    let mut take = |knobs: &[(&str, &str)], names: &[(&str, &str)]| renamed(&mut out, &run(knobs), names);
    take(
        &[("policy", "random"), ("against", "in-turn")],
        &[
            ("share_chosen", "random_share"),
            ("share_other", "turn_share"),
            ("busy_other", "turn_busy"),
        ],
    );
    take(
        &[("policy", "two"), ("against", "aware")],
        &[
            ("share_chosen", "two_share"),
            ("one_in_other", "aware_one_in"),
            ("failed_other", "aware_failed"),
        ],
    );
    take(&[("policy", "fewest-first")], &[("share_chosen", "first_share")]);
    take(&[("load", "95")], &[("share_chosen", "fewest_share_95")]);
    take(&[("load", "10")], &[("share_chosen", "fewest_share_10")]);
    take(&[("takes", "20")], &[("share_chosen", "fewest_share_20ms")]);
    take(&[("takes", "100")], &[("share_chosen", "fewest_share_100ms")]);
    take(&[("slots", "1")], &[("share_chosen", "one_slot_60")]);
    take(&[("slots", "1"), ("load", "95")], &[("share_chosen", "one_slot_95")]);
    take(&[("balancers", "4")], &[("share_chosen", "four_balancers")]);
    take(&[("balancers", "10")], &[("share_chosen", "ten_balancers")]);
    take(
        &[SLOW],
        &[
            ("failed_chosen", "slow_fewest_failed"),
            ("failed_other", "slow_turn_failed"),
            ("share_chosen", "slow_share"),
        ],
    );
    take(
        &[SILENT, ("policy", "two")],
        &[
            ("share_chosen", "silent_two_share"),
            ("failed_other", "silent_turn_failed"),
        ],
    );
    take(
        &[WELL, ("renewed", "100"), ("against", "two")],
        &[
            ("p99_chosen", "stale_100_fewest_p99"),
            ("p99_other", "stale_100_two_p99"),
        ],
    );
    take(
        &[WELL, ("renewed", "1000"), ("policy", "random")],
        &[("p99_chosen", "random_p99_60")],
    );
    take(
        &[("broken", "10"), ("policy", "aware")],
        &[
            ("served_chosen", "half_aware_served"),
            ("p99_chosen", "half_aware_p99"),
            ("served_other", "half_turn_served"),
        ],
    );
    take(
        &[("broken", "10"), ("against", "two")],
        &[
            ("served_chosen", "half_fewest_served"),
            ("served_other", "half_two_served"),
        ],
    );
    take(
        &[WELL, ("policy", "two"), ("load", "90")],
        &[("p99_chosen", "two_p99"), ("p99_other", "turn_p99")],
    );
    out
}
