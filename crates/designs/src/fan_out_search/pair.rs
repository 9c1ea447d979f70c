//! Two policies on the same arrivals, side by side: what the lab and a replay draw.

use super::policy::Policy;
use super::system::{Cell, CellRun, SLICE, Slice, Totals};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, Bars, Bucket, Distribution, Series, TimeSeries, number};
use sim::Latencies;
use std::ops::Range;

/// What a side is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    /// In the keys of its facts.
    pub(super) key: &'static str,
    /// In the figures.
    pub(super) legend: &'static str,
    /// Over its column.
    pub(super) column: &'static str,
    /// Behind the labels of its facts.
    pub(super) label: &'static str,
    /// As the subject of a sentence.
    pub(super) subject: &'static str,
    /// May it send second requests?
    pub(super) asks: bool,
}

/// Waiting for every leaf.
pub(super) const WAIT: Names = Names {
    key: "wait",
    legend: "wait",
    column: "wait for all",
    label: "waiting for all",
    subject: "waiting for all leaves",
    asks: false,
};

/// Second requests that the owner of the brief's cell allows for every 100 first ones.
pub(super) const ALLOWED: f64 = 8.0;

/// What is reported on.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    /// The phases whose queries count.
    pub(super) phases: Range<usize>,
    /// The beginning of a sentence about them.
    pub(super) when: String,
    /// Over the table.
    pub(super) caption: String,
}

/// One policy and its run.
struct Side {
    names: Names,
    run: CellRun,
}

/// Two policies and what is reported about them.
pub(super) struct Pair {
    sides: [Side; 2],
    cell: Cell,
    reported: Reported,
    /// Is how it went over time drawn?
    pub(super) over_time: bool,
    /// Second requests that are allowed for every 100 first ones, where a limit is to be drawn.
    pub(super) allowed: Option<f64>,
}

impl Pair {
    /// Sets both runs up.
    pub(super) fn new(sides: [(Names, Box<dyn Policy>); 2], cell: Cell, reported: Reported, seed: u64) -> Pair {
        let sides = sides.map(|(names, policy)| Side { names, run: CellRun::new(&cell, policy, seed).with_slices() });
        Pair { sides, cell, reported, over_time: true, allowed: None }
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
        let end = self.cell.phases[self.cell.phases.len() - 1].as_secs();
        let [a, b] = &self.sides;
        a.run.now().as_secs().min(b.run.now().as_secs()) / end
    }

    /// Runs both to the end, for a replay.
    pub(super) fn shown(mut self) -> Shown {
        while self.advance(1 << 20) {}
        let names = [0, 1].map(|i| self.sides[i].names);
        crate::replay::shown(&self.view(), names.map(|n| n.column), names.map(|n| n.label))
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let totals = [0, 1].map(|i| self.totals(&self.sides[i].run));
        let mut drawn = vec![Drawn::new(
            "times",
            "Each answer by the time it took; marked are the times within which 50, 90 and 99 of 100 users had theirs.",
            self.distribution(&totals),
        )];
        if self.over_time {
            drawn.push(Drawn::new(
                "over_time",
                "The time within which 9 of 10 users had their answer, by the moment they asked.",
                self.p90_over_time(),
            ));
        }
        drawn.push(Drawn::new(
            "extra",
            "What the second requests add, for every 100 first ones.",
            self.extra(&totals),
        ));
        View {
            summary: self.summary(&totals),
            drawn,
            facts: self.facts(&totals),
            table: self.table(&totals),
        }
    }

    fn totals(&self, run: &CellRun) -> Totals {
        Totals::of(&run.totals()[self.reported.phases.clone()])
    }

