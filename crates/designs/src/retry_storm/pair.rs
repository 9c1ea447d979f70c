//! Two policies through the same trouble, side by side: what the lab and a replay draw.

use super::system::{SLICE, Slice, System, SystemRun, Totals, Trouble, ratio};
use crate::lab::{Drawn, Fact, Table, View};
use crate::manifest::Axis;
use crate::replay::Shown;
use figures::{About, TimeSeries, number};
use judge::Percent;
use sim::{Time, secs};

/// One policy and its run.
struct Side {
    name: &'static str,
    run: SystemRun,
}

/// What is reported on.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    /// Begin of what is reported on: mostly that of the trouble.
    pub(super) from: Time,
    /// And its end.
    pub(super) to: Time,
    /// Is every fact given, also one that this run says nothing about? The lab keeps its facts whatever is turned.
    pub(super) always: bool,
    /// Over the table.
    pub(super) caption: String,
    /// Label of the share of users served.
    pub(super) served: &'static str,
}

/// Two policies and what is reported about them.
pub(super) struct Pair {
    sides: [Side; 2],
    reported: Reported,
    trouble: Option<Trouble>,
    end: Time,
    rate: f64,
    capacity: f64,
}

/// When users are served again.
const WELL_AGAIN: &str = "Users well again after the trouble's end";

/// What facts with long names are called in a menu.
const SHORT: [(&str, &str); 8] = [
    ("served", "Users served"),
    ("well", "Time until users are well again"),
    ("tries_at_end", "Tries sent a second, at the end"),
    ("useful", "Useful tries of 1,000, a minute later"),
    ("wait", "Wait for work after the trouble"),
    ("held_back", "Healthy requests held back"),
    ("refused", "Tries refused by a full queue"),
    ("extra", "Retries for every 100 requests"),
];

/// What is reported about one policy.
struct Report {
    totals: Totals,
    /// When every later window is well, counted from the trouble's end.
    well: Option<Time>,
    served: f64,
}

