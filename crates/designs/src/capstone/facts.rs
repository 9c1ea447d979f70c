//! Every number that the chapter prints, recomputed by the lab's own runs (seed 7) and by the sizing that stands beside it, so that
//! page, terminal and debrief agree.

use super::choose;
use super::lab::ProposalsLab;
use super::prices;
use super::sizing::{Choice, Loss, Proposal, World, on_the_table};
use super::system::{Fault, PartitionRun, Scenario};
use crate::lab::{Fact, facts_of, renamed};
use models::composition::at_least;
use sim::secs;
use std::collections::BTreeMap;

/// The facts of one lab run, by key.
fn run(knobs: &[(&str, &str)]) -> BTreeMap<String, Fact> {
    facts_of(&ProposalsLab, knobs)
}

/// Ten minutes in which a zone stays away nearly to the end.
const ZONE: &[(&str, &str)] = &[("seconds", "400")];
/// Two minutes without a region.
const REGION: &[(&str, &str)] = &[("fault", "2"), ("seconds", "120")];
/// A minute of a cut.
const CUT: &[(&str, &str)] = &[("fault", "3"), ("seconds", "60")];

/// The facts that answer the worksheet's questions.
pub fn answers() -> Vec<Fact> {
    of_answers(&run(ZONE), &run(CUT))
}

fn of_answers(zone: &BTreeMap<String, Fact>, cut: &BTreeMap<String, Fact>) -> Vec<Fact> {
    let world = World::default();
    let [a, _] = on_the_table();
    let month = world.month(&a).0;
    let out_bill = line(&world, &a, "out");
    let mut out = vec![
        Fact::new("bill_a", "Bill of proposal A, dollars a month", month, "", 0),
        Fact::new(
            "out_share",
            "Share of it for answers out to the internet",
            out_bill / month * 100.0,
            "%",
            0,
        ),
    ];
    renamed(&mut out, zone, &[("p99_a", "p99_a"), ("unanswered_a", "unanswered_a")]);
    out.push(Fact::new(
        "stranded_b",
        "Receipts that nobody else has, on average",
        stranded(),
        "",
        0,
    ));
    renamed(&mut out, cut, &[("old_b", "old_b")]);
    out
}

/// Scans with a receipt that only the lost region has: the mean over many moments at which it may go, since a single one depends on how
/// long ago the log was sent. A run has [`MOMENTS`] of them, each in another second, and together evenly spread over the time between
/// two sendings. The scans of one partition in half a second are about 21, so one moment is off by about 5 of them, and all together by
/// about one in a hundred.
fn stranded() -> f64 {
    let [_, b] = on_the_table();
    let world = World::default();
    let calm = Scenario { choice: b, ..choose::scenario(world, Fault::Nothing, 60) };
    let apart = world.poll + world.poll.scale(1.0 / MOMENTS as f64);
    let mut sum = 0.0;
    for seed in judge::pool::seeds(STRANDED_RUNS) {
        let mut run = PartitionRun::new(&calm, seed);
        for i in 0..MOMENTS {
            let at = secs(5) + apart * i;
            run.go_to(at);
            sum += run.would_strand(at);
        }
    }
    sum / (MOMENTS * STRANDED_RUNS) as f64
}

/// Moments of a run that are looked at.
const MOMENTS: u64 = 50;
/// Runs that are looked at.
const STRANDED_RUNS: u64 = 8;

/// Dollars of one line of a bill.
fn line(world: &World, c: &Choice, key: &str) -> f64 {
    world.bill(c).iter().find(|l| l.key == key).map_or(0.0, |l| l.dollars.0)
}

/// Availability of the parts, in percent, as the brief gives it: a zone, what a whole region needs besides its zones, and what both
/// proposals share: identity, names.
pub const PARTS: (f64, f64, f64, f64) = (99.9, 99.95, 99.9, 99.99);