    fn named<'a>(&self, totals: &'a [Totals; 2]) -> [(Names, &'a Totals); 2] {
        [(self.sides[0].names, &totals[0]), (self.sides[1].names, &totals[1])]
    }

    fn facts(&self, totals: &[Totals; 2]) -> Vec<Fact> {
        let slots = self.cell.slots as f64;
        let quantile = |l: &Latencies, q| l.quantile(q).as_ms();
        let mut facts = Vec::new();
        for (side, (Names { key, label, .. }, t)) in self.named(totals).into_iter().enumerate() {
            let mut fact = |axis, key_of: &str, what: &str, value: f64, unit, digits| {
                let fact = Fact::new(
                    &format!("{key_of}_{key}"),
                    &format!("{what}, {label}"),
                    value,
                    unit,
                    digits,
                );
                facts.push(fact.on(axis, what, side));
            };
            for (q, p) in [(0.5, "p50"), (0.9, "p90"), (0.99, "p99")] {
                fact(
                    Axis::Performance,
                    p,
                    &format!("Users' {p}"),
                    quantile(&t.users, q),
                    "ms",
                    0,
                );
            }
            let complete = t.complete_share() * 100.0;
            fact(Axis::Failure, "complete", "Complete answers", complete, "%", 1);
            fact(Axis::Cost, "busy", "Busy slots a machine", t.busy() * slots, "", 2);
        }
        let extra = "Second requests, per 100 first ones";
        facts.push(Fact::new("extra", extra, totals[1].extra() * 100.0, "%", 1).on(Axis::Cost, extra, 1));
        facts
    }

    fn summary(&self, totals: &[Totals; 2]) -> String {
        let when = &self.reported.when;
        if totals.iter().any(|t| t.queries == 0) {
            return format!("{when}, no query has been answered yet.");
        }
        let t = |l: &Latencies, q| number(l.quantile(q).as_ms(), 0, "ms");
        let [(one, first), (other, second)] = self.named(totals);
        format!(
            "{when}, {} gave half of the users an answer within {} and 99 % within {}; {} of answers were complete. {} made that {} and {}, {} complete, for {} more requests.",
            one.subject,
            t(&first.users, 0.5),
            t(&first.users, 0.99),
            number(first.complete_share() * 100.0, 1, "%"),
            other.subject,
            t(&second.users, 0.5),
            t(&second.users, 0.99),
            number(second.complete_share() * 100.0, 1, "%"),
            number(second.extra() * 100.0, 1, "%"),
        )
    }

    fn distribution(&self, totals: &[Totals; 2]) -> Distribution {
        let about = About::new(
            "lab-02-times",
            "Time until users have their answer, under both policies",
            self.summary(totals),
        );
        let [(one, first), (other, second)] = self.named(totals);
        Distribution::new(about, series(one.legend, &first.users))
            .and(series(other.legend, &second.users))
            .axis(figures::Axis::Log)
            .range(10.0, self.cell.deadline.as_ms().max(200.0) * 1.3)
            .deadline("deadline", self.cell.deadline.as_ms())
            .quantity("time until a user has an answer", "ms")
    }

    fn p90_over_time(&self) -> TimeSeries {
        let about = About::new(
            "lab-02-over-time",
            "Users' p90, half-second by half-second, under both policies",
            "One line a policy: the time within which 9 of 10 users that arrived in a half-second had their answer.",
        );
        let mut figure = TimeSeries::new(about, "users' p90", "ms").range(0.0, self.cell.deadline.as_ms() * 1.1);
        for side in &self.sides {
            figure = figure.line(side.names.legend, p90_over_time(side.run.slices()));
        }
        match self.cell.storm {
            Some(s) => figure.shade(
                s.from.as_secs(),
                (s.from + s.lasting).as_secs(),
                if s.share < 1.0 {
                    "some leaves slow"
                } else {
                    "every leaf slow"
                },
            ),
            None => figure,
        }
    }

    fn extra(&self, totals: &[Totals; 2]) -> Bars {
        let asking: Vec<(usize, Names, f64)> = self
            .named(totals)
            .into_iter()
            .enumerate()
            .filter(|(_, (names, _))| names.asks)
            .map(|(i, (names, t))| (i, names, t.extra() * 100.0))
            .collect();
        let said: Vec<String> = asking
            .iter()
            .map(|(_, names, extra)| {
                let whose = if asking.len() > 1 {
                    format!("{}: ", names.legend)
                } else {
                    String::new()
                };
                format!(
                    "{whose}{} second requests for every 100 first ones",
                    number(*extra, 1, "")
                )
            })
            .collect();
        let limit = self
            .allowed
            .map_or_else(String::new, |at| format!("; the owner allows {}", number(at, 0, "")));
        let about = About::new(
            "lab-02-extra",
            "Second requests for every 100 first ones",
            format!("{}{limit}.", said.join("; ")),
        );
        let most = asking.iter().map(|a| a.2).fold(20.0, f64::max);
        let mut bars = Bars::new(about, "%").end(most);
        for (i, names, extra) in asking {
            bars = if i == 0 {
                bars.bar(names.legend, extra)
            } else {
                bars.bar_b(names.legend, extra)
            };
        }
        match self.allowed {
            Some(at) => bars.limit("allowed", at),
            None => bars,
        }
    }

    fn table(&self, totals: &[Totals; 2]) -> Table {
        let row = |name: &str, f: &dyn Fn(&Totals) -> String| vec![name.to_owned(), f(&totals[0]), f(&totals[1])];
        let time = |q: f64| move |t: &Totals| number(t.users.quantile(q).as_ms(), 0, "ms");
        let slots = self.cell.slots as f64;
        let [one, other] = [0, 1].map(|i| self.sides[i].names.column.to_owned());
        Table {
            caption: self.reported.caption.clone(),
            head: vec!["".into(), one, other],
            rows: vec![
                row("queries", &|t| number(t.queries as f64, 0, "")),
                row("half of the users within", &time(0.5)),
                row("9 of 10 users within", &time(0.9)),
                row("99 of 100 users within", &time(0.99)),
                row("complete answers", &|t| number(t.complete_share() * 100.0, 1, "%")),
                row("second requests per 100 first", &|t| number(t.extra() * 100.0, 1, "")),
                row("busy slots a machine", &|t| number(t.busy() * slots, 2, "")),
                row("requests refused by full queues", &|t| number(t.refused as f64, 0, "")),
            ],
        }
    }
}

