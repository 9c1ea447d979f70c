//! Two runs side by side: what the lab and a replay draw.

use super::sizing::Line;
use super::system::{DURING, Fault, PartitionRun, Scenario, Slice, Totals, WELL, not_current, until_well};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, Bars, TimeSeries, number};
use sim::secs;

/// What a side is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    /// In the keys of its facts.
    pub(super) key: &'static str,
    /// In the figures, and over its column.
    pub(super) legend: &'static str,
    /// Behind the labels of its facts.
    pub(super) label: &'static str,
    /// As the subject of a sentence.
    pub(super) subject: &'static str,
}

/// What is reported on.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    /// The phase whose reads and scans count.
    pub(super) phase: usize,
    /// The beginning of a sentence about them.
    pub(super) when: String,
    /// Over the table.
    pub(super) caption: String,
}

/// One scenario and its run.
struct Side {
    names: Names,
    scenario: Scenario,
    run: PartitionRun,
}

/// Two runs and what is reported about them.
pub(super) struct Pair {
    sides: [Side; 2],
    reported: Reported,
}

impl Pair {
    /// Sets both runs up.
    pub(super) fn new(sides: [(Names, Scenario); 2], reported: Reported, seed: u64) -> Pair {
        let sides = sides.map(|(names, scenario)| Side { names, scenario, run: PartitionRun::new(&scenario, seed) });
        Pair { sides, reported }
    }

    /// Goes on for about `events` events; false when both runs are over.
    pub(super) fn advance(&mut self, events: u64) -> bool {
        let half = events.div_ceil(2);
        let [a, b] = &mut self.sides;
        let more = [a.run.advance(half), b.run.advance(half)];
        more[0] || more[1]
    }

    /// Share of the run that both have come through.
    pub(super) fn so_far(&self) -> f64 {
        let [a, b] = &self.sides;
        a.run.now().min(b.run.now()).as_secs() / a.scenario.end.as_secs()
    }

    /// Runs both to the end, for a replay.
    pub(super) fn shown(mut self) -> Shown {
        while self.advance(1 << 20) {}
        let names = [0, 1].map(|i| self.sides[i].names);
        crate::replay::shown(&self.view(), names.map(|n| n.legend), names.map(|n| n.label))
    }

    fn totals(&self, phase: usize) -> [Totals; 2] {
        self.sides.each_ref().map(|s| s.run.totals().swap_remove(phase))
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let totals = self.totals(self.reported.phase);
        let before = self.totals(0);
        let drawn = vec![
            Drawn::new(
                "answered",
                "Share of the reads that were answered, ten seconds by ten seconds, by the moment at which they arrived.",
                self.over_time(
                    "answered",
                    "Reads answered",
                    "One line a proposal: the share of the reads of ten seconds that were answered.",
                    ("reads answered", "%"),
                    |ten| {
                        let (reads, failed) = ten.iter().fold((0.0, 0.0), |(r, f), s| (r + s.reads, f + s.failed));
                        (reads > 0.0).then(|| 100.0 * (1.0 - failed / reads))
                    },
                )
                .range(0.0, 100.0),
            ),
            Drawn::new(
                "acknowledged",
                "Share of the scans that were acknowledged, ten seconds by ten seconds.",
                self.over_time(
                    "acknowledged",
                    "Scans acknowledged",
                    "One line a proposal: the share of the scans of ten seconds that a depot got a receipt for.",
                    ("scans acknowledged", "%"),
                    |ten| {
                        let (scans, got) = ten.iter().fold((0, 0), |(n, a), s| (n + s.scans, a + s.accepted));
                        (scans > 0).then(|| 100.0 * got as f64 / scans as f64)
                    },
                )
                .range(0.0, 100.0),
            ),
            Drawn::new(
                "age",
                "The oldest scan that readers first saw in these ten seconds: how long after its receipt.",
                self.over_time(
                    "age",
                    "Age of a scan when readers first see it",
                    "One line a proposal: the greatest time from a depot's receipt until readers of a region see the scan.",
                    ("scan to seen", "s"),
                    |ten| {
                        let age = ten.iter().map(|s| s.age).max().unwrap_or_default().as_secs();
                        (age > 0.0).then_some(age)
                    },
                )
                .log(),
            ),
            Drawn::new("bill", "The bill of a month in thousands of dollars.", self.bill()),
        ];
        View {
            summary: self.summary(&totals),
            drawn,
            facts: self.facts(&totals, &before),
            table: self.table(&totals),
        }
    }

