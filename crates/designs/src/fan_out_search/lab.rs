//! The lab: waiting for all leaves against sending second requests, on the same arrivals.

use super::rules::{HedgeAfter, NeverHedge};
use super::system::{Cell, CellRun, LEAF_QUANTILES, SLICE, Slice, Storm, Totals};
use crate::lab::{Fact, Figure, Knob, KnobKind, Lab, Picture, Run, Table, knob, snapped};
use figures::{About, Bars, Bucket, Distribution, Series, Svg, TimeSeries, number};
use judge::percent;
use sim::{Latencies, Time, ms, secs};

/// The lab of design 02.
pub struct FanOutLab;

const SETTING: KnobKind = KnobKind::Setting;
const ASSUMPTION: KnobKind = KnobKind::Assumption;

/// Where each knob stands in [`KNOBS`].
mod at {
    pub(super) const LEAVES: usize = 0;
    pub(super) const HEDGE_AFTER: usize = 1;
    pub(super) const BUDGET: usize = 2;
    pub(super) const DEADLINE: usize = 3;
    pub(super) const RATE: usize = 4;
    pub(super) const STORM: usize = 5;
    pub(super) const SLOW_MACHINE: usize = 6;
    pub(super) const MACHINE_OFF: usize = 7;
    pub(super) const SHARED: usize = 8;
    pub(super) const TAIL: usize = 9;
    pub(super) const SLOTS: usize = 10;
    pub(super) const QUEUE: usize = 11;
    pub(super) const WITHDRAW: usize = 12;
    pub(super) const NETWORK: usize = 13;
}

static KNOBS: [Knob; 14] = [
    knob!("leaves", "Leaves", "", 1.0..=200.0 by 1.0, 100.0, SETTING, &[], "Leaves that a query asks; each has two replicas."),
    knob!("hedge_after", "Second request after", "ms", 0.0..=1000.0 by 1.0, 18.0, SETTING, &[], "How long the root waits for a leaf before it asks the other replica too."),
    knob!("hedge_budget", "Second requests at most", "%", 0.0..=100.0 by 1.0, 100.0, SETTING, &[(100.0, "no limit")], "Limit on second requests within any second, as a share of first requests. 100 % means no limit."),
    knob!("deadline", "Deadline", "ms", 20.0..=4000.0 by 10.0, 1000.0, SETTING, &[], "After this long the root answers with what it has."),
    knob!("queries_per_second", "Queries", "per s", 20.0..=1000.0 by 10.0, 200.0, SETTING, &[], "Queries a second that the cell takes."),
    knob!("storm_factor", "Every leaf slower by", "×", 1.0..=10.0 by 0.5, 1.0, SETTING, &[(1.0, "off")], "From second 5.5 to second 10.5 every leaf works this many times slower. Our model: no measurement of it is published."),
    knob!("slow_machine", "One machine slower by", "×", 1.0..=20.0 by 1.0, 1.0, SETTING, &[(1.0, "off")], "One leaf machine works this many times slower all the time."),
    knob!("machine_off", "One machine off", "", 0.0..=1.0 by 1.0, 0.0, SETTING, &[(0.0, "no"), (1.0, "yes")], "One leaf machine is silently off."),
    knob!("shared_cause", "Slowness common to both replicas", "%", 0.0..=100.0 by 0.1, 0.0, ASSUMPTION, &[], "Share of requests that take equally long on both replicas, because they wait for the same thing."),
    knob!("tail", "Slowest 2 % of a leaf", "×", 0.1..=3.0 by 0.1, 1.0, ASSUMPTION, &[], "Stretches the part of a leaf's times beyond its p98."),
    knob!("slots", "Slots a machine", "", 1.0..=32.0 by 1.0, 8.0, ASSUMPTION, &[], "Requests that a leaf machine works on at once."),
    knob!("queue", "Queue a machine", "", 0.0..=1000.0 by 1.0, 64.0, ASSUMPTION, &[], "Requests that may wait at a machine; more are refused."),
    knob!("withdraw", "Withdraw what still queues", "", 0.0..=1.0 by 1.0, 1.0, ASSUMPTION, &[(0.0, "no"), (1.0, "yes")], "Is a copy that is no longer needed taken out of its queue?"),
    knob!("network", "Network, one way", "ms", 0.0..=10.0 by 0.05, 0.25, ASSUMPTION, &[], "Delay of a message between root and leaf."),
];

const STORM_FROM: Time = ms(5_500);
const STORM_LASTS: Time = secs(5);