/// Users' p90 in each slice of time: (middle of the slice in seconds, milliseconds).
pub(super) fn p90_over_time(slices: &[Slice]) -> Vec<(f64, f64)> {
    slices.iter().enumerate().filter_map(slice_p90).collect()
}

fn slice_p90((i, slice): (usize, &Slice)) -> Option<(f64, f64)> {
    let mut times = slice.users_us.clone();
    if times.is_empty() {
        return None;
    }
    times.sort_unstable();
    let rank = (times.len() * 9).div_ceil(10).max(1) - 1;
    Some(((i as f64 + 0.5) * SLICE.as_secs(), f64::from(times[rank]) / 1_000.0))
}

/// A policy's latencies as a series of a distribution figure.
pub(super) fn series(name: &str, users: &Latencies) -> Series {
    // A twentieth of a decade a strip: fine enough to show two humps, coarse enough to read.
    let edge = |i: usize| libm::pow(10.0, 1.0 + i as f64 / 20.0);
    let mut strips = vec![0u64; 60];
    for (time, count) in users.buckets() {
        // A strip holds what lies after its beginning up to its end, so that an answer at the deadline stands before it.
        let i = libm::ceil((libm::log10(time.as_ms().max(10.0)) - 1.0) * 20.0 - 1e-6) as usize;
        strips[i.saturating_sub(1).min(59)] += count;
    }
    let filled = strips.iter().enumerate().filter(|(_, c)| **c > 0);
    let buckets: Vec<Bucket> = filled
        .map(|(i, c)| Bucket { from: edge(i), to: edge(i + 1), count: *c as f64 })
        .collect();
    let marks = [50.0, 90.0, 99.0].map(|p| (p, users.quantile(p / 100.0).as_ms()));
    let series = Series::new(name, users.cdf(200).into_iter().map(|(t, share)| (t.as_ms(), share))).buckets(buckets);
    if users.is_empty() {
        series
    } else {
        series.percentiles(marks)
    }
}
