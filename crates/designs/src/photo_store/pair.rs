//! Two pods on the same reads, side by side: what the lab and a replay draw.

use super::sizing::Disks;
use super::system::{Pod, PodRun, SLICE, SLOW, Slice, Totals};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, Bars, TimeSeries, number};
use sim::Time;

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
    /// The phase whose reads count.
    pub(super) phase: usize,
    /// The beginning of a sentence about them.
    pub(super) when: String,
    /// Over the table.
    pub(super) caption: String,
}

/// One pod and its run.
struct Side {
    names: Names,
    pod: Pod,
    run: PodRun,
}

/// A need: its key, what is said of it, and the disks that it asks for.
type Kind = (&'static str, &'static str, fn(&Disks) -> f64);

/// Two pods and what is reported about them.
pub(super) struct Pair {
    sides: [Side; 2],
    reported: Reported,
    /// A phase to be shaded in what is drawn over time, and its name.
    pub(super) shaded: Option<(usize, &'static str)>,
}

impl Pair {
    /// Sets both runs up.
    pub(super) fn new(sides: [(Names, Pod); 2], reported: Reported, seed: u64) -> Pair {
        let sides = sides.map(|(names, pod)| {
            let run = PodRun::new(&pod, seed).with_slices();
            Side { names, pod, run }
        });
        Pair { sides, reported, shaded: None }
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
        let end = a.pod.phases.last().map_or(1.0, |p| p.until.as_secs());
        a.run.now().as_secs().min(b.run.now().as_secs()) / end
    }

    /// Runs both to the end, for a replay.
    pub(super) fn shown(mut self) -> Shown {
        while self.advance(1 << 20) {}
        let names = [0, 1].map(|i| self.sides[i].names);
        crate::replay::shown(&self.view(), names.map(|n| n.legend), names.map(|n| n.label))
    }

    /// What was measured in a phase, on both sides.
    pub(super) fn totals(&self, phase: usize) -> [Totals; 2] {
        self.sides.each_ref().map(|s| s.run.totals_of(phase))
    }

    /// Seconds from the end of a phase to the end of the last slice in which reads were slow, on both sides; none is 0.
    pub(super) fn slow_after(&self, phase: usize) -> [f64; 2] {
        self.sides.each_ref().map(|s| {
            let end = s.pod.phases[phase].until.as_secs();
            let slow = |slice: &Slice| slice.quantile_ms(0.5).is_some_and(|ms| ms > SLOW.as_ms());
            let last = s.run.slices().iter().rposition(slow);
            last.map_or(0.0, |i| ((i + 1) as f64 * SLICE.as_secs() - end).max(0.0))
        })
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let totals = self.totals(self.reported.phase);
        let mut drawn = vec![Drawn::new(
            "over_time",
            "The time within which 99 of 100 reads had their bytes, by the moment at which they arrived.",
            self.over_time(),
        )];
        let needs = self.sides.each_ref().map(|s| s.pod.world.disks(&s.pod.choice));
        let kinds: [Kind; 3] = [
            ("space", "Disks that the bytes of all copies ask for.", |d| d.space),
            (
                "operations",
                "Disks that the reads of the fallen hit rate ask for, each at most 70 % busy.",
                |d| d.operations,
            ),
            ("memory", "Disks whose memory would hold all metadata.", |d| d.memory),
        ];
        for (key, caption, need) in kinds {
            drawn.push(Drawn::new(
                key,
                caption,
                self.bars(key, [need(&needs[0]), need(&needs[1])]),
            ));
        }
        View {
            summary: self.summary(&totals),
            drawn,
            facts: self.facts(&totals),
            table: self.table(&totals, &needs),
        }
    }

    /// Disks that are there, on each side.
    fn disks(&self) -> [f64; 2] {
        self.sides
            .each_ref()
            .map(|s| f64::from(s.pod.choice.machines.saturating_sub(s.pod.lost) * super::sizing::DISKS))
    }

    fn bars(&self, key: &str, needs: [f64; 2]) -> Bars {
        let [a, b] = self.sides.each_ref().map(|s| s.names.legend);
        let there = self.disks();
        let about = About::new(
            format!("lab-01-{key}"),
            format!("Disks needed for {key}"),
            format!(
                "{a}: {}; {b}: {}; disks that are there: {}.",
                number(needs[0], 0, ""),
                number(needs[1], 0, ""),
                number(there[0], 0, "")
            ),
        );
        // One scale for the three figures, unless a need is far beyond it.
        let most = needs[0].max(needs[1]).max(there[0]) * 1.05;
        Bars::new(about, "")
            .bar(a, needs[0])
            .bar_b(b, needs[1])
            .limit("disks there", there[0])
            .end(most.max(200.0))
    }