impl Lab for FanOutLab {
    fn title(&self) -> &'static str {
        "Wait, or ask again"
    }

    fn setup(&self) -> &'static str {
        "A search cell takes queries for 15.5 seconds. One policy waits for every leaf until the deadline; the other asks a leaf's second replica when the first is late. Both get the same queries, and every leaf request would take the same time under both."
    }

    fn knobs(&self) -> &'static [Knob] {
        &KNOBS
    }

    fn start(&self, values: &[f64], seed: u64) -> Box<dyn Run> {
        let value = snapped(&KNOBS, values);
        let cell = cell(&value);
        let hedge = HedgeAfter { after: Time::from_ms_f64(value[at::HEDGE_AFTER]), budget: percent(value[at::BUDGET]) };
        Box::new(LabRun {
            wait: CellRun::new(&cell, Box::new(NeverHedge), seed).with_slices(),
            hedge: CellRun::new(&cell, Box::new(hedge), seed).with_slices(),
            running: true,
            cell,
            value,
        })
    }
}

/// The cell that knob values stand for.
pub(super) fn cell(value: &[f64]) -> Cell {
    let p98 = 25.0;
    let tail = value[at::TAIL];
    Cell {
        leaves: value[at::LEAVES] as u32,
        slots: value[at::SLOTS] as usize,
        queue: value[at::QUEUE] as usize,
        rate: value[at::RATE],
        work: LEAF_QUANTILES
            .iter()
            .map(|&(p, t)| (p, if t > p98 { p98 + (t - p98) * tail } else { t }))
            .collect(),
        network: Time::from_ms_f64(value[at::NETWORK]),
        deadline: Time::from_ms_f64(value[at::DEADLINE]),
        shared: value[at::SHARED] / 100.0,
        withdraw: value[at::WITHDRAW] > 0.0,
        storm: (value[at::STORM] > 1.0).then_some(Storm {
            factor: value[at::STORM],
            share: 1.0,
            from: STORM_FROM,
            lasting: STORM_LASTS,
        }),
        slow_machine: (value[at::SLOW_MACHINE] > 1.0).then_some(value[at::SLOW_MACHINE]),
        machine_off: value[at::MACHINE_OFF] > 0.0,
        phases: vec![
            ms(500),
            STORM_FROM,
            STORM_FROM + STORM_LASTS,
            STORM_FROM + STORM_LASTS * 2,
        ],
    }
}

struct LabRun {
    wait: CellRun,
    hedge: CellRun,
    running: bool,
    cell: Cell,
    value: Vec<f64>,
}

impl LabRun {
    /// What is reported on: the storm where there is one, everything after the first half-second otherwise.
    fn reported(&self, run: &CellRun) -> Totals {
        let phases = run.totals();
        if self.cell.storm.is_some() {
            return phases[2].clone();
        }
        Totals::of(&phases[1..])
    }

    fn facts(&self, wait: &Totals, hedge: &Totals) -> Vec<Fact> {
        let slots = self.cell.slots as f64;
        let quantile = |l: &Latencies, q| l.quantile(q).as_ms();
        let mut facts = Vec::new();
        for (key, name, t) in [
            ("wait", "waiting for all", wait),
            ("hedge", "with second requests", hedge),
        ] {
            for (q, p) in [(0.5, "p50"), (0.9, "p90"), (0.99, "p99")] {
                facts.push(Fact::new(
                    &format!("{p}_{key}"),
                    &format!("Users' {p}, {name}"),
                    quantile(&t.users, q),
                    "ms",
                    0,
                ));
            }
            facts.push(Fact::new(
                &format!("complete_{key}"),
                &format!("Complete answers, {name}"),
                t.complete_share() * 100.0,
                "%",
                1,
            ));
            facts.push(Fact::new(
                &format!("busy_{key}"),
                &format!("Busy slots a machine, {name}"),
                t.busy() * slots,
                "",
                2,
            ));
        }
        facts.push(Fact::new(
            "extra",
            "Second requests, per 100 first ones",
            hedge.extra() * 100.0,
            "%",
            1,
        ));
        facts
    }

    fn summary(&self, wait: &Totals, hedge: &Totals) -> String {
        let when = if self.cell.storm.is_some() {
            "While every leaf was slow"
        } else {
            "Over the whole run"
        };
        if wait.queries == 0 || hedge.queries == 0 {
            return format!("{when}, no query has been answered yet.");
        }
        let t = |l: &Latencies, q| number(l.quantile(q).as_ms(), 0, "ms");
        format!(
            "{when}, waiting for all leaves gave half of the users an answer within {} and 99 % within {}; {} of answers were complete. Second requests made that {} and {}, {} complete, for {} more requests.",
            t(&wait.users, 0.5),
            t(&wait.users, 0.99),
            number(wait.complete_share() * 100.0, 1, "%"),
            t(&hedge.users, 0.5),
            t(&hedge.users, 0.99),
            number(hedge.complete_share() * 100.0, 1, "%"),
            number(hedge.extra() * 100.0, 1, "%"),
        )
    }

    fn distribution(&self, wait: &Totals, hedge: &Totals, width: f64) -> Svg {
        let about = About::new(
            "lab-02-times",
            "Time until users have their answer, under both policies",
            self.summary(wait, hedge),
        );
        Distribution::new(about, series("wait", &wait.users))
            .and(series("ask again", &hedge.users))
            .axis(figures::Axis::Log)
            .range(10.0, self.cell.deadline.as_ms().max(200.0) * 1.3)
            .deadline("deadline", self.cell.deadline.as_ms())
            .quantity("time until a user has an answer", "ms")
            .draw(width)
    }

