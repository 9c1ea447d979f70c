//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7), so that page, terminal and debrief agree.

use super::lab::StoreLab;
use super::operate::{CUT_FROM, CUT_LASTS, baskets, split};
use super::rules::{Merge, Rule};
use super::system::{Merged, Repair, Settings, Setup, StoreRun, Trouble};
use crate::lab::{self, Fact, SEED, renamed};
use sim::Time;
use std::collections::BTreeMap;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    lab::facts_of(&StoreLab, knobs)
}

/// The baskets of step `operate`, through a cut of 15 s, merged by a rule.
fn through_a_cut(merge: Merge) -> Merged {
    with_rule(
        &Setup { troubles: vec![split(CUT_LASTS)], ..baskets() },
        merge,
        Time::ZERO,
    )
}

fn with_rule(setup: &Setup, merge: Merge, repair_after: Time) -> Merged {
    let mut all = Merged::default();
    // Ten runs from the debrief's seed on: a single one has a few hundred items.
    for seed in SEED..SEED + 10 {
        let policy = move || -> Box<dyn super::policy::Policy> { Box::new(Rule { merge, repair_after }) };
        all.merge(&StoreRun::new(setup, &policy, seed).finish().merged());
    }
    all
}

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    let mut out = Vec::new();
    let first = run(&[]);
    let messages = first["messages_other"].value;
    out.push(Fact::new(
        "messages_a_second",
        "Messages a second",
        messages * 4_000.0,
        "messages/s",
        0,
    ));
    renamed(
        &mut out,
        &first,
        &[
            ("stale_chosen", "stale_11"),
            ("visible_chosen", "visible_11"),
            ("write_p999_other", "write_22"),
            ("write_p999_chosen", "write_11"),
            ("read_p999_other", "read_22"),
            ("read_p999_chosen", "read_11"),
        ],
    );
    let failed = run(&[("cut", "2"), ("read", "2"), ("write", "2")]);
    renamed(&mut out, &failed, &[("found_failed_chosen", "failed_seen")]);
    let clock = through_a_cut(Merge::ByClock);
    out.push(Fact::new(
        "clock_lost",
        "Items put in during the cut and lost",
        100.0 * clock.lost_in_trouble(),
        "%",
        1,
    ));
    out
}

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let mut out = answers();
    let mut take = |knobs: &[(&str, &str)], names: &[(&str, &str)]| renamed(&mut out, &run(knobs), names);
    take(
        &[("read", "2"), ("other_read", "1"), ("other_write", "2")],
        &[
            ("stale_chosen", "stale_21"),
            ("stale_other", "stale_12"),
            ("visible_chosen", "visible_21"),
            ("visible_other", "visible_12"),
        ],
    );
    take(
        &[("write", "3"), ("other_read", "3"), ("other_write", "1")],
        &[
            ("write_p999_chosen", "write_13"),
            ("read_p999_other", "read_31"),
            ("stale_chosen", "stale_13"),
            ("stale_other", "stale_31"),
        ],
    );
    take(
        &[
            ("read", "2"),
            ("other_read", "1"),
            ("other_write", "1"),
            ("read_after", "10"),
        ],
        &[("stale_chosen", "page_21"), ("stale_other", "page_11")],
    );
    take(
        &[
            ("copies", "5"),
            ("other_read", "1"),
            ("other_write", "1"),
            ("read", "2"),
            ("write", "1"),
            ("read_after", "10"),
        ],
        &[
            ("stale_chosen", "five_21"),
            ("stale_other", "five_11"),
            ("write_p999_chosen", "five_write"),
        ],
    );
    take(
        &[("copies", "2")],
        &[("stale_chosen", "two_11"), ("write_p999_chosen", "two_write")],
    );
    take(
        &[("lost", "1"), ("write", "3")],
        &[
            ("written_chosen", "loss_written_13"),
            ("written_other", "loss_written_22"),
            ("served_other", "loss_served_22"),
            ("found_failed_chosen", "loss_failed_seen"),
        ],
    );
    for (repair, key) in [
        ("never", "back_never"),
        ("after-reads", "back_reads"),
        ("hints", "back_hints"),
    ] {
        let knobs = [
            ("copies", "2"),
            ("lost", "1"),
            ("back", "1"),
            ("repair", repair),
            ("pairs", "4000"),
        ];
        take(&knobs, &[("stale_chosen", key)]);
    }
    take(
        &[("delays", "solid-state")],
        &[("stale_chosen", "ssd_stale"), ("visible_chosen", "ssd_visible")],
    );
    take(
        &[("far", "75")],
        &[
            ("stale_chosen", "wan_stale"),
            ("write_p999_other", "wan_write_22"),
            ("read_p999_other", "wan_read_22"),
        ],
    );
    let mut percent =
        |key: &str, label: &str, share: f64, digits| out.push(Fact::new(key, label, 100.0 * share, "%", digits));
    let (history, all_items) = (through_a_cut(Merge::ByHistory), through_a_cut(Merge::All));
    percent(
        "history_lost",
        "Items lost in the cut, merged by history",
        history.lost_in_trouble(),
        1,
    );
    percent(
        "history_back",
        "Items that came back, merged by history",
        history.came_back(),
        1,
    );
    percent(
        "all_back",
        "Items that came back, everything kept",
        all_items.came_back(),
        1,
    );
    let day = |merge, after| with_rule(&baskets(), merge, after);
    percent(
        "day_clock_lost",
        "Items lost on an ordinary day, by clock",
        day(Merge::ByClock, Time::ZERO).lost(),
        1,
    );
    percent(
        "day_all_back",
        "Items back on an ordinary day, everything kept",
        day(Merge::All, Time::ZERO).came_back(),
        1,
    );
    percent(
        "day_history_back",
        "Items back on an ordinary day, by history",
        day(Merge::ByHistory, Time::ZERO).came_back(),
        1,
    );
    percent(
        "day_repairs_at_once",
        "Repairs for each read, at once",
        day(Merge::ByHistory, Time::ZERO).repairs(),
        1,
    );
    percent(
        "day_repairs_later",
        "Repairs for each read, after 200 ms",
        day(Merge::ByHistory, sim::ms(200)).repairs(),
        1,
    );
    let away = vec![Trouble::ZonesLost { zones: 1, from: CUT_FROM, lasting: CUT_LASTS }];
    let behind = |repair| {
        let settings = Settings { repair, ..baskets().settings };
        with_rule(
            &Setup { settings, troubles: away.clone(), ..baskets() },
            Merge::ByHistory,
            sim::ms(200),
        )
        .behind()
    };
    percent(
        "behind_never",
        "Copies behind, nothing mended",
        behind(Repair::Never),
        1,
    );
    percent(
        "behind_reads",
        "Copies behind, mended after reads",
        behind(Repair::AfterReads),
        1,
    );
    percent("behind_hints", "Copies behind, hints kept", behind(Repair::Hints), 1);
    out
}
