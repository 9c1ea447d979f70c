//! Two plans with the same change on the same fleet, side by side: what the lab and a replay draw.

use super::system::{Outcome, System, SystemRun};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, TimeSeries, number};
use sim::Time;

/// One plan and its run.
struct Side {
    name: &'static str,
    run: SystemRun,
}

/// Two plans and what is reported about them.
pub(super) struct Pair {
    sides: [Side; 2],
    end: Time,
    faulty: bool,
}

/// Most points of a line.
const POINTS: usize = 240;
/// The second figure shows so many minutes from the first failure on.
const CLOSE: usize = 120;

fn in_hours(t: Time) -> f64 {
    t.as_secs() / 3_600.0
}

fn in_minutes(t: Time) -> f64 {
    t.as_secs() / 60.0
}

/// Digits of a harm that are worth printing.
fn digits(harm: f64) -> usize {
    match harm {
        h if h >= 10.0 => 0,
        h if h >= 1.0 => 1,
        h if h >= 0.01 || h == 0.0 => 2,
        _ => 3,
    }
}

impl Pair {
    /// Two runs of a system, each with the name of its plan.
    pub(super) fn new(sides: [(&'static str, SystemRun); 2], system: &System) -> Pair {
        Pair {
            sides: sides.map(|(name, run)| Side { name, run }),
            end: system.end,
            faulty: system.fault.is_some(),
        }
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
        let so_far = self.sides.iter().map(|s| s.run.now()).min().unwrap_or(Time::ZERO);
        so_far.as_secs() / self.end.as_secs()
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

    fn outcomes(&self) -> [&Outcome; 2] {
        [0, 1].map(|i| self.sides[i].run.outcome())
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        View {
            summary: self.summary(),
            drawn: vec![
                Drawn::new(
                    "exposed",
                    "Share of the fleet that has the change, from the begin of its first stage on.",
                    self.exposed(),
                ),
                Drawn::new(
                    "failing",
                    "Share of the fleet's requests that fail because of the change, each plan from its own first failure on.",
                    self.failing(),
                ),
            ],
            facts: self.facts(),
            table: self.table(),
        }
    }

    fn verdict(&self, name: &str, o: &Outcome) -> String {
        let done = match o.done {
            Some(done) => format!("the change is everywhere after {}", number(in_hours(done), 1, "h")),
            None => "the change is not everywhere".into(),
        };
        let stopped = match o.stopped {
            Some(at) => {
                let who = if o.by_policy { "the plan" } else { "a person" };
                format!(", and {who} stops it after {}", number(in_hours(at), 1, "h"))
            }
            None => String::new(),
        };
        let harm = if self.faulty {
            format!("; harm so far {}", number(o.harm, digits(o.harm), "fleet-minutes"))
        } else {
            String::new()
        };
        format!("With “{name}” {done}{stopped}{harm}.")
    }

    fn summary(&self) -> String {
        let [a, b] = self.outcomes();
        if self.sides[0].name == self.sides[1].name {
            return self.verdict(self.sides[0].name, a);
        }
        format!(
            "{} {}",
            self.verdict(self.sides[0].name, a),
            self.verdict(self.sides[1].name, b)
        )
    }

    fn exposed(&self) -> TimeSeries {
        let about = About::new(
            "lab-15-exposed",
            "Share of the fleet that has the change, under both plans",
            self.summary(),
        );
        let mut figure = TimeSeries::new(about, "machines with the change", "%");
        for side in &self.sides {
            let minutes = &side.run.outcome().minutes;
            let step = minutes.len().div_ceil(POINTS).max(1);
            let points = minutes.iter().enumerate().step_by(step);
            figure = figure.line(side.name, points.map(|(i, m)| (i as f64 / 60.0, 100.0 * m.exposed)));
        }
        figure.across("hours since the first stage began").range(0.0, 110.0)
    }

    fn failing(&self) -> TimeSeries {
        let about = About::new(
            "lab-15-failing",
            "Share of the requests that fail because of the change, under both plans",
            "Minute by minute, each plan from the minute in which the first request failed. A plan in which none failed stays at zero.",
        );
        let mut figure = TimeSeries::new(about, "requests that fail", "%");
        let mut most: f64 = 0.0;
        for side in &self.sides {
            let o = side.run.outcome();
            let from = o.hit.map_or(0, |t| in_minutes(t) as usize);
            let minutes = o.minutes.iter().skip(from).take(CLOSE + 1).enumerate();
            let points: Vec<(f64, f64)> = minutes.map(|(i, m)| (i as f64, 100.0 * m.failing)).collect();
            most = points.iter().fold(most, |most, p| most.max(p.1));
            figure = figure.line(side.name, points);
        }
        figure
            .across("minutes since the first failed request")
            .range(0.0, (most * 1.15).max(1.0))
    }

    fn facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (i, (key, side)) in [("chosen", &self.sides[0]), ("other", &self.sides[1])]
            .into_iter()
            .enumerate()
        {
            let o = side.run.outcome();
            let mut fact = |what: &str, label: &str, value: f64, unit, digits| {
                let (axis, row, short, note) = place(what, o.done.is_some());
                let name = format!("{label}, {}", side.name);
                let fact = Fact::new(&format!("{what}_{key}"), &name, value, unit, digits);
                facts.push(fact.on(axis, row, i).short(short).note(note));
            };
            let label = "Harm because of the change";
            fact("harm", label, o.harm, "fleet-minutes", digits(o.harm));
            let label = "Exposure: machines with the change × time";
            fact("exposure", label, o.exposure, "fleet-hours", 2);
            fact(
                "reach",
                "Share of the fleet that had the change at most",
                100.0 * o.reach,
                "%",
                1,
            );
            let label = if o.done.is_some() {
                "Everywhere after"
            } else {
                "Not everywhere after"
            };
            fact("done", label, in_hours(o.done.unwrap_or(side.run.now())), "h", 1);
            let stopped = f64::from(u8::from(o.stopped.is_some()));
            fact("stopped", "Times that the change was stopped", stopped, "", 0);
            let label = "From the stop until 99 of 100 requests are served again";
            fact("recovery", label, in_minutes(o.recovery()), "min", 1);
            fact(
                "down",
                "Machines down because of the change at most",
                f64::from(o.most_down),
                "",
                0,
            );
            fact("by_hand", "Machines brought back by hand", f64::from(o.by_hand), "", 0);
            let loads = f64::from(o.loads) / f64::from(o.back.max(1));
            fact(
                "loads",
                "Loads asked of the store for each machine that came back",
                loads,
                "",
                2,
            );
            fact(
                "frozen",
                "Time in which no machine took new data",
                in_hours(o.frozen_for()),
                "h",
                0,
            );
        }
        facts
    }

    fn table(&self) -> Table {
        let outcomes = self.outcomes();
        let row = |label: &str, f: &dyn Fn(&Outcome) -> String| vec![label.to_owned(), f(outcomes[0]), f(outcomes[1])];
        let after = |t: Option<Time>| t.map_or_else(|| "–".into(), |t| number(in_hours(t), 2, "h"));
        let rows = vec![
            row("everywhere after", &|o| after(o.done)),
            row("first request fails after", &|o| after(o.hit)),
            row("a person is called after", &|o| after(o.called)),
            row("stopped after", &|o| after(o.stopped)),
            row("stopped by", &|o| match (o.stopped, o.by_policy) {
                (None, _) => "–".into(),
                (_, true) => "the plan".into(),
                (_, false) => "a person".into(),
            }),
            row("fleet had it at most", &|o| number(100.0 * o.reach, 1, "%")),
            row("harm", &|o| number(o.harm, digits(o.harm), "fleet-minutes")),
            row("machines brought back by hand", &|o| {
                number(f64::from(o.by_hand), 0, "")
            }),
            row("loads asked of the store", &|o| number(f64::from(o.loads), 0, "")),
        ];
        let [one, other] = [self.sides[0].name.into(), self.sides[1].name.into()];
        Table { caption: "The run so far".into(), head: vec!["".into(), one, other], rows }
    }
}

/// Where a fact stands among the lab's results: its axis, its row, a short name for it, and a word before its value.
fn place(what: &str, done: bool) -> (Axis, &'static str, &'static str, &'static str) {
    let until = if done { "" } else { "not within" };
    match what {
        "harm" => (Axis::Failure, "Harm because of the change", "Harm", ""),
        "exposure" => (
            Axis::Failure,
            "Exposure: machines with the change × time",
            "Exposure",
            "",
        ),
        "reach" => (
            Axis::Failure,
            "Share of the fleet that had the change at most",
            "Fleet that had it at most",
            "",
        ),
        "done" => (Axis::Performance, "Everywhere after", "Everywhere after", until),
        "stopped" => (Axis::Cost, "Times that the change was stopped", "Times stopped", ""),
        "recovery" => (
            Axis::Failure,
            "From the stop until 99 of 100 requests are served again",
            "From the stop until served again",
            "",
        ),
        "down" => (
            Axis::Failure,
            "Machines down because of the change at most",
            "Machines down at most",
            "",
        ),
        "by_hand" => (
            Axis::Cost,
            "Machines brought back by hand",
            "Machines brought back by hand",
            "",
        ),
        "loads" => (
            Axis::Cost,
            "Loads asked of the store for each machine that came back",
            "Loads for each machine back",
            "",
        ),
        _ => (
            Axis::Performance,
            "Time in which no machine took new data",
            "No new data for",
            "",
        ),
    }
}