    fn over_time(&self, width: f64) -> Svg {
        let about = About::new(
            "lab-02-over-time",
            "Users' p90, half-second by half-second, under both policies",
            "One line a policy: the time within which 9 of 10 users that arrived in a half-second had their answer.",
        );
        let mut figure = TimeSeries::new(about, "users' p90", "ms")
            .line("wait", p90_over_time(self.wait.slices()))
            .line("ask again", p90_over_time(self.hedge.slices()))
            .range(0.0, self.cell.deadline.as_ms() * 1.1);
        if self.cell.storm.is_some() {
            figure = figure.shade(
                STORM_FROM.as_secs(),
                (STORM_FROM + STORM_LASTS).as_secs(),
                "every leaf slow",
            );
        }
        figure.draw(width)
    }

    fn extra(&self, hedge: &Totals, width: f64) -> Svg {
        let extra = hedge.extra() * 100.0;
        let about = About::new(
            "lab-02-extra",
            "Second requests for every 100 first ones",
            format!(
                "{} second requests for every 100 first ones; the owner allows 8.",
                number(extra, 1, "")
            ),
        );
        Bars::new(about, "%")
            .bar_b("ask again", extra)
            .limit("allowed", 8.0)
            .end(extra.max(20.0))
            .draw(width)
    }

    fn table(&self, wait: &Totals, hedge: &Totals) -> Table {
        let row = |name: &str, f: &dyn Fn(&Totals) -> String| vec![name.to_owned(), f(wait), f(hedge)];
        let time = |q: f64| move |t: &Totals| number(t.users.quantile(q).as_ms(), 0, "ms");
        let slots = self.cell.slots as f64;
        Table {
            caption: if self.cell.storm.is_some() {
                "Queries that arrived while every leaf was slow".into()
            } else {
                "Queries that arrived after the first half-second".into()
            },
            head: vec!["".into(), "wait for all".into(), "ask again".into()],
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

impl Run for LabRun {
    fn advance(&mut self, events: u64) -> bool {
        let half = events.div_ceil(2);
        let more = [self.wait.advance(half), self.hedge.advance(half)];
        self.running = more[0] || more[1];
        self.running
    }

    fn picture(&self, width: f64) -> Picture {
        let (wait, hedge) = (self.reported(&self.wait), self.reported(&self.hedge));
        let end = self.cell.phases[self.cell.phases.len() - 1].as_secs();
        let so_far = self.wait.now().as_secs().min(self.hedge.now().as_secs()) / end;
        let mut figures = vec![Figure {
            key: "times",
            caption: "Each answer by the time it took; marked are the times within which 50, 90 and 99 of 100 users had theirs.".into(),
            svg: self.distribution(&wait, &hedge, width),
        }];
        if self.cell.storm.is_some() || self.value[at::RATE] > 400.0 {
            figures.push(Figure {
                key: "over_time",
                caption: "The time within which 9 of 10 users had their answer, by the moment they asked.".into(),
                svg: self.over_time(width),
            });
        }
        figures.push(Figure {
            key: "extra",
            caption: "What the second requests add, for every 100 first ones.".into(),
            svg: self.extra(&hedge, width),
        });
        Picture {
            done: if self.running { so_far.min(0.999) } else { 1.0 },
            summary: self.summary(&wait, &hedge),
            figures,
            facts: self.facts(&wait, &hedge),
            table: self.table(&wait, &hedge),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::checks;

    #[test]
    fn knobs_stand_where_their_names_say() {
        let named = [
            ("leaves", at::LEAVES),
            ("hedge_after", at::HEDGE_AFTER),
            ("hedge_budget", at::BUDGET),
            ("deadline", at::DEADLINE),
            ("queries_per_second", at::RATE),
            ("storm_factor", at::STORM),
            ("slow_machine", at::SLOW_MACHINE),
            ("machine_off", at::MACHINE_OFF),
            ("shared_cause", at::SHARED),
            ("tail", at::TAIL),
            ("slots", at::SLOTS),
            ("queue", at::QUEUE),
            ("withdraw", at::WITHDRAW),
            ("network", at::NETWORK),
        ];
        assert_eq!(named.len(), KNOBS.len());
        for (name, i) in named {
            assert_eq!(KNOBS[i].name, name);
            assert_eq!(KNOBS[i].snap(KNOBS[i].default), KNOBS[i].default, "{name}");
        }
    }

    #[test]
    fn a_run_in_slices_equals_a_run_at_once() {
        checks::slices_equal_the_whole(&FanOutLab, &[("storm_factor", "5"), ("leaves", "20")], 10_000);
    }

    #[test]
    fn extreme_knobs_still_draw() {
        checks::extreme_knobs_draw(&FanOutLab, &[("leaves", "3"), ("queries_per_second", "20")]);
    }
}