    fn over_time(
        &self,
        key: &str,
        title: &str,
        words: &str,
        (quantity, unit): (&str, &str),
        value: impl Fn(&[Slice]) -> Option<f64>,
    ) -> TimeSeries {
        let about = About::new(format!("lab-17-{key}"), title, words);
        let mut figure = TimeSeries::new(about, quantity, unit);
        for side in &self.sides {
            let points: Vec<(f64, f64)> = side
                .run
                .slices()
                .chunks(10)
                .enumerate()
                .filter_map(|(i, ten)| Some((i as f64 * 10.0 + 5.0, value(ten)?)))
                .collect();
            figure = figure.line(side.names.legend, points);
        }
        let s = &self.sides[0].scenario;
        match s.fault {
            Fault::Nothing => figure,
            _ => figure.shade(s.from.as_secs(), s.until.as_secs(), "fault"),
        }
    }

    fn bill(&self) -> Bars {
        let [a, b] = self.months();
        let [na, nb] = self.sides.each_ref().map(|s| s.names.legend);
        let about = About::new(
            "lab-17-bill",
            "Bill of a month",
            format!(
                "{na}: {} thousand dollars; {nb}: {}.",
                number(a / 1e3, 0, ""),
                number(b / 1e3, 0, "")
            ),
        );
        Bars::new(about, "k$").bar(na, a / 1e3).bar_b(nb, b / 1e3)
    }

    fn months(&self) -> [f64; 2] {
        self.sides
            .each_ref()
            .map(|s| s.scenario.world.month(&s.scenario.choice).0)
    }

    /// Seconds from one moment until the last second that is not well, on both sides; none is 0.
    fn until_well(&self, since: f64, ill: impl Fn(&Slice) -> bool) -> [f64; 2] {
        self.sides.each_ref().map(|s| until_well(s.run.slices(), since, &ill))
    }

