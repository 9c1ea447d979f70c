//! Two settings on the same writes and reads, and all others as points: what the lab and a replay draw.

use super::rules;
use super::system::{Paired, Pairs, Setup, StoreRun, Work, ZONES, zone};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, Scatter, TimeSeries, number};
use sim::Time;

/// A name and the setup that it stands for.
pub(super) struct Side {
    pub(super) name: &'static str,
    pub(super) setup: Setup,
}

/// Pairs of a write and a read behind each point of the cloud.
const FEW: u32 = 1_500;

/// Two settings, all settings of the first one's copies, and their runs.
pub(super) struct Pair {
    names: [&'static str; 2],
    runs: [StoreRun; 2],
    cloud: Vec<StoreRun>,
    /// Which of the small runs goes on next.
    turn: usize,
}

impl Pair {
    pub(super) fn new(sides: [Side; 2], seed: u64) -> Pair {
        let run = |setup: &Setup| StoreRun::new(setup, &rules::plain, seed);
        let runs = sides.each_ref().map(|s| run(&s.setup));
        let base = runs[0].setup().clone();
        let copies = base.settings.copies;
        let mut cloud = Vec::new();
        for read in 1..=copies {
            for write in 1..=copies {
                let settings = super::Settings { read, write, ..base.settings };
                let work = match &base.work {
                    Work::Pairs(p) => Work::Pairs(Pairs { pairs: p.pairs.min(FEW), ..*p }),
                    other => other.clone(),
                };
                cloud.push(run(&Setup { settings, work, ..base.clone() }));
            }
        }
        Pair { names: sides.map(|s| s.name), runs, cloud, turn: 0 }
    }

    /// Goes on for about `events` events; false when all runs are over. The small runs go on one after the other beside the two.
    pub(super) fn advance(&mut self, events: u64) -> bool {
        let share = events.div_ceil(3);
        let [chosen, other] = &mut self.runs;
        let both = [chosen.advance(share), other.advance(share)];
        let mut running = both[0] || both[1];
        while let Some(run) = self.cloud.get_mut(self.turn) {
            if run.advance(share) {
                running = true;
                break;
            }
            self.turn += 1;
        }
        running
    }

    /// Share of the runs that is over.
    pub(super) fn share_done(&self) -> f64 {
        self.runs[0].share_done().min(self.runs[1].share_done())
    }

    /// Runs all to the end, for a replay.
    pub(super) fn finish(mut self) -> Pair {
        while self.advance(1 << 20) {}
        self
    }

    /// What they show in a replay.
    pub(super) fn shown(&self) -> Shown {
        crate::replay::shown(&self.view(), self.names, self.names)
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let both = [0, 1].map(|i| self.runs[i].paired(Time::ZERO, Time::MAX));
        let waits = [0, 1].map(|i| self.runs[i].visible_after());
        View {
            summary: self.summary(&both),
            drawn: vec![
                Drawn::new(
                    "settings",
                    format!(
                        "All settings of {} copies: stale reads against what a write and a read wait for together.",
                        self.runs[0].setup().settings.copies
                    ),
                    self.cloud(&both),
                ),
                Drawn::new(
                    "visible",
                    "Reads that see the write, by the time from its answer to their beginning.",
                    self.visible(&waits),
                ),
            ],
            facts: self.facts(&both, &waits),
            table: self.table(&both),
        }
    }

    fn summary(&self, both: &[Paired; 2]) -> String {
        if both.iter().any(|p| p.read == 0) {
            let failed = both.iter().find(|p| p.writes > 0 && p.written == 0);
            return match failed {
                Some(_) => "With too few copies left, no write was answered, and so no read came after one.".into(),
                None => "Nothing has been read yet.".into(),
            };
        }
        let one = |i: usize| {
            let p = &both[i];
            format!(
                "With {}, {} of the reads are stale; 999 of 1,000 writes are answered within {} and reads within {}.",
                self.names[i],
                number(100.0 * p.stale(), 2, "%"),
                number(p.write_time(0.999).as_ms(), 1, "ms"),
                number(p.read_time(0.999).as_ms(), 2, "ms"),
            )
        };
        format!("{} {}", one(0), one(1))
    }

    fn cloud(&self, both: &[Paired; 2]) -> Scatter {
        let about = About::new(
            "lab-07-settings",
            "Stale reads against waiting, all settings",
            self.summary(both),
        );
        let waiting = |p: &Paired| {
            if p.read_times.is_empty() || p.write_times.is_empty() {
                f64::NAN
            } else {
                p.read_time(0.99).as_ms() + p.write_time(0.99).as_ms()
            }
        };
        let mut figure = Scatter::new(
            about,
            ("p99 of a write and of a read, added", "ms"),
            ("stale reads", "%"),
        )
        .log();
        let marked = [0, 1].map(|i| self.runs[i].setup().settings);
        for run in &self.cloud {
            let s = run.setup().settings;
            let drawn = marked
                .iter()
                .any(|m| (m.read, m.write, m.copies) == (s.read, s.write, s.copies));
            if !drawn {
                let p = run.paired(Time::ZERO, Time::MAX);
                figure = figure.point(format!("R{} W{}", s.read, s.write), (waiting(&p), 100.0 * p.stale()));
            }
        }
        for (i, p) in both.iter().enumerate() {
            figure = figure.marked(self.names[i], (waiting(p), 100.0 * p.stale()), i);
        }
        figure
    }