    fn over_time(&self) -> TimeSeries {
        let about = About::new(
            "lab-01-over-time",
            "Reads' p99, half-second by half-second, on both sides",
            "One line a side: the time within which 99 of 100 reads that arrived in a half-second had their bytes.",
        );
        let mut figure = TimeSeries::new(about, "p99 of a half-second's reads", "ms").log();
        for side in &self.sides {
            figure = figure.line(side.names.legend, p99_over_time(side.run.slices()));
        }
        match self.shaded {
            Some((phase, name)) => {
                let phases = &self.sides[0].pod.phases;
                let from = phase.checked_sub(1).map_or(Time::ZERO, |before| phases[before].until);
                figure.shade(from.as_secs(), phases[phase].until.as_secs(), name)
            }
            None => figure,
        }
    }

    fn facts(&self, totals: &[Totals; 2]) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (i, (side, t)) in self.sides.iter().zip(totals).enumerate() {
            let Names { key, label, .. } = side.names;
            let mut add = |name: &str, what: &str, value: f64, unit: &'static str, digits: usize| {
                let axis = match name {
                    "p50" | "p99" => Axis::Performance,
                    "readable" => Axis::Failure,
                    _ => Axis::Cost,
                };
                let fact = Fact::new(
                    &format!("{name}_{key}"),
                    &format!("{what}, {label}"),
                    value,
                    unit,
                    digits,
                );
                facts.push(fact.on(axis, what, i));
            };
            let ms = |q: f64| t.times.quantile(q).as_ms();
            add("p50", "Reads' p50", ms(0.5), "ms", 0);
            add("p99", "Reads' p99", ms(0.99), "ms", 0);
            add("busy", "Disks busy", t.busy() * 100.0, "%", 0);
            add("per_read", "Disk operations a read", t.per_read(), "", 2);
            add("readable", "Reads that find their photo", t.readable() * 100.0, "%", 1);
            let pod = &side.pod;
            add("price", "Price, dollars", pod.world.price(&pod.choice).0, "", 0);
            let held = (pod.world.index(&pod.choice).as_gb() * 10.0).round() / 10.0;
            add("index", "Metadata of one machine, GB", held, "", 1);
        }
        facts
    }

    fn summary(&self, totals: &[Totals; 2]) -> String {
        if totals.iter().any(|t| t.times.is_empty()) {
            return format!("{}, no read has been answered yet.", self.reported.when);
        }
        let says = |i: usize| {
            let t = &totals[i];
            format!(
                "{} took {} disk operations a read, kept the disks {} busy and had half of the reads done within {}, 99 % within {}",
                self.sides[i].names.subject,
                number(t.per_read(), 2, ""),
                number(t.busy() * 100.0, 0, "%"),
                number(t.times.quantile(0.5).as_ms(), 0, "ms"),
                number(t.times.quantile(0.99).as_ms(), 0, "ms"),
            )
        };
        format!("{}, {}; {}.", self.reported.when, says(0), says(1))
    }

    fn table(&self, totals: &[Totals; 2], needs: &[Disks; 2]) -> Table {
        let row = |name: &str, f: &dyn Fn(usize) -> String| vec![name.to_owned(), f(0), f(1)];
        let time = |q: f64| move |t: &Totals| number(t.times.quantile(q).as_ms(), 0, "ms");
        let there = self.disks();
        Table {
            caption: self.reported.caption.clone(),
            head: vec![
                "".into(),
                self.sides[0].names.legend.into(),
                self.sides[1].names.legend.into(),
            ],
            rows: vec![
                row("reads", &|i| number(totals[i].reads as f64, 0, "")),
                row("disk operations a read", &|i| number(totals[i].per_read(), 2, "")),
                row("disks busy", &|i| number(totals[i].busy() * 100.0, 0, "%")),
                row("half of the reads within", &|i| time(0.5)(&totals[i])),
                row("99 of 100 reads within", &|i| time(0.99)(&totals[i])),
                row("reads that find their photo", &|i| {
                    number(totals[i].readable() * 100.0, 1, "%")
                }),
                row("disks there", &|i| number(there[i], 0, "")),
                row("disks needed for space", &|i| number(needs[i].space, 1, "")),
                row("disks needed for operations", &|i| number(needs[i].operations, 1, "")),
                row("disks needed for memory", &|i| number(needs[i].memory, 1, "")),
                row("price, dollars", &|i| {
                    let pod = &self.sides[i].pod;
                    number(pod.world.price(&pod.choice).0, 0, "")
                }),
            ],
        }
    }
}

/// Reads' p99 in each slice of time: (middle of the slice in seconds, milliseconds).
pub(super) fn p99_over_time(slices: &[Slice]) -> Vec<(f64, f64)> {
    let middle = |i: usize| (i as f64 + 0.5) * SLICE.as_secs();
    slices
        .iter()
        .enumerate()
        .filter_map(|(i, s)| Some((middle(i), s.quantile_ms(0.99)?)))
        .collect()
}
