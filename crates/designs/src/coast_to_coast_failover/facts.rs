//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7), so that page, terminal and debrief agree.

use super::lab::FailoverLab;
use super::repair::{self, Givens};
use crate::lab::{self, Fact, renamed};
use std::collections::BTreeMap;

type Facts = BTreeMap<String, Fact>;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> Facts {
    lab::facts_of(&FailoverLab, knobs)
}

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    let bare = run(&[]);
    let careful = run(&[("freeze_after", "8")]);
    let lost = run(LOST);
    of_answers(&bare, &careful, &lost)
}

const LOST: &[(&str, &str)] = &[("cut", "0"), ("away", "600")];

fn of_answers(bare: &Facts, careful: &Facts, lost: &Facts) -> Vec<Fact> {
    let v = |run: &Facts, key: &str| run[key].value;
    let fact = |key, label, value, unit, digits| Fact::new(key, label, value, unit, digits);
    vec![
        fact(
            "repair_per_second",
            "Hours of repair for each second of a cut of 43 s, nothing frozen",
            v(bare, "repair_chosen") / 43.0,
            "h",
            1,
        ),
        fact(
            "repair_after_loss",
            "Minutes of repair for each second without writes, the East's databases lost",
            60.0 * v(lost, "repair_chosen") / v(lost, "down_chosen"),
            "min",
            0,
        ),
        fact(
            "page_factor",
            "A page in the East, after ÷ before the promotion",
            v(bare, "page_east_chosen") / v(bare, "page_east_wait"),
            "×",
            0,
        ),
        fact(
            "page_all",
            "The mean page of all users, after ÷ before the promotion",
            v(bare, "page_chosen") / v(bare, "page_wait"),
            "×",
            1,
        ),
        fact(
            "stranded_factor",
            "Stranded writes, nothing frozen ÷ frozen after 8 s",
            v(bare, "stranded_chosen") / v(careful, "stranded_chosen"),
            "×",
            1,
        ),
        fact(
            "down_factor",
            "Seconds without writes, both rules ÷ waiting",
            v(careful, "down_chosen") / v(careful, "down_wait"),
            "×",
            1,
        ),
    ]
}

/// What the facts of one run are called, with this behind each.
fn all_of(out: &mut Vec<Fact>, run: &Facts, name: &str) {
    for what in ["down", "stranded", "repair", "both"] {
        renamed(out, run, &[(&format!("{what}_chosen"), &format!("{name}_{what}"))]);
    }
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let bare = run(&[]);
    let careful = run(&[("freeze_after", "8")]);
    let lost = run(LOST);
    let mut out = of_answers(&bare, &careful, &lost);
    all_of(&mut out, &bare, "bare");
    all_of(&mut out, &careful, "careful");
    all_of(&mut out, &lost, "lost");
    renamed(
        &mut out,
        &bare,
        &[
            ("down_wait", "wait_down"),
            ("page_east_wait", "page_east_before"),
            ("page_west_wait", "page_west_before"),
            ("page_wait", "page_before"),
            ("page_east_chosen", "page_east_after"),
            ("page_west_chosen", "page_west_after"),
            ("page_chosen", "page_after"),
        ],
    );
    let long = |knobs: &[(&'static str, &'static str)]| run(&[&[("cut", "90")], knobs].concat());
    all_of(&mut out, &long(&[]), "bare_long");
    let long_careful = long(&[("freeze_after", "8")]);
    all_of(&mut out, &long_careful, "careful_long");
    renamed(&mut out, &long_careful, &[("down_wait", "wait_long_down")]);
    let patient: &[(&str, &str)] = &[("promote_after", "120"), ("freeze_after", "110")];
    all_of(&mut out, &long(patient), "patient_long");
    all_of(&mut out, &run(&[LOST, patient].concat()), "patient_lost");
    // The ledger in a cut that is not in its record: with the waits that its limits lead to, and with an early freeze.
    let ledger = |cut, freeze| run(&[("cut", cut), ("promote_after", "115"), ("freeze_after", freeze)]);
    all_of(&mut out, &ledger("180", "105"), "ledger_beyond");
    all_of(&mut out, &ledger("180", "5"), "early_beyond");
    all_of(&mut out, &ledger("90", "5"), "early_long");
    let blip = run(&[("cut", "5"), ("promote_after", "3")]);
    all_of(&mut out, &blip, "hasty_blip");
    let stale: &[(&str, &str)] = &[("lag", "40000"), ("max_lag", "60"), ("freeze_after", "8")];
    all_of(&mut out, &run(stale), "stale");
    all_of(&mut out, &run(&[("freeze_after", "25")]), "late_freeze");
    let out_first = |later| {
        let knobs = [
            ("cut", "60"),
            ("way", "1"),
            ("promote_after", "30"),
            ("other_later", later),
        ];
        ["28", "20"].map(|freeze| run(&[&knobs[..], &[("freeze_after", freeze)]].concat()))
    };
    let [short, wide] = out_first("6");
    renamed(&mut out, &short, &[("both_chosen", "attack_both_short")]);
    renamed(&mut out, &wide, &[("both_chosen", "attack_both_wide")]);
    let [_, wide] = out_first("20");
    renamed(&mut out, &wide, &[("both_chosen", "attack_hard_both_wide")]);
    let crash = run(&[("cut", "0"), ("crash", "5"), ("group_commit", "1000")]);
    renamed(&mut out, &crash, &[("lost_chosen", "crash_lost")]);
    let g = Givens::default();
    out.push(Fact::new(
        "restore_hours",
        "Hours to restore a copy",
        repair::restore_hours(&g),
        "h",
        1,
    ));
    out.push(Fact::new(
        "catch_up_hours",
        "Hours to catch up",
        repair::catch_up_hours(&g, 500.0),
        "h",
        2,
    ));
    out
}