    fn facts(&self, totals: &[Totals; 2], before: &[Totals; 2]) -> Vec<Fact> {
        let s = self.sides[0].scenario;
        let (from, until) = (s.from.as_secs(), s.until.as_secs());
        let unanswered = self.until_well(from, |s| s.answered().is_some_and(|a| a < WELL));
        let old = self.until_well(until, not_current);
        let mut facts = Vec::new();
        for (i, side) in self.sides.iter().enumerate() {
            let (t, calm, Names { key, label, .. }) = (&totals[i], &before[i], side.names);
            let mut add = |axis: Axis, name: &str, what: &str, value: f64, unit: &'static str, digits: usize| {
                let fact = Fact::new(
                    &format!("{name}_{key}"),
                    &format!("{what}, {label}"),
                    value,
                    unit,
                    digits,
                );
                facts.push(fact.on(axis, what, i));
            };
            let w = &side.scenario.world;
            let c = &side.scenario.choice;
            add(Axis::Cost, "month", "Bill of a month, dollars", w.month(c).0, "", 0);
            add(
                Axis::Cost,
                "year",
                "Year, stopped depots included, $",
                w.year(c).0,
                "",
                0,
            );
            add(Axis::Cost, "busy", "Machines busy", calm.busy() * 100.0, "%", 0);
            add(
                Axis::Performance,
                "p99",
                "Reads' p99 before",
                calm.reads_within(0.99).as_ms(),
                "ms",
                0,
            );
            add(
                Axis::Performance,
                "scan_p99",
                "Scan to receipt, p99 before",
                calm.scan_times.quantile(0.99).as_ms(),
                "ms",
                0,
            );
            add(
                Axis::Performance,
                "age",
                "Scan to seen, p99 before",
                calm.ages.quantile(0.99).as_ms(),
                "ms",
                0,
            );
            add(
                Axis::Failure,
                "answered",
                "Reads answered in the fault",
                t.answered() * 100.0,
                "%",
                1,
            );
            add(
                Axis::Failure,
                "acknowledged",
                "Scans acknowledged in the fault",
                t.acknowledged() * 100.0,
                "%",
                1,
            );
            add(
                Axis::Failure,
                "bad_p99",
                "Reads' p99 in the fault",
                t.reads_within(0.99).as_ms(),
                "ms",
                0,
            );
            add(
                Axis::Failure,
                "bad_busy",
                "Machines busy in the fault",
                t.busy() * 100.0,
                "%",
                0,
            );
            add(
                Axis::Failure,
                "bad_age",
                "Scan to seen, p99 in the fault",
                t.ages.quantile(0.99).as_secs(),
                "s",
                1,
            );
            add(
                Axis::Failure,
                "unanswered",
                "Last read lost after its beginning",
                unanswered[i],
                "s",
                0,
            );
            add(Axis::Failure, "old", "Views old after its end", old[i], "s", 0);
            add(
                Axis::Failure,
                "stranded",
                "Receipts that nobody else has",
                side.run.stranded(),
                "",
                0,
            );
        }
        facts
    }

    fn summary(&self, totals: &[Totals; 2]) -> String {
        if totals.iter().any(|t| t.reads() < 1.0) {
            return format!("{}, nothing has arrived yet.", self.reported.when);
        }
        let says = |i: usize| {
            let t = &totals[i];
            format!(
                "{} answered {} of the reads, acknowledged {} of the scans, and showed 99 of 100 of them within {}",
                self.sides[i].names.subject,
                number(t.answered() * 100.0, 1, "%"),
                number(t.acknowledged() * 100.0, 1, "%"),
                super::beliefs::time(t.ages.quantile(0.99)),
            )
        };
        format!("{}, {}; {}.", self.reported.when, says(0), says(1))
    }

    fn table(&self, totals: &[Totals; 2]) -> Table {
        let row = |name: &str, f: &dyn Fn(usize) -> String| vec![name.to_owned(), f(0), f(1)];
        let time = |t: sim::Time| {
            if t >= secs(1) {
                number(t.as_secs(), 1, "s")
            } else {
                number(t.as_ms(), 0, "ms")
            }
        };
        let bills: [Vec<Line>; 2] = self.sides.each_ref().map(|s| s.scenario.world.bill(&s.scenario.choice));
        let mut rows = vec![
            row("reads of a partition", &|i| number(totals[i].reads(), 0, "")),
            row("reads answered", &|i| number(totals[i].answered() * 100.0, 1, "%")),
            row("answered by a cache", &|i| {
                number(totals[i].hit_share() * 100.0, 1, "%")
            }),
            row("half of the reads within", &|i| time(totals[i].reads_within(0.5))),
            row("99 of 100 reads within", &|i| time(totals[i].reads_within(0.99))),
            row("scans acknowledged", &|i| {
                number(totals[i].acknowledged() * 100.0, 1, "%")
            }),
            row("99 of 100 scans seen within", &|i| time(totals[i].ages.quantile(0.99))),
            row("machines busy", &|i| number(totals[i].busy() * 100.0, 0, "%")),
        ];
        for (key, what) in LINES {
            let of = |i: usize| bills[i].iter().find(|l| l.key == key).map_or(0.0, |l| l.dollars.0);
            rows.push(row(&format!("{what}, $ a month"), &|i| number(of(i), 0, "")));
        }
        rows.push(row("all of the bill, $ a month", &|i| number(self.months()[i], 0, "")));
        Table {
            caption: self.reported.caption.clone(),
            head: vec![
                "".into(),
                self.sides[0].names.legend.into(),
                self.sides[1].names.legend.into(),
            ],
            rows,
        }
    }
}

/// Lines of a bill, as the table names them.
const LINES: [(&str, &str); 10] = [
    ("fronts", "fronts"),
    ("store", "store or views"),
    ("log", "logs"),
    ("caches", "caches"),
    ("disks", "disks"),
    ("objects", "backup and history"),
    ("out", "out to the internet"),
    ("between_zones", "between zones"),
    ("between_regions", "between regions"),
    ("addresses", "addresses"),
];

/// The phase of the fault.
pub(super) const REPORTED: usize = DURING;