    fn visible(&self, waits: &[Vec<f64>; 2]) -> TimeSeries {
        let about = About::new(
            "lab-07-visible",
            "Reads that see the write, over the time since its answer",
            "One line a setting: had all reads begun so long after the answer of their write, that share of them would have seen it.",
        );
        // Up to where both lines have come near the top.
        let most = waits
            .iter()
            .filter_map(|w| w.get(w.len() * 99 / 100))
            .fold(1.0, |a: f64, b| a.max(*b));
        let mut figure = TimeSeries::new(about, "reads that see the write", "%").across("read begins after, ms");
        for (i, waits) in waits.iter().enumerate() {
            let seen = |t: f64| 100.0 * waits.partition_point(|w| *w <= t) as f64 / waits.len().max(1) as f64;
            let points = (0..=60).map(|step| most * f64::from(step) / 60.0).map(|t| (t, seen(t)));
            figure = figure.line(self.names[i], points.filter(|_| !waits.is_empty()));
        }
        figure.range(0.0, 105.0)
    }

    fn facts(&self, both: &[Paired; 2], waits: &[Vec<f64>; 2]) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (side, key) in [(0, "chosen"), (1, "other")] {
            let (p, name, settings) = (&both[side], self.names[side], self.runs[side].setup().settings);
            let mut fact = |axis, what: &str, label: &str, value: f64, unit, digits| {
                let fact = Fact::new(
                    &format!("{what}_{key}"),
                    &format!("{label}, {name}"),
                    value,
                    unit,
                    digits,
                );
                facts.push(fact.on(axis, label, side));
            };
            fact(Axis::Cost, "copies", "Copies stored", f64::from(settings.copies), "", 0);
            fact(Axis::Cost, "messages", "Messages an operation", p.messages(), "", 2);
            let times = [("write", "Writes", &p.write_times), ("read", "Reads", &p.read_times)];
            for (what, label, times) in times {
                if !times.is_empty() {
                    for (q, of) in [(0.5, "p50"), (0.999, "p999")] {
                        let said = if of == "p50" { "p50" } else { "p99.9" };
                        fact(
                            Axis::Performance,
                            &format!("{what}_{of}"),
                            &format!("{label}, {said}"),
                            times.quantile(q).as_ms(),
                            "ms",
                            if what == "write" { 1 } else { 2 },
                        );
                    }
                }
            }
            if p.read > 0 {
                fact(Axis::Performance, "stale", "Stale reads", 100.0 * p.stale(), "%", 2);
            }
            if let Some(t) = waits[side].get(waits[side].len() * 999 / 1_000)
                && t.is_finite()
            {
                fact(
                    Axis::Performance,
                    "visible",
                    "999 of 1,000 reads see it after",
                    t.max(0.0),
                    "ms",
                    1,
                );
            }
            fact(Axis::Failure, "written", "Writes answered", 100.0 * p.written(), "%", 1);
            fact(Axis::Failure, "served", "Reads answered", 100.0 * p.served(), "%", 1);
            if p.read_failed > 0 {
                fact(
                    Axis::Failure,
                    "found_failed",
                    "Reads that see a failed write",
                    100.0 * p.found_failed(),
                    "%",
                    1,
                );
            }
            let lost = |needed: u32| {
                let zones = (1..=ZONES)
                    .take_while(|z| (0..settings.copies).filter(|c| zone(*c) >= *z).count() >= needed as usize);
                zones.count() as f64
            };
            fact(
                Axis::Failure,
                "write_zones",
                "Zones that writes can spare",
                lost(settings.write),
                "",
                0,
            );
            fact(
                Axis::Failure,
                "read_zones",
                "Zones that reads can spare",
                lost(settings.read),
                "",
                0,
            );
        }
        facts
    }

    fn table(&self, both: &[Paired; 2]) -> Table {
        let row = |what: &str, of: &dyn Fn(&Paired) -> String| vec![what.to_owned(), of(&both[0]), of(&both[1])];
        let count = |n: u64| number(n as f64, 0, "");
        Table {
            caption: "What was done, and what came of it".into(),
            head: vec![String::new(), self.names[0].into(), self.names[1].into()],
            rows: vec![
                row("writes", &|p| count(p.writes)),
                row("writes answered", &|p| count(p.written)),
                row("999 of 1,000 within", &|p| number(p.write_time(0.999).as_ms(), 2, "ms")),
                row("reads", &|p| count(p.asked)),
                row("reads answered", &|p| count(p.read + p.read_failed)),
                row("999 of 1,000 reads within", &|p| {
                    number(p.read_time(0.999).as_ms(), 2, "ms")
                }),
                row("reads after an answered write", &|p| count(p.read)),
                row("of these, stale", &|p| count(p.stale)),
                row("reads after a failed write", &|p| count(p.read_failed)),
                row("of these, saw it", &|p| count(p.found_failed)),
                row("messages to copies", &|p| count(p.sent)),
                row("of these, repairs and hints", &|p| count(p.mended)),
            ],
        }
    }
}
