//! Two policies on the same requests, side by side: what the lab and a replay draw.

use super::system::{System, SystemRun, Totals};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, Columns, TimeSeries, number};
use sim::{Time, secs};

struct Side {
    name: &'static str,
    run: SystemRun,
}

/// Two policies and what is reported about them.
pub(super) struct Pair {
    sides: [Side; 2],
    system: System,
}

impl Pair {
    /// Two runs of a system, each with the name of its policy.
    pub(super) fn new(sides: [(&'static str, SystemRun); 2], system: &System) -> Pair {
        Pair { sides: sides.map(|(name, run)| Side { name, run }), system: system.clone() }
    }

    /// Goes on for about `events` events; false when both runs are over.
    pub(super) fn advance(&mut self, events: u64) -> bool {
        let half = events.div_ceil(2);
        let mut running = false;
        for side in &mut self.sides {
            running |= side.run.advance(half);
        }
        running
    }

    /// Share of the run that both have come through.
    pub(super) fn share_done(&self) -> f64 {
        self.so_far().as_secs() / self.system.end.as_secs()
    }

    fn so_far(&self) -> Time {
        let now = self.sides.iter().map(|s| s.run.now()).min().unwrap_or(Time::ZERO);
        now.min(self.system.end)
    }

    /// Runs both to the end, for a replay.
    pub(super) fn finish(mut self) -> Pair {
        while self.advance(1 << 20) {}
        self
    }

    /// What they show in a replay.
    pub(super) fn shown(&self) -> Shown {
        let names = [self.sides[0].name, self.sides[1].name];
        crate::replay::shown(&self.view(), names, names)
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let totals = [0, 1].map(|i| self.sides[i].run.totals());
        View {
            summary: self.summary(&totals),
            drawn: vec![
                Drawn::new(
                    "shares",
                    "Requests that each server was sent, as a share of all; the faint line is an equal share.",
                    self.shares(&totals),
                ),
                Drawn::new(
                    "served",
                    "Users served second by second, as a share of those who asked.",
                    self.served(&totals),
                ),
            ],
            facts: self.facts(&totals),
            table: self.table(&totals),
        }
    }

    /// The servers that the first fault strikes, as the page counts them: from 1.
    fn broken(&self) -> Vec<usize> {
        let fault = self.system.faults.first();
        let all = fault.map_or(0..0, |f| f.first..(f.first + f.servers).min(self.system.servers));
        all.map(|i| i as usize).collect()
    }

    /// Share of the requests that the broken servers were sent together; the first server's where none is broken.
    fn drawn(&self, t: &Totals) -> f64 {
        let broken = self.broken();
        if broken.is_empty() {
            return t.share(0);
        }
        broken.iter().map(|i| t.share(*i)).sum()
    }

    fn summary(&self, totals: &[Totals; 2]) -> String {
        if totals.iter().any(|t| t.requests == 0) {
            return "The time that is counted has not begun yet.".into();
        }
        let [a, b] = [0, 1].map(|i| {
            let (t, name) = (&totals[i], self.sides[i].name);
            let drawn = number(100.0 * self.drawn(t), 1, "%");
            let failed = number(100.0 * t.failed(), 2, "%");
            let whose = match self.broken().len() {
                0 => "server 1 was",
                1 => "the broken server was",
                _ => "the broken servers together were",
            };
            format!("With {name}, {whose} sent {drawn} of the requests, and {failed} of the users failed.")
        });
        if self.sides[0].name == self.sides[1].name {
            a
        } else {
            format!("{a} {b}")
        }
    }

    fn facts(&self, totals: &[Totals; 2]) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (key, i) in [("chosen", 0), ("other", 1)] {
            let (t, name) = (&totals[i], self.sides[i].name);
            let mut fact = |what: &str, label: &str, value: f64, unit, digits| {
                let (axis, short) = place(what);
                let fact = Fact::new(
                    &format!("{what}_{key}"),
                    &format!("{label}, {name}"),
                    value,
                    unit,
                    digits,
                );
                facts.push(
                    fact.on(axis, label, i)
                        .short(if short.is_empty() { label } else { short }),
                );
            };
            let drawn = self.drawn(t);
            fact("share", "Requests sent to what is broken", 100.0 * drawn, "%", 1);
            let one_in = if drawn > 0.0 {
                1.0 / drawn
            } else {
                t.requests as f64 + 1.0
            };
            fact(
                "one_in",
                "One request in how many is sent to what is broken",
                one_in,
                "",
                0,
            );
            fact("failed", "Users who failed", 100.0 * t.failed(), "%", 2);
            fact("served", "Users served", 100.0 * t.served(), "%", 2);
            let late = super::system::ratio(t.timed_out, t.requests.max(1));
            fact("late", "Users without an answer in time", 100.0 * late, "%", 2);
            for (q, p) in [(0.5, "p50"), (0.99, "p99")] {
                let time = t.users.quantile(q).as_ms();
                fact(p, &format!("{p} of the users who were served"), time, "ms", 0);
            }
            fact("busy", "Slots at work, of all servers together", t.busy_slots(), "", 0);
        }
        facts
    }

    fn shares(&self, totals: &[Totals; 2]) -> Columns {
        let about = About::new(
            "lab-03-shares",
            "Share of the requests that each server was sent",
            self.summary(totals),
        );
        let mut figure = Columns::new(about, "server", "share of the requests", "%");
        for (side, t) in self.sides.iter().zip(totals) {
            figure = figure.strip(side.name, (0..t.sent.len()).map(|i| 100.0 * t.share(i)));
        }
        for server in self.broken() {
            figure = figure.mark(server, "broken");
        }
        figure.level("equal share", 100.0 / f64::from(self.system.servers))
    }

    fn served(&self, totals: &[Totals; 2]) -> TimeSeries {
        let about = About::new(
            "lab-03-served",
            "Users served, second by second, under both policies",
            "One line a policy: of the users who asked in each second, the share that was answered in time.",
        );
        // Requests of the last second may still be under way.
        let seconds = (self.so_far().as_secs() - self.system.time_out.as_secs()).max(0.0) as usize;
        let mut figure = TimeSeries::new(about, "users served", "%");
        for (side, t) in self.sides.iter().zip(totals) {
            let point = |i: usize| {
                let at = secs(i as u64);
                (i as f64 + 0.5, 100.0 * t.served_between(at, at + secs(1)))
            };
            figure = figure.line(side.name, (0..seconds).map(point));
        }
        figure = figure.range(0.0, 115.0);
        match self.system.faults.first() {
            Some(f) => {
                let to = f
                    .from
                    .as_ns()
                    .saturating_add(f.lasting.as_ns())
                    .min(self.system.end.as_ns());
                figure.shade(f.from.as_secs(), to as f64 / 1e9, "fault")
            }
            None => figure,
        }
    }

    fn table(&self, totals: &[Totals; 2]) -> Table {
        let row = |label: &str, f: &dyn Fn(&Totals) -> String| vec![label.to_owned(), f(&totals[0]), f(&totals[1])];
        let percent = |x: f64| number(100.0 * x, 2, "%");
        let count = |n: u64| number(n as f64, 0, "");
        let rows = vec![
            row("requests", &|t| count(t.requests)),
            row("users served", &|t| percent(t.served())),
            row("answered with an error", &|t| count(t.errors)),
            row("not answered in time", &|t| count(t.timed_out)),
            row("sent to no server", &|t| count(t.turned_away)),
            row("share of what is broken", &|t| percent(self.drawn(t))),
            row("99 of 100 served users within", &|t| {
                number(t.users.quantile(0.99).as_ms(), 0, "ms")
            }),
            row("slots at work on average", &|t| number(t.busy_slots(), 1, "")),
        ];
        let (from, to) = self.system.judged;
        let caption = format!(
            "Requests from second {:.0} to second {:.0}",
            from.as_secs(),
            to.min(self.system.end).as_secs()
        );
        let [one, other] = [self.sides[0].name.into(), self.sides[1].name.into()];
        Table { caption, head: vec!["".into(), one, other], rows }
    }
}

/// Where a fact stands among the lab's results: its axis, and a short name if its label is long.
fn place(what: &str) -> (Axis, &'static str) {
    match what {
        "busy" => (Axis::Cost, "Slots at work"),
        "p50" => (Axis::Performance, "p50 of users served"),
        "p99" => (Axis::Performance, "p99 of users served"),
        "one_in" => (Axis::Failure, "One in how many to what is broken"),
        "share" => (Axis::Failure, "Sent to what is broken"),
        "late" => (Axis::Failure, "Users without an answer in time"),
        _ => (Axis::Failure, ""),
    }
}
