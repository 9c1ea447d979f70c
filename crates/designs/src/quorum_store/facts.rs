//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7), so that page, terminal and debrief agree.

use super::DESIGN;
use super::lab::StoreLab;
use super::operate::{CUT_FROM, CUT_LASTS, baskets, split};
use super::rules::{Merge, Rule};
use super::system::{Delays, Merged, Repair, Settings, Setup, StoreRun, Trouble};
use super::tail;
use crate::lab::{self, Fact, SEED, renamed};
use sim::Time;
use std::collections::BTreeMap;

/// A number of the brief, as `design.toml` declares it.
fn given(key: &str) -> f64 {
    let manifest = DESIGN.manifest().expect("the manifest is read in a test");
    let found = manifest.given.iter().find(|g| g.key == key);
    found.unwrap_or_else(|| panic!("design.toml gives no {key}")).value
}

/// What a month costs by the brief's prices: what is stored, and what goes from one zone to another.
fn bill() -> Vec<Fact> {
    let stored = given("copies") * given("basket_gb");
    // A basket goes to, or comes from, each copy that is not in the front's own zone.
    let crossing = given("copies") - given("copies") / given("zones");
    let megabytes_a_second = (given("writes") + given("reads")) * crossing * given("basket_kb") / 1_000.0;
    let gigabytes_a_month = megabytes_a_second * given("month") * 3_600.0 / 1_000.0;
    // Reads that ask one copy for the basket, in their own zone, and the others for a digest.
    let digests_save = given("reads") / (given("writes") + given("reads"));
    let fact = Fact::new;
    vec![
        fact("bill_stored_gb", "All copies of all baskets", stored, "GB", 0),
        fact(
            "bill_stored",
            "Stored, a month",
            stored * given("stored_price"),
            "dollars",
            0,
        ),
        fact("bill_rate", "From one zone to another", megabytes_a_second, "MB/s", 0),
        fact(
            "bill_sent_gb",
            "From one zone to another, a month",
            gigabytes_a_month,
            "GB",
            0,
        ),
        fact(
            "bill_sent",
            "Sent between zones, a month",
            gigabytes_a_month * given("sent_price"),
            "dollars",
            0,
        ),
        fact(
            "bill_digests",
            "Of that, saved by digests at most",
            100.0 * digests_save,
            "%",
            0,
        ),
    ]
}

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

/// A time in the far tail.
fn late(key: &str, label: &str, ms: f64) -> Fact {
    Fact::new(key, label, ms, "ms", 1)
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
            ("write_p999_other", "write_22"),
            ("write_p999_chosen", "write_11"),
            ("read_p999_other", "read_22"),
            ("read_p999_chosen", "read_11"),
        ],
    );
    out.push(late(
        "visible_11",
        "999 of 1,000 reads see it after",
        tail::visible_after(&Delays::disk(), 3, 1, 0.999, SEED),
    ));
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
    out.extend(bill());
    out.push(late(
        "visible_12",
        "999 of 1,000 reads see it after, R = 1 and W = 2",
        tail::visible_after(&Delays::disk(), 3, 2, 0.999, SEED),
    ));
    out.push(late(
        "alone_p999",
        "One copy alone acknowledges 999 of 1,000 writes within",
        tail::alone(&Delays::disk(), 0.999, SEED),
    ));
    let mut take = |knobs: &[(&str, &str)], names: &[(&str, &str)]| renamed(&mut out, &run(knobs), names);
    take(
        &[("read", "2"), ("other_read", "1"), ("other_write", "2")],
        &[
            ("stale_chosen", "stale_21"),
            ("stale_other", "stale_12"),
            ("visible_chosen", "visible_21"),
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

#[cfg(test)]
mod tests {
    use super::super::choose::{PAGE, basket_day};
    use super::super::system::{Baskets, HINTS_EVERY, TIME_OUT, ZONES};
    use super::*;

    #[test]
    fn what_the_brief_gives_is_what_is_run() {
        let baskets = Baskets::default();
        for (key, run) in [
            ("copies", f64::from(Setup::default().settings.copies)),
            ("zones", f64::from(ZONES)),
            ("writes", 1.0 / basket_day().every.as_secs()),
            ("time_out", TIME_OUT.as_ms()),
            ("page", PAGE.as_ms()),
            ("patience", baskets.patience.as_ms()),
            ("hints_every", HINTS_EVERY.as_secs()),
            ("cut_lasts", CUT_LASTS.as_secs()),
        ] {
            assert!(
                (given(key) - run).abs() < 1e-9,
                "{key}: {} is given, {run} is run",
                given(key)
            );
        }
    }

    #[test]
    fn the_bill_can_be_checked_by_hand() {
        let bill = bill();
        let of = |key: &str| bill.iter().find(|f| f.key == key).expect("a line of the bill").text();
        // 4,000 baskets/s of 5 kB to or from two copies; 730 h of 3,600 s.
        assert_eq!(of("bill_rate"), "40\u{202f}MB/s");
        assert_eq!(of("bill_sent_gb"), "105,120\u{202f}GB");
        assert_eq!(of("bill_sent"), "2,102\u{202f}dollars");
        assert_eq!(of("bill_stored"), "15\u{202f}dollars");
    }
}
