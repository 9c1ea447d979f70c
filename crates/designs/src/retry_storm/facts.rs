//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7), so that page, terminal and debrief agree.

use super::lab::RetryLab;
use crate::lab::{self, Fact, renamed};
use std::collections::BTreeMap;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    lab::facts_of(&RetryLab, knobs)
}

/// The lab's knobs for errors instead of trouble.
const ERRORS: [(&str, &str); 3] = [("stall_lasts", "0"), ("failing", "20"), ("run_lasts", "60")];
/// The lab's knobs for a dead shard, with the breaker that counts.
const DEAD: [(&str, &str); 4] = [
    ("stall_lasts", "0"),
    ("dead_shard", "yes"),
    ("policy", "breaker-count"),
    ("run_lasts", "60"),
];

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    of_answers(&run(&[]), &run(&ERRORS), &run(&DEAD))
}

fn of_answers(
    stall: &BTreeMap<String, Fact>,
    errors: &BTreeMap<String, Fact>,
    dead: &BTreeMap<String, Fact>,
) -> Vec<Fact> {
    let mut out = Vec::new();
    renamed(
        &mut out,
        stall,
        &[
            ("tries_at_end_chosen", "stall_tries"),
            ("wait_other", "wait_after"),
            ("well_other", "recovery_none"),
        ],
    );
    renamed(&mut out, errors, &[("extra_chosen", "error_extra")]);
    renamed(&mut out, dead, &[("held_back_chosen", "held_back")]);
    out.push(Fact::new(
        "useful_after",
        "Of 1,000 tries finished one minute after the stall, answered too late",
        1_000.0 - stall["useful_chosen"].value,
        "",
        0,
    ));
    out
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let stall = run(&[]);
    let errors = run(&ERRORS);
    let dead = run(&DEAD);
    let mut out = of_answers(&stall, &errors, &dead);
    renamed(
        &mut out,
        &stall,
        &[
            ("served_chosen", "stall_served_at_once"),
            ("served_other", "stall_served_none"),
            ("peak_chosen", "stall_peak_at_once"),
        ],
    );
    renamed(
        &mut out,
        &errors,
        &[
            ("served_chosen", "error_served_at_once"),
            ("served_other", "error_served_none"),
        ],
    );
    renamed(&mut out, &dead, &[("served_chosen", "dead_served_breaker")]);
    let with =
        |base: &[(&'static str, &'static str)], more: &[(&'static str, &'static str)]| run(&[base, more].concat());
    // The policies through the stall: pauses, a limit that fits, one that does not, a breaker.
    let pauses = with(&[], &[("policy", "pauses"), ("against", "limit"), ("tries", "3")]);
    renamed(
        &mut out,
        &pauses,
        &[
            ("served_chosen", "stall_served_pauses"),
            ("tries_at_end_chosen", "stall_tries_pauses"),
            ("well_other", "recovery_limit"),
            ("served_other", "stall_served_limit"),
            ("peak_other", "stall_peak_limit"),
        ],
    );
    let wide = with(
        &[],
        &[
            ("policy", "limit"),
            ("budget", "20"),
            ("tries", "3"),
            ("against", "breaker-share"),
        ],
    );
    renamed(
        &mut out,
        &wide,
        &[
            ("served_chosen", "stall_served_wide_limit"),
            ("well_other", "recovery_breaker"),
            ("peak_other", "stall_peak_breaker"),
            ("served_other", "stall_served_breaker"),
        ],
    );
    let limited = with(
        &ERRORS,
        &[("policy", "limit"), ("tries", "3"), ("against", "breaker-share")],
    );
    renamed(
        &mut out,
        &limited,
        &[
            ("served_chosen", "error_served_limit"),
            ("served_other", "error_served_breaker"),
        ],
    );
    let shares = with(
        &DEAD,
        &[("policy", "breaker-share"), ("share", "10"), ("against", "limit")],
    );
    renamed(
        &mut out,
        &shares,
        &[
            ("held_back_chosen", "held_back_tenth"),
            ("served_other", "dead_served_limit"),
        ],
    );
    let half = with(&DEAD, &[("policy", "breaker-share")]);
    renamed(
        &mut out,
        &half,
        &[
            ("held_back_chosen", "held_back_half"),
            ("served_chosen", "dead_served_half"),
        ],
    );
    // What changes the answer.
    let bounded = with(&[], &[("queue", "250")]);
    renamed(
        &mut out,
        &bounded,
        &[
            ("well_chosen", "recovery_bounded_at_once"),
            ("well_other", "recovery_bounded_none"),
            ("served_chosen", "stall_served_bounded_at_once"),
        ],
    );
    let newest = with(&[], &[("newest_first", "yes")]);
    renamed(
        &mut out,
        &newest,
        &[
            ("well_chosen", "newest_first_well"),
            ("served_chosen", "newest_first_served_at_once"),
        ],
    );
    let withdrawn = with(&[], &[("withdraw", "yes")]);
    renamed(
        &mut out,
        &withdrawn,
        &[
            ("well_chosen", "withdraw_well_at_once"),
            ("served_chosen", "withdraw_served_at_once"),
        ],
    );
    let many = with(&DEAD, &[("processes", "200")]);
    renamed(&mut out, &many, &[("held_back_chosen", "held_back_many_processes")]);
    let own = with(&[], &[("own_queues", "yes"), ("policy", "limit"), ("tries", "3")]);
    renamed(
        &mut out,
        &own,
        &[
            ("served_chosen", "own_queues_served_limit"),
            ("served_other", "own_queues_served_none"),
        ],
    );
    let short = with(&[], &[("stall_lasts", "0.5")]);
    renamed(&mut out, &short, &[("served_chosen", "short_stall_served")]);
    let small = with(&[], &[("stall_lasts", "20"), ("capacity_left", "70")]);
    renamed(
        &mut out,
        &small,
        &[
            ("served_chosen", "slow_served_at_once"),
            ("well_other", "recovery_slow_none"),
        ],
    );
    let low = with(&[], &[("requests_per_second", "100")]);
    renamed(
        &mut out,
        &low,
        &[
            ("well_chosen", "low_load_well_at_once"),
            ("served_chosen", "low_load_served_at_once"),
        ],
    );
    let layers = with(&[], &[("calls", "3"), ("tries", "3")]);
    renamed(&mut out, &layers, &[("tries_at_end_chosen", "stall_tries_two_layers")]);
    renamed(
        &mut out,
        &run(&[("stall_lasts", "0")]),
        &[("p50_other", "ordinary_p50"), ("p99_other", "ordinary_p99")],
    );
    out
}