impl Pair {
    /// Two runs of a system, each with the name of its policy.
    pub(super) fn new(sides: [(&'static str, SystemRun); 2], system: &System, reported: Reported) -> Pair {
        Pair {
            sides: sides.map(|(name, run)| Side { name, run }),
            reported,
            trouble: system.trouble,
            end: system.end,
            rate: system.rate,
            capacity: system.capacity(),
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
        self.so_far().as_secs() / self.end.as_secs()
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

    /// Share of the users of a span of time that each of them served.
    pub(super) fn served(&self, from: Time, to: Time) -> [Percent; 2] {
        [0, 1].map(|i| Percent::of(self.sides[i].run.totals().success(from, to)))
    }

    /// What they show.
    pub(super) fn view(&self) -> View {
        let reports = [0, 1].map(|i| self.report(&self.sides[i]));
        View {
            summary: self.summary(&reports),
            drawn: vec![
                Drawn::new(
                    "useful",
                    "Answers that came while their process still waited: what users get out of the dependency.",
                    self.useful(&reports),
                ),
                Drawn::new(
                    "sent",
                    "Tries sent, first ones and retries: what the dependency is asked to do.",
                    self.sent(&reports),
                ),
            ],
            facts: self.facts(&reports),
            table: self.table(&reports),
        }
    }

    /// End of the trouble; begin of what is reported on where there is none.
    fn over(&self) -> Time {
        self.trouble.map_or(self.reported.from, |t| t.end())
    }

    /// Is there anything to say about the time after the trouble?
    fn has_aftermath(&self) -> bool {
        self.trouble.is_some_and(|t| self.reported.to > t.end())
    }

    /// How far what is reported on has come.
    fn until(&self) -> Time {
        self.so_far().min(self.reported.to)
    }

    /// How far both runs have come; whole seconds, as only these can be compared.
    fn so_far(&self) -> Time {
        let now = self.sides.iter().map(|s| s.run.now()).min().unwrap_or(Time::ZERO);
        (SLICE * (now.as_ns() / SLICE.as_ns())).min(self.end)
    }

    /// The first whole second after the trouble.
    fn calm(&self) -> Time {
        SLICE * self.over().as_ns().div_ceil(SLICE.as_ns())
    }

    fn report(&self, side: &Side) -> Report {
        let totals = side.run.totals();
        let until = self.until();
        Report {
            well: totals.well_after(self.calm(), until),
            served: totals.success(self.reported.from, until),
            totals,
        }
    }

    fn facts(&self, reports: &[Report; 2]) -> Vec<Fact> {
        let mut facts = Vec::new();
        let (calm, until, from) = (self.calm(), self.until(), self.reported.from);
        let aftermath = self.reported.always || self.has_aftermath();
        let minute_later = self.reported.always || aftermath && until >= calm + secs(65);
        for (column, key) in ["chosen", "other"].into_iter().enumerate() {
            let (side, report) = (&self.sides[column], &reports[column]);
            let t = &report.totals;
            let all = t.span(from, until);
            let mut fact = |axis, what: &str, label: &str, value: f64, unit, digits| {
                let fact = Fact::new(
                    &format!("{what}_{key}"),
                    &format!("{label}, {}", side.name),
                    value,
                    unit,
                    digits,
                );
                let short = SHORT.iter().find(|s| s.0 == what).map_or(label, |s| s.1);
                facts.push(fact.on(axis, label, column).short(short));
            };
            fact(
                Axis::Failure,
                "served",
                self.reported.served,
                report.served * 100.0,
                "%",
                1,
            );
            if aftermath {
                fact(
                    Axis::Failure,
                    "well",
                    WELL_AGAIN,
                    report.well.unwrap_or(until - calm).as_secs(),
                    "s",
                    0,
                );
                let last = t.span(calm - secs(5), calm);
                let label = "Tries sent a second in the trouble's last 5 s";
                fact(Axis::Cost, "tries_at_end", label, last.tries() as f64 / 5.0, "per s", 0);
            }
            let peak = t.peak_tries(from, until);
            fact(Axis::Cost, "peak", "Most tries a request in any 5 s", peak, "", 2);
            let extra = 100.0 * ratio(all.retries, all.requests);
            fact(Axis::Cost, "extra", "Retries for every 100 requests", extra, "", 1);
            if minute_later {
                let late = t.span(calm + secs(60), calm + secs(65));
                let label = "Of 1,000 tries finished one minute after the trouble, still waited for";
                fact(
                    Axis::Performance,
                    "useful",
                    label,
                    1_000.0 * ratio(late.useful, late.served),
                    "",
                    0,
                );
            }
            if aftermath {
                let first = t.span(calm, calm + SLICE);
                let wait = ratio(first.waits_us, first.begun) / 1e6;
                let label = "Wait for work of a try that arrives right after the trouble";
                fact(Axis::Performance, "wait", label, wait, "s", 1);
            }
            let good = 100.0 * ratio(all.good_held_back, all.good);
            fact(
                Axis::Failure,
                "held_back",
                "Requests for healthy shards held back by the processes",
                good,
                "%",
                1,
            );
            let full = 100.0 * ratio(all.queue_full, all.tries());
            fact(Axis::Failure, "refused", "Tries refused by a full queue", full, "%", 1);
            let quantiles: &[(f64, &str)] = if self.reported.always || !t.users.is_empty() {
                &[(0.5, "p50"), (0.99, "p99")]
            } else {
                &[]
            };
            for &(q, p) in quantiles {
                let time = t.users.quantile(q).as_ms();
                fact(
                    Axis::Performance,
                    p,
                    &format!("{p} of the users who were served"),
                    time,
                    "ms",
                    0,
                );
            }
            // A time that is not over yet is no time until users are well: its name and its row say so.
            if report.well.is_none() {
                for fact in facts.iter_mut().filter(|f| f.key == format!("well_{key}")) {
                    fact.label = format!("Users still not well after the trouble's end, {}", side.name);
                    *fact = fact.clone().note("not within");
                }
            }
        }
        facts
    }

    fn verdict(&self, side: &Side, report: &Report) -> String {
        let served = number(report.served * 100.0, 1, "%");
        match report.well {
            _ if !self.has_aftermath() => {
                format!("With {}, {served} of the users were served.", side.name)
            }
            Some(Time::ZERO) => format!(
                "With {}, users are well again as soon as the trouble ends; {served} were served from its begin on.",
                side.name
            ),
            Some(well) => format!(
                "With {}, users are well again {} after the trouble's end; {served} were served from its begin on.",
                side.name,
                number(well.as_secs(), 0, "s")
            ),
            None => format!(
                "With {}, users are still not well {} after the trouble's end; {served} were served from its begin on.",
                side.name,
                number((self.until() - self.calm()).as_secs(), 0, "s")
            ),
        }
    }

    fn summary(&self, reports: &[Report; 2]) -> String {
        if (self.reported.always || self.has_aftermath()) && self.so_far() < self.calm() + secs(5) {
            return "The trouble is not over yet.".into();
        }
        let [a, b] = [0, 1].map(|i| self.verdict(&self.sides[i], &reports[i]));
        if self.sides[0].name == self.sides[1].name {
            a
        } else {
            format!("{a} {b}")
        }
    }

    /// A quantity second by second under both policies.
    fn over_time(&self, about: About, quantity: &str, reports: &[Report; 2], of: fn(&Slice) -> u64) -> TimeSeries {
        let seconds = (self.so_far().as_ns() / SLICE.as_ns()) as usize;
        let mut figure = TimeSeries::new(about, quantity, "per s");
        for (side, report) in self.sides.iter().zip(reports) {
            let points = report.totals.slices.iter().take(seconds).enumerate();
            figure = figure.line(side.name, points.map(|(i, s)| (i as f64 + 0.5, of(s) as f64)));
        }
        match self.trouble {
            Some(t) => figure.shade(t.from.as_secs(), t.end().as_secs(), "trouble"),
            None => figure,
        }
    }

    fn useful(&self, reports: &[Report; 2]) -> TimeSeries {
        let about = About::new(
            "lab-04-useful",
            "Answers that a process still waited for, second by second, under both policies",
            self.summary(reports),
        );
        self.over_time(about, "answers in time", reports, |s| s.useful)
            .range(0.0, self.capacity.max(self.rate) * 1.3)
    }

    fn sent(&self, reports: &[Report; 2]) -> TimeSeries {
        let most = reports.iter().flat_map(|r| &r.totals.slices).map(|s| s.tries()).max();
        let about = About::new(
            "lab-04-sent",
            "Tries sent to the dependency, second by second, under both policies",
            "One line a policy: first tries and retries together. Above the line of the capacity the queue grows.",
        );
        self.over_time(about, "tries sent", reports, Slice::tries)
            .limit("capacity", self.capacity)
            .range(0.0, (most.unwrap_or(0) as f64).max(self.capacity) * 1.2)
    }

    fn table(&self, reports: &[Report; 2]) -> Table {
        let until = self.until();
        let row = |label: &str, f: &dyn Fn(&Report) -> String| vec![label.to_owned(), f(&reports[0]), f(&reports[1])];
        let count =
            |f: fn(&Slice) -> u64| move |r: &Report| number(f(&r.totals.span(self.reported.from, until)) as f64, 0, "");
        let mut rows = vec![
            row("requests", &count(|s| s.requests)),
            row("users served", &|r| number(r.served * 100.0, 1, "%")),
        ];
        if self.reported.always || self.has_aftermath() {
            rows.push(row("well again after", &|r| {
                r.well
                    .map_or_else(|| "not by the end".into(), |t| number(t.as_secs(), 0, "s"))
            }));
        }
        rows.extend([
            row("tries sent", &count(Slice::tries)),
            row("tries finished by the dependency", &count(|s| s.served)),
            row("answers in time", &count(|s| s.useful)),
            row("tries refused by a full queue", &count(|s| s.queue_full)),
            row("requests held back by the processes", &count(|s| s.held_back)),
            row("99 of 100 served users within", &|r| {
                if r.totals.users.is_empty() && !self.reported.always {
                    return String::new();
                }
                number(r.totals.users.quantile(0.99).as_ms(), 0, "ms")
            }),
        ]);
        let [one, other] = [self.sides[0].name.into(), self.sides[1].name.into()];
        Table { caption: self.reported.caption.clone(), head: vec!["".into(), one, other], rows }
    }
}