/// All facts of the chapter.
pub fn all() -> Vec<Fact> {
    let (zone, region, cut) = (run(ZONE), run(REGION), run(CUT));
    let mut out = of_answers(&zone, &cut);
    renamed(
        &mut out,
        &zone,
        &[
            ("p99_b", "p99_b"),
            ("scan_p99_a", "scan_p99_a"),
            ("scan_p99_b", "scan_p99_b"),
            ("age_a", "age_a"),
            ("age_b", "age_b"),
            ("busy_a", "busy_a"),
            ("busy_b", "busy_b"),
            ("answered_a", "zone_answered_a"),
            ("answered_b", "zone_answered_b"),
            ("acknowledged_a", "zone_acknowledged_a"),
            ("acknowledged_b", "zone_acknowledged_b"),
            ("bad_p99_a", "zone_p99_a"),
            ("bad_p99_b", "zone_p99_b"),
            ("unanswered_b", "unanswered_b"),
        ],
    );
    renamed(
        &mut out,
        &region,
        &[
            ("answered_a", "region_answered_a"),
            ("answered_b", "region_answered_b"),
            ("acknowledged_a", "region_acknowledged_a"),
            ("acknowledged_b", "region_acknowledged_b"),
            ("unanswered_a", "region_unanswered_a"),
            ("unanswered_b", "region_unanswered_b"),
        ],
    );
    renamed(
        &mut out,
        &cut,
        &[
            ("bad_age_a", "cut_age_a"),
            ("bad_age_b", "cut_age_b"),
            ("answered_b", "cut_answered_b"),
            ("acknowledged_b", "cut_acknowledged_b"),
        ],
    );
    // The same with every answer in two caches.
    let twice = |knobs: &[(&'static str, &'static str)]| run(&[knobs, &[("cache_copies", "2")]].concat());
    let (zone, region) = (twice(ZONE), twice(REGION));
    renamed(
        &mut out,
        &zone,
        &[
            ("answered_a", "zone2_answered_a"),
            ("answered_b", "zone2_answered_b"),
            ("bad_p99_a", "zone2_p99_a"),
            ("bad_p99_b", "zone2_p99_b"),
            ("month_a", "month2_a"),
            ("month_b", "month2_b"),
            ("year_a", "year2_a"),
            ("year_b", "year2_b"),
        ],
    );
    renamed(
        &mut out,
        &region,
        &[
            ("answered_b", "region2_answered_b"),
            ("acknowledged_b", "region2_acknowledged_b"),
            ("bad_p99_b", "region2_p99_b"),
            ("unanswered_b", "region2_unanswered_b"),
            ("unanswered_a", "region2_unanswered_a"),
        ],
    );
    let cold = run(&[("fault", "4"), ("seconds", "400")]);
    renamed(
        &mut out,
        &cold,
        &[("answered_a", "cold_answered_a"), ("answered_b", "cold_answered_b")],
    );
    let login = run(&[("fault", "5"), ("seconds", "120")]);
    renamed(
        &mut out,
        &login,
        &[("answered_a", "login_answered_a"), ("answered_b", "login_answered_b")],
    );
    // The two cards of the reference attack.
    let quiet = run(&[("fault", "2"), ("seconds", "120"), ("load", "30")]);
    renamed(&mut out, &quiet, &[("answered_b", "quiet_answered_b")]);
    let few = run(&[
        ("fault", "2"),
        ("seconds", "120"),
        ("cache_copies", "2"),
        ("partitions", "40"),
    ]);
    renamed(&mut out, &few, &[("bad_p99_b", "few_p99_b")]);
    sizing(&mut out);
    out
}

/// What needs no run.
fn sizing(out: &mut Vec<Fact>) {
    let world = World::default();
    let mut add = |key: &str, label: &str, value: f64, unit: &'static str, digits: usize| {
        out.push(Fact::new(key, label, value, unit, digits));
    };
    for p in prices::SHEET {
        let digits = if p.dollars.0 < 0.01 || (p.dollars.0 * 100.0).fract().abs() > 1e-9 {
            3
        } else {
            2
        };
        add(&format!("price_{}", p.key), p.what, p.dollars.0, "", digits);
    }
    for c in on_the_table() {
        let side = c.proposal.letter().to_lowercase();
        for l in world.bill(&c) {
            add(&format!("{}_{side}", l.key), l.what, l.dollars.0, "", 0);
            add(&format!("count_{}_{side}", l.key), l.what, l.count, "", 0);
        }
        add(
            &format!("month_{side}"),
            "Bill of a month, dollars",
            world.month(&c).0,
            "",
            0,
        );
        let [operations, bytes, bits] = world.currencies(&c);
        add(
            &format!("operations_{side}"),
            "Machines for operations",
            operations,
            "",
            0,
        );
        add(&format!("bytes_{side}"), "Machines for bytes", bytes, "", 0);
        add(&format!("bits_{side}"), "Machines for bits", bits, "", 0);
        let busy = |loss, cold: bool| {
            let cold = if cold { world.cold(&c, loss) } else { 0.0 };
            world.work(&c, loss, cold).busy() * 100.0
        };
        add(
            &format!("zone_warm_{side}"),
            "Busy without a zone, warm",
            busy(Loss::Zone, false),
            "%",
            0,
        );
        add(
            &format!("zone_cold_{side}"),
            "Busy without a zone, with what its caches held",
            busy(Loss::Zone, true),
            "%",
            0,
        );
        if c.proposal == Proposal::Regions {
            add(
                "region_warm_b",
                "Busy without a region, warm",
                busy(Loss::Region, false),
                "%",
                0,
            );
            add(
                "region_cold_b",
                "Busy without a region, with what its caches held",
                busy(Loss::Region, true),
                "%",
                0,
            );
        }
    }
    let [a, b] = [Proposal::Zones, Proposal::Regions].map(|p| world.suited(p));
    let more = (world.month(&b).0 - world.month(&a).0) * 12.0;
    add("more_a_year", "What B costs more in a year, dollars", more, "", 0);
    add(
        "flip_hour",
        "Price of an hour without scans at which both cost the same",
        more / world.away,
        "",
        0,
    );
    add(
        "flip_away",
        "Hours a year at which both cost the same",
        more / world.hour.0,
        "h",
        1,
    );
    let stopped = world.hour.0 * world.away;
    let at = |reads: f64| {
        let w = World { reads, ..world };
        let [a, b] = [Proposal::Zones, Proposal::Regions].map(|p| w.month(&w.suited(p)).0 * 12.0);
        b - a
    };
    let (mut low, mut high) = (world.reads, world.reads * 10.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if at(middle) < stopped {
            low = middle
        } else {
            high = middle
        }
    }
    add("flip_reads", "Reads a second at which both cost the same", low, "", 0);
    let [_, proposed] = on_the_table();
    let without = world.work(&proposed, Loss::Region, world.cold(&proposed, Loss::Region));
    add(
        "bears_region",
        "Load at which B's other region is asked for all that it can do, with what its caches lack",
        100.0 / without.busy(),
        "%",
        0,
    );
    // Half of the scans pile up for 120 s; within 60 s they are worked off beside those that arrive.
    let (cut, within) = (120.0, 60.0);
    add(
        "bears_cut",
        "Load at which a view has worked off a cut of 120 s after 60 s",
        100.0 * world.apply * within / (world.scans / 2.0 * cut + world.scans * within),
        "%",
        0,
    );
    let one = Choice { cache_copies: 1, ..a };
    add(
        "second_caches",
        "A second copy of all cached answers, dollars a month",
        world.month(&a).0 - world.month(&one).0,
        "",
        0,
    );
    let cold = libm::ceil(world.fewest(Proposal::Zones, 1.0 / 3.0));
    add(
        "partitions_cold",
        "Partitions of A that would bear a zone's empty caches",
        cold,
        "",
        0,
    );
    let big = Choice { partitions: cold as u32, ..one };
    add(
        "month_cold",
        "Bill of A with those, dollars a month",
        world.month(&big).0,
        "",
        0,
    );
    let (zone, region, identity, names) = PARTS;
    let region_up = |zones: f64| zones * region / 100.0;
    let a = region_up(at_least(2, 3, zone / 100.0)) * identity * names / 100.0;
    let one_b = region_up(at_least(2, 3, zone / 100.0));
    let b = at_least(1, 2, one_b) * identity * names / 100.0;
    let minutes = |percent: f64| (100.0 - percent) / 100.0 * 43_200.0;
    add("whole_a", "Proposal A is up", a, "%", 3);
    add("whole_b", "Proposal B is up", b, "%", 3);
    add("down_a", "Minutes of 30 days that A is down", minutes(a), "min", 0);
    add("down_b", "Minutes of 30 days that B is down", minutes(b), "min", 0);
    add(
        "down_apart",
        "Minutes of 30 days that B would be down if nothing were shared",
        minutes(at_least(1, 2, one_b) * 100.0),
        "min",
        2,
    );
    add(
        "history_tb",
        "One copy of 30 days, TB",
        world.history(world.days).as_tb(),
        "TB",
        1,
    );
    add(
        "answers_tb",
        "Answers of a month, TB",
        world.answers_of_a_month() / 1e3,
        "TB",
        0,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By Little's law: what arrives in a second, times the half of a second that a scan waits on average until the log is sent.
    #[test]
    fn what_is_stranded_is_what_arrives_between_two_sendings_halved() {
        let world = World::default();
        let says = world.scans / 2.0 * world.poll.as_secs() / 2.0;
        let is = stranded();
        assert!((is / says - 1.0).abs() < 0.03, "{is} against {says}");
    }
}
